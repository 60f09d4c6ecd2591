"""Kills: the bot dies again and again while it delivers, amid faults, and at the end everything has been said once."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests import any_day
from tests.soak import checker, history, nemesis
from tests.soak.bots import Nursery
from tests.soak.measured import Measured, Plan, flaws_of
from tests.soak.workload import Workload, workload

LONGEST_LIFE = 3.0
"""Real seconds after which a life ends though no call came; where starts take long, from its socket on."""

LONGEST_START = 60.0
"""Real seconds that a process may take until it is connected, on a machine that others keep busy."""

FEWEST_FAULTS = 0.5
"""A life sees a call at least: a run in which not half of the faults that this makes happened has shown nothing."""

A_MOMENT = 0.2
HASTY = 1.0
"""Seconds in which the bot must answer people here, who else would wait for the dead for three seconds each."""

KILLS_IN_ROUND = 50
COUPLES = 20
CALLS = (1, 2, 3, 5, 8)


@dataclass
class Outcome:
    """What a round found, or several together."""

    kills: int = 0
    at_calls: int = 0
    crashes: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    updates: int = 0
    unknown: int = 0
    windows: int = 0
    flaws: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take another round in."""
        self.kills += other.kills
        self.at_calls += other.at_calls
        self.crashes += other.crashes
        self.faults += other.faults
        self.shown += other.shown
        self.updates += other.updates
        self.unknown += other.unknown
        self.windows += other.windows
        self.flaws += other.flaws

    @property
    def messages(self) -> int:
        """How many messages stand on screens."""
        return sum(self.shown.values())

    def measured(self, share: float = 0.0) -> Measured:
        """In words; with a share of calls that were to go wrong, too few faults are a flaw of the run itself."""
        kinds = Counter(flaw.partition(":")[0] for flaw in self.flaws)
        counts = ", ".join(
            f"{kinds[kind]} {kind}" for kind in ("lost", "doubled", "stuck", "wrong order", "forgotten")
        )
        found = (
            f"{counts}; {self.unknown} of unknown fate were asked about; {self.windows} copies in window (a)"
        )
        parts = ", ".join(f"{self.shown[kind]} {name}" for kind, name in SHOWN)
        faults = sum(self.faults.values())
        at_calls = f" ({self.at_calls} of them at a call)" if self.at_calls else ""
        number = f"{self.kills} kills{at_calls}, {faults} faults, {self.messages} messages ({parts})"
        number += f", {self.updates} updates" + (f", {self.crashes} database crashes" if self.crashes else "")
        enough = faults >= max(1, FEWEST_FAULTS * share * self.kills)
        fewest = flaws_of((not share or enough, f"{faults} faults in {self.kills} lives show nothing"))
        return Measured(number, found, (*fewest, *self.flaws))


SHOWN = (
    ("welcome", "welcomes"),
    ("card", "cards"),
    ("intro", "introductions"),
    ("checkin", "check-ins"),
)


def rounds(plan: Plan, play: Callable[[int, int], Outcome], kills: int, share: float = 0.0) -> Measured:
    """Play as many rounds as the kills need, some at once, each from a seed of its own."""
    shares = [min(KILLS_IN_ROUND, kills - done) for done in range(0, kills, KILLS_IN_ROUND)]
    total = Outcome()
    with ThreadPoolExecutor(plan.jobs) as pool:
        for number, outcome in enumerate(pool.map(play, plan.seeds(len(shares)), shares), 1):
            total.add(outcome)
            plan.tell(f"round {number} of {len(shares)}: {outcome.kills} kills, {len(outcome.flaws)} flaws")
    return total.measured(share)


def one_process(plan: Plan) -> Measured:
    """SQLite: one process, killed while it delivers."""
    share = plan["faults"] / 100
    return rounds(plan, lambda seed, kills: sqlite_round(seed, kills, plan), plan["kills"], share)


