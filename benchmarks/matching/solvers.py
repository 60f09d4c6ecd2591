"""`python -m benchmarks.matching.solvers`: the flow problems that matchings pose, solved by several libraries.

OR-Tools is there where the tests have it; HiGHS after `pip install highspy`. Whoever finds a dearer flow is named.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np

from benchmarks.markdown import table
from benchmarks.matching.organization import VARIANTS, Variant, organization
from mentoring.matching import Problem, solve
from mentoring.matching.arrays import Bools, Ints
from mentoring.matching.flow import tiers
from mentoring.matching.flow.network import Network
from mentoring.matching.flow.solver import least_cost
from mentoring.matching.search import pruned

CASES = (
    (500, "loose", 1),
    (2_000, "loose", 1),
    (2_000, "few skills", 1),
    (5_000, "tight", 1),
    (5_000, "loose", 3),
    (20_000, "few skills", 3),
)
"""People, variant of the organization, and the most partners that anybody has room for."""

TURNS = 3
MODULES = {"LEMON": "pylmcf", "OR-Tools": "ortools.graph.python.min_cost_flow", "HiGHS": "highspy"}
_LOADED = """
import time, numpy, resource
began = time.perf_counter(); import {module}
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@dataclass(frozen=True, slots=True)
class Posed:
    """One call of the flow solver."""

    network: Network
    cost: Ints
    units: Ints
    free: Bools


Solver = Callable[[Network, Ints, Ints, Bools], Ints]


def main() -> int:
    """Print both tables."""
    there = {name: SOLVERS[name] for name in MODULES if _is_there(MODULES[name])}
    print(table([["", "seconds to load", "peak MB"], *(_loading(name) for name in there)]), end="\n\n")
    heading = ["people", "room", "variant", "nodes", "arcs", *there]
    print(table([heading, *(row for case in CASES for row in _rows(case, there))], left=3))
    return 0


def _is_there(module: str) -> bool:
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


def _loading(name: str) -> list[str]:
    """Load a library in a process that has numpy."""
    code = _LOADED.format(module=MODULES[name])
    answers = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for _ in range(TURNS)
    ]
    seconds, peak = min(tuple(map(float, answer.stdout.split()[:2])) for answer in answers)
    return [name, f"{seconds:.3f}", f"{peak:.0f}"]


def _rows(case: tuple[int, str, int], solvers: dict[str, Solver]) -> Iterator[list[str]]:
    people, variant, room = case
    changed: Variant = {**VARIANTS[variant], "room": room}
    for posed in posed_by(organization(people, **changed)):
        best = int(np.sum(posed.cost * least_cost(posed.network, posed.cost, posed.units, posed.free)))
        size = [f"{posed.network.nodes:,}", f"{np.count_nonzero(posed.free):,}"]
        yield [
            f"{people:,}",
            str(room),
            variant,
            *size,
            *(_turns(one, posed, best) for one in solvers.values()),
        ]


def posed_by(problem: Problem) -> list[Posed]:
    """Return the flow problems that solving this one poses."""
    posed: list[Posed] = []

    def watched(network: Network, cost: Ints, units: Ints, free: Bools) -> Ints:
        posed.append(Posed(network, cost.copy(), units.copy(), free.copy()))
        return least_cost(network, cost, units, free)

    with patch.object(tiers, "least_cost", watched), patch.object(pruned, "least_cost", watched):
        solve(problem)
    return posed


def _turns(solver: Solver, posed: Posed, best: int) -> str:
    seconds = []
    for _ in range(TURNS):
        began = time.perf_counter()
        units = solver(posed.network, posed.cost, posed.units, posed.free)
        seconds.append(time.perf_counter() - began)
    dearer = "" if int(np.sum(posed.cost * units)) == best else " dearer"
    return f"{min(seconds):.4f}{dearer}"


def _needed(network: Network, units: Ints, free: Bools) -> tuple[Ints, Ints]:
    """Return the settled units, and how much more each node has to send than it gets."""
    settled = np.where(free, 0, units)
    needed = np.zeros(network.nodes, np.int64)
    np.add.at(needed, network.head, settled)
    np.subtract.at(needed, network.tail, settled)
    return settled, needed


def by_ortools(network: Network, cost: Ints, units: Ints, free: Bools) -> Ints:
    """Solve by cost scaling."""
    from ortools.graph.python import min_cost_flow

    settled, needed = _needed(network, units, free)
    solver = min_cost_flow.SimpleMinCostFlow()
    ends = network.tail[free], network.head[free]
    arcs = solver.add_arcs_with_capacity_and_unit_cost(*ends, network.room[free], cost[free])
    solver.set_nodes_supplies(np.arange(network.nodes), needed)
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("OR-Tools found no flow")
    settled[free] = solver.flows(arcs)
    return settled


def by_highs(network: Network, cost: Ints, units: Ints, free: Bools) -> Ints:
    """Solve as a linear program, in floating point."""
    highspy = importlib.import_module("highspy")  # nobody needs it but who compares
    settled, needed = _needed(network, units, free)
    count = int(np.count_nonzero(free))
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = count, network.nodes
    program.col_cost_ = cost[free] / max(1, int(np.abs(cost[free]).max(initial=0)) / 1e6)
    program.col_lower_, program.col_upper_ = np.zeros(count), network.room[free].astype(float)
    program.row_lower_ = program.row_upper_ = needed.astype(float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.arange(0, 2 * count + 1, 2)
    program.a_matrix_.index_ = np.column_stack([network.tail[free], network.head[free]]).ravel()
    program.a_matrix_.value_ = np.tile([1.0, -1.0], count)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(program)
    solver.run()
    settled[free] = np.rint(solver.getSolution().col_value).astype(np.int64)
    return settled


SOLVERS: dict[str, Solver] = {"LEMON": least_cost, "OR-Tools": by_ortools, "HiGHS": by_highs}


if __name__ == "__main__":
    sys.exit(main())
