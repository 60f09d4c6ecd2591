"""Tables of Slack's own, which sort and turn pages; whoever uses one says the same in the text of the message.

They are for messages: a modal and Home take none, so what stands in a table there stands in a modal in words.
Limits: https://docs.slack.dev/reference/block-kit/blocks/data-table-block
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final

ROWS: Final = 100
"""The most rows beside the heading."""

Cell = str | int


def data_table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], page: int = 10, names: int = 0
) -> dict[str, Any]:
    """A table with so many rows on a page, whose column `names` says to a screen reader what a row is about."""
    return {
        "type": "data_table",
        "caption": caption,
        "rows": [list(map(_cell, row)) for row in (heads, *islice(rows, ROWS))],
        "page_size": page,
        "row_header_column_index": names,
    }


def _cell(value: Cell) -> dict[str, Any]:
    if isinstance(value, int):
        return {"type": "raw_number", "value": value, "text": str(value)}
    return {"type": "raw_text", "text": value}
