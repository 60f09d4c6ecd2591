"""What to do where the packages are missing or Python is too old, in a sentence instead of a traceback.

Old Pythons read this module too, down to 3.6, to say that they are too old.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

OLDEST = (3, 11)

NEEDED = (
    "alembic",
    "apscheduler",
    "dotenv",
    "numpy",
    "icalendar",
    "openpyxl",
    "prometheus_client",
    "pylmcf",
    "rapidfuzz",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "tzdata",
    "waitress",
    "websocket",
    "yaml",
)
"""The modules that the packages of the project's requirements bring."""

_HOME = Path(__file__).parents[1]


def problem() -> str:
    """Return what keeps the program from running here and what to do, in a sentence; empty if nothing does."""
    have = sys.version_info[:2]
    if have < OLDEST:
        needed = f"Reverse Mentor needs Python {_dotted(*OLDEST)} or newer"
        return f"{needed}, and this is Python {_dotted(*have)}: {_way_out()}"
    missing = [name for name in NEEDED if find_spec(name) is None]
    if not missing:
        return ""
    count = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
    return f"Packages that Reverse Mentor needs are not installed for this Python ({missing[0]}{count}): {_way_out()}"


def _way_out() -> str:
    if not (_HOME / "Makefile").is_file():
        return "install Reverse Mentor anew, with pip, for a Python that is new enough."
    environment = _HOME / ".venv"
    python = environment / "bin" / "python"
    if Path(sys.prefix) == environment:
        return f"run “make install” in {_HOME} again."
    if python.exists():
        return f"use {python}, the checkout's own Python, in place of this one."
    return f"run “make install” in {_HOME} once, and then use {python} in place of this Python."


def _dotted(*version: int) -> str:
    return ".".join(map(str, version))
