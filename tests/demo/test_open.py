"""When the demo opens the page in a browser by itself."""

from __future__ import annotations

import sys

import pytest

from demo.__main__ import _parser


@pytest.fixture(autouse=True)
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


@pytest.mark.parametrize(
    ("terminal", "screen", "asked", "opens"),
    [
        (True, ":0", [], True),
        (True, "", [], False),
        (False, ":0", [], False),
        (True, ":0", ["--no-open"], False),
        (False, "", ["--open"], True),
    ],
)
def test_it_opens_where_somebody_watches(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, screen: str, asked: list[str], opens: bool
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    monkeypatch.setenv("DISPLAY", screen)
    assert _parser().parse_args(asked).open is opens
