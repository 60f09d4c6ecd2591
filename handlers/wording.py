"""Answers that belong to no single feature: what a refusal, an unknown word or a saved form says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.views import View

from handlers.ids import Action, Word
from handlers.views.members import resume_button
from handlers.views.parts import TEXT_MAX, Rendered, button, buttons, rendered, say
from handlers.views.replies import already_decided, sentence
from handlers.views.text import count, day_words, escape, fitting, joined, mention, paragraphs, typed
from mentoring.checkins import Answer
from mentoring.days import full_day
from mentoring.errors import (
    AlreadyDecided,
    AlreadySettled,
    CallIsOver,
    CallTaken,
    CaseTaken,
    ForOthers,
    NoProgram,
    NotEnrolled,
    NotRunning,
    NotToUndo,
    PairBroken,
    ProgramError,
)
from mentoring.messages import CheckInPrompt
from mentoring.pairings import PairState
from mentoring.people import MAX_SKILLS, Member
from mentoring.skills import skill_key

BLOCKS_MAX = 50
_TITLE = "Reverse Mentor"
_USED_ROOM = 2000


def stacked(*replies: Rendered) -> Rendered:
    """Several answers as one message."""
    lines = "\n".join(reply.text for reply in replies).split("\n")
    blocks = [block for reply in replies for block in reply.blocks]
    return Rendered("\n".join(fitting(lines, TEXT_MAX)), blocks[:BLOCKS_MAX])


def notice(reply: Rendered, title: str = _TITLE) -> dict[str, Any]:
    """An answer as a small modal, for where no message can be shown."""
    return View(type="modal", title=title, close="Close", blocks=reply.blocks).to_dict()


def no_program(may_set_up: bool) -> Rendered:
    """There is nothing to join yet; whoever can change that gets the button for it."""
    start = buttons(
        button("Set up the program", Action.SETUP, style="primary"), instead=f"Or type {typed(Word.SETUP)}."
    )
    if may_set_up:
        return rendered(
            say("There is no mentoring program here yet. You can set one up in a few minutes."), start
        )
    return sentence(NoProgram().sentence)


def not_enrolled() -> Rendered:
    """They have not joined, with the way in."""
    join = button("Join the program", Action.JOIN, style="primary")
    return rendered(say(escape(NotEnrolled().sentence)), buttons(join))


def did_you_mean(word: str, nearest: str) -> Rendered:
    """A word that is no command, and the one that it is nearest to."""
    return rendered(say(f"I do not know “{escape(word, 100)}”. Did you mean {typed(nearest)}?"))


def too_many_skills(skills: Sequence[str], on_file: int) -> Rendered:
    """More typed skills than a form can hold: each is said back, so that none has to be typed again."""
    together = f" With the {on_file} in your profile that is too many." if on_file else ""
    return rendered(
        say(
            f"You typed {count(len(skills), 'skill')}, and a profile holds at most {MAX_SKILLS}.{together}",
            "I have not changed anything. Please choose the ones that matter most. This is what you typed:",
        ),
        *map(say, paragraphs([escape(skill) for skill in skills])),
        buttons(button("Open my profile", Action.JOIN), instead=f"Or type {typed()}."),
    )


def saved_profile(
    merged: Iterable[tuple[str, str]],
    leads: Sequence[str] = (),
    paused: Member | None = None,
    hr: str = "",
) -> dict[str, Any]:
    """The profile is stored; words became others, which `leads` can keep apart, a pause goes on, or `hr` differs."""
    words = list(merged)
    used = [f"“{escape(label, 100)}” for “{escape(word, 100)}”" for word, label in words]
    shown = fitting(used, _USED_ROOM)
    more = [f"{len(used) - len(shown)} more"] if len(shown) < len(used) else []
    all_used = joined([*shown, *more])
    merge = f"I used {all_used}, so that people who mean the same find each other." if words else ""
    told = f"Your profile is saved. {merge}".rstrip()
    slips = any(skill_key(word) != skill_key(label) for word, label in words)
    who = f": {_one_of(leads)}" if leads else ""
    apart = (
        f"If you meant a different skill, tell a program lead, who can keep the two apart{who}."
        if slips
        else ""
    )
    way_back = [say(_still_paused(paused)), resume_button()] if paused else []
    return notice(rendered(say(told, apart), say(hr) if hr else None, *way_back), "Saved")


def _still_paused(member: Member) -> str:
    until = f" until {day_words(member.paused_until)}" if member.paused_until else ""
    return f"You are still paused{until}: nobody new is paired with you before you come back."


def with_note(view: dict[str, Any], note: Rendered) -> dict[str, Any]:
    """A view with an answer above everything else."""
    return {**view, "blocks": [*note.blocks, *view["blocks"]]}


def which_pair(word: Word) -> Rendered:
    """The number of the pair is missing, or cannot be one."""
    told = f"Say which pair by its number, like {typed(word, '12')}. {typed(Word.PENDING)} lists them."
    return rendered(say(told))


def too_many_pairs(most: int) -> Rendered:
    """More numbers than one answer has room for."""
    return sentence(f"Please name at most {most} pairs at once, so that I can tell you about each of them.")


def not_a_date(text: str, *before: str) -> Rendered:
    """The end of a pause, or of what was typed `before` it, that cannot be read."""
    begins = before or (Word.PAUSE,)
    examples = [typed(*begins, one) for one in ("until Friday", "2 weeks", "January 31")]
    return rendered(
        say(f"I cannot read “{escape(text, 100)}” as a date. Write it like {joined(examples, 'or')}.")
    )


def times_not_read(number: int, unread: Sequence[str]) -> Rendered:
    """Times for a first talk that cannot be read, or none at all."""
    example = typed(Word.TIMES, str(number), "Feb 3 14:00, Feb 10 9:30")
    said = [f"“{escape(one, 60)}”" for one in unread[:3]]
    what = f"I cannot read {joined(said)} as a day and a time." if said else "No time is in there."
    return rendered(say(what, f"Write up to three like {example}, in your own time."))


def which_day(text: str, days: Sequence[date]) -> Rendered:
    """A date that can mean several days, or that contradicts itself: only the person can say which."""
    until = [button(f"Until {full_day(day)}", Action.PAUSE, day.isoformat()) for day in days]
    meant = joined([full_day(day) for day in days], "or")
    return rendered(
        say(f"I do not want to guess what “{escape(text, 100)}” means. Do you mean {meant}?"),
        *(
            buttons(one, instead=f"Or type {typed(Word.PAUSE, day.isoformat())}.")
            for one, day in zip(until, days, strict=True)
        ),
    )


def which_day_to_rest(pair_id: int, text: str, days: Sequence[date]) -> Rendered:
    """The same for the rest of a pair; each day can be typed."""
    meant = joined([full_day(day) for day in days], "or")
    lines = [f"• {typed(Word.REST, str(pair_id), day.isoformat())}" for day in days]
    asked = f"I do not want to guess what “{escape(text, 100)}” means. Do you mean {meant}? Please type:"
    return rendered(say("\n".join([asked, *lines])))


def refusal(error: ProgramError) -> Rendered:
    """What the program does not allow, in its own sentence; for a decided pair, who decided what."""
    match error:
        case AlreadySettled():
            return _already_settled(error)
        case CaseTaken() if error.owner:
            return rendered(say(f"{mention(error.owner)} looks after this already. Thank you."))
        case CallTaken() if error.owner:
            return rendered(say(f"{mention(error.owner)} has taken this call already. Thank you."))
        case CallIsOver() if error.done_by:
            return rendered(say(f"{mention(error.done_by)} is done with this call already. Thank you."))
        case NotToUndo() | NotRunning():
            return stacked(already_decided(error.pair), sentence(_instead(error)))
        case AlreadyDecided():
            return already_decided(error.pair)
        case ForOthers() if error.leads:
            return rendered(say(escape(error.sentence), f"You can ask {_one_of(error.leads)}."))
        case _:
            return sentence(error.sentence)


def _instead(error: AlreadyDecided) -> str:
    """What was asked for cannot be done to this pair, and what can."""
    pair, number = error.pair, str(error.pair.id)
    if pair.state is PairState.INTRODUCED and isinstance(error, NotToUndo):
        ends, rests = typed(Word.END, number), typed(Word.REST, number, "until Friday")
        return f"Its introduction cannot be undone. {ends} ends the pair, {rests} gives it a rest."
    return error.sentence


def _one_of(people: Sequence[str]) -> str:
    """Like `@Ana, @Ben or @Cleo`."""
    return joined([mention(person) for person in people], "or")


def about_pair(number: int, error: ProgramError) -> Rendered:
    """A refusal for one of several pairs; some name the pair themselves."""
    if isinstance(error, AlreadyDecided | PairBroken):
        return refusal(error)
    return sentence(f"Pair {number}: {error.sentence}")


def settled(arrived: bool) -> Rendered:
    """What a lead said about a message of unknown fate was heard."""
    return sentence(
        "Thank you. I have noted that it arrived." if arrived else "Thank you. I am sending it again."
    )


def all_settled(arrived: bool, number: int) -> Rendered:
    """The same about several messages."""
    if number == 1:
        return settled(arrived)
    noted = f"Thank you. I have noted that these {number} messages arrived."
    return sentence(noted if arrived else f"Thank you. I am sending these {number} messages again.")


def looks_after(pair_id: int) -> Rendered:
    """Somebody looks after a pair's introduction from now on."""
    return sentence(f"Thank you. You look after the introduction of pair {pair_id} now.")


