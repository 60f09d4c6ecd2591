"""Where the project's own files are."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "handlers", "mentoring", "program", "reverse_mentor", "scheduler", "storage")


SANDBOX = ROOT / "sandbox"
"""The sandbox's own distribution: its package, and beside that its tests and docs."""


def packages() -> list[str]:
    """The top-level packages of the checkout."""
    return sorted({path.parent.name for path in ROOT.glob("[a-z]*/*.py")})


def modules(*names: str) -> list[Path]:
    """The Python files of some top-level packages, or of all."""
    return sorted(path for name in names or packages() for path in (ROOT / name).rglob("*.py"))


def code_of_tests() -> list[Path]:
    """The Python files of the tests, those of the sandbox included."""
    return sorted([*modules("tests"), *(SANDBOX / "tests").rglob("*.py")])


def pyproject(folder: Path = ROOT) -> dict[str, Any]:
    """A distribution's metadata and, for the project's own, the settings of its tools."""
    return tomllib.loads((folder / "pyproject.toml").read_text())


def shown(path: Path) -> str:
    """A file as people name it, relative to the root."""
    return path.relative_to(ROOT).as_posix()
