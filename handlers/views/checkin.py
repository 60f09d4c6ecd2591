"""The weekly check-in: one question, four answers, and thanks that fit the answer."""

from __future__ import annotations

from handlers.ids import Action, Word
from handlers.views.parts import Part, Rendered, button, buttons, note, rendered, say
from handlers.views.text import day_words, escape, mention, typed
from mentoring.checkins import Answer, CheckInState
from mentoring.messages import CheckInPrompt

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
    Answer.HELP: "Thank you for telling me. The program's leads now know, so that they can help. "
    "{partner} was not told.",
}


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
        note("Changed your mind? Choose again.") if answer else note(_audience(prompt)),
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


def _audience(prompt: CheckInPrompt) -> str:
    partner = mention(prompt.partner_id)
    return f"Your answer is only counted. If you need help, the program's leads hear of it, and {partner} does not."


def _thanks(prompt: CheckInPrompt, answer: Answer) -> str:
    return f"*{answer.words}.* {_THANKS[answer].format(partner=mention(prompt.partner_id))}"


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
