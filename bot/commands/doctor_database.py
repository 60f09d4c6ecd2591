"""For the doctor: the database, looked at without making, changing or keeping anything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import available_timezones

from bot import starting
from bot.commands import who_hears
from bot.commands.findings import Finding
from bot.commands.who_hears import Hearing
from bot.settings import Settings
from bot.starting import Workspace
from mentoring.programs import Program
from storage import programs
from storage.database import Database, Tx, missing_file, sqlite_warning
from storage.keeping import probe, schema
from storage.opening import causes, damage, files
from storage.outbox import letters, stuck
from storage.outbox.stuck import Stuck
from storage.states import RowState

PATIENCE = 5.0
"""Seconds that the doctor waits for a PostgreSQL that is silent."""

_MADE_AT_START = "the bot makes it when it starts"


@dataclass(frozen=True, slots=True)
class Contents:
    """What the database knows, as far as the other findings need it."""

    program: Program | None = None
    hearing: Hearing | None = None


def examine(settings: Settings, workspace: Workspace | None, found: list[Contents]) -> Iterator[Finding]:
    """Look at the database; what it knows is put into `found` where it can be used."""
    if cause := causes.before(settings.database_url):
        yield Finding(False, cause.seen, cause.advice)
        return
    if settings.database_url.startswith("sqlite"):
        yield from _place(settings)
        path = missing_file(settings.database_url)
        if path is not None or causes.path(settings.database_url).stat().st_size == 0:
            yield Finding(
                True, f"There is no database at {causes.named(settings.database_url)} yet: {_MADE_AT_START}."
            )
            return
    try:
        with closing(Database(settings.database_url, patience=PATIENCE)) as database:
            yield from _contents(database, settings, workspace, found)
    except Exception as problem:  # noqa: BLE001 - no driver's error ends the report
        cause = causes.of(settings.database_url, problem)
        yield Finding(False, cause.seen, cause.advice)


def _place(settings: Settings) -> Iterator[Finding]:
    path = causes.path(settings.database_url)
    for trouble in (files.owner_trouble(path), files.room_trouble(path)):
        if trouble:
            yield Finding(False, *trouble)
    if os.geteuid() == 0:
        yield Finding(
            True, "You are root, who may open every file. Whether the bot may, its own account can tell."
        )


def _contents(
    database: Database, settings: Settings, workspace: Workspace | None, found: list[Contents]
) -> Iterator[Finding]:
    if wrong := database.check():
        yield Finding(False, damage.sentence(database.url, wrong), damage.advice(database.url))
        return
    with database.read() as tx:
        revision = schema.revision(tx)
        unfit = _unfit(tx, database, revision)
    if unfit is not None:
        yield unfit
        return
    if workspace and (cause := starting.another_workspace(settings, database, workspace)):
        yield Finding(False, cause.seen, cause.advice)
    if revision != schema.NEWEST:
        state = "is empty" if revision is None else f"has revision {revision}"
        yield Finding(True, f"The database {state}; the bot brings it up to date when it starts.")
        return
    with database.read() as tx:
        if lacks := probe.lacking(tx, database):
            yield Finding(False, lacks.seen, lacks.advice)
            return
        program = programs.find(tx, workspace.id) if workspace else None
        hearing = who_hears.look(tx, settings.admins, program) if program else None
        strange = _zones(tx)
        messages = _messages(letters.tally(tx), stuck.look(tx, datetime.now(UTC)), hearing)
    yield from _writing(database)
    yield from strange
    yield messages
    yield from _hearing(hearing)
    found.append(Contents(program, hearing))


def _unfit(tx: Tx, database: Database, revision: str | None) -> Finding | None:
    if revision is not None and not schema.knows(revision):
        return Finding(False, schema.MADE_BY_NEWER, schema.INSTALL_NEWER)
    if strange := probe.unknown_tables(tx, database):
        return Finding(False, strange.seen, strange.advice)
    return None


def _zones(tx: Tx) -> list[Finding]:
    """Time zones on record that this machine does not know, as after a move to one with older data."""
    known = available_timezones()
    unknown = [one for one in programs.time_zones(tx) if one not in known]
    if not unknown:
        return []
    seen = f"This machine does not know the time zone {', '.join(unknown[:3])}, in which people or a program live."
    return [Finding(False, seen, "Bring its time zone data up to date: pip install --upgrade tzdata")]


def _writing(database: Database) -> Iterator[Finding]:
    """Try to write, and take it back."""
    try:
        probe.writing(database)
    except Exception as problem:  # noqa: BLE001 - whatever the driver raises, there is a finding
        cause = causes.of(database.url, problem)
        yield Finding(False, cause.seen, cause.advice)
        return
    yield Finding(
        True, f"The database is sound and up to date, and can be written to: {causes.named(database.url)}."
    )
    if database.is_sqlite and (warning := sqlite_warning()):
        yield Finding(True, warning)


def _messages(tally: dict[RowState, int], long: Stuck | None, hearing: Hearing | None) -> Finding:
    waiting = sum(tally.get(state, 0) for state in (RowState.READY, RowState.SENDING, RowState.UNSURE))
    unknown, failed = tally.get(RowState.UNKNOWN, 0), tally.get(RowState.FAILED, 0)
    seen = f"Messages: {waiting} waiting, {unknown} of unknown fate, {failed} refused."
    if long is not None:
        days = (datetime.now(UTC) - long.since).days
        since = f"{days} days" if days > 1 else "a day"
        advice = "Start the bot if it is stopped; if it runs, its log says what keeps them back."
        return Finding(
            False, f"{seen} {long.number} should have gone long ago, the first {since} ago.", advice
        )
    if unknown:
        return Finding(False, seen, hearing.waits_for if hearing else "The leads are asked about each.")
    return Finding(True, seen)


def _hearing(hearing: Hearing | None) -> Iterator[Finding]:
    if hearing is not None and not hearing.leads:
        yield Finding(False, hearing.nobody_leads, hearing.in_their_place)
    if hearing is not None and hearing.unheard:
        advice = "Choose a lead who is not in that pair, with /reverse-mentor setup."
        yield Finding(False, hearing.calls_wait, advice)
