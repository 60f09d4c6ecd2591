"""Data tables and charts: every limit one step inside and one step outside, and what must hold within one block.

Sources: docs.slack.dev/reference/block-kit/blocks/data-table-block and .../data-visualization-block.
"""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.block_kit import check_message
from sandbox_tests.block_kit.build import (
    Json,
    cell,
    data_table,
    inline_text,
    judge,
    pie,
    plot,
    rich,
    rich_section,
)
from sandbox_tests.block_kit.test_limits import Limit, at_most, bound, items, some, words


def chart(block: Json, **changes: Any) -> Json:
    return block | {"chart": block["chart"] | changes}


def series(**changes: Any) -> Json:
    block = plot()
    return chart(block, series=[block["chart"]["series"][0] | changes])


LIMITS = [
    at_most("chart title", "block", 50, lambda n: judge(plot() | {"title": words(n)})),
    at_most("segment label", "segment", 20, lambda n: judge(chart(pie(1), segments=[point(words(n))]))),
    at_most("series name", "series", 20, lambda n: judge(series(name=words(n)))),
    at_most("category", "axis config", 20, lambda n: judge(over(words(n)))),
    at_most("x label", "axis config", 50, lambda n: judge(plot(x_label=words(n)))),
    at_most("y label", "axis config", 50, lambda n: judge(plot(y_label=words(n)))),
    items("segments", "pie", 6, lambda n: judge(pie(*[1] * n))),
    some("segments", "pie", lambda n: judge(pie(*[1] * n))),
    *(
        limit
        for kind in ("bar", "line", "area")
        for limit in (
            items(f"series of a {kind} chart", kind, 6, lambda n, kind=kind: judge(plot(kind, series=n))),  # type: ignore[misc]  # the name is bound here
            some(f"series of a {kind} chart", kind, lambda n, kind=kind: judge(plot(kind, series=n))),  # type: ignore[misc]  # the name is bound here
        )
    ),
    items("categories", "axis config", 20, lambda n: judge(plot(categories=n))),
    items("data table rows", "block: 100 and the header", 101, lambda n: judge(data_table(rows=n))),
    items("data table columns", "slack-morphism", 20, lambda n: judge(data_table(columns=n))),
    bound("page size", "block", 100, 101, lambda n: judge(data_table(page_size=n))),
    bound("page size", "block", 1, 0, lambda n: judge(data_table(page_size=n))),
    bound("row header", "block", 0, -1, lambda n: judge(data_table(row_header_column_index=n))),
    bound("row header", "a column", 1, 2, lambda n: judge(data_table(columns=2, row_header_column_index=n))),
]


def point(label: str, value: float = 1) -> Json:
    return {"label": label, "value": value}


def over(*categories: str) -> Json:
    """A chart of one series with a point for each category."""
    points = [point(each) for each in categories]
    return chart(series(data=points), axis_config={"categories": list(categories)})


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_the_last_size_inside_is_taken(limit: Limit) -> None:
    assert limit.judge(limit.inside) == []


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_the_first_size_outside_is_refused(limit: Limit) -> None:
    assert f"[ERROR] {limit.complaint} [json-pointer:/" in limit.judge(limit.outside)[-1]


RICH = rich(rich_section(inline_text()))


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        (data_table(rows=1), "no less than 2 items allowed [json-pointer:/blocks/0/rows]"),
        (
            data_table() | {"rows": [[RICH], [cell()]]},
            "unsupported type: rich_text [json-pointer:/blocks/0/rows/0/0/type]",
        ),
        (
            data_table() | {"rows": [[cell(), cell()], [cell()]]},
            "must have 2 items, like the first row [json-pointer:/blocks/0/rows/1]",
        ),
        (
            data_table() | {"rows": [[cell()], [cell(words(20_000))]]},
            "all cells together must be less than 20001 characters [json-pointer:/blocks/0/rows]",
        ),
        (pie(3, -1), "must be more than -1 [json-pointer:/blocks/0/chart/segments/1/value]"),
        (chart(pie(1), type="radar"), "unsupported type: radar [json-pointer:/blocks/0/chart/type]"),
        (
            over("a", "a"),
            "must have one point for each of the `categories` [json-pointer:/blocks/0/chart/series/0/data]",
        ),
        (
            series(data=[point("elsewhere")]),
            "must have one point for each of the `categories` [json-pointer:/blocks/0/chart/series/0/data]",
        ),
        (
            chart(plot(), series=plot()["chart"]["series"] * 2),
            '`name` "s0" already exists [json-pointer:/blocks/0/chart/series/1/name]',
        ),
    ],
)
def test_what_does_not_hold_together_is_refused(block: Json, complaint: str) -> None:
    assert check_message([block])[-1] == f"[ERROR] {complaint}"


def test_cells_of_every_kind_are_taken_below_the_header() -> None:
    number = {"type": "raw_number", "value": 2.5, "text": "2.50"}
    assert judge(data_table() | {"rows": [[cell()] * 3, [cell(), number, RICH]]}) == []
    assert judge(data_table() | {"rows": [[cell()], [{"type": "raw_number", "value": 2.5}]]})


def test_a_message_holds_two_charts() -> None:
    """Found by people who sent three (slack-morphism); Home is held to the same."""
    assert check_message([pie(1), plot()]) == []
    assert check_message([pie(1), plot(), plot("line")]) == [
        "[ERROR] no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]"
    ]
