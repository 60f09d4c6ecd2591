"""What a call for help shows to those who were told of it: who looks after it, and what was answered since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentoring.checkins import Answer, CheckIn
from mentoring.for_leads import HelpAlert
from mentoring.messages import Kind, Notice
from mentoring.pairings import PairState
from program import group_screens
from program.look import Look
from program.notices import begins_with


def call(look: Look, notice: Notice) -> HelpAlert | None:
    """A call for help as it stands now, in its first message or in one that says again that it waits."""
    checkin = look.checkin(int(begins_with(notice.subject)))
    pair = look.pair(checkin.pair_id) if checkin else None
    if checkin is None or pair is None or checkin.answered_at is None:
        return None
    later, later_at = _later(checkin, look.history(pair.id, checkin.person_id))
    case = look.call(checkin.id)
    partner = pair.partner_of(checkin.person_id)
    met_with = group_screens.meets(look, pair, checkin.person_id)
    owner = case.owner_id if case and look.may_look_after(case.owner_id, pair) else None
    return HelpAlert(
        look.name,
        checkin.person_id,
        partner,
        pair.id,
        case.opened_at if case else checkin.answered_at,
        later,
        told=look.told(Kind.HELP, checkin.id),
        in_place_of_leads=notice.reader not in look.leads,
        moved=_moved(look, notice),
        number=checkin.id,
        later_at=later_at,
        owner=owner or "",
        taken_at=case.taken_at if case and owner else None,
        mine=owner == notice.reader,
        done_by=(case.done_by or "") if case else "",
        done_at=case.done_at if case else None,
        waits=notice.kind is Kind.HELP_WAITS,
        over=pair.state is not PairState.INTRODUCED,
        together=tuple(one for one in met_with if one != partner),
    )


def _later(asked: CheckIn, history: Sequence[CheckIn]) -> tuple[Answer | None, datetime | None]:
    """What the person has answered after their call: in the same week, or the last they said in a later one."""
    answered = [one for one in history if one.answer is not None and one.week >= asked.week]
    last = max(answered, key=lambda one: one.week, default=asked)
    if last.week == asked.week and last.answer is Answer.HELP:
        return None, None
    return last.answer, last.answered_at


def _moved(look: Look, notice: Notice) -> tuple[str, ...]:
    """Who hears of it now, where the reader does not any more."""
    people = look.would_hear(notice.kind, notice.subject).people
    return () if notice.reader in people else people
