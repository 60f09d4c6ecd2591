"""A tiny run: the apps really start, connect, and do the same."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from benchmarks import contender
from benchmarks.__main__ import measure
from benchmarks.acts import Acts
from benchmarks.contender import BARE, Contender, Props
from benchmarks.load import ACTS, BARE_APP, BOT_APP
from benchmarks.plan import Plan
from benchmarks.seed import Cast
from mentoring.people import Person
from program import reports
from program.context import Context
from storage.database import Database
from tests import any_day

TIMES = 2
TINY = Plan(enrolled=(100, 120), passes=1, rounds=1, singles=2, crowd=2, threads=2, starts=1)
SAID = {"views.open": "view", "chat.postMessage": "blocks", "response_url": "blocks"}


@pytest.fixture(scope="module")
def props(tmp_path_factory: pytest.TempPathFactory) -> Props:
    return contender.prepare(tmp_path_factory.mktemp("props"), TINY.enrolled, TIMES)


def calls_of(props: Props, who: Contender, module: str) -> tuple[dict[str, int], dict[str, list[Any]]]:
    """How often an app calls each method while each act is played, and what it says with it."""
    with contender.staged(props, who) as stage:
        posted = len(stage.place.slack.calls)
        with stage.running(module):
            acts = Acts(stage.place)
            for prepare in ACTS.values():
                for _ in range(TIMES):
                    stage.place.seen_at(prepare(acts)().effect)
            assert stage.place.complaints() == []
            calls = [*stage.place.slack.calls[posted:], *stage.place.slack.responses]
    said = {method: [call.args[SAID[method]] for call in calls if call.method == method] for method in SAID}
    counts = {
        method: sum(call.method == method for call in calls) for method in {call.method for call in calls}
    }
    return counts, said


def without_names(said: Any) -> Any:
    """The same, in blocks that do not say which message they are in."""
    if isinstance(said, list):
        return [without_names(one) for one in said]
    if not isinstance(said, dict):
        return said
    return {key: value for key, value in said.items() if key != "block_id"}


def untimed(blocks: Any) -> str:
    """What these blocks say, whoever approved a pair on whatever day."""
    return re.sub(r"Approved by <@\w+> on [^.]+\.", "Approved.", json.dumps(blocks))


@pytest.mark.slow
def test_the_bare_app_makes_the_bots_calls_with_the_bots_words(props: Props) -> None:
    bare, bare_said = calls_of(props, BARE, BARE_APP)
    bot, bot_said = calls_of(props, Contender(100), BOT_APP)
    # What its clock and its delivery look at, whatever people do, may come before the last act or after it.
    assert bot.pop("users.list", 0) <= 1, "once a day it looks who the admins are"
    assert bot.pop("conversations.info", 0) <= 1, "and every few minutes whether the leads' channel is fit"
    assert bare == bot
    assert bot["users.info"] == TIMES * 3
    for method in ("views.open", "chat.postMessage"):
        assert bare_said[method][0] == without_names(bot_said[method][0])
    # The cards tell who approved a pair, and when it was.
    cards = [untimed(without_names(said["response_url"])) for said in (bare_said, bot_said)]
    assert cards[0] == cards[1]


def test_as_many_people_are_enrolled_as_wanted(props: Props) -> None:
    for number in TINY.enrolled:
        database = Database(f"sqlite:///{props.folder / f'{number}.db'}")
        ctx = Context(database, any_day.now)
        figures = reports.figures_of(ctx, props.programs[number].workspace)
        database.close()
        assert (figures.enrolled, figures.proposed) == (number, TIMES + (number - 100) // 2)


def test_the_cast_makes_different_pairs_within_everybodys_capacity() -> None:
    people = tuple(Person(f"U{n}", "") for n in range(6))
    cast = Cast("T1", (), people[:3], people[3:])
    pairs = [(mentor.id, mentee.id) for mentor, mentee in cast.pairs(9)]
    assert len(set(pairs)) == 9
    with pytest.raises(ValueError, match="at most 15"):
        cast.pairs(16)


@pytest.mark.slow
def test_a_tiny_run_measures_everything() -> None:
    lines = measure(TINY)
    who = [BARE, Contender(100), Contender(120)]
    assert {line.of for line in lines} >= {"Start", "Memory"}
    assert all(list(line.samples) == who for line in lines)
    timed = [line for line in lines if not line.name.startswith("processor")]
    assert all(line.value(one) > 0 for line in timed for one in who)
    (peak,) = [line for line in lines if line.name.startswith("at its peak, after the first")]
    assert all(15 < peak.value(one) < 400 for one in who)
