"""The weekly check-in: one question, four answers, and thanks that fit the answer."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action, Word
from handlers.views import planning
from handlers.views.parting import more
from handlers.views.parts import Part, Rendered, button, buttons, line, note, rendered, say
from handlers.views.progress import just_met
from handlers.views.quiet import LESS
from handlers.views.text import (
    agreeing,
    clip,
    date_token,
    day_words,
    escape,
    joined,
    mention,
    plain,
    some_mentions,
    typed,
)
from mentoring.checkins import Answer
from mentoring.messages import CheckInPrompt, CheckInQuestions, Heard
from mentoring.planned import PlanShown

_ACTIONS = {
    Answer.MET: Action.CHECKIN_MET,
    Answer.PLANNED: Action.CHECKIN_PLANNED,
    Answer.NOT_YET: Action.CHECKIN_NOT_YET,
    Answer.HELP: Action.CHECKIN_HELP,
}
_THANKS = {
    Answer.MET: "Thank you. It is good to know that {you_and} met.",
    Answer.PLANNED: "Thank you. It is good to know that {you_and} have a time planned.",
    Answer.NOT_YET: "Thank you for telling me about {partner}. Some weeks are like that.",
}

_SEEN = "Leads see whether a pair has met or plans to, and never which of the two said so."
_COUNTED = f"Your answer is counted, and tells me which pairs to help begin. {_SEEN}"
_COUNTED_ALL = f"Your answers are counted, and tell me which pairs to help begin. {_SEEN}"
_NOBODY = (
    "Right now there is no program lead, and no admin whom I know, whom I could tell of a call for help."
)
_INSTEAD = "please write to an admin of this workspace, or to somebody in your company whom you trust."


def checkin_questions(content: CheckInQuestions) -> Rendered:
    """The question about each pair, asked once or again; after an answer the thanks; when it is over a closing line."""
    less = buttons(button(LESS, Action.ASK_LESS), instead=f"Or type {typed(Word.ASK, '2')}.")
    answerable = any(map(is_open, content.prompts))
    return rendered(*questions_parts(content.prompts), less if content.again and answerable else None)


def questions_parts(prompts: Sequence[CheckInPrompt], home: bool = False) -> list[Part | None]:
    """The parts of several check-ins together, for their message, or for the Home tab, where no picker can be."""
    ended = [one for one in prompts if one.over]
    asked = [one for one in prompts if not one.over]
    several = len(asked) > 1
    parts = [part for prompt in asked for part in _parts(prompt, several, home)]
    if several:
        parts += [*map(say, _who_knows(asked)), *_below(asked)]
    return [*parts, say(_ending(ended)) if ended else None]


def _below(prompts: Sequence[CheckInPrompt]) -> list[Part | None]:
    """Under several questions: what becomes of the answers, as long as one can be given."""
    if not any(map(is_open, prompts)):
        return []
    met = any(one.checkin.answer is Answer.MET for one in prompts)
    return [line(), note(*_who_hears(prompts)), note(planning.FIGURES) if met else None]


def _parts(prompt: CheckInPrompt, several: bool, home: bool) -> list[Part | None]:
    answer = prompt.checkin.answer
    told = [
        say(_thanks(prompt, answer, several) if answer else _question(prompt)),
        say(f"*A message you can send:* {escape(prompt.opener, 1500)}", _new_times(prompt))
        if prompt.opener
        else None,
    ]
    if not is_open(prompt):
        return told
    audience = _audience(prompt, several)
    met = planning.reflections(prompt, several) if answer is Answer.MET else []
    when = planning.picker(prompt, several) if _asks_when(prompt) and not home else None
    under = note(*audience) if audience else None
    return [*told, when, *met, under, _answers(prompt, several, home)]


def _new_times(prompt: CheckInPrompt) -> str:
    """When they could meet, as long as the question can be answered."""
    if not prompt.times or not is_open(prompt):
        return ""
    times = "\n".join(f"• {date_token(one, prompt.zone)}" for one in prompt.times)
    return f"\n*Times in everybody's working hours:*\n{times}"


def _asks_when(prompt: CheckInPrompt) -> bool:
    """Whether a time can be said here: one is planned, or was, and nobody is asked after it yet."""
    return prompt.checkin.answer is Answer.PLANNED or (prompt.plan is not None and not prompt.after)


def is_open(prompt: CheckInPrompt) -> bool:
    """Whether an answer can be given here: to the pair's latest question, while both take part."""
    waits = not prompt.checkin.answer and prompt.resting
    return not (prompt.over or prompt.passed or waits)


