"""The checker sees what it is there for: each flaw that is planted in a history, and none in one without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mentoring.messages import Kind
from storage.database import Database
from tests.program.office import INTRO, Office
from tests.program.test_groups import CARLA, proposed
from tests.soak.checker import LOOKS, check
from tests.soak.clock import SharedClock
from tests.soak.history import Act, Attempt, Effect, History, Intent, pairs
from tests.soak.workload import MONDAY

LEAD, ANA, BEN = "ULEAD", "UANA", "UBEN"
CHANNEL = "CLEADS"
EVERYBODY = frozenset((LEAD, "UOTHER"))

INTENTS = [
    Intent(1, "a", "welcome", f"person:{ANA}", "sent", "D1", "1.0"),
    Intent(2, "b", "card", "leads", "sent", CHANNEL, "2.0"),
    Intent(3, "c", "card", "leads", "sent", CHANNEL, "3.0"),
    Intent(4, "d", "intro", "pair:1", "sent", "G1", "4.0"),
    Intent(5, "e", "checkin", f"person:{BEN}", "ready", held=True),
    Intent(6, "f", "summary", "leads", "unknown"),
    Intent(7, "g", "unconfirmed", f"person:{LEAD}", "sent", "D2", "5.0"),
]
EFFECTS = [
    Effect("a", "D1", "1.0", frozenset((ANA,))),
    Effect("b", CHANNEL, "2.0", EVERYBODY),
    Effect("c", CHANNEL, "3.0", EVERYBODY),
    Effect("d", "G1", "4.0", frozenset((ANA, BEN))),
    Effect("g", "D2", "5.0", frozenset((LEAD,))),
]


def history(intents: list[Intent] = INTENTS, effects: list[Effect] = EFFECTS, **more: object) -> History:
    whole = History(
        1, intents, effects,
        attempts=[Attempt(one.token, effect=True, error=None) for one in effects],
        acts=[Act("Lea clicked Approve", shows=True)],
        pairs={1: frozenset((ANA, BEN))}, leads=frozenset((LEAD,)), leads_channel=CHANNEL,
    )  # fmt: skip
    return replace(whole, **more)  # type: ignore[arg-type]  # each test names what it changes


def found(told: History) -> set[str]:
    return {flaw.what for flaw in check(told)}


def changed(place: int, **what: object) -> list[Intent]:
    return [replace(one, **what) if at == place else one for at, one in enumerate(INTENTS)]  # type: ignore[arg-type]  # as above


def moved(place: int, **what: object) -> list[Effect]:
    return [replace(one, **what) if at == place else one for at, one in enumerate(EFFECTS)]  # type: ignore[arg-type]  # as above


def test_where_nothing_is_wrong_nothing_is_found() -> None:
    assert check(history()) == []


@pytest.mark.parametrize(
    ("told", "flaw"),
    [
        (history(effects=EFFECTS[1:]), "lost"),
        (history(effects=[*EFFECTS, replace(EFFECTS[0], ts="9.0")]), "doubled"),
        (history(changed(0, state="ready")), "stuck"),
        (history(changed(0, state="sending")), "stuck"),
        (history(changed(4, held=False)), "stuck"),
        (history(changed(1, behind=1)), "stuck"),
        (history(effects=moved(1, ts="3.5")), "wrong order"),
        (history(effects=moved(0, readers=frozenset((BEN,)))), "unauthorized"),
        (history(effects=moved(3, readers=frozenset((ANA, BEN, LEAD)))), "unauthorized"),
        (history(effects=moved(1, channel="CALL")), "unauthorized"),
        (history(effects=[*EFFECTS, Effect("z", "D1", "9.0", frozenset((ANA,)))]), "unauthorized"),
        (history(INTENTS[:-1], EFFECTS[:-1]), "unasked"),
        (history(acts=[Act("Lea clicked Approve", shows=False)]), "forgotten"),
    ],
)
def test_what_is_planted_is_found(told: History, flaw: str) -> None:
    assert found(told) == {flaw}


def test_every_look_has_a_flaw_planted_for_it() -> None:
    assert {look.__name__.replace("_", " ") for look in LOOKS} == {
        *("lost", "doubled", "stuck", "wrong order", "unauthorized", "unasked", "forgotten")
    }


@pytest.mark.parametrize(
    ("error", "excused"), [("http_503", True), ("fatal_error", True), ("connection_reset", False)]
)
def test_a_copy_is_excused_only_where_slack_said_that_it_failed(error: str, excused: bool) -> None:
    copies = [*EFFECTS, replace(EFFECTS[1], ts="2.5")]
    attempts = [Attempt("b", effect=True, error=error), Attempt("b", effect=True, error=None)]
    assert found(history(effects=copies, attempts=attempts)) == (set() if excused else {"doubled"})


def test_what_was_tried_twice_is_no_part_of_the_order() -> None:
    late = moved(1, ts="3.5")
    twice = [Attempt("b", effect=False, error="ratelimited"), Attempt("b", effect=True, error=None)]
    assert found(history(effects=late, attempts=twice)) == set()


def test_an_introduction_of_several_mentors_is_read_by_all_of_them(sqlite: Database) -> None:
    office = Office(sqlite)
    proposed(office, ANA, CARLA)
    office.approves(*(pair.id for pair in office.pairs))
    office.at(INTRO)
    (said,) = office.kinds(Kind.INTRO)
    assert pairs(sqlite)[int(said.recipient.removeprefix("pair:"))] == {ANA, CARLA, "UBEN"}


def test_two_processes_see_one_clock(tmp_path: Path) -> None:
    clock = SharedClock.wound(tmp_path / "clock", MONDAY, speed=0.0)
    other = SharedClock(tmp_path / "clock")
    clock.leaps(hours=3)
    clock.is_set(days=1)
    assert (other.now() - MONDAY).total_seconds() == 27 * 3600
    assert other.monotonic() == 3 * 3600
