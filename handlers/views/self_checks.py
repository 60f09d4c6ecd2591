"""How slack_sdk's objects check themselves and are written out: by what is known of their class, found once.

The SDK looks through all that each single object has, by name, for whatever might be a check, and walks through all
that is inside of an object once more for each object around it; for a message of five cards that took longer than
everything else about it. Which checks an object has is known from its class, and what is written out is plain.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from slack_sdk.models.basic_objects import EMPTY_ALLOWED_TYPE_AND_PROPERTY_LIST, JsonObject

_MAY_BE_EMPTY = frozenset((one["type"], one["property"]) for one in EMPTY_ALLOWED_TYPE_AND_PROPERTY_LIST)
_write_out = JsonObject.to_dict


@cache
def names(kind: type[JsonObject]) -> tuple[str, ...]:
    """The names of the checks that objects of a class have, in the order in which the SDK makes them."""
    return tuple(
        name
        for name in dir(kind)
        if not name.startswith("__") and hasattr(getattr(kind, name, None), "validator")
    )


def check(one: JsonObject) -> None:
    """Make an object's checks; raises `SlackObjectFormationError` as the SDK does."""
    for name in names(type(one)):
        getattr(one, name)()


def fields(one: JsonObject) -> dict[Any, Any]:
    """An object's fields that are not empty, in the order of their names, as JSON has them."""
    found = {}
    for name in sorted(one.attributes):
        value = one.get_object_attribute(name)
        if value is None or (_is_empty(value) and (getattr(one, "type", ""), name) not in _MAY_BE_EMPTY):
            continue
        found[name] = _plain(value)
    return found


def _is_empty(value: Any) -> bool:
    return hasattr(value, "__len__") and not len(value)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    write = getattr(value, "to_dict", None)
    if write is None:
        return value
    written = write()
    # What writes itself out by the base class is plain already.
    return (
        written if type(value).to_dict is _write_out else {name: _plain(one) for name, one in written.items()}
    )


def install() -> None:
    """Let all of them be checked and written this way from now on, in this process."""
    JsonObject.validate_json = check  # type: ignore[method-assign,assignment] # objects write their parts
    JsonObject.get_non_null_attributes = fields  # type: ignore[method-assign,assignment] # as above
