"""The weekly check-in: one question, four answers, and thanks that fit the answer."""

from __future__ import annotations

from handlers.ids import Action, Word
from handlers.views.parts import Part, Rendered, button, buttons, note, rendered, say
from handlers.views.text import day_words, escape, mention, some_mentions, typed
from mentoring.checkins import Answer, CheckInState
from mentoring.messages import CheckInPrompt, Heard

_ACTIONS = {
    Answer.MET: Action.CHECKIN_MET,
    Answer.PLANNED: Action.CHECKIN_PLANNED,
    Answer.NOT_YET: Action.CHECKIN_NOT_YET,
    Answer.HELP: Action.CHECKIN_HELP,
}
_THANKS = {
    Answer.MET: "Thank you. It is good to know that you and {partner} met.",
    Answer.PLANNED: "Thank you. It is good to know that you and {partner} have a time planned.",
    Answer.NOT_YET: "Thank you for telling me. Some weeks are like that. "
    "To get started, send {partner} two times that suit you; 30 minutes is enough.",
}

_NOBODY = (
    "Right now there is no program lead, and no admin whom I know, whom I could tell of a call for help."
)
_INSTEAD = "please write to an admin of this workspace, or to somebody in your company whom you trust."


def checkin_prompt(prompt: CheckInPrompt) -> Rendered:
    """The question, asked once or again; after an answer the thanks; after the pair's end a closing line."""
    return rendered(*checkin_parts(prompt))


def checkin_parts(prompt: CheckInPrompt) -> list[Part | None]:
    """The parts of a check-in, for its message and for the Home tab."""
    if prompt.over:
        return [say(_ending(prompt))]
    answer = prompt.checkin.answer
    return [
        say(_thanks(prompt, answer) if answer else _question(prompt)),
        say(f"*A message you can send:* {escape(prompt.opener, 1500)}") if prompt.opener else None,
        note(*_audience(prompt)),
        _answers(prompt),
    ]


def _question(prompt: CheckInPrompt) -> str:
    partner = mention(prompt.partner_id)
    if prompt.checkin.state is CheckInState.SILENT:
        return f"That week has passed, and you can still answer: did you and {partner} meet?"
    when = f"in the week of {day_words(prompt.week_of)}" if prompt.week_of else "this week"
    if prompt.again:
        return f"In case you missed it: have you and {partner} met {when}? One tap is enough."
    return f"Have you and {partner} met {when}?"


def _audience(prompt: CheckInPrompt) -> tuple[str, str]:
    """What becomes of the answers that are offered: who hears of a call for help, wherever it can be pressed."""
    answer = prompt.checkin.answer
    first = "Changed your mind? Choose again." if answer else "Your answer is only counted."
    return first, "" if answer is Answer.HELP else _who_would_hear(prompt)


def _who_would_hear(prompt: CheckInPrompt) -> str:
    partner, hear = mention(prompt.partner_id), prompt.heard.people
    if not hear:
        return f"{_NOBODY} If you need help, {_INSTEAD}"
    who = (
        f"{some_mentions(hear)}, {_who_they_are(prompt.heard)}, {'hears' if len(hear) == 1 else 'hear'} of it"
    )
    return f"If you need help, {who}; {partner} does not."


def _who_they_are(heard: Heard) -> str:
    one = len(heard.people) == 1
    if heard.are_leads:
        return f"who {'leads' if one else 'lead'} this program"
    return f"who {'stands' if one else 'stand'} in for the program's leads"


def _thanks(prompt: CheckInPrompt, answer: Answer) -> str:
    if answer is Answer.HELP:
        return f"*{answer.words}.* Thank you for telling me. {_helped(prompt)}"
    return f"*{answer.words}.* {_THANKS[answer].format(partner=mention(prompt.partner_id))}"


def _helped(prompt: CheckInPrompt) -> str:
    partner, know = mention(prompt.partner_id), prompt.heard.people
    if not know:
        return f"{_NOBODY} Please do not wait for me: {_INSTEAD} {partner} was not told."
    return f"{some_mentions(know)} now {'knows' if len(know) == 1 else 'know'}. {partner} was not told."


def _ending(prompt: CheckInPrompt) -> str:
    thanks = "Thank you for your answer. " if prompt.checkin.answer else ""
    return f"{thanks}You and {mention(prompt.partner_id)} are no longer a pair here, so I will not ask again."


def _answers(prompt: CheckInPrompt) -> Part:
    """All four answers, or after one of them the other three."""
    offered = [answer for answer in Answer if answer is not prompt.checkin.answer]
    return buttons(
        *(button(answer.words, _ACTIONS[answer], prompt.checkin.id) for answer in offered),
        instead=f"Or type {typed(Word.CHECKIN)} and one of: {', '.join(offered)}.",
    )
