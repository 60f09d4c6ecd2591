"""Several mentors of one mentee reach one conversation by one message, whatever Slack does, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mentoring.messages import Kind
from mentoring.pairings import PairState
from program.outgoing import RowState
from sandbox import Person
from storage.database import Database
from tests.bot.post_office import PostOffice, open_post_office

POST, OPEN = "chat.postMessage", "conversations.open"
TOPIC = ("Podcasting",)


@pytest.fixture
def office(database: Database) -> Iterator[PostOffice]:
    with open_post_office(database) as opened:
        opened.sets_up()
        yield opened


def approved(office: PostOffice, mentors: int, room: str) -> tuple[Person, list[Person]]:
    """Somebody who wants several mentors together, and as many, all approved."""
    ben = office.joins("Ben", 6, wants=TOPIC, mentee_capacity=room)
    teach = [office.joins(f"Mia {number}", 2, shares=TOPIC) for number in range(mentors)]
    office.proposes()
    office.approves(*range(1, mentors + 1))
    office.delivers()
    return ben, teach


def talk_together(office: PostOffice, people: list[Person]) -> None:
    """All of them read one introduction, in one conversation, which every pair knows."""
    (intro,) = [row for row in office.letters(Kind.INTRO) if row.posted]
    assert intro.state is RowState.SENT
    for person in people:
        assert [message.ts for message in office.introductions(person)] == [intro.ts]
    pairs = [office.pair(number) for number in range(1, len(people))]
    assert {pair.state for pair in pairs} == {PairState.INTRODUCED}
    assert {pair.channel for pair in pairs} == {intro.channel}
    assert None not in {pair.introduced_at for pair in pairs}


@pytest.mark.sampled(5)
@pytest.mark.parametrize("mentors", [2, 3])
@pytest.mark.parametrize("fault", ["", "opening breaks off", "posting is refused", "Slack slows down"])
def test_all_are_in_one_conversation_and_read_one_message(
    office: PostOffice, mentors: int, fault: str
) -> None:
    ben, teach = approved(office, mentors, f"{mentors} together")
    if fault == "opening breaks off":
        office.slack.faults.reset(OPEN, times=1)
    elif fault == "posting is refused":
        office.slack.faults.error(POST, "internal_error", times=1)
    elif fault == "Slack slows down":
        office.slack.faults.ratelimit(OPEN, retry_after=30)
    office.introduces()
    office.lives_for(seconds=60, step=5)
    talk_together(office, [ben, *teach])


def test_whoever_is_approved_later_opens_a_conversation_for_all(office: PostOffice) -> None:
    ben = office.joins("Ben", 6, wants=TOPIC, mentee_capacity="3 together")
    first, second, late = (office.joins(f"Mia {number}", 2, shares=TOPIC) for number in range(3))
    office.proposes()
    office.approves(1, 2)
    office.introduces()
    office.lives_for(seconds=20, step=5)
    office.approves(3)
    office.introduces()
    office.lives_for(seconds=20, step=5)
    read = {person.name: len(office.introductions(person)) for person in (ben, first, second, late)}
    assert sorted(read.values()) == [1, 2, 2, 2]
    assert {office.pair(number).state for number in (1, 2, 3)} == {PairState.INTRODUCED}
    assert len({office.pair(number).channel for number in (1, 2, 3)}) == 1


def test_where_nobody_can_tell_whom_slack_refuses_each_pair_is_tried_alone(office: PostOffice) -> None:
    ben, teach = approved(office, 2, "2 together")
    office.slack.faults.error(OPEN, "user_is_restricted", times=1)
    office.introduces()
    office.lives_for(seconds=60, step=5)
    assert [len(office.introductions(mentor)) for mentor in teach] == [1, 1]
    assert len(office.introductions(ben)) == 2
    assert len({office.pair(number).channel for number in (1, 2)}) == 2