def _question(prompt: CheckInPrompt) -> str:
    partner, you_and = _partners(prompt), _you_and(prompt)
    when = f"in the week of {day_words(prompt.week_of)}" if prompt.week_of else "this week"
    if prompt.resting:
        if prompt.checkin.person_id in prompt.resting:
            return f"Whether {you_and} have met can wait: you are taking a break, and your pair stays."
        return _partner_rests(prompt)
    if prompt.passed and prompt.again:
        return f"That week has passed, and with it the reminder about {partner}."
    if prompt.passed:
        return f"That week has passed, and this question about {partner} with it. That is fine."
    if prompt.plan is not None:
        return _about_plan(prompt, prompt.plan)
    if prompt.again:
        return f"In case you missed it: have {you_and} met {when}? One tap is enough."
    return f"Have {you_and} met {when}?"


def _about_plan(prompt: CheckInPrompt, plan: PlanShown) -> str:
    """The question after a meeting, or, before it, that it comes then."""
    if not prompt.after:
        return _ahead(prompt, plan)
    you_and, when = _you_and(prompt), planning.moment(plan)
    if prompt.again:
        return f"In case you missed it: {you_and} planned to meet {when}. Have you met? One tap is enough."
    return f"{_begin(you_and)} planned to meet {when}. Have you met?"


def _ahead(prompt: CheckInPrompt, plan: PlanShown) -> str:
    """That a meeting is to come, and what there is for it."""
    said = planning.who_said(plan, prompt.checkin.person_id)
    return (
        f"{_begin(_you_and(prompt))} meet {planning.moment(plan)}{said}. I ask you after it, and not before."
    )


def _partner_rests(prompt: CheckInPrompt) -> str:
    return agreeing(
        len(prompt.resting),
        "Whether {you_and} have met can wait: {who} is taking a break, and your pair stays.",
        "Whether {you_and} have met can wait: {who} are taking a break, and your pairs stay.",
        you_and=_you_and(prompt),
        who=joined([mention(one) for one in prompt.resting]),
    )


def _partners(prompt: CheckInPrompt, word: str = "and") -> str:
    """Whom the question is about; in a group these are several."""
    return joined([mention(one) for one in prompt.partners], word)


