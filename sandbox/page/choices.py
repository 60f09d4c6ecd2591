"""Choices: what a browser sends for a field, as the value object Slack would keep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sandbox import form
from sandbox.blocks import Spot, options_of
from sandbox.errors import NoSuchOption, PersonError
from sandbox.settings import Json
from sandbox.workspace import Workspace

_OF_OPTIONS = ("selected_option", "selected_options")


def chosen(ws: Workspace, spot: Spot, raw: Any, current: Json, offered: Iterable[Json]) -> Json:
    """Return the value object for ``raw``.

    Options travel by their ``value``, people and places by id, all else as typed. An external menu may keep
    what it holds (``current``) or take what the app ``offered``. Raises NoSuchOption and PersonError.
    """
    kind = spot.element["type"]
    key = form.value_key(kind)
    if key not in _OF_OPTIONS:
        return form.filled(ws, spot, raw)
    options = [*options_of(spot.element), *_held(current), *offered]
    if key == "selected_option":
        return {"type": kind, key: option_valued(options, raw) if raw else None}
    limit = spot.element.get("max_selected_items")
    if limit is not None and len(raw) > limit:
        raise PersonError(f"Choose at most {limit}.")
    return {"type": kind, key: [option_valued(options, item) for item in raw]}


def _held(current: Json) -> list[Json]:
    many = current.get("selected_options") or []
    one = current.get("selected_option")
    return [*many, *([one] if one else [])]


def option_valued(options: Iterable[Json], value: Any) -> Json:
    """Return the option with that value; NoSuchOption otherwise."""
    for option in options:
        if option.get("value") == value:
            return option
    raise NoSuchOption("That is not on offer any more.")
