"""`python -m demo`: plays the story readably, then leaves the page up; `--headless` ends with an exit status."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot import logs
from demo.narrator import Narrator
from demo.stage import Stage
from demo.story import START, Story
from demo.tour import newcomers
from program.reports import Figures

IDLE_SECONDS = 1.0
"""How often the bot looks what is due while a visitor is on the page."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the story; gives 0 when everything that was promised happened, and nothing twice."""
    options = _parser().parse_args(arguments)
    logs.configure("ERROR", "text")
    began = time.monotonic()
    with Stage(START) as stage:
        narrator = Narrator(_say)
        if not options.headless:
            stage.slack.timeline.subscribe(narrator.happened)
        figures = Story(stage, options.people, options.weeks, options.seed, narrator).play()
        result = _result(stage, figures)
        _say(_ending(figures, time.monotonic() - began))
        if options.json:
            options.json.parent.mkdir(parents=True, exist_ok=True)
            options.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        if not options.headless:
            _leave_up(stage, options.open)
    return 0 if _went_well(result) else 1


def _result(stage: Stage, figures: Figures) -> dict[str, Any]:
    return asdict(figures) | {
        "duplicates": len(stage.slack.duplicates()),
        "calls": stage.slack.calls.counts(),
        "errors": stage.slack.calls.errors(),
    }


def _went_well(result: dict[str, Any]) -> bool:
    happened = ("enrolled", "proposed", "approved", "introduced", "checkins_sent", "checkins_answered")
    return all(result[name] for name in happened) and not result["duplicates"] and not result["errors"]


def _say(line: str) -> None:
    print(line, flush=True)


def _ending(figures: Figures, seconds: float) -> str:
    numbers = ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in asdict(figures).items())
    return f"\nThe end, {seconds:.0f} seconds later: {numbers}."


def _leave_up(stage: Stage, in_browser: bool) -> None:
    """Keep everything running, for whoever opens the page, until Ctrl-C or SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    stage.slow_down()
    newcomers(stage.slack)
    _say(f"Your turn: open {stage.slack.page_url} in a browser. Everybody in it is made up. Ctrl-C ends it.")
    if in_browser:
        webbrowser.open(stage.slack.page_url)
    while not stop.wait(IDLE_SECONDS):
        stage.idle()


def _somebody_watches() -> bool:
    """Whether a browser would come up beside this terminal; without a desktop it might take the terminal itself."""
    desktop = sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return sys.stdout.isatty() and desktop


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo", description="A mentoring program in fast time.")
    parser.add_argument("--headless", action="store_true", help="end when the story ends")
    parser.add_argument(
        "--open",
        action=argparse.BooleanOptionalAction,
        default=_somebody_watches(),
        help="open the page in a browser when the story ends (default: yes, on a terminal of a desktop)",
    )
    parser.add_argument("--people", type=int, default=40, help="how many people join (default 40)")
    parser.add_argument("--weeks", type=int, default=6, help="how many weeks to live through (default 6)")
    parser.add_argument("--seed", type=int, default=1, help="which story to tell (default 1)")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser


if __name__ == "__main__":
    logging.captureWarnings(True)
    sys.exit(main())
