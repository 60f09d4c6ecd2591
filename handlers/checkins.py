"""Answering the weekly check-in: on its message, in an answer that only its reader sees, on Home, or typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from handlers import home, words
from handlers.hearing import Hearing
from handlers.ids import Action
from handlers.replying import Asked
from handlers.views import Rendered, direct, render, replies
from handlers.views import planning as planning_views
from handlers.views.checkin import is_open
from handlers.wording import checkin_not_read, checkin_of_whom, stacked
from mentoring.checkins import Answer
from mentoring.errors import NoCheckIn, NoSuchPair, NotEnrolled
from mentoring.messages import CheckInPrompt, CheckInQuestions
from program import checkins, planning, programs

ANSWERS = {
    Action.CHECKIN_MET: Answer.MET,
    Action.CHECKIN_PLANNED: Answer.PLANNED,
    Action.CHECKIN_NOT_YET: Answer.NOT_YET,
    Action.CHECKIN_HELP: Answer.HELP,
}


def register(on: Hearing) -> None:
    """Listen for the four answers."""
    for action, given in ANSWERS.items():
        on.action(action, partial(answer, given))


def answer(given: Answer, asked: Asked) -> None:
    """Keep an answer; its message, if it has one, is brought up to date by the delivery."""
    checkins.answer(*asked.by, asked.act.row_id, given)
    if asked.act.in_answer:
        show_again(asked)
    if given is Answer.PLANNED and asked.act.on_home:
        # The tab has no field for a time, so it is asked for at once.
        asked.open(planning_views.when_modal(planning.form(*asked.by, asked.act.row_id)))
    home.refresh(asked)


def show_again(asked: Asked) -> None:
    """Show this week's questions as they are now, in the place of the answer in which something was pressed."""
    asked.say(_shown(checkins.open_now(*asked.by)), instead=True)


def typed_checkin(asked: Asked) -> None:
    """`checkin` shows this week's questions; `checkin met`, or `checkin met 12` with several pairs, answers one."""
    prompts = checkins.open_now(*asked.by)
    given, number = words.checkin(asked.rest)
    chosen = [prompt for prompt in prompts if number in (0, prompt.checkin.pair_id)]
    if not asked.rest:
        asked.say(_shown(prompts))
    elif given is None:
        asked.say(stacked(checkin_not_read(asked.rest), _shown(prompts)))
    elif not chosen:
        raise NoSuchPair
    elif len(chosen) > 1:
        asked.say(stacked(checkin_of_whom(given, chosen), _shown(prompts)))
    else:
        _keep(asked, chosen[0], given)


def offer_help(asked: Asked) -> None:
    """Show somebody who seems to need help the way to it; only a press of theirs tells anybody."""
    try:
        prompts = checkins.open_now(*asked.by)
    except (NoCheckIn, NotEnrolled) as nothing:
        asked.say(_whom_to_ask(asked, enrolled=not isinstance(nothing, NotEnrolled)))
        return
    here = any(map(is_open, prompts)) or any(one.checkin.answer is Answer.HELP for one in prompts)
    before = direct.before_help(prompts) if here else _whom_to_ask(asked, enrolled=True)
    asked.say(stacked(before, _shown(prompts)))


def _whom_to_ask(asked: Asked, *, enrolled: bool) -> Rendered:
    """Who can help where there is nothing to press."""
    leads = programs.leads_now(*asked.by)
    return direct.whom_to_ask([lead for lead in leads if lead != asked.person_id], enrolled)


def _keep(asked: Asked, prompt: CheckInPrompt, given: Answer) -> None:
    checkins.answer(*asked.by, prompt.checkin.id, given)
    now = [one for one in checkins.open_now(*asked.by) if one.checkin.pair_id == prompt.checkin.pair_id]
    asked.say(_shown(now) if now else replies.sentence("Thank you for your answer."))


def _shown(prompts: Sequence[CheckInPrompt]) -> Rendered:
    return render(CheckInQuestions(tuple(prompts), again=False))
