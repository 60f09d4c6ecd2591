"""The progress bar: only on a terminal, only when it takes longer, and gone in the end."""

from __future__ import annotations

import io
import itertools
import time

from bot.commands.progress import Progress
from tests.patience import PATIENCE


class Terminal(io.StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_it_shows_what_is_done_and_for_how_long() -> None:
    now = iter((10.0, 13.4, 25.0))
    progress = Progress(["Reading", "Pairing"], io.StringIO(), lambda: next(now))
    progress.step("Reading")
    assert progress.line() == "[--------------------] Reading, 3 s"
    progress.step("Pairing")
    assert progress.line() == "[##########----------] Pairing, 15 s"


def test_the_bar_never_goes_back() -> None:
    progress = Progress(["Choosing", "Proving"], io.StringIO(), lambda: 0.0)
    progress.step("Proving")
    progress.step("Choosing")
    assert progress.line() == "[##########----------] Choosing, 0 s"


def test_it_comes_on_a_terminal_and_goes() -> None:
    terminal = Terminal()
    seconds = itertools.count()
    with Progress(["Reading"], terminal, lambda: next(seconds)) as progress:
        progress.step("Reading")
        deadline = time.monotonic() + PATIENCE
        while not terminal.getvalue() and time.monotonic() < deadline:
            time.sleep(0.05)
    assert terminal.getvalue().startswith("\r\x1b[K[--------------------] Reading, 1 s")
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_it_is_silent_when_quick_or_not_on_a_terminal() -> None:
    quick, file = Terminal(), io.StringIO()
    with Progress(["Reading"], quick):
        pass
    with Progress(["Reading"], file) as progress:
        progress.step("Reading")
        time.sleep(1.3)
    assert quick.getvalue() + file.getvalue() == ""
