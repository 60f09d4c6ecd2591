"""What the doctor finds: one thing that was looked at, in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: whether it is fine, what was seen, and what to do if it is not."""

    fine: bool
    seen: str
    advice: str = ""

    def __str__(self) -> str:
        mark = "OK " if self.fine else "FIX"
        return f"{mark}  {self.seen}" + (f"\n     {self.advice}" if self.advice else "")
