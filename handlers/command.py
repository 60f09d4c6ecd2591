"""The slash command: its words, and what each of them does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from handlers import (
    approvals,
    ask_first,
    calls,
    checkins,
    delivery_answers,
    digest,
    guides,
    hr,
    inviting,
    matching,
    meeting,
    members,
    pairing,
    parting,
    planning,
    profile,
    quiet,
    readiness,
    rehearsing,
    reporting,
    review,
    rules,
    sayings,
    setup,
    standing,
    unmatched,
    vocabulary,
    words,
)
from handlers.hearing import Hearing
from handlers.ids import ALIASES, Action, Word
from handlers.keyboards import tidy
from handlers.replying import Asked
from handlers.views import help as helping
from handlers.views import replies
from handlers.wording import did_you_mean, no_program, stacked
from handlers.words import Line
from mentoring.checkins import Answer
from mentoring.people import Person
from program import access, programs, recipients


def register(on: Hearing) -> None:
    """Listen for the command."""
    on.command(run)


def run(asked: Asked) -> None:
    """Do what was typed; a word that is none gets help, and never silence."""
    text = asked.act.value
    line = sayings.read(text, COMMANDS)
    if perform(asked, line):
        return
    if line.word and words.alone(text):
        asked.say(replies.greeting())
    else:
        unknown(asked, line.word)


def is_known(text: str, line: Line) -> bool:
    """Whether `perform` would do something about a text that was read as that line."""
    return line.word in COMMANDS or words.answered(text) is not None


def perform(asked: Asked, line: Line) -> bool:
    """Do what a line says, be it a word of ours or an answer like `We met.`; tells whether it was either."""
    if line.word in COMMANDS:
        line = _own(asked, line)
        COMMANDS[line.word](replace(asked, rest=line.rest))
        return True
    given = words.answered(asked.act.value)
    if given is Answer.HELP:
        checkins.offer_help(asked)
    elif given:
        checkins.typed_checkin(replace(asked, rest=tidy(asked.act.value)))
    return given is not None


def _own(asked: Asked, line: Line) -> Line:
    """A word of leads, alone and from somebody who is none, means what they can do themselves."""
    if line.word in _OF_ONES_OWN and words.alone(line.rest) and not _rights(asked).is_lead:
        return words.read(_OF_ONES_OWN[Word(line.word)], COMMANDS)
    return line


class _Rights(NamedTuple):
    """Whether there is a program, whether who asks leads it, and whether they may set it up."""

    program: bool
    is_lead: bool
    may_set_up: bool


def _rights(asked: Asked) -> _Rights:
    program = programs.find(*asked.by)
    person = asked.services.directory.known(asked.person_id) or Person(asked.person_id, name=asked.person_id)
    is_lead = program is not None and person.id in program.leads and recipients.is_fit(program, person)
    return _Rights(program is not None, is_lead, access.may_set_up(program, person, asked.ctx.admins))


def typed_help(asked: Asked) -> None:
    """`help`: what this person can type; a lead may name a part of it. Without a program, how one is started."""
    rights = _rights(asked)
    section = helping.section_of(asked.rest) if rights.is_lead else None
    told = helping.section_help(section) if section else helping.help_text(rights.is_lead, rights.may_set_up)
    asked.say(told if rights.program else stacked(no_program(rights.may_set_up), told))


def typed_settings(asked: Asked) -> None:
    """`settings`: those of the program for who may change them, and one's own profile for everybody else."""
    (setup.settings if _rights(asked).may_set_up else profile.join)(asked)


def near(asked: Asked, word: str) -> str | None:
    """The word that was probably meant, of those that this person may use."""
    if not word:
        return None
    rights = _rights(asked)
    return words.nearest(word, helping.open_to(rights.is_lead, rights.may_set_up) | ALIASES)


def unknown(asked: Asked, word: str) -> None:
    """Say the word back, with the one it is nearest to."""
    nearest = near(asked, word)
    asked.say(did_you_mean(word, nearest) if nearest else replies.unknown_word(word))


