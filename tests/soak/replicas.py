"""Replicas: several bots share a PostgreSQL database, and they and it die while they deliver."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy.exc import OperationalError

from tests.patience import PATIENCE
from tests.postgres import PostgresServer, start_postgres
from tests.soak import history
from tests.soak.bots import Life, Nursery
from tests.soak.kills import HASTY, Outcome, concluded, stages_of
from tests.soak.measured import Measured, Plan
from tests.soak.workload import Workload, workload

FEW = 20
"""Couples in every other round: leads of a larger program get a list and no cards."""

LIFE = 0.7
"""Real seconds from one death to the next, on average."""


@contextmanager
def server() -> Iterator[PostgresServer]:
    """A database server of one's own."""
    with tempfile.TemporaryDirectory(prefix="soak-pg-") as folder:
        Path(folder).chmod(0o755)
        started = start_postgres(Path(folder))
        try:
            yield started
        finally:
            started.stop()


class Replicas:
    """Several processes on one database, of which any may die at any time."""

    def __init__(self, nursery: Nursery, number: int) -> None:
        self._nursery = nursery
        self.lives: list[Life] = [nursery.bears(connected=False) for _ in range(number)]

    def one_dies(self, rng: random.Random) -> None:
        """Kill one, and start another in its place and in that of any that ended by itself."""
        victim = rng.choice(self.lives)
        victim.is_killed()
        victim.ends()
        self.are_all_there()

    def are_all_there(self) -> None:
        """Start one for each that has ended."""
        self.lives = [self._nursery.bears(connected=False) if one.is_over else one for one in self.lives]

    def die(self) -> None:
        """Kill them all."""
        for life in self.lives:
            life.is_killed()
            life.ends()


def several_processes(plan: Plan) -> Measured:
    """PostgreSQL: replicas are killed while they deliver, and the database crashes."""
    total = Outcome()
    with server() as postgres:
        seeds = plan.seeds(plan["rounds"])
        for number, seed in enumerate(seeds):
            url = postgres.create_database(f"round{number}")
            total.add(_round(postgres, url, seed, plan, FEW if number % 2 else plan["couples"]))
            plan.tell(f"round {number + 1} of {len(seeds)}: {total.kills} kills, {len(total.flaws)} flaws")
    measured = total.measured(plan["faults"] / 100)
    return Measured(f"{plan['replicas']} replicas, {measured.number}", measured.figures, measured.flaws)


def _round(postgres: PostgresServer, url: str, seed: int, plan: Plan, couples: int) -> Outcome:
    rng = random.Random(seed)
    kills, crashes = plan["kills"] // plan["rounds"], plan["crashes"] // plan["rounds"]
    how = {"share": plan["faults"] / 100, "url": url, "ack_seconds": HASTY}
    with workload(seed, **how) as work, work.nursery() as nursery:
        stages = stages_of(work, couples)[: plan["stages"]]
        bots: Replicas | None = None
        crash_at = {rng.randrange(len(stages)) for _ in range(crashes)}
        crashed = 0
        for number, stage in enumerate(stages):
            stage()
            bots = bots or Replicas(nursery, plan["replicas"])
            for _ in range(kills // len(stages) + (number < kills % len(stages))):
                time.sleep(rng.expovariate(1 / LIFE))
                bots.one_dies(rng)
            if number in crash_at:
                postgres.crash()
                postgres.start()
                crashed += 1
            _recovers(work, bots)
        assert bots is not None
        bots.die()
        return concluded(work, nursery, kills, crashed)


def _recovers(work: Workload, bots: Replicas) -> None:
    """Let everything come to its end without faults."""
    share, work.nemesis.share = work.nemesis.share, 0.0
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        bots.are_all_there()
        # Connections that the crash has broken are noticed when they are used.
        with suppress(OperationalError):
            if work.settles() == 0 and not history.open_rows(work.database):
                break
        time.sleep(0.1)
    work.looks()
    work.nemesis.share = share
