"""The cast lives on when a visitor moves the time, by chance that a seed decides."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from demo import rates
from demo.stage import Stage
from demo.story import START, Story
from sandbox import Person
from tests.demo.conftest import told
from tests.effort import at_length
from tests.patience import soon

WEEK = timedelta(weeks=1)


def goes_on(stage: Stage, people: int, weeks: int = 6) -> Story:
    """A story that was told until the first introductions, and goes on by itself in cycles of so many weeks."""
    story = told(stage, people, weeks)
    story.begins()
    story.goes_on()
    return story


def did(stage: Stage) -> list[tuple[str, str]]:
    """Who did what, in order, and not at which second."""
    app = stage.slack.backend.ws.users[stage.slack.bot_user_id].real_name
    return [(each.who, each.what) for each in stage.slack.timeline if each.who != app]


def visits(stage: Stage, person: Person) -> httpx.Client:
    """Somebody whose page shows that person's screen."""
    return httpx.Client(base_url=stage.slack.page_url, params={"as": person.id}, trust_env=False)


@pytest.mark.slow
def test_weeks_later_there_is_a_program_to_look_at(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for rate in ("LEAVES", "TAKES_A_BREAK"):
        monkeypatch.setattr(rates, rate, 0.3)
    monkeypatch.setattr(rates, "FEWEST_JOIN", 5)
    story = goes_on(stage, people=6, weeks=2)
    before, told_before = story.figures(), len(did(stage))
    stage.leap_to(stage.clock.now() + 2 * WEEK)
    after, deeds = story.figures(), did(stage)[told_before:]
    assert after.enrolled > before.enrolled
    assert after.checkins_answered > before.checkins_answered
    assert after.introduced > before.introduced
    typed = {each.text for each in stage.slack.timeline if each.what == "typed"}
    assert typed >= {"/reverse-mentor leave yes", "/reverse-mentor pause 2 weeks"}
    assert any(what == "clicked 'Approve'" for _who, what in deeds)
    assert stage.slack.calls.errors() == {}


@pytest.mark.slow
@pytest.mark.parametrize("people", [2, pytest.param(4, marks=at_length)])
def test_the_same_seed_tells_the_same_story(people: int) -> None:
    stories = []
    for _ in range(2):
        with Stage(START) as stage:
            goes_on(stage, people)
            stage.lives_through(stage.clock.now() + WEEK)
            stories.append(did(stage))
    assert sorted(stories[0]) == sorted(stories[1])


@pytest.mark.slow
def test_whoever_a_visitor_acts_as_is_left_to_the_visitor(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for rate in ("BUSY", "FALLS_SILENT", "LEAVES", "TAKES_A_BREAK"):
        monkeypatch.setattr(rates, rate, 0)
    story = goes_on(stage, people=2)
    mine, other = map(stage.slack.person, story.life.actors)
    before = len(did(stage))
    with visits(stage, mine) as http, http.stream("GET", "/page/stream"):
        soon(lambda: mine.id in stage.slack.acted_as())
        stage.leap_to(stage.clock.now() + WEEK)
    answers = [who for who, what in did(stage)[before:] if what.startswith("clicked")]
    assert other.name in answers
    assert mine.name not in answers
    soon(lambda: not stage.slack.acted_as())
    stage.leap_to(stage.clock.now() + WEEK)
    assert any(who == mine.name and what.startswith("clicked") for who, what in did(stage)[before:])


@pytest.mark.slow
def test_nobody_is_set_up_at_first_and_people_join_once_somebody_did_it(stage: Stage) -> None:
    story = told(stage, 6, weeks=6)
    story.goes_on()
    stage.leap_to(stage.clock.now() + timedelta(days=1))
    assert not story.life.actors
    story.sets_up()
    stage.leap_to(stage.clock.now() + WEEK)
    assert story.figures().enrolled >= 4