_OF_ONES_OWN = {
    Word.END: f"{Word.PARTNER} end",
    Word.PAIR: Word.PARTNER,
    Word.SKILLS: "profile",
}

COMMANDS: dict[str, Callable[[Asked], None]] = {
    "": profile.join,
    "join": profile.join,
    "profile": profile.join,
    "settings": typed_settings,
    Word.SHARE: profile.typed_share,
    Word.LEARN: profile.typed_learn,
    Word.HELP: typed_help,
    Word.STATUS: members.status,
    Word.PAUSE: members.typed_pause,
    Word.RESUME: members.typed_resume,
    Word.LEAVE: members.typed_leave,
    Word.CHECKIN: checkins.typed_checkin,
    "check-in": checkins.typed_checkin,
    Word.PLANNED: planning.typed_planned,
    Word.ASK: quiet.typed_ask,
    Word.AWAY: quiet.typed_away,
    Word.PENDING: approvals.typed_pending,
    Word.REVIEW: review.review,
    Word.APPROVE: approvals.typed_approve,
    Word.DECLINE: approvals.typed_decline,
    Word.UNDO: partial(standing.typed_each, Word.UNDO, Action.UNDO),
    Word.HOLD: partial(standing.typed_each, Word.HOLD, Action.HOLD),
    Word.RELEASE: partial(standing.typed_each, Word.RELEASE, Action.RELEASE),
    Word.END: standing.typed_end,
    Word.REST: standing.typed_rest,
    Word.MATCH: matching.match,
    Word.INTRODUCE: ask_first.typed_introduce,
    Word.SAY_YES: ask_first.typed_yes,
    Word.NOT_THIS_TIME: ask_first.typed_no,
    Word.TIMES: ask_first.typed_times,
    Word.SETUP: setup.settings,
    Word.HR: hr.typed_hr,
    Word.INVITE: inviting.typed_invite,
    Word.REHEARSE: rehearsing.typed_rehearse,
    Word.REPORT: reporting.typed_report,
    Word.HOLIDAYS: rehearsing.typed_holidays,
    Word.RULES: rules.typed_rules,
    Word.READY: readiness.ready,
    Word.REMIND: readiness.remind,
    Word.AGREE: meeting.agree,
    Word.GUIDES: guides.open_form,
    Word.MEETING: meeting.typed_meeting,
    Word.IN: partial(readiness.typed_answer, True),
    Word.SKIP: partial(readiness.typed_answer, False),
    Word.SKILLS: vocabulary.typed_skills,
    Word.KEEP_APART: vocabulary.typed_keep_apart,
    Word.TAKE_IN: vocabulary.typed_take_in,
    Word.TAKE_OUT: vocabulary.typed_take_out,
    Word.SEND_AGAIN: partial(delivery_answers.typed_settle, Word.SEND_AGAIN),
    Word.IT_ARRIVED: partial(delivery_answers.typed_settle, Word.IT_ARRIVED),
    Word.LOOK_AFTER: delivery_answers.typed_look_after,
    Word.UNMATCHED: unmatched.typed_unmatched,
    Word.WHY_NOT: unmatched.typed_why_not,
    Word.CALLS: calls.typed_calls,
    Word.TAKE_CALL: partial(calls.typed, Word.TAKE_CALL),
    Word.CALL_DONE: partial(calls.typed, Word.CALL_DONE),
    Word.HAND_BACK: partial(calls.typed, Word.HAND_BACK),
    Word.SWAP: pairing.typed_swap,
    Word.PAIR: pairing.typed_pair,
    Word.FIX: pairing.typed_fix,
    Word.FORBID: pairing.typed_forbid,
    Word.ALLOW: pairing.typed_allow,
    Word.UNFIX: pairing.typed_allow,
    Word.WISHES: pairing.typed_wishes,
    Word.DIGEST: digest.typed_digest,
    Word.PARTNER: parting.typed_partner,
    Word.KEEP: parting.typed_keep,
}
"""What each word does; the command alone is the empty one."""
