"""Where the project's own files are."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "handlers", "mentoring", "program", "reverse_mentor", "scheduler", "storage")


def packages() -> list[str]:
    """The top-level packages of the checkout."""
    return sorted({path.parent.name for path in ROOT.glob("[a-z]*/*.py")})


def modules(*names: str) -> list[Path]:
    """The Python files of some top-level packages, or of all."""
    return sorted(path for name in names or packages() for path in (ROOT / name).rglob("*.py"))


def pyproject() -> dict[str, Any]:
    """The project's metadata and settings of its tools."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def shown(path: Path) -> str:
    """A file as people name it, relative to the root."""
    return path.relative_to(ROOT).as_posix()
