"""What an operator can set, read from the environment and `.env`, with every mistake reported at once."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from bot import env_files, examples, kept_for, listening_on, near_names
from bot.examples import FROM_SLACK
from bot.monitoring.logs import Redactor
from bot.slack.hosts import may_have_tokens, split

SECRETS: Final = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL")
"""Variables that hold secrets; each can be given as `NAME_FILE` too, the path of a file with the value."""

NAMES: Final = (
    *(name for secret in SECRETS for name in (secret, f"{secret}_FILE")),
    "SLACK_API_URL",
    "REVERSE_MENTOR_ALLOW_INSECURE_API_URL",
    "REVERSE_MENTOR_ADMINS",
    "REVERSE_MENTOR_WORKSPACE",
    kept_for.NAME,
    kept_for.AUDIT,
    "REVERSE_MENTOR_TICK_SECONDS",
    "REVERSE_MENTOR_TRUST_CLOCK",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "HTTP_HOST",
    "HTTP_PORT",
    "HEALTH_HOST",
    "HEALTH_PORT",
)
"""Every variable the bot reads."""

DEFAULT_API_URL: Final = "https://slack.com/api/"
DEFAULT_DATABASE_URL: Final = "sqlite:///reverse-mentor.db"
LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS: Final = ("text", "json")

_SECRET_FILE_LIMIT: Final = 64 * 1024
_USER_ID: Final = re.compile(r"[UW][A-Za-z0-9_-]+")
_WORKSPACE_ID: Final = re.compile(r"[TE][A-Za-z0-9_-]+")
_QUOTES: Final = frozenset("\"'")
_YES: Final = frozenset({"1", "true", "yes", "on"})
_NO: Final = frozenset({"", "0", "false", "no", "off"})


class SettingsError(Exception):
    """The settings cannot be used; `problems` says everything that is wrong, one plain sentence each."""

    def __init__(self, problems: list[str], log_format: str = "text") -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        self.log_format = log_format
        """How to tell, as far as that much could be understood."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the operator decided; secrets stay out of `repr()`, `warnings` are for the start-up log."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str = DEFAULT_API_URL
    database_url: str = field(default=DEFAULT_DATABASE_URL, repr=False)
    admins: frozenset[str] = frozenset()
    log_level: str = "INFO"
    log_format: str = "text"
    tick_seconds: float = 15.0
    trust_clock: bool = False
    http_host: str = "127.0.0.1"
    http_port: int = 3000
    health_host: str = "127.0.0.1"
    health_port: int | None = None
    """Where monitors ask how the bot is; None for nowhere."""

    workspace: str = ""
    """The workspace that the operator says the database is for; empty for the one whose program it holds."""

    keeps: timedelta | None = None
    """How long finished messages and check-ins stay on record; None for ever."""

    keeps_audit: timedelta | None = None
    """The same for entries of the audit log."""

    warnings: tuple[str, ...] = ()

    @property
    def mode(self) -> Literal["socket", "http"]:
        """How Slack reaches the bot: over Socket Mode where there is an app-level token, else over HTTP."""
        return "socket" if self.app_token else "http"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that must never be shown, for the log filter to mask."""
        password = urlsplit(self.database_url).password or ""
        values = (self.bot_token, self.app_token, self.signing_secret, password, unquote(password))
        return tuple(value for value in values if value)


def load(environ: Mapping[str, str], env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings from `environ` and, for what it does not name, from `env_file` if that exists.

    An empty variable counts as not set, so an empty one in the environment switches off a line of the file.
    Raises SettingsError with all problems at once; no sentence holds any part of a secret.
    """
    reader = _Reader(environ, env_file)
    settings = Settings(
        bot_token=reader.token("SLACK_BOT_TOKEN"),
        app_token=reader.token("SLACK_APP_TOKEN") or None,
        signing_secret=reader.token("SLACK_SIGNING_SECRET") or None,
        api_url=_api_url(reader),
        database_url=_database_url(reader),
        admins=_admins(reader),
        log_level=reader.choice("LOG_LEVEL", LOG_LEVELS, "INFO"),
        log_format=reader.choice("LOG_FORMAT", LOG_FORMATS, "text"),
        tick_seconds=reader.number("REVERSE_MENTOR_TICK_SECONDS", default=15, least=0.01, most=3600),
        trust_clock=reader.switch("REVERSE_MENTOR_TRUST_CLOCK"),
        http_host=listening_on.host("HTTP_HOST", reader.text("HTTP_HOST"), reader.fail),
        http_port=reader.port("HTTP_PORT", default=3000),
        health_host=listening_on.host("HEALTH_HOST", reader.text("HEALTH_HOST"), reader.fail),
        health_port=reader.port("HEALTH_PORT", default=0) if reader.text("HEALTH_PORT") else None,
        workspace=_workspace(reader),
        keeps=kept_for.read(reader.text, reader.fail),
        keeps_audit=kept_for.read_audit(reader.text, reader.fail),
        warnings=tuple(reader.warnings),
    )
    problems = _credential_problems(settings, reader.failed) + reader.problems
    if settings.mode == "http" and (both := listening_on.same_port(settings.http_port, settings.health_port)):
        problems.append(both)
    if reader.no_file and not settings.bot_token:
        problems.insert(0, reader.no_file)
    if problems:
        # A value can stand in the wrong line of .env, so even a sentence about LOG_LEVEL could hold a token.
        redact = Redactor(settings.secrets)
        problems += reader.twice
        raise SettingsError([redact(problem) for problem in problems], settings.log_format)
    return settings


