"""Before the bot listens: Slack and the database are both looked at, and each thing that is wrong gets its sentence."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from slack_sdk import WebClient

from bot import limits, slack_causes
from bot.meanwhile import LONGEST_CHECK
from bot.settings import Settings
from bot.slack import answers as slack_answers
from bot.slack import errors as slack_errors
from bot.slack_causes import Token
from storage import programs
from storage.database import Database, missing_file
from storage.keeping import probe, schema
from storage.opening import causes, damage
from storage.opening.single import SingleBot
from storage.opening.unusable import Cause, Unusable

_log = logging.getLogger(__name__)

READERS = 16
"""Connections for reading; whoever wants one more waits for a moment."""

_Found = TypeVar("_Found")


class CannotStart(Exception):
    """The bot cannot start; the text says what to do about it, a line for each thing that is wrong."""


class _SlackIsSilent(CannotStart):
    """Slack itself said nothing, so another question would bring the same."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The workspace that the bot token is for, by its id and as people call it."""

    id: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.id})" if self.name else self.id


@dataclass(frozen=True, slots=True)
class Ready:
    """What a bot that can start begins with; `lock` is that of a SQLite file, `new` says that it was just made."""

    workspace: Workspace
    database: Database
    lock: SingleBot | None
    new: bool


def nobody_looked() -> bool:
    """Nobody has looked."""
    return False


def ready(settings: Settings, client: WebClient, is_sound: Callable[[], bool] = nobody_looked) -> Ready:
    """Look at all that a start needs, and bring the database up to date. Raises `CannotStart`; nothing is left open.

    `is_sound` tells whether the database file was looked through already, and is.
    """
    if too_little := limits.trouble():
        raise CannotStart(too_little)
    wrong: list[CannotStart] = []
    workspace = _noted(wrong, lambda: the_workspace(settings, client))
    if workspace is None:
        _noted(wrong, lambda: _looked_at(settings))
    elif (found := _noted(wrong, lambda: _prepared(settings, workspace, is_sound))) is not None:
        return found
    # Where all is well, listening comes next and tells the same.
    if settings.mode == "socket" and not any(isinstance(one, _SlackIsSilent) for one in wrong):
        _noted(wrong, lambda: check_app_token(settings, client))
    raise CannotStart("\n".join(map(str, wrong)))


def _noted(wrong: list[CannotStart], look: Callable[[], _Found]) -> _Found | None:
    """What a look finds; None, and a note of it, when it finds that something is wrong."""
    try:
        return look()
    except CannotStart as problem:
        wrong.append(problem)
        return None


# Slack


def the_workspace(settings: Settings, client: WebClient) -> Workspace:
    """Ask Slack whose token this is; raises `CannotStart`."""
    try:
        answer = client.auth_test()
        return Workspace(slack_answers.name(answer, "team_id"), str(answer.get("team") or ""))
    except slack_errors.CALL_FAILED as problem:
        raise _refusal(settings, problem, "SLACK_BOT_TOKEN", "accept the bot") from None


def check_app_token(settings: Settings, client: WebClient) -> None:
    """Ask Slack for the address of a line, and open none; raises `CannotStart`."""
    try:
        client.apps_connections_open(app_token=settings.app_token or "")
    except slack_errors.CALL_FAILED as problem:
        raise no_line(settings, problem) from None


def no_line(settings: Settings, problem: Exception) -> CannotStart:
    """Why there is no line of Socket Mode, and what to do."""
    return _refusal(settings, problem, "SLACK_APP_TOKEN", "open a connection")


def _refusal(settings: Settings, problem: Exception, token: Token, what: str) -> CannotStart:
    failure = slack_causes.failure_of(problem)
    if slack_causes.is_unreached(failure):
        return _SlackIsSilent(" ".join(slack_causes.unreached(settings, failure)))
    return CannotStart(
        f"Slack did not {what} ({failure.error}). {slack_causes.what_to_check(failure, token)}"
    )


def port_taken(host: str, port: int, problem: OSError, settings: str) -> CannotStart:
    """That nobody can listen there, and by which settings another place is chosen."""
    # Names that nobody knows have numbers of their own, below zero; what the library writes may repeat the address.
    number = problem.errno or 0
    why = os.strerror(number) if number > 0 else "there is no such address"
    return CannotStart(f"Cannot listen on {host}, port {port} ({why}). Choose another with {settings}.")


# The database


