"""How slack_sdk's objects check themselves when they are written out: by the checks of their class, found once.

The SDK looks through all that each single object has, by name, for whatever might be a check; for a message of five
cards that took longer than everything else about it. Which checks an object has is known from its class.
"""

from __future__ import annotations

from functools import cache

from slack_sdk.models.basic_objects import JsonObject


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


def install() -> None:
    """Let all of them check themselves this way from now on, in this process."""
    JsonObject.validate_json = check  # type: ignore[method-assign,assignment] # objects write their parts
