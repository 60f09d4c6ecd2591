"""A direct message that was sent again is looked for once more, since its history may have lagged behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.delivery.second_looks import AFTER, TRIES
from mentoring.messages import Kind
from program.outgoing import RowState
from sandbox import Person
from storage.database import Database
from tests.bot.post_office import PostOffice, open_post_office

POST, HISTORY = "chat.postMessage", "conversations.history"


@pytest.fixture
def doubled(sqlite: Database) -> Iterator[tuple[PostOffice, Person]]:
    """Ana's welcome stands twice: its answer was lost, and the history lagged behind when it was looked for."""
    with open_post_office(sqlite) as office:
        office.sets_up()
        ana = office.joins("Ana", 2, shares=("Podcasting",))
        office.slack.faults.reset(POST, after_effect=True)
        office.slack.faults.lag_history(lambda: 20.0)
        office.delivers()
        office.lives_for(seconds=12)
        assert welcomes(ana) == 2
        assert office.states(Kind.WELCOME) == [RowState.SENT]
        yield office, ana


def welcomes(person: Person) -> int:
    return len(person.messages())


def test_what_stands_twice_is_taken_away_a_minute_later(doubled: tuple[PostOffice, Person]) -> None:
    office, ana = doubled
    office.lives_for(seconds=int(AFTER) + 2)
    assert welcomes(ana) == 1
    (letter,) = office.letters(Kind.WELCOME)
    assert [one.ts for one in ana.messages()] == [letter.ts]
    looks = len(office.calls(HISTORY))
    office.lives_for(seconds=3 * int(AFTER), step=10)
    assert len(office.calls(HISTORY)) == looks


def test_a_courier_that_starts_meanwhile_looks_as_well(doubled: tuple[PostOffice, Person]) -> None:
    office, ana = doubled
    office.courier = office.hires()
    office.courier._begins()
    office.lives_for(seconds=int(AFTER) + 2)
    assert welcomes(ana) == 1


def test_a_look_that_fails_is_made_again_and_not_for_ever(doubled: tuple[PostOffice, Person]) -> None:
    office, ana = doubled
    office.slack.faults.error(HISTORY, "internal_error")
    office.lives_for(seconds=int(AFTER) + 2)
    assert welcomes(ana) == 2
    office.lives_for(seconds=int(AFTER) + 2)
    assert welcomes(ana) == 1


def test_a_history_that_cannot_be_read_is_let_alone(doubled: tuple[PostOffice, Person]) -> None:
    office, ana = doubled
    office.slack.faults.error(HISTORY, "internal_error", times=100)
    before = len(office.calls(HISTORY))
    office.lives_for(seconds=10 * int(AFTER), step=5)
    assert len(office.calls(HISTORY)) - before == TRIES
    assert welcomes(ana) == 2
    first = ana.messages()[0]
    office.client.chat_delete(channel=first.channel, ts=first.ts)


def test_what_was_sent_once_is_not_looked_for(office: PostOffice) -> None:
    office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    office.lives_for(seconds=2 * int(AFTER), step=5)
    assert office.calls(HISTORY) == []