def _begin(words: str) -> str:
    """The same words at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def _you_and(prompt: CheckInPrompt) -> str:
    return joined(["you", *(mention(one) for one in prompt.partners)])


def _audience(prompt: CheckInPrompt, several: bool) -> tuple[str, ...]:
    """What becomes of the answers that are offered, and who hears of which."""
    answer = prompt.checkin.answer
    first = ["Changed your mind? Choose again."] if answer else ["" if several else _COUNTED, _third(prompt)]
    helped = "" if several or answer is Answer.HELP else _who_would_hear([prompt])
    return tuple(filter(None, (*first, helped)))


def _third(prompt: CheckInPrompt) -> str:
    """Who hears of a third "Not yet" in a row, where the next one would be that."""
    hear = prompt.stuck.people if prompt.stuck else ()
    if not hear:
        return ""
    return agreeing(
        len(hear),
        "“{answer}” would be the third in a row, and {who} hears of that, to help {you} meet.",
        "“{answer}” would be the third in a row, and {who} hear of that, to help {you} meet.",
        you="you" if prompt.together else "you two",
        answer=Answer.NOT_YET.words,
        who=some_mentions(hear, 4),
    )


def _who_hears(prompts: Sequence[CheckInPrompt]) -> tuple[str, ...]:
    """What becomes of several answers, and who hears of a call for help; pairs that differ are told of one by one."""
    asked = [one for one in prompts if is_open(one) and one.checkin.answer is not Answer.HELP]
    counted = [] if all(one.checkin.answer for one in asked) else [_COUNTED_ALL]
    alike: dict[Heard, list[CheckInPrompt]] = {}
    for one in asked:
        alike.setdefault(one.heard, []).append(one)
    return (*counted, *map(_who_would_hear, alike.values())) or ("One tap for each is enough.",)


_ONE_PAIR = (
    "If you need help, {who}, {are}, hears of it; {partners} {do} not.",
    "If you need help, {who}, {are}, hear of it; {partners} {do} not.",
)
_SEVERAL_PAIRS = (
    "If you need help with {partners}, {who}, {are}, hears of it; your partners do not.",
    "If you need help with {partners}, {who}, {are}, hear of it; your partners do not.",
)


def _who_would_hear(prompts: Sequence[CheckInPrompt]) -> str:
    """Who hears of a call for help about these pairs, of which the same people would."""
    hear = prompts[0].heard
    if not hear.people:
        return f"{_NOBODY} If you need help, {_INSTEAD}"
    one_pair = len(prompts) == 1
    return agreeing(
        len(hear.people),
        *(_ONE_PAIR if one_pair else _SEVERAL_PAIRS),
        who=some_mentions(hear.people, 10 if one_pair else 4),
        are=_who_they_are(hear),
        partners=_partners(prompts[0]) if one_pair else joined([mention(one.partner_id) for one in prompts]),
        do="do" if prompts[0].together else "does",
    )


def _who_they_are(heard: Heard) -> str:
    number = len(heard.people)
    if heard.are_leads:
        return agreeing(number, "who leads this program", "who lead this program")
    return agreeing(number, "who stands in for the program's leads", "who stand in for the program's leads")


def _thanks(prompt: CheckInPrompt, answer: Answer, several: bool) -> str:
    if answer is Answer.HELP:
        return f"*{answer.words}.* Thank you for telling me. {_helped(prompt, several)}"
    thanks = (
        f"*{answer.words}.* {_THANKS[answer].format(you_and=_you_and(prompt), partner=_partners(prompt))}"
    )
    if answer is Answer.PLANNED:
        return f"*{answer.words}.* {_when(prompt)}"
    if answer is not Answer.NOT_YET:
        return f"{thanks} {just_met(prompt.progress)}".rstrip()
    if _know(prompt):
        return thanks if several else f"{thanks} {_they_know([prompt])}"
    return thanks if prompt.opener else f"{thanks} 30 minutes is enough for a talk."


def _when(prompt: CheckInPrompt) -> str:
    """When the two meet, or the question when that is, as long as it can be said."""
    if prompt.plan is None and not is_open(prompt):
        return f"Thank you. {_begin(_you_and(prompt))} had a time planned."
    if prompt.plan is None:
        thanks = _THANKS[Answer.PLANNED].format(you_and=_you_and(prompt))
        return f"{thanks} When is it? I ask you after it then, and not before."
    return _ahead(prompt, prompt.plan)


def _know(prompt: CheckInPrompt) -> tuple[str, ...]:
    """Who knows that a pair has not met, after a third "Not yet"."""
    not_yet = prompt.checkin.answer is Answer.NOT_YET
    return prompt.stuck.people if not_yet and prompt.stuck else ()


def _who_knows(prompts: Sequence[CheckInPrompt]) -> list[str]:
    """The same for several pairs, each name once for all pairs of which the same people know."""
    alike: dict[tuple[str, ...], list[CheckInPrompt]] = {}
    for one in prompts:
        if know := _know(one):
            alike.setdefault(know, []).append(one)
    return [_they_know(some, 4) for some in alike.values()]


def _they_know(prompts: Sequence[CheckInPrompt], most: int = 10) -> str:
    know = _know(prompts[0])
    partners = joined([mention(partner) for one in prompts for partner in one.partners], "or")
    return agreeing(
        len(know),
        "{who} now knows that you do not get to meet {partners}, to help you.",
        "{who} now know that you do not get to meet {partners}, to help you.",
        who=some_mentions(know, most),
        partners=partners,
    )


def _helped(prompt: CheckInPrompt, several: bool) -> str:
    know = prompt.heard.people
    not_told = f"{_partners(prompt)} {'were' if prompt.together else 'was'} not told."
    if not know:
        return f"{_NOBODY} Please do not wait for me: {_INSTEAD} {not_told}"
    who = some_mentions(know, 4 if several else 10)
    return agreeing(
        len(know),
        "{who} now knows. {not_told}",
        "{who} now know. {not_told}",
        who=who,
        not_told=not_told,
    )


def _ending(ended: Sequence[CheckInPrompt]) -> str:
    """About every pair that has ended, in one sentence."""
    partners = dict.fromkeys(mention(one.partner_id) for one in ended)
    answered = sum(one.checkin.answer is not None for one in ended)
    thanks = agreeing(answered, "Thank you for your answer. ", "Thank you for your answers. ")
    over = agreeing(
        len(partners),
        "You and {partners} are no longer a pair here, so I will not ask again.",
        "You and {partners} are no longer pairs here, so I will not ask again.",
        partners=joined([*partners]),
    )
    return f"{thanks if answered else ''}{over}"


def _answers(prompt: CheckInPrompt, several: bool, home: bool) -> Part:
    """All four answers, or after one of them the other three."""
    offered = [answer for answer in Answer if answer is not prompt.checkin.answer]
    number = f" {prompt.checkin.pair_id}" if several else ""
    return buttons(
        *(_button(prompt, answer, several) for answer in offered),
        *([planning.when_button(prompt)] if home and _asks_when(prompt) else []),
        instead=f"Or type {typed(Word.CHECKIN)} and one of: {', '.join(f'{one}{number}' for one in offered)}.",
        more=None if prompt.together else more(prompt.checkin.pair_id),
    )


def _button(prompt: CheckInPrompt, answer: Answer, several: bool) -> ButtonElement:
    """A button; where it stands more than once, a screen reader says whom it is about."""
    label = clip(f"{answer.words}, about {plain(prompt.partner_name)}", 75) if several else None
    return button(answer.words, _ACTIONS[answer], prompt.checkin.id, label=label)
