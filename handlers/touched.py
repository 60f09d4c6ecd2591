"""A press of a button tells where its message stands, also one of which no record knows whether it arrived."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from handlers.ids import Action
from handlers.plan_ids import REFLECTIONS
from handlers.replying import Asked
from mentoring.ask_errors import QuestionIsOver
from mentoring.errors import AlreadyDecided, AlreadySettled, CallIsOver, CycleBegun, NoChoiceLeft, PairIsOver
from mentoring.messages import Kind
from mentoring.pacts import NothingToSign
from program import adopting
from program.adopting import Press

log = logging.getLogger(__name__)

_QUESTIONS = (Kind.CHECKIN, Kind.REASK, Kind.MET_YET)
_INVITES = (Kind.INVITATION, Kind.INVITED_AGAIN)
_DOUBTS = (Kind.UNCONFIRMED, Kind.INTRO_CASE, Kind.INTRO_QUESTION)

KINDS: Mapping[Action, tuple[Kind, ...]] = {
    Action.APPROVE: (Kind.CARD,),
    Action.DECLINE: (Kind.CARD,),
    Action.UNDO: (Kind.CARD,),
    Action.HOLD: (Kind.CARD,),
    Action.RELEASE: (Kind.CARD,),
    Action.CLOSE_PAIR: (Kind.CARD, Kind.MISFIT),
    Action.KEEP_PAIR: (Kind.MISFIT,),
    Action.SWAP: (Kind.CARD,),
    Action.REVIEW: (Kind.SUMMARY, Kind.DIGEST),
    Action.UNMATCHED: (Kind.SUMMARY, Kind.DIGEST),
    Action.READY: (Kind.DIGEST,),
    Action.SEE: (Kind.DIGEST,),
    Action.CHECKIN_MET: _QUESTIONS,
    Action.CHECKIN_PLANNED: _QUESTIONS,
    Action.CHECKIN_NOT_YET: _QUESTIONS,
    Action.CHECKIN_HELP: _QUESTIONS,
    **dict.fromkeys((Action.PLAN_AT, Action.ASK_LESS, *REFLECTIONS), _QUESTIONS),
    Action.JOIN: (Kind.WELCOME, Kind.NO_PARTNER, Kind.SILENCE, Kind.GET_READY, *_INVITES),
    Action.CYCLE_IN: (Kind.NEXT_CYCLE,),
    Action.CYCLE_SKIP: (Kind.NEXT_CYCLE,),
    Action.AGREE: (Kind.INTRO, Kind.UNSIGNED),
    Action.MEETING: (Kind.INTRO, Kind.UNSIGNED, *_QUESTIONS),
    Action.PREPARE: (Kind.WELCOME, Kind.NO_PARTNER, Kind.GET_READY),
    Action.PAUSE: (Kind.NEXT_CYCLE, Kind.PAUSE_OVER),
    **dict.fromkeys(
        (
            Action.ASK_YES,
            Action.ASK_NO,
            Action.ASK_ANOTHER,
            Action.ASK_SKIP,
            Action.ASK_BACK,
            Action.ASK_TIMES,
        ),
        (Kind.ASK, Kind.ASK_AGAIN),
    ),
    Action.INTRODUCE_ANYWAY: (Kind.ASKS_WAIT,),
    Action.RESUME: (Kind.SILENCE,),
    Action.COME_BACK: (Kind.BACK,),
    Action.STAY_OUT: (Kind.BACK,),
    Action.SETUP: (Kind.CHANNEL_TROUBLE, Kind.NO_LEAD, Kind.SETUP_TROUBLE),
    Action.SEND_AGAIN: _DOUBTS,
    Action.IT_ARRIVED: _DOUBTS,
    Action.SEND_ALL_AGAIN: (Kind.UNCONFIRMED,),
    Action.ALL_ARRIVED: (Kind.UNCONFIRMED,),
    Action.LOOK_ONE_BY_ONE: (Kind.UNCONFIRMED,),
    Action.LOOK_AFTER: (Kind.INTRO_CASE,),
    Action.PAIR_MORE: _QUESTIONS,
    **dict.fromkeys(
        (Action.PARTNER_WAIT, Action.PARTNER_NEW, Action.PARTNER_REST), (Kind.RESTING, Kind.PAIR_CLOSED)
    ),
    **dict.fromkeys((Action.TAKE_CALL, Action.CALL_DONE, Action.HAND_BACK), (Kind.HELP, Kind.HELP_WAITS)),
}
"""The kinds of messages that have these buttons; other buttons are on forms, answers and the Home tab alone."""


_OVER = (
    AlreadyDecided,
    AlreadySettled,
    CallIsOver,
    CycleBegun,
    NoChoiceLeft,
    NothingToSign,
    PairIsOver,
    QuestionIsOver,
)
"""Refusals to those who may use the button, which tell that it will never do anything again."""


def learning(listener: Callable[[Asked], None], asked: Asked) -> None:
    """Let a listener work, and learn from the press where its message stands.

    Only what a button did, or would have done in time, tells that it was ours and theirs. So a copy is taken away after
    the act and where nothing is left to do, and not after another refusal.
    """
    try:
        listener(asked)
    except _OVER:
        _learn(asked, done=True)
        raise
    except Exception:
        _learn(asked, done=False)
        raise
    _learn(asked, done=True)


def _learn(asked: Asked, done: bool) -> None:
    press = _press(asked)
    if press is None:
        return
    try:
        adopting.learn(*asked.by, press, done)
    except Exception:
        # What was asked for is done, and the next press tells the same.
        log.exception("where a message stands could not be recorded")


def _press(asked: Asked) -> Press | None:
    """The press of a button in a message that stays; None for everything else."""
    act = asked.act
    if not act.in_message or act.view is not None or not act.channel:
        return None
    kinds = next((kinds for action, kinds in KINDS.items() if action == act.action), ())
    return Press(act.channel, act.message_ts, act.name, kinds, act.value, act.row_id)
