"""Lines below or between the rows of a table that are about the table: totals, and who made it when."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MOST_CELLS = 3
_WIDE = 4
"""In a table with so many columns, a row has more than one cell."""

_ABOUT = re.compile(
    r"""
    (?:grand\ |sub)?totals?\b|sums?\b|count\b|gesamt|summe\b|anzahl\b|somme\b|suma\b|soma\b|totale\b|somma\b
    |итого|всего|разом|合计|合計|总计|總計|합계|razem\b|celkem\b|toplam\b|σύνολο
    |(?:this\ |the\ )?(?:report\ |file\ |list\ )?(?:was\ )?
    (?:generated|exported|created|printed|downloaded|run)(?:\ (?:on|by|at|from)\b|:)
    |erstellt\ (?:am|von)|exportiert\ (?:am|von)|stand:|généré\b|exporté\b|créé\ le|generado\b|exportado\b|gerado\b
    |generato\b|esportato\b|creato\ il|page\ [0-9]|seite\ [0-9]|confidential\b|vertraulich\b|confidentiel\b
    |confidencial\b|riservato\b
    |(?:source|quelle|fuente|fonte|note|notes|hinweis|rows|records)\ ?:|end\ of\ (?:report|file|list)
    |[0-9,. ]+\ (?:rows|records|employees|people|results|entries)\b|©|copyright\b|\*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(r"[0-9][0-9.,\s]*%?")


def is_footer(cells: Sequence[str]) -> bool:
    """Return whether a line says something about the table: such a text, and beside it at most numbers."""
    if sum(map(bool, cells)) > _MOST_CELLS:
        return False
    first, *rest = [text.strip() for text in cells if text.strip()] or [""]
    return _ABOUT.match(first) is not None and all(map(_NUMBER.fullmatch, rest))


def alone(cells: Sequence[str]) -> int | None:
    """Return the place of the only cell with something in it, in a table where that is odd."""
    if len(cells) < _WIDE or sum(map(bool, cells)) > 1:
        return None
    return next((place for place, text in enumerate(cells) if text), None)