@contextmanager
def telling(address: str) -> Iterator[None]:
    """Within this, whatever a database raises becomes `CannotStart`."""
    try:
        yield
    except CannotStart:
        raise
    except schema.NewerDatabase as newer:
        raise CannotStart(f"{causes.named(address)}: {newer}") from None
    except Exception as problem:  # noqa: BLE001 - whatever the driver raises, the operator gets a sentence
        _log.debug("The database cannot be used", exc_info=problem)
        raise CannotStart(limits.of(problem) or str(causes.of(address, problem))) from None


def open_database(settings: Settings) -> Database:
    """The database for commands beside the bot, brought up to date, which no bot may work with then.

    Raises `CannotStart`, as where there is none: a database that is made here would be in the wrong place.
    """
    with telling(settings.database_url):
        if path := missing_file(settings.database_url):
            if cause := causes.before(settings.database_url):
                raise CannotStart(str(cause))
            raise CannotStart(f"There is no database at {path}. The bot makes one when it starts.")
        database = _opened(settings)
        try:
            _look_inside(database)
            _brought_up_to_date(settings, database)
        except BaseException:
            database.close()
            raise
        return database


def _brought_up_to_date(settings: Settings, database: Database) -> None:
    """A bot of an older version must not have its tables changed while it works with them."""
    with database.read() as tx:
        if schema.revision(tx) == schema.NEWEST:
            return
    lock = _alone(settings)
    try:
        schema.upgrade(database)
    finally:
        if lock is not None:
            lock.release()


def _looked_at(settings: Settings) -> None:
    """Only look, and make nothing; raises `CannotStart`."""
    with telling(settings.database_url):
        if cause := causes.before(settings.database_url):
            raise CannotStart(str(cause))
        if missing_file(settings.database_url):
            return
        database = _opened(settings)
        try:
            _look_inside(database)
        finally:
            database.close()


def _prepared(settings: Settings, workspace: Workspace, is_sound: Callable[[], bool]) -> Ready:
    """Everything about the database that can fail, before anybody listens; raises `CannotStart`."""
    with telling(settings.database_url):
        if cause := causes.before(settings.database_url):
            raise CannotStart(str(cause))
        new = missing_file(settings.database_url) is not None
        lock = _alone(settings)
        try:
            database = _opened(settings)
            try:
                _look_inside(database, is_sound)
                _check_owner(settings, database, workspace)
                schema.upgrade(database)
                probe.writing(database)
            except BaseException:
                database.close()
                raise
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return Ready(workspace, database, lock, new)


def _alone(settings: Settings) -> SingleBot | None:
    if not settings.database_url.startswith("sqlite"):
        return None
    lock = SingleBot(causes.path(settings.database_url))
    if lock.took_over:
        _log.info("The bot before this one (%s) was ended by force; this one takes over", lock.took_over)
    return lock


def _opened(settings: Settings) -> Database:
    if cause := causes.before(settings.database_url):
        raise CannotStart(str(cause))
    return Database(settings.database_url, readers=READERS)


def _look_inside(database: Database, is_sound: Callable[[], bool] = nobody_looked) -> None:
    until = time.monotonic() + LONGEST_CHECK
    if not is_sound() and (found := database.check(lambda: time.monotonic() >= until)):
        raise CannotStart(f"{damage.sentence(database.url, found)} {damage.advice(database.url)}")
    with database.read() as tx:
        revision = schema.revision(tx)
        if revision not in (None, schema.NEWEST) and not schema.knows(str(revision)):
            raise schema.NewerDatabase
        if strange := probe.unknown_tables(tx, database):
            raise Unusable(strange)


def _check_owner(settings: Settings, database: Database, workspace: Workspace) -> None:
    said = settings.workspace
    if said and said != workspace.id:
        raise CannotStart(
            f"REVERSE_MENTOR_WORKSPACE is {said}, and the tokens are of the workspace {workspace}. "
            "Correct one of them."
        )
    if cause := another_workspace(settings, database, workspace):
        raise Unusable(cause)


def another_workspace(settings: Settings, database: Database, workspace: Workspace) -> Cause | None:
    """That the tokens are of a workspace of which the database knows nothing, while it knows others."""
    with database.read() as tx:
        known = programs.workspaces(tx) if schema.revision(tx) else []
    if not known or workspace.id in known or settings.workspace == workspace.id:
        return None
    return Cause(
        f"The tokens are of the workspace {workspace}, and the database {causes.named(database.url)} holds the "
        f"program of another one ({', '.join(known)}).",
        "Use the tokens of that workspace, or a DATABASE_URL of its own for this one. People have other ids in "
        "another workspace, so a program does not move with them. If this database is to serve "
        f"{workspace.id} too, set REVERSE_MENTOR_WORKSPACE={workspace.id}.",
    )
