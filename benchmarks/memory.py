"""The peak memory of a process, as Linux tells it (proc(5))."""

from __future__ import annotations

import re
from pathlib import Path

PROC = Path("/proc")
_FORGET = "5"


def peak_mb(process: str = "self") -> float:
    """The most memory that a process with this id has held at once, in MB.

    Unlike `ru_maxrss`, it does not begin with what the process that started this one held.
    """
    peak = re.search(r"^VmHWM:\s+(\d+) kB$", (PROC / process / "status").read_text(), re.MULTILINE)
    assert peak is not None, "Linux tells the peak of every process that is alive"
    return int(peak[1]) / 1024


def forget_peak() -> None:
    """Let the peak of this process begin anew with what it holds now."""
    (PROC / "self" / "clear_refs").write_text(_FORGET)
