"""What a member finds on their Home: their pairs, dates, what waits for them, their profile and the ways out."""

from __future__ import annotations

from typing import Final

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, DatePickerElement

from handlers.ids import Action, Word
from handlers.views.members import NO_LEVEL, prepare_part
from handlers.views.parting import chosen_parts, end_button
from handlers.views.parts import Part, beside, button, buttons, confirmation, note, say
from handlers.views.progress import so_far
from handlers.views.quiet import often
from handlers.views.replies import PAIRS_END, is_paused, skills_part, standing_words
from handlers.views.text import (
    clip,
    date_token,
    day_words,
    escape,
    joined,
    mention,
    mentions,
    plain,
    typed,
)
from mentoring.checkins import Answer
from mentoring.own_place import MyPair, OwnPlace
from program.forms import MyPair as Known
from program.forms import MyPairs, Status

_TOPICS_MAX = 300
_ANSWERS: Final = {
    Answer.MET: "We met",
    Answer.PLANNED: "Planned",
    Answer.NOT_YET: "Not yet",
    Answer.HELP: "I need help",
}
_NEXT = "Next meeting"
_NEEDED = "Nobody is paired here before that."


def own_parts(status: Status, place: OwnPlace, ways: MyPairs, style: str | None) -> list[Part | None]:
    """Everything about somebody's own part in the program, what waits for them first."""
    return [
        *_waits(status, place),
        *chosen_parts(ways),
        say(standing_words(status)),
        *_pairs(place, ways),
        _dates(status, place),
        None if is_paused(status) else often(place.weeks, place.away),
        *_profile(status, place),
        _ways_out(status, style),
    ]


def _waits(status: Status, place: OwnPlace) -> list[Part | None]:
    """What somebody has to do before they can be paired, each with its button."""
    return [
        None
        if status.has_level
        else beside(NO_LEVEL, button("Choose my level", Action.JOIN, style="primary")),
        None if place.prepared else prepare_part(_NEEDED if place.must_prepare else ""),
    ]


def _pairs(place: OwnPlace, ways: MyPairs) -> list[Part | None]:
    """Each pair with what comes next, and the way to end it."""
    if not place.pairs:
        return [say("*Your pairs*\nNone right now.")]
    going_on = {one.pair_id: one for one in ways.running}
    rows = ((say(_pair(one)), _row(one, going_on.get(one.pair_id))) for one in place.pairs)
    return [say("*Your pairs*"), *(part for row in rows for part in row)]


def _row(pair: MyPair, known: Known | None) -> Part:
    """What can be done about a pair: what there is for its next meeting, and the way to end it."""
    label = clip(f"{_NEXT} with {plain(known.partner_name)}", 75) if known and known.partner_name else None
    shown = [
        button(_NEXT, Action.MEETING, pair.pair_id, label=label),
        *([end_button(known)] if known else []),
    ]
    words = [typed(Word.MEETING), *([typed(Word.PARTNER, "end")] if known else [])]
    return buttons(*shown, instead=f"Or type {joined(words, 'or')}.")


def _pair(one: MyPair) -> str:
    facts = [
        so_far(one.progress) if one.progress is not None else "",
        f"next: {date_token(one.next_at)}" if one.next_at else "",
        f"you last answered “{_ANSWERS[one.last]}” on {date_token(one.last_at)}"
        if one.last and one.last_at
        else "",
        f"rests until {day_words(one.rests_until)}" if one.rests_until else "",
    ]
    return f"{_who(one)}\n{' · '.join(filter(None, facts))}".rstrip()


def _who(one: MyPair) -> str:
    topics = escape(clip(", ".join(one.topics), _TOPICS_MAX))
    mates = f", together with {mentions(one.mates)}" if one.mates else ""
    if one.teaches:
        return f"You teach {mention(one.partner_id)}{f' {topics}' if topics else ''}{mates}."
    return f"{mention(one.partner_id)} teaches you{f' {topics}' if topics else ''}{mates}."


def _dates(status: Status, place: OwnPlace) -> Part:
    """What goes on until when, what comes then, and the way to skip it, or to be in after all."""
    number, skips = place.cycle_number, place.is_in is False
    ends = max((one.ends_at for one in place.pairs if one.ends_at), default=None)
    goes_on = f"This cycle goes on until {date_token(ends)}." if ends else ""
    told = f"You skip cycle {number}. You are back in the one after it by yourself." if skips else ""
    dates = (goes_on, f"The next introductions are on {date_token(status.next_intro)}.", told)
    if is_paused(status) or not number:
        return note(*dates)
    way = (
        button(f"Take part in cycle {number}", Action.CYCLE_IN, number)
        if skips
        else button(f"Skip cycle {number}", Action.CYCLE_SKIP, number)
    )
    how = f"Or type {typed(Word.IN if skips else Word.SKIP)}."
    return beside(" ".join(filter(None, dates)), way, instead=how)


def _profile(status: Status, place: OwnPlace) -> list[Part | None]:
    edit = button("Edit my profile", Action.JOIN)
    listed = skills_part(status)
    return [
        beside(f"*Your profile*\n{listed.text if listed else ''}".rstrip(), edit),
        *_experiences(place),
        note("The cards of the preparation stay open to you.") if place.prepared else None,
        buttons(button("Read the cards again", Action.PREPARE)) if place.prepared else None,
    ]


def _experiences(place: OwnPlace) -> list[Part | None]:
    """What they opened or asked for, and the way to take it back."""
    if not place.said:
        return []
    lines = [
        f"Cycle {number}: {joined([f'“{escape(topic, 150)}”' for topic in topics])}."
        for number, topics in sorted(place.said.items())
    ]
    sure = confirmation(
        "Take them back?",
        "I forget them, and your partner does not read them any more. Nobody is told.",
        "Take back",
    )
    words = "\n".join(["*Experiences you named*", *lines])
    return [beside(words, button("Take back", Action.EXPERIENCES_BACK, confirm=sure))]


def _ways_out(status: Status, style: str | None) -> Part:
    """A break, until a day or not, and leaving."""
    leave = button(
        "Leave", Action.LEAVE, confirm=confirmation("Leave the program?", PAIRS_END, "Leave", "danger")
    )
    if is_paused(status):
        return buttons(button("Take part again", Action.RESUME, style=style), leave)
    return _with_day(button("Pause", Action.PAUSE), _until(), leave)


def _until() -> DatePickerElement:
    return DatePickerElement(
        action_id=Action.PAUSE_UNTIL,
        placeholder="Pause until …",
        confirm=confirmation(
            "Pause until that day?", "Nobody new is paired with you, and I do not ask you anything.", "Pause"
        ),
    )


def _with_day(first: ButtonElement, day: DatePickerElement, last: ButtonElement) -> Part:
    how = f"Or type {typed(Word.PAUSE)}, {typed(Word.PAUSE, 'until Friday')} or {typed(Word.LEAVE)}."
    return Part(ActionsBlock(elements=[first, day, last]), f"Buttons: Pause, Pause until, Leave. {how}")
