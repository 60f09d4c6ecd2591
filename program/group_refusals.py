"""Slack refuses one conversation for several mentors and a mentee: whoever can be introduced still is."""

from __future__ import annotations

from collections.abc import Sequence

from mentoring.matching import Side
from mentoring.messages import Kind, to_pair
from mentoring.pairings import Because, Cause, Pair
from program import groups, introductions
from program.act import Act
from storage import groups as stored
from storage.outbox import letters, outbox
from storage.outbox.letters import Letter
from storage.states import RowState


def refused(act: Act, letter: Letter, error: str, tried: Sequence[str], culprits: Sequence[str]) -> bool:
    """Go on without the `culprits` among the people who were `tried`; tells whether a pair was given up.

    Where nobody can tell whom Slack means, each pair is introduced in a conversation of its own.
    """
    waiting = [pair for pair in groups.addressed(act.tx, letter.notice) if pair.introduced_at is None]
    if not waiting:
        outbox.close(act.tx, letter, RowState.MOOT, error)
        return False
    now = groups.people_of(groups.addressed(act.tx, letter.notice))
    if {*now} != {*tried}:
        _again(act, letter, error)  # somebody is gone since, and was in the way perhaps
        return False
    given_up = [pair for pair in waiting if not {*pair.people}.isdisjoint(culprits)]
    others_in_the_way = {*culprits} - {person for pair in given_up for person in pair.people}
    if not given_up and not others_in_the_way:
        _one_by_one(act, letter, waiting, error)
        return False
    _go_on_without(act, letter, given_up, others_in_the_way, error)
    return bool(given_up)


def _go_on_without(act: Act, letter: Letter, given_up: Sequence[Pair], others: set[str], error: str) -> None:
    """Withdraw the new pairs that are refused, and leave out the mentors who talked with the mentee before."""
    intro_of = int(letter.notice.subject)
    for pair in groups.addressed(act.tx, letter.notice):
        if pair.mentor_id in others:
            stored.leave(act.tx, pair)
    # The one whose introduction it is comes last: the others are not introduced anew for each.
    for pair in sorted(given_up, key=lambda one: one.id == intro_of):
        _fail(act, letter, pair, error)
        who: Side = "mentee" if len(given_up) > 1 else "mentor"
        introductions.refused(act, pair, Because(Cause.REFUSED, error=error, who=who))
    if intro_of not in [pair.id for pair in given_up]:
        _again(act, letter, error)


def _fail(act: Act, letter: Letter, pair: Pair, error: str) -> None:
    """Keep on record that Slack refused the introduction of this pair, so that it is not tried again."""
    if pair.id == int(letter.notice.subject):
        outbox.refuse(act.tx, letter, error, act.now)
        return
    act.say_again(to_pair(Kind.INTRO, pair.id))
    for own in letters.about(act.tx, act.program.id, Kind.INTRO, pair.id):
        if own.state is RowState.READY and not own.posted:
            outbox.refuse(act.tx, own, error, act.now)


def _one_by_one(act: Act, letter: Letter, waiting: Sequence[Pair], error: str) -> None:
    intro_of = int(letter.notice.subject)
    for seat in groups.brought(act.tx, intro_of):
        stored.leave(act.tx, seat.pair)
    for pair in waiting:
        stored.alone(act.tx, pair)
        if pair.id != intro_of:
            act.say_again(to_pair(Kind.INTRO, pair.id))
    _again(act, letter, error)


def _again(act: Act, letter: Letter, error: str) -> None:
    """The same message goes on its way once more, to whom it is for by now."""
    if letter.state is RowState.SENDING:
        outbox.put_back(act.tx, letter, act.now, error)
    else:
        outbox.postpone(act.tx, letter, act.now)