def which_introduction() -> Rendered:
    """The number of the pair whose introduction it is is missing, or cannot be one."""
    return rendered(
        say(
            f"Say which pair by its number, like {typed(Word.LOOK_AFTER, '7')}. It stands in my message to you."
        )
    )


def _already_settled(error: AlreadySettled) -> Rendered:
    """Who was faster, and what they said."""
    if not error.by:
        return sentence(error.sentence)
    told = "it arrived" if error.what == "it arrived" else "it was to be sent again"
    return rendered(say(f"Somebody else has settled this already: {mention(error.by)} said that {told}."))


def which_message(word: Word) -> Rendered:
    """The number of the message is missing, or cannot be one."""
    return rendered(
        say(f"Say which message by its number, like {typed(word, '7')}. It stands in my message to you.")
    )


def checkin_not_read(text: str) -> Rendered:
    """A check-in's answer that is none of the four."""
    examples = joined([typed(Word.CHECKIN, answer) for answer in Answer])
    return rendered(
        say(f"I cannot read “{escape(text, 100)}” as an answer. You can type {examples}, or tap below.")
    )


def checkin_of_whom(given: Answer, prompts: Iterable[CheckInPrompt]) -> Rendered:
    """Somebody in several pairs did not say which one they mean."""
    lines = [
        f"• {typed(Word.CHECKIN, given, str(one.checkin.pair_id))} for {mention(one.partner_id)}"
        for one in prompts
    ]
    return rendered(say("\n".join(["You are in several pairs. Tap below, or type:", *lines])))
