"""The circuit breaker: an outage leaves one message in doubt, and Slack is asked ever more rarely if it is back."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.circuit import LONGEST_PAUSE, LOST_POSTS, Circuit, unanswered
from bot.slack.errors import Failure, FailureKind
from mentoring.messages import Kind
from program.outgoing import RowState
from tests.bot.post_office import PostOffice

POST = "chat.postMessage"
SILENCE = Failure(FailureKind.AMBIGUOUS, "connection_reset")


class Line:
    """Slack's end of the line, with a clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.works = True
        self.asked_at: list[float] = []
        self.circuit = Circuit(lambda: self.now, self.ask)

    def ask(self) -> None:
        self.asked_at.append(self.now)
        if not self.works:
            raise ConnectionResetError

    def posts(self) -> bool | None:
        """Post where it is allowed; tells whether it was answered."""
        if not self.circuit.allows():
            return None
        if self.works:
            self.circuit.answered(post=True)
        else:
            self.circuit.failed(SILENCE, post=True)
        return self.works


@pytest.mark.parametrize(
    ("kind", "error", "expected"),
    [
        (FailureKind.AMBIGUOUS, "timeout", True),
        (FailureKind.AMBIGUOUS, "broken_answer", True),
        (FailureKind.NO_EFFECT, "connection_refused", True),
        (FailureKind.NO_EFFECT, "name_not_resolved", True),
        (FailureKind.REFUSED_RETRY, "http_503", True),
        (FailureKind.CONFIG, "http_407", True),
        (FailureKind.REFUSED_RETRY, "internal_error", False),
        (FailureKind.NO_EFFECT, "hash_conflict", False),
        (FailureKind.AMBIGUOUS, "duplicate_message_not_found", False),
        (FailureKind.RATE_LIMITED, "ratelimited", False),
        (FailureKind.UNKNOWN, "a_new_error_of_2031", False),
    ],
)
def test_what_counts_as_no_answer(kind: FailureKind, error: str, expected: bool) -> None:
    assert unanswered(Failure(kind, error)) is expected


def test_one_lost_answer_is_asked_about_at_once_and_said_to_nobody(caplog: pytest.LogCaptureFixture) -> None:
    line = Line()
    line.circuit.failed(SILENCE)
    assert line.circuit.allows()
    assert line.asked_at == [0.0]
    assert line.circuit.allows()
    assert len(line.asked_at) == 1
    assert caplog.records == []


def test_an_outage_is_tried_ever_more_rarely_and_told_twice(caplog: pytest.LogCaptureFixture) -> None:
    line = Line()
    line.works = False
    with caplog.at_level(logging.WARNING, logger="bot.delivery.circuit"):
        line.circuit.failed(SILENCE)
        while line.now < 120:
            assert not line.circuit.allows()
            line.now += max(line.circuit.ready_in(), 0.25)
        assert line.asked_at == [0, 1, 3, 7, 15, 31, 61, 91]
        line.works = True
        line.now += LONGEST_PAUSE
        assert line.circuit.allows()
        assert line.circuit.ready_in() == 0
    assert [one.message for one in caplog.records] == [
        "Slack does not answer (connection_reset). Messages wait until it does.",
        "Slack answers again. Messages go out again.",
    ]


def test_while_it_is_known_to_be_open_that_is_told() -> None:
    line = Line()
    line.works = False
    assert (line.posts(), line.circuit.doubt()) == (False, ""), "one lost answer is no outage"
    assert line.posts() is None
    assert line.circuit.doubt() == "Slack does not answer. Messages wait until it does."
    line.works = True
    line.now += LONGEST_PAUSE
    assert (line.posts(), line.circuit.doubt()) == (True, "")


def test_an_answer_of_any_kind_closes_it() -> None:
    line = Line()
    line.circuit.failed(SILENCE)
    line.circuit.failed(Failure(FailureKind.DEAD_TOKEN, "token_revoked"))
    assert line.circuit.allows()
    assert line.asked_at == []


def test_posts_that_are_lost_while_all_else_is_answered_are_risked_ever_more_rarely() -> None:
    line = Line()
    risked = []
    while line.now < 180:
        assert line.circuit.allows()
        if line.circuit.allows_risk():
            risked.append(line.now)
            line.circuit.failed(SILENCE, post=True)
        line.now += 0.5
    assert len(risked) <= LOST_POSTS + 5
    line.circuit.answered(post=True)
    assert line.circuit.allows_risk()


OUTAGES = st.lists(st.tuples(st.booleans(), st.integers(1, 200)), min_size=1, max_size=8)


@given(OUTAGES)
def test_each_outage_leaves_one_post_in_doubt_and_is_over_within_half_a_minute(
    outages: list[tuple[bool, int]],
) -> None:
    """Slack works, or does not, for so many seconds; a post is tried four times a second."""
    line = Line()
    for works, seconds in [*outages, (True, 60)]:
        line.works = works
        begun, asked, outcomes = line.now, len(line.asked_at), []
        while line.now < begun + seconds:
            outcomes.append(line.posts())
            line.now += 0.25
        assert outcomes.count(False) <= 1
        if not works:
            assert len(line.asked_at) - asked <= 6 + seconds / LONGEST_PAUSE
    assert outcomes[int(4 * LONGEST_PAUSE) :].count(None) == 0, "all that waits goes out again"


def test_an_outage_asks_the_leads_about_one_message_of_many(office: PostOffice) -> None:
    for number in range(12):
        office.couple(f"Topic {number}")
    office.delivers()
    office.lives_for(seconds=5)
    office.matches()
    for method in (POST, "auth.test"):
        office.slack.faults.reset(method, times=1000)
    office.lives_for(seconds=60)
    assert len(office.calls("auth.test")) <= 8
    assert office.states(Kind.CARD) + office.states(Kind.SUMMARY) == [RowState.READY] * 3 + [RowState.UNSURE]
    office.slack.faults.clear()
    office.lives_for(seconds=60)
    assert len(office.cards()) == 3, "up to five cards are one message"
    assert len(office.asked_about(office.lead)) == 1
    assert {one.attempts for one in office.letters(Kind.CARD)} == {0}
