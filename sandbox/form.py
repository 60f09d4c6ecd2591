"""Forms: what a person filled in, as Slack's ``state.values``, and what Slack checks before sending it.

Value keys follow docs.slack.dev/reference/views/view-state-values and the block element pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.blocks import Spot, options_of, spots
from sandbox.errors import NoSuchOption, PersonError
from sandbox.settings import Json
from sandbox.workspace import Workspace

Values = dict[tuple[str, str], Json]
"""What a form holds: ``(block_id, action_id)`` to the element's value object."""

_KEYS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
_PEOPLE = frozenset({"users_select", "multi_users_select"})
_PLACES = frozenset(
    {"conversations_select", "multi_conversations_select", "channels_select", "multi_channels_select"}
)
EXTERNAL = frozenset({"external_select", "multi_external_select"})
_OPTIONS = EXTERNAL | frozenset(
    {"static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow"}
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")


def value_key(element_type: str) -> str:
    """Return the key under which that element's value travels (``selected_date`` for a datepicker)."""
    return _KEYS[element_type][0]


def takes_many(element_type: str) -> bool:
    """Return whether the element holds a list."""
    return element_type == "checkboxes" or element_type.startswith("multi_")


def initial_values(blocks: Iterable[Json]) -> Values:
    """Return the values a fresh form starts with: the initial ones, else null or an empty list."""
    return {s.key: _initial(s.element) for s in spots(blocks) if s.keeps_state}


def _initial(element: Json) -> Json:
    key, initial = _KEYS[element["type"]]
    empty: Any = [] if takes_many(element["type"]) or key == "files" else None
    return {"type": element["type"], key: element.get(initial) or empty}


def carried_over(old: Values, blocks: Iterable[Json]) -> Values:
    """Return the values after a view update: input stays where block_id, action_id and type stay."""
    fresh = initial_values(blocks)
    return {k: old[k] if k in old and old[k]["type"] == v["type"] else v for k, v in fresh.items()}


def state_json(values: Values) -> Json:
    """Return ``{"values": {block_id: {action_id: value}}}``."""
    found: Json = {}
    for (block_id, action_id), value in values.items():
        found.setdefault(block_id, {})[action_id] = value
    return {"values": found}


def is_empty(value: Json) -> bool:
    """Return whether nothing is filled in or chosen."""
    return value[value_key(value["type"])] in (None, "", [])


def filled(ws: Workspace, spot: Spot, given: Any, offered: list[Json] | None = None) -> Json:
    """Return the value object for what a person typed or chose.

    ``offered`` are the options the app answered for an external menu. Raises NoSuchOption when a text
    is not on offer, PersonError when the menu allows fewer choices.
    """
    kind = spot.element["type"]
    many = takes_many(kind)
    items = _as_list(given) if many else [given]
    limit = spot.element.get("max_selected_items")
    if limit is not None and len(items) > limit:
        raise PersonError(f"the menu allows {limit} choices, not {len(items)}")
    found = [_one(ws, spot.element, item, offered) for item in items]
    return {"type": kind, value_key(kind): found if many else found[0]}


def _as_list(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, list | tuple | set) else [given]


def _one(ws: Workspace, element: Json, given: Any, offered: list[Json] | None) -> Any:
    kind = element["type"]
    if given is None or given == "":
        return None
    if kind in _OPTIONS:
        return option_named(options_of(element) if offered is None else offered, str(given))
    if kind in _PEOPLE:
        return _person_id(ws, given)
    if kind in _PLACES:
        return _place_id(ws, given)
    return _typed(kind, given)


def _typed(kind: str, given: Any) -> Any:
    if kind == "datetimepicker":
        return int(given.timestamp()) if isinstance(given, datetime) else int(given)
    if kind == "datepicker":
        return given.isoformat() if isinstance(given, date) else str(given)
    if kind == "timepicker":
        return f"{given:%H:%M}" if isinstance(given, time) else str(given)
    if kind == "rich_text_input":
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(given)}]}
        return {"type": "rich_text", "elements": [section]}
    return _as_list(given) if kind == "file_input" else str(given)


def option_named(options: list[Json], wanted: str) -> Json:
    """Return the option with that text (or value), else NoSuchOption."""
    for option in options:
        if option["text"]["text"] == wanted:
            return option
    for option in options:
        if option.get("value") == wanted:
            return option
    raise NoSuchOption(f"no option {wanted!r}; there are {[o['text']['text'] for o in options]}")


def _person_id(ws: Workspace, given: Any) -> str:
    wanted = str(getattr(given, "id", given))
    for user in ws.users.values():
        if wanted in (user.id, user.real_name, user.handle) and not user.deleted:
            return user.id
    raise NoSuchOption(f"nobody called {wanted!r} can be chosen")


def _place_id(ws: Workspace, given: Any) -> str:
    wanted = str(getattr(given, "id", given)).removeprefix("#")
    for conversation in ws.conversations.values():
        if wanted in (conversation.id, conversation.name):
            return conversation.id
    raise NoSuchOption(f"no conversation called {wanted!r} can be chosen")


def problems(blocks: Iterable[Json], values: Values) -> Iterator[tuple[Spot, str]]:
    """Yield what Slack shows beside a field instead of submitting the form."""
    for spot in spots(blocks):
        if spot.is_input and spot.keeps_state:
            sentence = _problem(spot, values[spot.key])
            if sentence:
                yield spot, sentence


def _problem(spot: Spot, value: Json) -> str | None:
    if is_empty(value):
        return None if spot.block.get("optional") else "Please complete this required field."
    content, element = value[value_key(value["type"])], spot.element
    if element["type"] == "plain_text_input":
        return _length_problem(element, content)
    if element["type"] == "number_input":
        return _number_problem(element, content)
    if element["type"] == "email_text_input" and not _EMAIL.fullmatch(content):
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and not _URL.fullmatch(content):
        return "Please enter a valid URL."
    return None


def _length_problem(element: Json, text: str) -> str | None:
    if len(text) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(text) > element.get("max_length", 3000):
        return f"Please enter at most {element.get('max_length', 3000)} characters."
    return None


def _number_problem(element: Json, text: str) -> str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
