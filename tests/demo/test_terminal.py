"""What somebody reads in the terminal: the address at first, then a line for each scene."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from demo.__main__ import main
from tests.house.sources import ROOT


@contextmanager
def demo(*options: str) -> Iterator[Iterator[str]]:
    """The lines of a running demo; it must end well when it is told to."""
    command = [sys.executable, "-m", "demo", "--no-open", *options]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert running.stdout
    try:
        yield iter(running.stdout)
    finally:
        running.send_signal(signal.SIGTERM)
        rest, _ = running.communicate()
        assert running.returncode == 0, rest


@pytest.mark.slow
def test_the_address_comes_first_and_the_story_waits_for_a_visitor() -> None:
    with demo("--people", "2", "--weeks", "1") as lines:
        address = re.search(r"http://127\.0\.0\.1:\d+/", next(lines))
        assert address
        with httpx.Client(base_url=address[0], trust_env=False) as http:
            assert "Sandbox" in http.get("/").text
            with http.stream("GET", "/page/stream") as stream:
                assert stream.status_code == 200
                assert "The story plays there" in next(lines)
                assert "a workspace admin sets up the program" in next(lines)
                assert http.post("/page/show", json={"do": "skip all"}).status_code == 200
                told = [next(lines) for _ in range(4)]
    assert [line for line in told if not re.match(r"  \w+day, ", line)] == []


def test_an_empty_company_waits_for_its_visitor() -> None:
    with demo("--empty", "--people", "2") as lines:
        assert "http://127.0.0.1:" in next(lines)
        assert "Nothing is set up yet" in next(lines)


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [("--people", "1", "at least 2"), ("--people", "many", "at least 2"), ("--weeks", "0", "at least 1")],
)
def test_numbers_that_make_no_story_are_refused(
    option: str, value: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([option, value])
    assert told in capsys.readouterr().err


@pytest.mark.slow
def test_the_headless_story_ends_by_itself_with_figures(tmp_path: Path) -> None:
    figures = tmp_path / "story.json"
    assert main(["--headless", "--people", "6", "--weeks", "1", "--json", str(figures)]) == 0
    assert '"enrolled": 6' in figures.read_text()
