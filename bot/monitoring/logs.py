"""Logs of the bot: text or JSON lines on standard error, in which secrets and personal data are masked."""

from __future__ import annotations

import json
import logging
import re
import sys
import sysconfig
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final
from urllib.parse import quote, quote_plus

import slack_bolt
import slack_sdk

from bot.monitoring import tracebacks
from bot.monitoring.outage_lines import OUTAGE
from program import acting

MASK: Final = "[masked]"

_SHORTEST_SECRET: Final = 4
"""Shorter values would mask ordinary words, and are no secrets."""

# Bounded repetitions keep each pattern linear in the length of the text.
_PATTERNS: Final = (
    re.compile(r"x(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+"),  # Slack's tokens
    re.compile(r"(?<=://)[^\s/:@]{0,256}:\S{0,256}@"),  # user:password@ in an address
    re.compile(r"(?i:(?<=\bbearer )|(?<=\bticket=))[^\s&\"']+"),  # headers; Socket Mode's one-time ticket
    re.compile(r"(?<=[\"']token[\"']: [\"'])[^\"']+"),  # Slack's old verification token, in a payload
    re.compile(r"(?<=//hooks\.slack\.com/)[^\s\"'>]+"),  # whoever has a response_url can post with it
    re.compile(r"[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"),  # e-mail addresses
)

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")

_SAYS_NOTHING: Final = "As you gave `client` as well"
"""Bolt reads SLACK_BOT_TOKEN by itself, and says at each start that it does not use it."""

_WITH_PAYLOAD: Final = re.compile(r"[{\[(<\n]")

_SLACK_CODE: Final = tuple(str(Path(module.__file__ or "").parent) for module in (slack_bolt, slack_sdk))

_LIBRARIES: Final = (
    str(Path(slack_sdk.__file__ or "").parents[1]),
    *(sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")),
)

_OUR_LOGGERS: Final = frozenset({"bot", "demo", "handlers", "mentoring", "program", "scheduler", "storage"})
_ROOT: Final = str(Path(__file__).parents[2])
_OURS: Final = (_ROOT,) if _ROOT.startswith(_LIBRARIES) else ()
"""Our own code, where it is installed among the libraries."""


class Redactor:
    """Masks tokens, passwords in addresses, e-mail addresses and the given secret values in a text."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {
            form for secret in secrets if len(secret) >= _SHORTEST_SECRET for form in _written_forms(secret)
        }
        # Longest first: a secret may begin with another one.
        longest_first = sorted(forms, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def __call__(self, text: str) -> str:
        """The text with everything secret replaced by `MASK`."""
        if self._secrets:
            text = self._secrets.sub(MASK, text)
        for pattern in _PATTERNS:
            text = pattern.sub(MASK, text)
        return text


def _written_forms(secret: str) -> set[str]:
    """How a value can turn up in a log: as it is, in a form body, in an address, in JSON, in a repr."""
    return {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1]}


class RedactingFilter(logging.Filter):
    """Rewrites each record so that nothing secret is left in it, its traceback included.

    Debug records of all libraries are dropped: they carry whole requests, responses and rows, so what people
    wrote. Slack's copy the root logger's level onto their own loggers, some named after the app, and anybody can set
    that of another, so a level would not hold; the name and where the code stands do. Of what Slack's say at higher
    levels, nothing is left from where a request, an answer or an error could begin.

    What an exception says of itself may hold what people wrote too (`bot.monitoring.tracebacks`). A record
    also gets the id of the act that it came from.
    """

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the record in place; False for a record that must not be written at all."""
        message = _message(record)
        if record.levelno < logging.INFO and _is_of_a_library(record):
            return False
        if record.pathname.startswith(_SLACK_CODE):
            if message.startswith(_SAYS_NOTHING):
                return False
            message = _WITH_PAYLOAD.split(message, maxsplit=1)[0]
        record.msg, record.args = self._redact(message), None
        record.act = acting.current()
        if record.exc_info:
            record.exc_text = tracebacks.without_words(record.exc_info[1])
            record.exc_info = None
        if record.exc_text:
            record.exc_text = self._redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self._redact(record.stack_info)
        return True


def _is_of_a_library(record: logging.LogRecord) -> bool:
    """By its name, or by where the code stands; what was compiled stands where it was called, in our code."""
    path = record.pathname
    by_code = path.startswith(_LIBRARIES) and not path.startswith(_OURS)
    return by_code or record.name.partition(".")[0] not in _OUR_LOGGERS


def _message(record: logging.LogRecord) -> str:
    """The message with its arguments; a mistake in a log call must not print the arguments unmasked."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} (the values do not fit this message)"


class TextFormatter(logging.Formatter):
    """A line a person can read, with the time in UTC.

    Further lines of a record are indented and control characters replaced, so that what people typed can
    neither pass for a record of its own nor steer the operator's terminal.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname:<7} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The record, with its traceback, as one block of lines."""
        return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", super().format(record)).replace("\n", "\n    ")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the standard library's name
        """The line itself, with the id of the act that it is about at its end."""
        act = getattr(record, "act", "")
        return super().formatMessage(record) + (f" [act {act}]" if act else "")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, the act and its facts, and any traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line; newlines inside values are escaped by JSON."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "act": getattr(record, "act", "") or None,
            "exception": record.exc_text,
            "stack": record.stack_info,
            **getattr(record, "facts", {}),
        }
        return json.dumps({key: value for key, value in line.items() if value is not None})


def configure(level: str, fmt: str, secrets: Iterable[str] = ()) -> None:
    """Send every log record of the process to standard error, masked.

    `level` is a name of the standard library's logging; `fmt` is "text" or "json"; `secrets` are values to
    mask wherever they turn up. Warnings and uncaught exceptions, in threads too, take the same way.
    """
    handler = logging.StreamHandler()
    handler.addFilter(OUTAGE)
    handler.addFilter(RedactingFilter(Redactor(secrets)))
    handler.setFormatter(JsonFormatter() if fmt == "json" else TextFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("slack_bolt", "slack_sdk"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.root.level))
    # A line for every tick says nothing; a tick that is missed or fails does.
    logging.getLogger("apscheduler").setLevel(max(logging.WARNING, logging.root.level))
    # Nor does how Alembic counts what it does.
    logging.getLogger("alembic").setLevel(max(logging.WARNING, logging.root.level))
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def fail(text: str) -> None:
    """Tell whoever started a command why it failed: in plain words, or as JSON where that is how it logs."""
    as_json = any(isinstance(handler.formatter, JsonFormatter) for handler in logging.root.handlers)
    for line in text.splitlines():
        if as_json:
            logging.getLogger("bot").critical("%s", line)
        else:
            sys.stderr.write(f"{line}\n")


def _log_uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
    else:
        logging.getLogger("bot").critical("The bot stopped on an error.", exc_info=(kind, error, traceback))


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value and not issubclass(args.exc_type, SystemExit):
        logging.getLogger("bot").critical(
            "A thread stopped on an error.", exc_info=(args.exc_type, args.exc_value, args.exc_traceback)
        )
