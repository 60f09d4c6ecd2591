"""The command line: the commands, what each loads, and how they end."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.commands import (
    broken_off,
    keep_options,
    match_options,
    people_options,
    rehearse_options,
    report_options,
)
from bot.ending import Signals, ToldToStopError

if TYPE_CHECKING:
    from bot.settings import Settings

    _Runs = Callable[[argparse.Namespace, Settings], int]


_TURN: Final = 0.0005
"""Seconds after which loading lets another thread do something."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status: 0 done, 1 something is wrong, 2 what was given cannot be used."""
    return broken_off.in_words(lambda: _command(arguments))


def _command(arguments: Sequence[str] | None) -> int:
    parsed = _parser().parse_args(arguments)
    return _match(parsed) if parsed.run is _match else _with_settings(parsed)


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
    run: _Runs = parsed.run
    return broken_off.in_words(lambda: run(parsed, loaded), loaded.database_url)


def _run(_parsed: argparse.Namespace, loaded: Settings) -> int:
    """Run the bot until SIGTERM or SIGINT."""
    signals = Signals()
    with _loading():
        from bot.meanwhile import Meanwhile

        meanwhile = Meanwhile(loaded)
        from bot.monitoring import logs
        from bot.starting import CannotStart
        from bot.wiring import Bot

    try:
        with meanwhile, signals.break_off():
            bot = Bot(loaded, meanwhile=meanwhile)
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

    What was loaded stays, so that nobody looks through it later either. What goes on beside gets its turns soon.
    """
    turns = sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(turns)
        gc.freeze()
        gc.enable()


# Each command loads what it needs: Slack's libraries and the database take a while, and so do spreadsheets and arrays.


def _match(parsed: argparse.Namespace, _loaded: Settings | None = None) -> int:
    from bot.commands import match

    return match.run(parsed)


def _doctor(_parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import doctor

    return doctor.report(loaded)


def _health(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import ask_health

    return ask_health.report(loaded, live=parsed.live)


def _restored(_parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import restored

    return restored.report(loaded)


def _keep(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import keep

    return keep.run(parsed, loaded)


def _rehearse(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import rehearse

    return rehearse.run(loaded, parsed)


def _people(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import people

    return people.run(parsed, loaded)


def _audit(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import audit

    return audit.run(parsed, loaded)


def _report(parsed: argparse.Namespace, loaded: Settings) -> int:
    from bot.commands import report

    return report.run(parsed, loaded)


class _Version(argparse.Action):
    """Says the version; it is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from bot import version

        print(f"reverse-mentor {version.number()}")
        parser.exit()


def _health_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--live", action="store_true", help="ask only whether it has to be started again")


class _Command(NamedTuple):
    """A word of the command line: its words in short and at length, what runs it, and what may follow it."""

    name: str
    short: str
    long: str
    run: _Runs
    options: Callable[[argparse.ArgumentParser], object] = lambda _parser: None


_COMMANDS = (
    _Command(
        "run",
        "run the bot until it is told to stop",
        "Run the bot until it is told to stop.",
        _run,
    ),
    _Command(
        "doctor",
        "check tokens, scopes, the leads' channel, the database and the clock",
        "Say what the bot's settings, its app, its channel and its database still need.",
        _doctor,
    ),
    _Command(
        "health",
        "ask the running bot whether it is well, for containers",
        "Ask the running bot on HEALTH_PORT whether all of it works; the exit status is 0 or 1.",
        _health,
        _health_options,
    ),
    _Command(
        "restored",
        "say that the database was put back from a backup, before the next run",
        "After a backup was put back: what waits there is looked for before it is sent.",
        _restored,
    ),
    _Command(
        "backup",
        "copy the database to a file, while the bot runs",
        "A whole copy of a SQLite database, looked at before it gets its name. For PostgreSQL, pg_dump is named.",
        _keep,
        keep_options.add_backup,
    ),
    _Command(
        "restore",
        "put a backup in the place of the database, which is kept",
        "The bot has to be stopped. The database that was there is kept beside it under another name.",
        _keep,
        keep_options.add_restore,
    ),
    _Command(
        "check",
        "look through the whole database, or a backup",
        "Pages, rows that belong to nothing, and messages that cannot be as they are. Nothing is changed.",
        _keep,
        keep_options.add_check,
    ),
    _Command(
        "move",
        "take everything from the SQLite file to an empty PostgreSQL",
        "The bot has to be stopped. Each row is compared, and the SQLite file stays as it is.",
        _keep,
        keep_options.add_move,
    ),
    _Command(
        "rehearse",
        "list what would be sent in the coming weeks",
        "Every message of the coming weeks, with its readers. Nothing is sent, nothing is changed.",
        _rehearse,
        rehearse_options.add_options,
    ),
    _Command(
        "match",
        "pair people from a spreadsheet, without Slack",
        "Find the best pairs for the people in a spreadsheet, and say why. Nothing is sent anywhere.",
        _match,
        match_options.add_options,
    ),
    _Command(
        "people",
        "bring what HR knows about people up to date, or write it out",
        "Level, department and manager of everybody, from a file of HR. Nobody joins a program by it.",
        _people,
        people_options.add_people,
    ),
    _Command(
        "audit",
        "write out what leads decided",
        "The audit log of all programs.",
        _audit,
        people_options.add_audit,
    ),
    _Command(
        "report",
        "write out what a cycle came to, as figures or as a page with pictures",
        "The report on a cycle that has ended, as it was made then. No figure is about a small group.",
        _report,
        report_options.add_options,
    ),
)
"""All of them, as `--help` lists them."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reverse-mentor", description="A Slack bot that runs reverse mentoring."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for one in _COMMANDS:
        added = commands.add_parser(one.name, help=one.short, description=one.long)
        added.set_defaults(run=one.run)
        one.options(added)
    return parser
