"""`python -m benchmarks.first_hour`: how long it takes from a clone to the demo's page, and to a first pair in it."""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.process import ROOT

DEMO = "DEMO=--no-open --verbose"
_ADDRESS = re.compile(r"http://\S+")
_INTRODUCED = "posted in group DM"
_NO_PARENT = ("MAKE", "MFLAGS")
"""How the variables begin by which one make speaks to another; this one is on its own."""


class Stopped(Exception):
    """The demo ended before it came to what was waited for; the text is what was waited for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Clone, install and watch, as somebody would who has just found the project; prints the seconds of each."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="first-hour-") as folder:
        checkout = Path(folder) / "checkout"
        _took("git clone", lambda: _run("git", "clone", "--quiet", str(options.source), str(checkout)))
        make = ("make", "--directory", str(checkout), f"PYTHON={options.python}")
        _took("make install", lambda: _run(*make, "install"))
        try:
            with _demo((*make, "--silent", "demo", DEMO)) as lines:
                _watch(lines)
        except Stopped as problem:
            print(f"The demo ended before there was {problem}.")
            return 1
    return 0


def _watch(lines: Iterator[str]) -> None:
    """Wait for the address, look at the page, and wait for the first pair, without skipping anything."""
    began = time.monotonic()
    address = _ADDRESS.search(_first(lines, "http://", "an address"))
    assert address, "the line was chosen by it"
    _say("make demo, until it names its page", time.monotonic() - began)
    with httpx.Client(base_url=address[0], trust_env=False) as http:
        _took("the page answers", lambda: http.get("/").raise_for_status())
        with http.stream("GET", "/page/stream"):  # an open page, for which the story waits
            _first(lines, _INTRODUCED, "a pair")
    _say("make demo, until a first pair is introduced", time.monotonic() - began)


def _first(lines: Iterator[str], wanted: str, what: str) -> str:
    for line in lines:
        if wanted in line:
            return line
    raise Stopped(what)


@contextmanager
def _demo(command: Sequence[str]) -> Iterator[Iterator[str]]:
    """The lines of a demo that ends when nobody reads them any more."""
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=_own_environment(), start_new_session=True
    )
    assert running.stdout, "it was asked for"
    try:
        yield iter(running.stdout)
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, env=_own_environment())


def _own_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(_NO_PARENT)}


def _took(what: str, deed: Callable[[], object]) -> None:
    began = time.monotonic()
    deed()
    _say(what, time.monotonic() - began)


def _say(what: str, seconds: float) -> None:
    print(f"{seconds:7.1f} s  {what}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.first_hour",
        description="How long it takes from a clone to the demo's page, and to a first pair in it.",
    )
    parser.add_argument(
        "--source", default=ROOT, help="what is cloned (default: this checkout's last commit)"
    )
    parser.add_argument("--python", default=sys.executable, help="the interpreter (default: this one)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
