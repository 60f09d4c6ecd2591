"""What the numbers were measured on."""

from __future__ import annotations

import os
import platform
import re

from benchmarks.memory import PROC


def computer() -> dict[str, str]:
    """The processor, the system and the Python, without anything that tells whose machine it is."""
    info = PROC / "cpuinfo"
    model = re.search(r"^model name\s*:\s*(.+)$", info.read_text() if info.exists() else "", re.MULTILINE)
    return {
        "processor": f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "Python": platform.python_version(),
    }
