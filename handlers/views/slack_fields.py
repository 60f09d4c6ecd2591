"""Which fields of Slack's profiles mean what: the form in which leads choose, and what they read about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from handlers.ids import Action, Callback, Word
from handlers.views.inputs import choice, field, modal
from handlers.views.options import OPTIONS_MAX, fixed
from handlers.views.parts import Part, Rendered, button, buttons, note, rendered, say
from handlers.views.text import escape, fitting, joined, typed
from mentoring.hr import Chosen, Meaning, SlackField

NOT_USED: Final = "not-used"
"""The choice of no field."""

NAMES: Final = {Meaning.LEVEL: "level", Meaning.DEPARTMENT: "department", Meaning.MANAGER: "manager"}
"""What each is called, also when it is typed."""

_HINTS = {
    Meaning.LEVEL: "Values that are no level of this program are passed over.",
    Meaning.DEPARTMENT: "Taken as it is written there.",
    Meaning.MANAGER: "A field in which people choose a person.",
}
_ROOM = 1_200
_COUNTS = (
    "What they say counts where HR's file says nothing. It never overwrites what people say themselves: "
    "where the two differ, a lead decides."
)


def fields_modal(offered: Sequence[SlackField], chosen: Chosen) -> dict[str, Any]:
    """The form: for each meaning one of the fields that can have it."""
    blocks = [
        say("Choose which fields of Slack's profiles hold what your company knows.", _COUNTS).block,
        *(_choice(meaning, [one for one in offered if one.fits(meaning)], chosen) for meaning in Meaning),
    ]
    return modal(Callback.SLACK_FIELDS, "Slack profile fields", blocks, "Save")


def _choice(meaning: Meaning, offered: Sequence[SlackField], chosen: Chosen) -> Any:
    options = [
        fixed("Not used", NOT_USED),
        *(fixed(one.label, one.id) for one in offered[: OPTIONS_MAX - 1]),
    ]
    now = chosen[meaning].id if meaning in chosen else NOT_USED
    return field(
        NAMES[meaning].capitalize(), choice(meaning, options, now, "Choose a field"), _HINTS[meaning]
    )


def fields_listed(offered: Sequence[SlackField], chosen: Chosen) -> Rendered:
    """What is chosen and what could be, with the form one tap away."""
    return rendered(
        say(_now(chosen)),
        _could_be(offered),
        note(_COUNTS),
        buttons(
            button("Choose fields", Action.SLACK_FIELDS),
            instead=f"Or type {typed(Word.HR, 'fields level', 'Grade')} with the name of a field, or `none`.",
        ),
    )


def _now(chosen: Chosen) -> str:
    if not chosen:
        return "No field of Slack's profiles is used."
    told = [f"{NAMES[meaning]} from {_quoted(one.label)}" for meaning, one in chosen.items()]
    return f"Read from Slack's profiles each night: {joined(told)}."


def _could_be(offered: Sequence[SlackField]) -> Part:
    texts = [_quoted(one.label) for one in offered if not one.people]
    people = [_quoted(one.label) for one in offered if one.people]
    lines = [
        f"For level and department: {_some(texts)}.",
        f"For manager: {_some(people)}.",
    ]
    return say("\n".join(lines))


def _some(labels: Sequence[str]) -> str:
    shown = fitting(labels, _ROOM)
    more = [f"{len(labels) - len(shown)} more"] if len(shown) < len(labels) else []
    return joined([*shown, *more]) if labels else "no field that fits"


def fields_told(those: Chosen) -> Rendered:
    """A lead has just chosen."""
    follows = (
        "I read them now, some people at a time, and again each night."
        if those
        else "What was read from them is forgotten, some people at a time."
    )
    return rendered(say(_now(those), follows))


def unknown_field(label: str) -> Rendered:
    """There is no such field, said back."""
    return rendered(say(f"There is no field {_quoted(label)} that fits. Nothing is changed."))


def no_such_field() -> str:
    """What stands at a field of the form whose choice Slack does not name now."""
    return "Slack does not name this field to me now. Please choose another, or try again in a minute."


def not_now() -> Rendered:
    """Slack did not answer."""
    return rendered(say("Slack does not tell me about its fields right now. Please try again in a minute."))


def no_fields() -> Rendered:
    """The bot may not read profiles, and how it could."""
    return rendered(
        say(
            "I am not allowed to read the fields of Slack's profiles. Whoever runs this bot can give the app the "
            "optional scope `users.profile:read` and install it again."
        )
    )


def _quoted(text: str) -> str:
    return f"“{escape(text, 100)}”"
