"""How a meeting was, as somebody taps it after they said that they met: for figures, and with no name on it."""

from __future__ import annotations

from mentoring.checkins import Answer
from mentoring.errors import NoCheckIn
from mentoring.reflections import Reflection
from program import access
from program.context import Context
from program.subjects import OfCheckIn
from storage import checkins, pairs, planned


def reflect(ctx: Context, workspace: str, person_id: str, checkin_id: int, choice: Reflection) -> None:
    """Keep how somebody says that a meeting was; the last tap counts. Raises `NoCheckIn`, or `NotEnrolled`."""
    with ctx.act(workspace, person_id, OfCheckIn(checkin_id)) as act:
        access.member(act)
        checkin = checkins.get(act.tx, checkin_id)
        if checkin is None or checkin.person_id != act.by or checkin.answer is not Answer.MET:
            raise NoCheckIn
        if pairs.get(act.tx, act.program.id, checkin.pair_id) is None:
            raise NoCheckIn
        planned.reflect(act.tx, checkin, choice, act.now)
