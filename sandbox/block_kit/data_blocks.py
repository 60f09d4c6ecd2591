"""Data blocks: tables that turn pages and sort, and charts, with the relations inside each.

Limits: https://docs.slack.dev/reference/block-kit/blocks/data-table-block and .../data-visualization-block. Where
others report more (12 segments and series, 200 rows), the pages' own smaller numbers hold here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit.engine import (
    Choice,
    Flag,
    Integer,
    Json,
    ListOf,
    Nullable,
    Number,
    Object,
    Problem,
    Rule,
    String,
    Tagged,
    typed,
)
from sandbox.block_kit.rich_text import RICH_TEXT_BLOCK

MAX_COLUMNS = 20
DATA_TABLE_TEXT_MAX = 20_000
"""Characters of all cells of one data table together."""
CHARTS_MAX = 2
"""Charts in one message; found by people who sent three, the reference says nothing."""

_RAW_CELLS: dict[str, Rule] = {
    "raw_text": typed({"text": String()}),
    "raw_number": typed({"value": Number(), "text": String()}),
}
_CELL = Tagged({**_RAW_CELLS, "rich_text": RICH_TEXT_BLOCK})
_ID: dict[str, Rule] = {"block_id": String(max=255)}

# Tables

_COLUMN = Object({}, {"align": Choice(("left", "center", "right")), "is_wrapped": Flag()})
TABLE = typed(
    {"rows": ListOf(ListOf(_CELL, max=MAX_COLUMNS), max=100)},
    {"column_settings": ListOf(Nullable(_COLUMN), max=MAX_COLUMNS), **_ID},
)


def _plain_header(value: Json, at: str) -> Iterator[Problem]:
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] not in _RAW_CELLS:
            yield Problem(f"unsupported type: {cell['type']}", f"{at}/rows/0/{index}/type")


def _rows_of_one_length(value: Json, at: str) -> Iterator[Problem]:
    columns = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != columns:
            yield Problem(f"must have {columns} items, like the first row", f"{at}/rows/{index}")


def _row_header_is_a_column(value: Json, at: str) -> Iterator[Problem]:
    columns = len(value["rows"][0])
    if value.get("row_header_column_index", 0) >= columns:
        yield Problem(f"must be less than {columns}", f"{at}/row_header_column_index")


def _table_text(value: Json, at: str) -> Iterator[Problem]:
    if sum(_letters(cell) for row in value["rows"] for cell in row) > DATA_TABLE_TEXT_MAX:
        yield Problem(
            f"all cells together must be less than {DATA_TABLE_TEXT_MAX + 1} characters", f"{at}/rows"
        )


def _letters(part: Any) -> int:
    """Return how many characters stand in a cell, at any depth."""
    if isinstance(part, list):
        return sum(map(_letters, part))
    if not isinstance(part, dict):
        return 0
    text = part.get("text")
    return (len(text) if isinstance(text, str) else 0) + _letters(part.get("elements"))


DATA_TABLE = typed(
    {"caption": String(), "rows": ListOf(ListOf(_CELL, max=MAX_COLUMNS), min=2, max=101)},
    {"page_size": Integer(min=1, max=100), "row_header_column_index": Integer(min=0), **_ID},
    (_plain_header, _rows_of_one_length, _row_header_is_a_column, _table_text),
)

# Charts

_LABEL = String(max=20)
_POINT = Object({"label": _LABEL, "value": Number()})
_SERIES = Object({"name": _LABEL, "data": ListOf(_POINT, max=20)})
_AXES = Object({"categories": ListOf(_LABEL, max=20)}, {"x_label": String(max=50), "y_label": String(max=50)})


def _parts_of_a_whole(value: Json, at: str) -> Iterator[Problem]:
    for index, segment in enumerate(value["segments"]):
        if segment["value"] < 0:
            yield Problem("must be more than -1", f"{at}/segments/{index}/value")


def _series_have_names_of_their_own(value: Json, at: str) -> Iterator[Problem]:
    names = [series["name"] for series in value["series"]]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(f'`name` "{name}" already exists', f"{at}/series/{index}/name")


def _a_point_for_each_category(value: Json, at: str) -> Iterator[Problem]:
    categories = value["axis_config"]["categories"]
    for index, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(set(categories)):
            yield Problem("must have one point for each of the `categories`", f"{at}/series/{index}/data")


def _categories_differ(value: Json, at: str) -> Iterator[Problem]:
    categories = value["axis_config"]["categories"]
    for index, name in enumerate(categories):
        if name in categories[:index]:
            yield Problem(f'`category` "{name}" already exists', f"{at}/axis_config/categories/{index}")


_PLOT = typed(
    {"series": ListOf(_SERIES, max=6), "axis_config": _AXES},
    {},
    (_series_have_names_of_their_own, _categories_differ, _a_point_for_each_category),
)
_PIE = typed({"segments": ListOf(_POINT, max=6)}, {}, (_parts_of_a_whole,))

DATA_VISUALIZATION = typed(
    {"title": String(max=50), "chart": Tagged({"pie": _PIE, "bar": _PLOT, "line": _PLOT, "area": _PLOT})},
    _ID,
)
