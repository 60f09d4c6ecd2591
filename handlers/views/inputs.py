"""The fields of forms: a field's name is both its block id and its action id, so errors land on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    NumberInputElement,
    PlainTextInputElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from handlers.ids import Callback
from handlers.metadata import Carried, written
from handlers.views.options import fixed, option
from handlers.views.text import clip, plain
from mentoring.cadence import WEEKDAYS
from mentoring.people import check_days, clock_text, parse_clock


def modal(
    callback: Callback,
    title: str,
    blocks: Sequence[Block],
    submit: str | None = None,
    carries: Carried | None = None,
) -> dict[str, Any]:
    """A modal; its title and its buttons take at most 24 characters each."""
    view = View(
        type="modal",
        callback_id=callback,
        title=title,
        submit=submit,
        close="Cancel" if submit else "Close",
        private_metadata=written(carries) if carries else None,
        blocks=blocks,
    )
    return view.to_dict()


def field(
    label: str, element: InputInteractiveElement, hint: str, *, optional: bool = False, tells: bool = False
) -> InputBlock:
    """One input under its label, with a sentence that says who sees the answer or what it means.

    One that `tells` reports each change at once, before the form is submitted.
    """
    return InputBlock(
        block_id=element.action_id,
        label=label,
        element=element,
        hint=hint,
        optional=optional,
        dispatch_action=True if tells else None,
    )


def text_input(name: str, value: str, limit: int, *, multiline: bool = False) -> PlainTextInputElement:
    """A text field with what was typed before."""
    kept = clip(value, limit) or None
    return PlainTextInputElement(action_id=name, initial_value=kept, max_length=limit, multiline=multiline)


def choice(
    name: str, options: Sequence[dict[str, Any]], value: object, placeholder: str
) -> StaticSelectElement:
    """A list to choose one `fixed` option from; `value` is the one chosen already, when it is among them."""
    chosen = next((one for one in options if one["value"] == str(value)), None)
    return StaticSelectElement(
        action_id=name, options=options, initial_option=chosen, placeholder=placeholder
    )


def search_one(
    name: str, value: str, placeholder: str, words: Callable[[str], str] = str
) -> ExternalDataSelectElement:
    """A type-ahead field for one name; `words` tells how a chosen one is shown."""
    return ExternalDataSelectElement(
        action_id=name,
        initial_option=option(words(value), value) if plain(value) else None,
        placeholder=placeholder,
        min_query_length=0,
    )


def search_many(name: str, values: Sequence[str], placeholder: str) -> ExternalDataMultiSelectElement:
    """A type-ahead field for names, kept in the order in which they were chosen.

    It has no upper limit, so that too many typed skills are told about in a sentence and none is lost.
    """
    return ExternalDataMultiSelectElement(
        action_id=name,
        initial_options=[option(value) for value in values if plain(value)] or None,
        placeholder=placeholder,
        min_query_length=0,
    )


def people(name: str, chosen: Sequence[str], placeholder: str, limit: int) -> UserMultiSelectElement:
    """A field for up to `limit` people of the workspace."""
    return UserMultiSelectElement(
        action_id=name, initial_users=list(chosen) or None, placeholder=placeholder, max_selected_items=limit
    )


def days(name: str, chosen: Sequence[int | str]) -> CheckboxesElement:
    """A box for each day of the week."""
    on = [fixed(WEEKDAYS[day], str(day)) for day in check_days(chosen)]
    boxes = [fixed(day, str(index)) for index, day in enumerate(WEEKDAYS)]
    return CheckboxesElement(action_id=name, options=boxes, initial_options=on or None)


def clock(name: str, time: str) -> TimePickerElement:
    """A field for a time of day; a time that is none leaves it empty."""
    minutes = parse_clock(time)
    return TimePickerElement(
        action_id=name,
        initial_time=None if minutes is None else clock_text(minutes),
        placeholder="Choose a time",
    )


def number(name: str, value: int | str | None, allowed: range) -> NumberInputElement:
    """A field for a whole number in a range; a value outside it leaves the field empty."""
    legal = {str(one) for one in allowed}
    return NumberInputElement(
        action_id=name,
        is_decimal_allowed=False,
        initial_value=str(value) if str(value) in legal else None,
        min_value=str(allowed[0]),
        max_value=str(allowed[-1]),
    )