def sqlite_round(seed: int, kills: int, plan: Plan) -> Outcome:
    """A program's life with so many deaths in it."""
    with workload(seed, share=plan["faults"] / 100, ack_seconds=HASTY) as work, work.nursery() as nursery:
        deaths = Deaths(work, nursery)
        couples = max(3, COUPLES * kills // KILLS_IN_ROUND)
        stages = stages_of(work, couples)
        for number, stage in enumerate(stages):
            stage()
            share = kills // len(stages) + (number < kills % len(stages))
            for _ in range(share):
                deaths.one(clicks=number in CLICKED)
            deaths.recovers()
        return concluded(work, nursery, deaths.kills, at_calls=deaths.at_calls)


def real_process(plan: Plan) -> Measured:
    """The same of `python -m bot run` by the machine's clock, without check-ins, for which nobody has the days."""
    outcome = Outcome()
    kills = plan["kills"]
    how = {"share": plan["faults"] / 100, "ack_seconds": HASTY, "speed": 1.0, "start": any_day.now()}
    with workload(plan.seed, **how) as work, work.nursery(real=True) as nursery:
        deaths = Deaths(work, nursery, LONGEST_START)
        stages = stages_of(work, plan["couples"])[:5]
        for number, stage in enumerate(stages):
            stage()
            for _ in range(kills // len(stages) + (number < kills % len(stages))):
                deaths.one()
            deaths.recovers()
            plan.tell(
                f"{deaths.kills} kills, {deaths.at_calls} at a call, {work.nemesis.injected.total()} faults"
            )
        outcome.add(concluded(work, nursery, deaths.kills, at_calls=deaths.at_calls))
    return outcome.measured(plan["faults"] / 100)


def at_commits(plan: Plan) -> Measured:
    """The process dies right after a commit, each time after another one of its life."""

    def play(seed: int, kills: int) -> Outcome:
        with workload(seed, ack_seconds=HASTY) as work, work.nursery() as nursery:
            deaths = Deaths(work, nursery)
            stages = stages_of(work, max(3, COUPLES * kills // KILLS_IN_ROUND))
            for number, stage in enumerate(stages):
                stage()
                for _ in range(kills // len(stages) + (number < kills % len(stages))):
                    deaths.at_a_commit()
                deaths.recovers()
            return concluded(work, nursery, deaths.kills, at_calls=deaths.at_calls)

    return rounds(plan, play, plan["kills"])


COMMITS = 30
"""The last commit of a life at which it dies."""

CLICKED = (2, 6)
"""The stages in which people click as well."""


def stages_of(work: Workload, couples: int) -> list[Callable[[], None]]:
    """What is asked for one after the other, each while the bot is down."""

    def begins() -> None:
        work.sets_up()
        work.enroll(couples, trios=-(-couples // 10))

    return [
        begins,
        work.match,
        lambda: work.approve(0.5),
        lambda: work.approve(1.0),
        work.introduce,
        work.leaps_to_check_ins,
        lambda: work.answer(0.5),
        lambda: work.answer(1.0),
    ]


class Deaths:
    """Lives of one process, each of which ends at a call that is drawn, or a little later."""

    def __init__(self, work: Workload, nursery: Nursery, longest_start: float = 0.0) -> None:
        """Where a start takes long, lives are counted from the moment on at which they are connected."""
        self._work, self._nursery, self._longest_start = work, nursery, longest_start
        self._rng = random.Random(work.seed)
        self.kills = self.at_calls = 0

    def one(self, clicks: bool = False) -> None:
        """Live until a call, and die before it has an effect, before its answer, or a moment later."""
        struck = threading.Event()
        life = self._nursery.bears(connected=False)
        when = self._rng.choice(("before", "after", "later"))

        def strike() -> None:
            if when == "later":
                time.sleep(self._rng.uniform(0, 0.03))
            life.is_killed()
            self.at_calls += 1
            struck.set()

        self._work.nemesis.waits_for(self._rng.choice(CALLS), strike, when == "before")
        hands = threading.Thread(target=self._work.clicks, args=(0.3,)) if clicks else None
        if hands:
            self._work.slack.wait_for(lambda: self._work.slack.connections, LONGEST_LIFE)
            hands.start()
        if self._longest_start:
            self._work.slack.wait_for(
                lambda: self._work.slack.connections or struck.is_set(), self._longest_start
            )
        ends = time.monotonic() + LONGEST_LIFE
        while not struck.wait(A_MOMENT) and time.monotonic() < ends:
            if not history.open_rows(self._work.database) and self._work.slack.connections and not hands:
                break  # nothing is left to die at
        self._work.nemesis.forgets()
        life.is_killed()
        life.ends()
        if hands:
            hands.join()
        self.kills += 1

    def at_a_commit(self) -> None:
        """Live until a commit, the next one at each death."""
        life = self._nursery.bears(connected=False, dies_at_commit=1 + self.kills % COMMITS)
        ends = time.monotonic() + LONGEST_LIFE
        while not life.is_over and time.monotonic() < ends:
            time.sleep(0.005)
        life.is_killed()
        life.ends()
        self.kills += 1

    def recovers(self) -> None:
        """Live until everything is said, and stop."""
        life = self._nursery.bears()
        share, self._work.nemesis.share = self._work.nemesis.share, 0.0
        self._work.waits_until_quiet(CALM)
        if self._work.settles():
            self._work.waits_until_quiet(CALM)
        self._work.looks()
        self._work.nemesis.share = share
        # A stop in good order takes seconds, which the SDK waits for its threads.
        life.is_killed()
        life.ends()


CALM = 60.0
"""Real seconds in which everything must have come to an end; it is a tenth of that on a quiet machine."""


def concluded(
    work: Workload, nursery: Nursery, kills: int = 0, crashes: int = 0, at_calls: int = 0
) -> Outcome:
    """Check the whole history of a round."""
    nemesis.at_peace(work.nemesis)
    told = work.history()
    flaws = [str(flaw) for flaw in checker.check(told)]
    flaws += [f"traceback: {line}" for line in tracebacks(nursery.said)]
    if flaws:
        path = work.folder.parent / f"soak-{work.seed}.json"
        path.write_text(told.told() + "\n" + nursery.said)
        flaws = [f"{flaw} (seed {work.seed})" for flaw in flaws]
    return Outcome(
        kills,
        at_calls,
        crashes,
        Counter(work.nemesis.injected),
        Counter(history.tally(told)),
        sum(call.effect for call in work.slack.calls.to(nemesis.UPDATE)),
        len(work.tokens),
        sum(checker.in_the_window(told).values()),
        flaws,
    )


def tracebacks(log: str) -> Sequence[str]:
    """The last line of every traceback in a log."""
    lines, found, inside = log.splitlines(), [], False
    for line in lines:
        if line.startswith("Traceback"):
            inside = True
        elif inside and line and not line.startswith((" ", "Traceback")):
            found.append(line[:160])
            inside = False
    return found
