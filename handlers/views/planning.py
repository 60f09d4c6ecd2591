"""When a pair meets: the picker in a message, the form, and what is said about it; and how a meeting was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, DateTimePickerElement

from handlers.ids import Action, Callback, Word
from handlers.metadata import Plans
from handlers.plan_ids import REFLECTIONS, PlanField
from handlers.views.inputs import field, modal
from handlers.views.parts import Part, Rendered, button, buttons, note, rendered, say
from handlers.views.text import clip, date_token, escape, mention, plain, typed
from mentoring.messages import CheckInPrompt
from mentoring.pairings import Pair
from mentoring.planned import PlanShown
from mentoring.reflections import Reflection
from program.planning import WhenForm

TITLE = "When do you meet?"
EXAMPLE = "2027-01-14 15:00"
GUIDE = "Guide and calendar"
FIGURES = (
    "Optional, in one tap. It is counted in the program's figures without your name, and only where five people or "
    "more have answered."
)
_BUTTONS = dict(zip(Reflection, REFLECTIONS, strict=True))


def moment(plan: PlanShown) -> str:
    """When that is, for each reader in their own time."""
    return date_token(plan.at, plan.zone)


def who_said(plan: PlanShown, reader: str = "") -> str:
    """Who said when the two meet, where it was not the reader; what several read names whoever it was."""
    return f", as {mention(plan.said_by)} said" if plan.said_by not in ("", reader) else ""


def picker(prompt: CheckInPrompt, several: bool) -> Part:
    """The field for a day and a time, beside how to type them; and what there is for the meeting."""
    number = (str(prompt.checkin.pair_id),) if several else ()
    label = clip(f"{GUIDE}, for the meeting with {plain(prompt.partner_name)}", 75) if several else None
    guide = button(GUIDE, Action.MEETING, prompt.checkin.pair_id, label=label)
    element = DateTimePickerElement(
        action_id=f"{Action.PLAN_AT}.{prompt.checkin.id}",
        initial_date_time=int(prompt.plan.at.timestamp()) if prompt.plan else None,
    )
    return Part(
        ActionsBlock(elements=[element, guide]),
        f"A field for the day and the time. Or type {typed(Word.PLANNED, *number, EXAMPLE)}. "
        f"Button: {GUIDE}. Or type {typed(Word.MEETING)}.",
    )


def when_button(prompt: CheckInPrompt) -> ButtonElement:
    """The button that asks for a day and a time in a form, where a message's own field cannot stand."""
    return button("Change the time" if prompt.plan else "Say when", Action.PLAN_WHEN, prompt.checkin.id)


def when_modal(asked: WhenForm) -> dict[str, Any]:
    """The form that asks when somebody meets their partner."""
    told = f"{mention(asked.said_by)} has said this time. You can change it." if asked.said_by else ""
    return modal(
        Callback.PLAN,
        TITLE,
        [
            say(f"You and {mention(asked.partner_id)}.", told).block,
            field(
                "Day and time",
                DateTimePickerElement(
                    action_id=PlanField.WHEN, initial_date_time=int(asked.suggested.timestamp())
                ),
                "I ask both of you on the working day after it, and not before. "
                "Your partner sees this time and can change it.",
            ),
        ],
        "Save",
        Plans(asked.pair_id),
    )


def kept(partner_id: str, at: datetime, zone: str) -> Rendered:
    """What is said to whoever has typed when they meet."""
    return rendered(
        say(
            f"You and {mention(partner_id)} meet on {date_token(at, zone)}.",
            "I ask both of you on the working day after it, and not before.",
        )
    )


def not_read(text: str, is_day: bool, has_time: bool) -> Rendered:
    """What was typed is no moment: it has a day and no time, may be several days, or is none at all."""
    example, told = typed(Word.PLANNED, EXAMPLE), escape(text, 100)
    if is_day and not has_time:
        return rendered(say(f"At what time? Type the day with a time behind it, like {example}."))
    if is_day:
        return rendered(say(f"“{told}” can be more than one day. Type it like {example}."))
    return rendered(say(f"I cannot read “{told}” as a day and a time. Type it like {example}."))


def which(pairs: Sequence[Pair], person_id: str, text: str) -> Rendered:
    """Somebody in several pairs did not say which of them meets then."""
    rows = [
        f"• {typed(Word.PLANNED, str(one.id), escape(text, 60))} for {mention(one.partner_of(person_id))}"
        for one in pairs
    ]
    return rendered(say("\n".join(["You are in several pairs. Type:", *rows])))


def reflections(prompt: CheckInPrompt, several: bool) -> list[Part]:
    """How the meeting was: four taps, none of which has to be made; one that was made can be changed."""
    offered = [one for one in Reflection if one is not prompt.reflection]
    told = f"How it was: *{prompt.reflection.words}.*" if prompt.reflection else "*How was it?*"
    name = f", about the meeting with {plain(prompt.partner_name)}"
    row = buttons(
        *(
            button(
                one.words,
                _BUTTONS[one],
                prompt.checkin.id,
                label=clip(f"{one.words}{name}", 75) if several else None,
            )
            for one in offered
        )
    )
    return [note(told, "" if several else FIGURES), row]