def _credential_problems(settings: Settings, failed: set[str]) -> list[str]:
    """What is missing or in the wrong place; variables in `failed` were given, but could not be read."""
    problems = []
    if not settings.bot_token and "SLACK_BOT_TOKEN" not in failed:
        problems.append(f"SLACK_BOT_TOKEN is not set. {FROM_SLACK['SLACK_BOT_TOKEN']}")
    no_way_in = not settings.app_token and not settings.signing_secret
    if no_way_in and not failed & {"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"}:
        problems.append(
            f"SLACK_APP_TOKEN is not set. {FROM_SLACK['SLACK_APP_TOKEN']} To have Slack call the bot over HTTP "
            "instead, set SLACK_SIGNING_SECRET."
        )
    # Only Slack's own two prefixes in each other's place are a mistake for sure: a stand-in for Slack may
    # hand out tokens of any form.
    if settings.bot_token.startswith("xapp-"):
        problems.append(
            "SLACK_BOT_TOKEN holds an app-level token. Move it to SLACK_APP_TOKEN; bot tokens start xoxb-."
        )
    if (settings.signing_secret or "").startswith(("xoxb-", "xapp-")):
        problems.append(f"SLACK_SIGNING_SECRET holds a token. {FROM_SLACK['SLACK_SIGNING_SECRET']}")
    if (settings.app_token or "").startswith("xoxb-"):
        problems.append(
            "SLACK_APP_TOKEN holds a bot token. Move it to SLACK_BOT_TOKEN; app tokens start xapp-."
        )
    return problems


