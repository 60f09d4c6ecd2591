"""The command line: the commands, what each loads, and how they end."""

from __future__ import annotations

import argparse
import gc
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands import broken_off, keep_options, match_options, people_options, report_options
from bot.ending import Signals, ToldToStopError

if TYPE_CHECKING:
    from bot.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status: 0 done, 1 something is wrong, 2 what was given cannot be used."""
    return broken_off.in_words(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    parsed = _parser().parse_args(arguments)
    return _match(parsed) if parsed.command == "match" else _with_settings(parsed)


# Each command loads what it needs: Slack's libraries and the database take a while, and so do spreadsheets and arrays.


def _match(parsed: argparse.Namespace) -> int:
    from bot.commands import match

    return match.run(parsed)


def _with_settings(parsed: argparse.Namespace) -> int:
    from bot import settings
    from bot.monitoring import logs
    from bot.settings import SettingsError

    try:
        loaded = settings.load(os.environ)
    except SettingsError as problem:
        if problem.log_format == "json":
            logs.configure("INFO", "json")
        logs.fail("\n".join(["The settings cannot be used:", *(f"- {line}" for line in problem.problems)]))
        return 2
    logs.configure(loaded.log_level, loaded.log_format, loaded.secrets)
    for warning in loaded.warnings:
        logging.getLogger("bot").warning(warning)
    return broken_off.in_words(lambda: _command(parsed, loaded), loaded.database_url)


def _command(parsed: argparse.Namespace, loaded: Settings) -> int:
    with_options = {"people": _people, "audit": _audit, "rehearse": _rehearse, "report": _report}
    with_options |= dict.fromkeys(keep_options.NAMES, _keep)
    if parsed.command in with_options:
        return with_options[parsed.command](parsed, loaded)
    if parsed.command == "health":
        return _health(parsed, loaded)
    return {"run": run, "doctor": _doctor, "restored": _restored}[parsed.command](loaded)


def run(loaded: Settings) -> int:
    """Run the bot until SIGTERM or SIGINT."""
    signals = Signals()
    with _loading():
        from bot.monitoring import logs
        from bot.starting import CannotStart
        from bot.wiring import Bot

    try:
        with signals.break_off():
            bot = Bot(loaded)
            bot.listen()
        bot.start()
    except ToldToStopError:
        logging.getLogger("bot").info("Reverse Mentor has stopped")
        return 0
    except Exception as problem:
        # What was broken off in the middle of anything may not be tidied up like what was begun as a whole.
        logging.getLogger("bot").debug("The start failed", exc_info=True)
        if signals.told:
            logging.getLogger("bot").info("Reverse Mentor has stopped")
            return 0
        if isinstance(problem, CannotStart):
            logs.fail(str(problem))
            return 1
        logs.fail(
            f"The bot cannot start because of an error of its own ({type(problem).__name__}). "
            "Please report it, with what it logs at LOG_LEVEL=DEBUG."
        )
        return 1
    signals.stop.wait()
    bot.stop()
    return 0


@contextmanager
def _loading() -> Iterator[None]:
    """Load modules without looking for garbage, of which they leave none: that is a tenth of the time.

    What was loaded stays, so that nobody looks through it later either.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _rehearsal_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--weeks", type=int, choices=range(1, 53), default=4, metavar="N", help="how many, from 1 to 52 (4)"
    )
    parser.add_argument("--silent", action="store_true", help="as if nobody answered a check-in")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the list here instead of printing it")


def _rehearse(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import rehearse

    return rehearse.run(loaded, parsed)


def _doctor(loaded: Settings) -> int:
    from bot.commands import doctor

    return doctor.report(loaded)


def _health(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import ask_health

    return ask_health.report(loaded, live=parsed.live)


def _restored(loaded: Settings) -> int:
    from bot.commands import restored

    return restored.report(loaded)


def _people(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import people

    return people.run(parsed, loaded)


def _audit(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import audit

    return audit.run(parsed, loaded)


def _report(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import report

    return report.run(parsed, loaded)


def _keep(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import keep

    return keep.run(parsed, loaded)


class _Version(argparse.Action):
    """Says the version; it is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from bot import version

        print(f"reverse-mentor {version.number()}")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reverse-mentor", description="A Slack bot that runs reverse mentoring."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser(
        "run",
        help="run the bot until it is told to stop",
        description="Run the bot until it is told to stop.",
    )
    commands.add_parser(
        "doctor",
        help="check tokens, scopes, the leads' channel, the database and the clock",
        description="Say what the bot's settings, its app, its channel and its database still need.",
    )
    commands.add_parser(
        "health",
        help="ask the running bot whether it is well, for containers",
        description="Ask the running bot on HEALTH_PORT whether all of it works; the exit status is 0 or 1.",
    ).add_argument("--live", action="store_true", help="ask only whether it has to be started again")
    commands.add_parser(
        "restored",
        help="say that the database was put back from a backup, before the next run",
        description="After a backup was put back: what waits there is looked for before it is sent.",
    )
    keep_options.add_commands(commands)
    _rehearsal_options(
        commands.add_parser(
            "rehearse",
            help="list what would be sent in the coming weeks",
            description="Every message of the coming weeks, with its readers. Nothing is sent, nothing is changed.",
        )
    )
    match_options.add_options(
        commands.add_parser(
            "match",
            help="pair people from a spreadsheet, without Slack",
            description="Find the best pairs for the people in a spreadsheet, and say why. Nothing is sent anywhere.",
        )
    )
    people_options.add_people(
        commands.add_parser(
            "people",
            help="bring what HR knows about people up to date, or write it out",
            description="Level, department and manager of everybody, from a file of HR. Nobody joins a program by it.",
        )
    )
    people_options.add_audit(
        commands.add_parser(
            "audit", help="write out what leads decided", description="The audit log of all programs."
        )
    )
    report_options.add_options(
        commands.add_parser(
            "report",
            help="write out what a cycle came to, as figures or as a page with pictures",
            description="The report on a cycle that has ended, as it was made then. No figure is about a small group.",
        )
    )
    return parser
