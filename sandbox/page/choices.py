"""Choices: what a browser sends for a field, as the value object Slack would keep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sandbox import form
from sandbox.backend import Backend
from sandbox.block_kit import check_rich_text
from sandbox.blocks import Spot, options_of
from sandbox.errors import NoSuchOption, PersonError, SlackError
from sandbox.files import file_json
from sandbox.settings import Json

MOST_FILES = 10
"""A file input takes so many where it does not say otherwise (docs.slack.dev, file input element)."""
_OF_OPTIONS = ("selected_option", "selected_options")


def chosen(backend: Backend, spot: Spot, raw: Any, current: Json, offered: Iterable[Json]) -> Json:
    """Return the value object for ``raw``.

    Options travel by their ``value``, people, places and files by id, rich text as its block, all else as
    typed. An external menu may keep what it holds (``current``) or take what the app ``offered``.
    Raises NoSuchOption and PersonError.
    """
    kind = spot.element["type"]
    key = form.value_key(kind)
    if kind == "file_input":
        return {"type": kind, key: _files(backend, spot.element, raw)}
    if kind == "rich_text_input":
        return {"type": kind, key: _rich_text(raw)}
    if key not in _OF_OPTIONS:
        return form.filled(backend.ws, spot, raw)
    options = [*options_of(spot.element), *_held(current), *offered]
    if key == "selected_option":
        return {"type": kind, key: option_valued(options, raw) if raw else None}
    limit = spot.element.get("max_selected_items")
    if limit is not None and len(raw) > limit:
        raise PersonError(f"Choose at most {limit}.")
    return {"type": kind, key: [option_valued(options, item) for item in raw]}


def _rich_text(raw: Any) -> Json | None:
    """Return what was written, None for nothing."""
    if not raw:
        return None
    if check_rich_text(raw):
        raise PersonError("This text has a form that nobody understands.")
    block: Json = raw
    return block


def _files(backend: Backend, element: Json, ids: list[str]) -> list[Json]:
    """Return the uploaded files as Slack puts them into the state, if the element takes them."""
    if len(ids) > element.get("max_files", MOST_FILES):
        raise PersonError(f"Choose at most {element.get('max_files', MOST_FILES)}.")
    try:
        files = [file_json(backend.files.get(each)) for each in ids]
    except SlackError:
        raise PersonError("That file is gone.") from None
    taken = {str(each).lower() for each in element.get("filetypes", ())}
    for file in files:
        if taken and file["filetype"].lower() not in taken:
            raise PersonError(
                f"{file['name']} is not one of the types taken here: {', '.join(sorted(taken))}."
            )
    return files


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
