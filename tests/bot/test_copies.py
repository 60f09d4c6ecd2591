"""Copies of messages that are one too many are taken away, in the end, and once."""

from __future__ import annotations

import pytest

from bot.slack import post as slack_post
from handlers.views import render
from mentoring.messages import Kind
from program import outgoing
from program.outgoing import RowState
from storage.outbox import places
from tests.bot.post_office import PostOffice

DELETE, HISTORY = "chat.delete", "conversations.history"


@pytest.fixture
def copied(office: PostOffice) -> PostOffice:
    """A welcome that stands twice, and of which nobody is sure."""
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    (row,) = office.letters(Kind.WELCOME)
    leased = outgoing.lease(office.ctx, row, "a courier that hears nothing")
    mail = outgoing.prepare(office.ctx, row)
    assert leased is not None
    assert mail is not None
    for _ in range(2):
        slack_post.post(office.client, ana.id, render(mail.content), leased.token)
    outgoing.doubt(office.ctx, leased, "timeout")
    office.clock.passes(seconds=10)
    return office


def standing(office: PostOffice) -> list[str]:
    (ana,) = (one for one in office.slack.people() if one.name == "Ana")
    return [one.ts for one in office.welcomes(ana)]


def test_a_look_that_finds_two_keeps_the_first(copied: PostOffice) -> None:
    first, _ = standing(copied)
    copied.delivers()
    (row,) = copied.letters(Kind.WELCOME)
    assert (row.state, row.ts) == (RowState.SENT, first)
    copied.delivers()
    assert standing(copied) == [first]
    assert len(copied.calls(DELETE)) == 1
    copied.lives_for(seconds=60, step=10)
    assert len(copied.calls(DELETE)) == 1


@pytest.mark.parametrize("how", ["limited", "failed", "no answer", "no answer, but done"])
def test_what_passes_by_itself_is_tried_again(copied: PostOffice, how: str) -> None:
    faults = copied.slack.faults
    {
        "limited": lambda: faults.ratelimit(DELETE, retry_after=30),
        "failed": lambda: faults.http_error(DELETE, times=3),
        "no answer": lambda: faults.reset(DELETE),
        "no answer, but done": lambda: faults.reset(DELETE, after_effect=True),
    }[how]()
    first, _ = standing(copied)
    copied.lives_for(seconds=60, step=5)
    assert standing(copied) == [first]
    with copied.database.read() as tx:
        assert places.to_take_away(tx, copied.clock.time, 9) == []
    tried = {"limited": 2, "failed": 4, "no answer": 2, "no answer, but done": 2}
    assert len(copied.calls(DELETE)) == tried[how]


def test_what_slack_refuses_for_good_stays_and_is_not_tried_for_ever(
    copied: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    copied.slack.faults.error(DELETE, "cant_delete_message", times=9)
    copied.lives_for(seconds=60, step=5)
    assert len(copied.calls(DELETE)) == 1
    assert "A copy of a message stays where it is (cant_delete_message)" in caplog.text
    copied.slack.delete_message(copied.welcomes(next(p for p in copied.slack.people() if p.name == "Ana"))[1])
