"""What the person who gives a file says about it, where the file does not say it itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read: Python's name of its encoding, its sheet, and the heading of each column mapped.

    What is empty is found out. Columns that the kind of file does not have are for another file.
    """

    encoding: str = ""
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