class _Reader:
    """Turns variables into values, and collects what is wrong with them on the way."""

    def __init__(self, environ: Mapping[str, str], env_file: Path | None) -> None:
        self.problems: list[str] = []
        self.warnings: list[str] = []
        self.failed: set[str] = set()
        """Secrets that were given, but not in a form the bot can use."""
        self.twice: tuple[str, ...] = ()
        """Which settings stand in the file with two values: one of them may be what is wrong with it."""
        self.no_file = ""
        """That there is no file, and what to do; empty when there is one, or none is wanted."""
        from_file = self._read_file(env_file) if env_file else {}
        self._look_for_slips(environ, from_file)
        overridden = {form for name in SECRETS if _is_given(name, environ) for form in _forms(name)}
        self._values = {name: value for name, value in from_file.items() if name not in overridden}
        self._values.update(environ)

    def _look_for_slips(self, environ: Mapping[str, str], from_file: Mapping[str, str]) -> None:
        """Names near those of settings would have no effect, and the setting would be missing, or another's."""
        for name in sorted({*environ, *from_file} - set(NAMES)):
            in_file = name in from_file
            right = (near_names.meant_in_file if in_file else near_names.meant)(name, NAMES)
            if right and not (right in environ or (in_file and right in from_file)):
                where = ".env" if in_file else "the environment"
                self.problems.append(f"{name} in {where} is not a setting. Write {right}.")
            elif (
                right
                or name.startswith(near_names.PREFIX)
                or (in_file and not near_names.is_neighbours(name))
            ):
                meant = f"{right} is set, too" if right else "Check its spelling"
                self.warnings.append(f"{name} is not a setting of this bot and has no effect. {meant}.")

    def _read_file(self, path: Path) -> dict[str, str]:
        found = env_files.read(path)
        self.no_file = found.missing
        self.problems += found.problems
        self.twice = found.twice
        self.warnings += (*found.warnings, *found.twice)
        return found.values

    def fail(self, name: str, problem: str) -> str:
        """Note a problem with the variable `name`; its value is then ""."""
        self.failed.add(name)
        self.problems.append(problem)
        return ""

    def text(self, name: str) -> str:
        """The value without surrounding blanks; "" when it is not set."""
        return self._values.get(name, "").strip()

    def secret(self, name: str) -> str:
        """The value of a secret, given directly or through a file."""
        path = self.text(f"{name}_FILE")
        if not path:
            value = self.text(name)
            if value[:1] in _QUOTES and value[-1:] == value[:1]:
                return self.fail(
                    name, f"{name} stands in quotes, which count as a part of it here. Remove them."
                )
            return value
        if self.text(name):
            return self.fail(name, f"{name} and {name}_FILE are both set. Keep one of them.")
        try:
            with Path(path).open("rb") as file:
                value = file.read(_SECRET_FILE_LIMIT).decode().strip()
        except (OSError, UnicodeDecodeError) as error:
            return self.fail(
                name,
                f"The file in {name}_FILE could not be read ({env_files.reason(error)}). Check the path.",
            )
        return value or self.fail(name, f"The file in {name}_FILE is empty. Put the value into it.")

    def token(self, name: str) -> str:
        """A secret of printable ASCII characters without blanks, as HTTP headers and Slack need it."""
        value = self.secret(name)
        if examples.is_placeholder(value):
            return self.fail(name, f"{name} holds a placeholder. {FROM_SLACK[name]}")
        if value.isascii() and value.isprintable() and " " not in value:
            return value
        return self.fail(name, f"{name} holds blanks or special characters. Copy it from Slack once more.")

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """One of `choices`, in any mix of upper and lower case."""
        value = self.text(name) or default
        match = next((choice for choice in choices if choice.lower() == value.lower()), None)
        if match is None:
            self.fail(name, f"{name} is {value!r}. Use one of: {', '.join(choices)}.")
        return match or default

    def number(self, name: str, *, default: float, least: float, most: float) -> float:
        """A finite number from `least` to `most`."""
        try:
            value = float(self.text(name) or default)
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            self.fail(name, f"{name} is {self.text(name)!r}. Use a number from {least:g} to {most:g}.")
        return value

    def port(self, name: str, *, default: int) -> int:
        """A TCP port; 0 lets the system choose a free one."""
        text = self.text(name) or str(default)
        if re.fullmatch(r"[0-9]{1,5}", text) and int(text) <= 65535:
            return int(text)
        self.fail(name, f"{name} is {text!r}. Use a whole number from 0 to 65535.")
        return default

    def switch(self, name: str) -> bool:
        """Yes or no; not set is no."""
        value = self.text(name).lower()
        if value not in _YES | _NO:
            self.fail(name, f"{name} is {value!r}. Use 1 for yes or 0 for no.")
        return value in _YES


