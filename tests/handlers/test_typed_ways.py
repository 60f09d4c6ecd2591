"""Whatever leads press or fill in can be typed, and its message says how: `test_matrix` types each of the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from handlers.command import COMMANDS
from handlers.ids import Action, Callback, Word
from handlers.views import render
from handlers.views.help import SECTIONS
from mentoring.messages import Content
from tests.handlers.test_review import offered
from tests.handlers.views.samples import LARGEST, SMALLEST

BUTTONS: Mapping[Action, tuple[Word, ...]] = {
    Action.APPROVE: (Word.APPROVE,),
    Action.REVIEW_APPROVE: (Word.APPROVE,),
    Action.APPROVE_ALL: (Word.APPROVE,),
    Action.DECLINE: (Word.DECLINE,),
    Action.REVIEW_DECLINE: (Word.DECLINE,),
    Action.REVIEW: (Word.REVIEW, Word.PENDING),
    Action.UNDO: (Word.UNDO,),
    Action.HOLD: (Word.HOLD,),
    Action.RELEASE: (Word.RELEASE,),
    Action.CLOSE_PAIR: (Word.END, Word.REST),
    Action.KEEP_PAIR: (Word.KEEP,),
    Action.MATCH: (Word.MATCH,),
    Action.INTRODUCE: (Word.INTRODUCE,),
    Action.INTRODUCE_ANYWAY: (Word.INTRODUCE,),
    Action.SWAP: (Word.SWAP,),
    Action.SWAP_CHOOSE: (Word.SWAP,),
    Action.PAIR_FORM: (Word.PAIR,),
    Action.WISH_BACK: (Word.ALLOW, Word.UNFIX),
    Action.RULES: (Word.RULES,),
    Action.RULES_SECTION: (Word.RULES,),
    Action.RULES_WHAT_IF: (Word.RULES,),
    Action.READY: (Word.READY,),
    Action.REMIND: (Word.REMIND,),
    Action.UNMATCHED: (Word.UNMATCHED,),
    Action.UNMATCHED_PAGE_PREVIOUS: (Word.UNMATCHED,),
    Action.UNMATCHED_PAGE_NEXT: (Word.UNMATCHED,),
    Action.WHY_NOT: (Word.WHY_NOT,),
    Action.TAKE_CALL: (Word.TAKE_CALL,),
    Action.CALL_DONE: (Word.CALL_DONE,),
    Action.HAND_BACK: (Word.HAND_BACK,),
    Action.SEE: (Word.DIGEST,),
    Action.SEE_PREVIOUS: (Word.DIGEST,),
    Action.SEE_NEXT: (Word.DIGEST,),
    Action.INVITE: (Word.INVITE,),
    Action.REMIND_INVITED: (Word.INVITE,),
    Action.REHEARSE: (Word.REHEARSE,),
    Action.HR_DIFFERENCES: (Word.HR,),
    Action.HR_USE: (Word.HR,),
    Action.HR_KEEP: (Word.HR,),
    Action.SLACK_FIELDS: (Word.HR,),
    Action.SEND_AGAIN: (Word.SEND_AGAIN,),
    Action.IT_ARRIVED: (Word.IT_ARRIVED,),
    Action.SEND_ALL_AGAIN: (Word.SEND_AGAIN,),
    Action.ALL_ARRIVED: (Word.IT_ARRIVED,),
    Action.LOOK_AFTER: (Word.LOOK_AFTER,),
    Action.KEEP_APART: (Word.KEEP_APART,),
    Action.TAKE_IN: (Word.TAKE_IN,),
    Action.TAKE_OUT: (Word.TAKE_OUT,),
    Action.SETUP: (Word.SETUP,),
    Action.GUIDES: (Word.GUIDES,),
}
"""What leads press, with the words that do the same."""

FORMS: Mapping[Callback, tuple[Word, ...]] = {
    Callback.DECLINE: (Word.DECLINE,),
    Callback.REVIEW: (Word.PENDING,),
    Callback.CLOSE_PAIR: (Word.END, Word.REST),
    Callback.SWAP: (Word.SWAP,),
    Callback.PAIR: (Word.PAIR, Word.FIX, Word.FORBID),
    Callback.RULES: (Word.RULES,),
    Callback.UNMATCHED: (Word.UNMATCHED,),
    Callback.WHY_NOT: (Word.WHY_NOT,),
    Callback.SEEN: (Word.DIGEST,),
    Callback.INVITE: (Word.INVITE,),
    Callback.INVITE_PREVIEW: (Word.INVITE,),
    Callback.REHEARSAL: (Word.REHEARSE,),
    Callback.SETUP: (Word.SETUP,),
    Callback.GUIDES: (Word.GUIDES,),
    Callback.SLACK_FIELDS: (Word.HR,),
}
"""What leads submit or look at, with the words."""


_LOOKS = {
    *(Action.REVIEW_PAGE_PREVIOUS, Action.REVIEW_PAGE_NEXT, Action.REVIEW_SHOWS, Action.REVIEW_SORTED_BY),
    *(Action.REVIEW_DEPARTMENT, Action.REVIEW_SKILL, Action.REVIEW_PERSON, Action.REVIEW_EVERYBODY),
    *(Action.LOOK_ONE_BY_ONE, Action.DOUBTS_PAGE_PREVIOUS, Action.DOUBTS_PAGE_NEXT),
}
"""What only turns or sieves a window."""

_MEMBERS = {
    *(Action.CHECKIN_MET, Action.CHECKIN_PLANNED, Action.CHECKIN_NOT_YET, Action.CHECKIN_HELP, Action.JOIN),
    *(Action.PAUSE, Action.PAUSE_UNTIL, Action.RESUME, Action.LEAVE, Action.STATUS, Action.COME_BACK),
    *(Action.STAY_OUT, Action.CYCLE_IN, Action.CYCLE_SKIP, Action.ASK_YES, Action.ASK_NO, Action.ASK_ANOTHER),
    *(Action.ASK_BACK, Action.CALENDAR_FILE),
    *(Action.ASK_SKIP, Action.ASK_TIMES, Action.AGREE, Action.MEETING, Action.PROFILE_DETAILS),
    *(Action.EXPERIENCES_BACK, Action.PREPARE, Action.PREPARE_BACK, Action.PREPARE_NEXT, Action.PLAN_AT),
    *(
        Action.PLAN_WHEN,
        Action.PLAN_PAIR,
        Action.REFLECT_LEARNED,
        Action.REFLECT_WENT_WELL,
        Action.REFLECT_SLOW,
    ),
    *(Action.REFLECT_NOT_FOR_ME, Action.ASK_LESS, Action.PARTNER_WAIT, Action.PARTNER_NEW),
    *(Action.PARTNER_REST, Action.END_PAIR, Action.PAIR_MORE, Action.WHY_ENDED),
}
"""What members press; leads do it as members."""

_OTHER_FORMS = {
    *(Callback.PROFILE, Callback.ASK_TIMES, Callback.PREPARATION, Callback.PLAN, Callback.LESS),
    *(Callback.WHY_ENDED, Callback.DOUBTS),
}
"""Members' forms, and one that only lists what its messages say."""

