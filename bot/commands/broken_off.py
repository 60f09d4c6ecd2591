"""How a command ends that is broken off: by whoever runs it, by whoever reads what it prints, or by what it needs."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot import limits

DONE, WRONG, STOPPED = 0, 1, 130
"""How a command ends that did what it can, that cannot, and that somebody stopped, as shells count that."""

_BUG: Final = (
    "This command was broken off by an error of its own ({kind}). Please report it, with what it logs at "
    "LOG_LEVEL=DEBUG."
)


def in_words(work: Callable[[], int], address: str = "") -> int:
    """Do the work, which gives the exit status; whatever breaks it off ends it in a sentence.

    `address` is that of the database that it may be about.
    """
    try:
        status = work()
        if sys.stdout is not None:  # as where it was closed before the start
            sys.stdout.flush()
    except SystemExit:
        _print_no_more()
        raise
    except KeyboardInterrupt:
        _say("Stopped.")
        return STOPPED
    except BrokenPipeError:
        # Whoever read the result has seen enough.
        _print_no_more()
        return DONE
    except Exception as problem:
        logging.getLogger("bot").debug("The command was broken off", exc_info=True)
        _say(_why(problem, address, printed=_print_no_more()))
        return WRONG
    return status


def _why(problem: Exception, address: str, printed: bool) -> str:
    if address and _is_of_a_database(problem):
        from storage.opening import causes

        return str(causes.of(address, problem))
    if too_little := limits.of(problem):
        return too_little
    if isinstance(problem, OSError) and problem.strerror:
        if not printed:
            return f"The result cannot be written ({problem.strerror})."
        if problem.filename is not None:
            return f"{os.fsdecode(problem.filename)}: {problem.strerror}."
        if _folder_is_gone():
            return "The folder in which this was started is not there any more. Start it in another."
    return _BUG.format(kind=type(problem).__name__)


def _folder_is_gone() -> bool:
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _is_of_a_database(problem: Exception) -> bool:
    """By where its kind is from; a command without a database has loaded none of these."""
    origins = {kind.__module__.partition(".")[0] for kind in type(problem).__mro__}
    return bool(origins & {"sqlalchemy", "sqlite3", "psycopg"})


def _say(sentence: str) -> None:
    from bot.monitoring import logs

    with suppress(OSError, ValueError, AttributeError):  # nobody hears it, and nothing else can be done
        logs.fail(sentence)


def _print_no_more() -> bool:
    """Python would complain once more at its end about what it could not print; tells whether all was printed."""
    if sys.stdout is None:
        return True
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        return True
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return False