def _admins(reader: _Reader) -> frozenset[str]:
    """Slack user ids, separated by commas or blanks."""
    name = "REVERSE_MENTOR_ADMINS"
    ids = frozenset(re.split(r"[\s,;]+", reader.text(name))) - {""}
    wrong = sorted(entry for entry in ids if not _USER_ID.fullmatch(entry))
    if wrong:
        reader.fail(
            name,
            f"{name} holds {', '.join(map(repr, wrong))}. Use Slack user ids such as U012AB3CD: open the "
            "person's profile in Slack, then the menu with the three dots, and choose Copy member ID.",
        )
    return ids


def _workspace(reader: _Reader) -> str:
    """The id of a workspace."""
    name = "REVERSE_MENTOR_WORKSPACE"
    value = reader.text(name)
    if value and not _WORKSPACE_ID.fullmatch(value):
        reader.fail(name, f"{name} is {value!r}. Use the id of a workspace, such as T012AB3CD.")
    return value


def _api_url(reader: _Reader) -> str:
    """The base address of Slack's Web API, with exactly one slash at its end."""
    name, trust = "SLACK_API_URL", "REVERSE_MENTOR_ALLOW_INSECURE_API_URL"
    url = reader.text(name) or DEFAULT_API_URL
    parts, trusted = split(url), reader.switch(trust)
    target = f"{parts.scheme}://{parts.hostname}"
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        reader.fail(
            name, f"{name} is not a web address the bot can use. Leave it out for Slack ({DEFAULT_API_URL})."
        )
    elif parts.username or parts.password:
        reader.fail(name, f"{name} holds a user name or a password. Remove it from the address.")
    elif trusted and not may_have_tokens(parts):
        reader.warnings.append(
            f"The Slack tokens go to {target}, which is not Slack, because {trust} is set."
        )
    elif not may_have_tokens(parts):
        reader.fail(
            name,
            f"{name} points to {target}. The bot sends its tokens only to Slack over https or to this "
            f"machine; if you trust that host, set {trust}=1.",
        )
    return url.rstrip("/") + "/"


def _database_url(reader: _Reader) -> str:
    """An address as SQLAlchemy reads it: of a SQLite file, or of a PostgreSQL database (driver psycopg)."""
    name = "DATABASE_URL"
    url = reader.secret(name) or DEFAULT_DATABASE_URL
    if "#" in url or url.partition("?")[0].count("@") > 1:
        return reader.fail(
            name,
            f"{name} holds a # sign, or more than one @. In a password write # as %23, @ as %40 and / as %2F.",
        )
    parts, after_scheme = split(url), url.partition("://")[2]
    if examples.is_example(parts):
        return reader.fail(
            name, f"{name} holds the placeholders of an example. Write the names of your database."
        )
    if parts.scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return "postgresql+psycopg://" + after_scheme
    if parts.scheme not in {"sqlite", "sqlite+pysqlite"}:
        return reader.fail(
            name,
            f"{name} is not an address of a database the bot can use. Use {DEFAULT_DATABASE_URL} (a file) or "
            "postgresql://user@host/database, with :password after the user.",
        )
    path, parameters, _ = after_scheme.partition("?")
    if parameters:
        return reader.fail(
            name, f"{name} names a file, which takes no parameters. Remove the ? and what follows it."
        )
    if not path.startswith("/") or path in {"/", "/:memory:"}:
        return reader.fail(
            name,
            f"{name} names no file, so nothing would outlive a restart. Write three slashes and a file "
            f"name, as in {DEFAULT_DATABASE_URL}, or four slashes for an absolute path.",
        )
    return url


def _forms(name: str) -> tuple[str, str]:
    """The two variables that can carry a secret."""
    return name, f"{name}_FILE"


def _is_given(name: str, environ: Mapping[str, str]) -> bool:
    return any(form in environ for form in _forms(name))