JOBS = {word for section in SECTIONS for word in section.words} | {Word.SETUP, Word.RULES}
"""Every word that help tells leads."""


def test_whatever_leads_press_can_be_typed() -> None:
    assert {*BUTTONS, *_LOOKS, *_MEMBERS} == {*Action}, "a new button needs a word, or a reason to need none"
    assert {*FORMS, *_OTHER_FORMS} == {*Callback}, "a new form needs a word, or a reason to need none"
    assert {word for words in (*BUTTONS.values(), *FORMS.values()) for word in words} <= {*COMMANDS} & JOBS


def presses(value: Any) -> Iterator[str]:
    """The action of every button in blocks."""
    if isinstance(value, list):
        for one in value:
            yield from presses(one)
    elif isinstance(value, dict):
        if value.get("type") == "button":
            yield value["action_id"]
        yield from presses(list(value.values()))


@pytest.mark.parametrize("content", [*SMALLEST, *LARGEST], ids=lambda one: type(one).__name__)
def test_the_text_of_a_message_names_a_word_for_each_of_its_buttons(content: Content) -> None:
    message = render(content)
    named = {command.split()[0] for command in offered(message.text)}
    for action in presses(message.blocks):
        if action in BUTTONS:
            assert named & {*BUTTONS[Action(action)]}, action
