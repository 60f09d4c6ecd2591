"""`python -m demo`: opens the page, plays the story there, and stays up; `--headless` ends with an exit status."""

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
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.monitoring import logs
from demo.narrator import Narrator
from demo.pace import Pace, TakenOver
from demo.scenes import opening
from demo.stage import Stage
from demo.story import START, Story
from demo.tour import FROM_THE_START, TOUR, newcomers
from mentoring.errors import NoProgram
from program.reports import Figures
from sandbox import PersonError

IDLE_SECONDS = 1.0
"""How often the bot looks what is due while a visitor is on the page."""

WAITS_FOR_VISITORS = 20.0
"""Seconds after which the story begins even if nobody has opened the page."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the story; gives 0 when everything that was promised happened, and nothing twice."""
    options = _parser().parse_args(arguments)
    logs.configure("ERROR", "text")
    return _headless(options) if options.headless else _on_the_page(options)


def _headless(options: argparse.Namespace) -> int:
    began = time.monotonic()
    with Stage(START) as stage:
        figures = Story(stage, options.people, options.weeks, options.seed, Narrator(_say)).play()
        result = _result(stage, figures)
        _say(_ending(figures, time.monotonic() - began))
        if options.json:
            _write(options.json, result)
    return 0 if _went_well(result) else 1


def _on_the_page(options: argparse.Namespace) -> int:
    """Open the page, play there, and keep everything running until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    pace = Pace(watched=True, first=None if options.empty else opening())
    try:
        with Stage(START, FROM_THE_START if options.empty else TOUR, pace.show, _opener(options)) as stage:
            _play(stage, pace, options)
            while True:
                stage.idle()
                time.sleep(IDLE_SECONDS)
    except KeyboardInterrupt:
        sys.stdout.flush()
        os._exit(0)  # without waiting for the bot's threads: see `Stage.__exit__`


def _opener(options: argparse.Namespace) -> Callable[[str], None]:
    """What is done with the address of the page as soon as there is one."""

    def opened(address: str) -> None:
        _say(f"The page: {address}  Everybody in it is made up. Ctrl-C ends it.")
        if options.open:
            # Some browsers hold the terminal until they are closed.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    return opened


def _play(stage: Stage, pace: Pace, options: argparse.Namespace) -> None:
    narrator = Narrator(_say, short=not options.verbose)
    if options.verbose:
        stage.slack.timeline.subscribe(narrator.happened)
    story = Story(stage, options.people, options.weeks, options.seed, narrator, pace)
    if options.empty:
        newcomers(stage.slack)
        _say("Nothing is set up yet. The tour on the page begins with that.")
    else:
        _say("The story plays there as soon as you open it. Watch as anybody, skip ahead, or take over.")
        _wait_for_a_visitor(stage)
        _tell(stage, story, pace, options)
    stage.slow_down()
    story.goes_on()


def _wait_for_a_visitor(stage: Stage) -> None:
    ends = time.monotonic() + WAITS_FOR_VISITORS
    while not stage.slack.acted_as() and time.monotonic() < ends:
        time.sleep(0.1)


def _tell(stage: Stage, story: Story, pace: Pace, options: argparse.Namespace) -> None:
    """Tell the story as far as a visitor lets it go; the page stays, whatever they did to it."""
    try:
        figures = story.play()
        _say(_numbers(figures) + " Your turn.")
        if options.json:
            _write(options.json, _result(stage, figures))
    except TakenOver:
        _say("The story stops here. Your turn.")
    except (PersonError, TimeoutError, NoProgram):
        _say("The story could not go on after what you did in it. Your turn.")
    finally:
        pace.end()
    newcomers(stage.slack)


def _write(path: Path, result: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


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
    return f"\nThe end, {seconds:.0f} seconds later: {_numbers(figures)}"


def _numbers(figures: Figures) -> str:
    return ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in asdict(figures).items()) + "."


def _somebody_watches() -> bool:
    """Whether a browser would come up beside this terminal; without a desktop it might take the terminal itself."""
    desktop = sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return sys.stdout.isatty() and desktop


def _at_least(fewest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < fewest:
            raise argparse.ArgumentTypeError(f"give a whole number of at least {fewest}, not {text!r}")
        return int(text)

    return read


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo", description="A mentoring program in fast time.")
    parser.add_argument(
        "--headless", action="store_true", help="play without rests, end when the story ends, and print it"
    )
    parser.add_argument("--empty", action="store_true", help="begin before anything is set up")
    parser.add_argument("--verbose", action="store_true", help="print everything that happens")
    parser.add_argument(
        "--open",
        action=argparse.BooleanOptionalAction,
        default=_somebody_watches(),
        help="open the page in a browser (default: yes, on a terminal of a desktop)",
    )
    parser.add_argument("--people", type=_at_least(2), default=40, help="how many people join (default 40)")
    parser.add_argument(
        "--weeks", type=_at_least(1), default=6, help="how many weeks to live through (default 6)"
    )
    parser.add_argument("--seed", type=int, default=1, help="which story to tell (default 1)")
    parser.add_argument("--json", type=Path, help="write the figures to this file when the story ends")
    return parser


if __name__ == "__main__":
    logging.captureWarnings(True)
    sys.exit(main())
