"""Which version of the bot this is."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_CHECKOUT = Path(__file__).parents[1] / "pyproject.toml"


def number() -> str:
    """The version of the checkout that this file is in, or else of the installed package."""
    if _CHECKOUT.is_file():
        return str(tomllib.loads(_CHECKOUT.read_text("utf-8"))["project"]["version"])
    try:
        return version("reverse-mentor")
    except PackageNotFoundError:
        return "of an unknown version"
