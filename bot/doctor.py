"""The doctor: checks everything the bot needs, and says in plain words what to do about what it finds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot import manifest, slack_answers, slack_errors, true_time, who_hears
from bot.settings import Settings
from bot.wiring import slack_client, what_to_check
from handlers import payloads
from mentoring.channels import Trouble, trouble_with
from mentoring.programs import Program
from storage import damage, letters, programs, schema
from storage.database import Database, sqlite_warning
from storage.states import RowState

CLOCK_TOLERANCE = 60.0
"""Seconds; Slack itself refuses signatures that are five minutes old, and check-ins should come on the minute."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: whether it is fine, what was seen, and what to do if it is not."""

    fine: bool
    seen: str
    advice: str = ""

    def __str__(self) -> str:
        mark = "OK " if self.fine else "FIX"
        return f"{mark}  {self.seen}" + (f"\n     {self.advice}" if self.advice else "")


def report(settings: Settings) -> int:
    """Print every finding; gives 0 when all is fine, else 1."""
    findings = list(examine(settings))
    print(*findings, sep="\n")
    wrong = sum(not finding.fine for finding in findings)
    print("\nEverything is fine." if not wrong else f"\nTo fix: {wrong}. Then run the doctor again.")
    return 1 if wrong else 0


def examine(settings: Settings) -> Iterator[Finding]:
    """Check the token, its scopes, the connection, the clock, the database and the program, one after another."""
    client = slack_client(settings)
    try:
        answer = client.auth_test()
        workspace = slack_answers.name(answer, "team_id")
    except slack_errors.CALL_FAILED as problem:
        yield _refused("The bot token", "SLACK_BOT_TOKEN", problem)
        yield from _database(settings, None, None)
        return
    yield Finding(True, f"The bot token works: workspace {answer.get('team', '')} ({workspace}).")
    yield _scopes(answer)
    yield _connection(settings)
    yield _clock(answer, settings)
    yield from _database(settings, client, workspace)


def _refused(what: str, name: str, problem: Exception) -> Finding:
    failure = slack_errors.classify(problem)
    return Finding(False, f"{what} does not work: {failure.error}.", what_to_check(failure, name))


def _scopes(answer: SlackResponse) -> Finding:
    header = next((value for name, value in answer.headers.items() if name.lower() == "x-oauth-scopes"), None)
    if header is None:
        return Finding(True, "Slack did not say which scopes the token has.")
    missing = manifest.required_scopes() - {scope.strip() for scope in header.split(",")}
    if missing:
        advice = "Add them under OAuth & Permissions (manifest.yml has them all), and install the app again."
        return Finding(False, f"The token lacks these scopes: {', '.join(sorted(missing))}.", advice)
    return Finding(True, "The token has every scope of manifest.yml.")


def _connection(settings: Settings) -> Finding:
    if settings.mode == "http":
        return Finding(
            True, f"Slack calls the bot on port {settings.http_port}, at /slack/events (HTTP mode)."
        )
    try:
        WebClient(base_url=settings.api_url, retry_handlers=[]).apps_connections_open(
            app_token=settings.app_token or ""
        )
    except slack_errors.CALL_FAILED as problem:
        return _refused(
            "The app-level token", "SLACK_APP_TOKEN (it needs the scope connections:write)", problem
        )
    return Finding(True, "The app-level token works: Socket Mode is on.")


def _clock(answer: SlackResponse, settings: Settings) -> Finding:
    said = true_time.told(answer.headers)
    if said is None:
        return Finding(True, "Slack did not say what time it is.")
    apart = abs(said.timestamp() - time.time())
    if apart <= CLOCK_TOLERANCE:
        return Finding(True, "This machine's clock agrees with Slack's.")
    seen = f"This machine's clock is {apart:.0f} seconds apart from Slack's."
    if settings.trust_clock:
        return Finding(True, f"{seen} REVERSE_MENTOR_TRUST_CLOCK says that this is right.")
    if apart > true_time.TOLERANCE.total_seconds():
        return Finding(False, f"{seen} Nothing is begun or ended until they agree.", true_time.SET_THE_CLOCK)
    return Finding(False, seen, "Set it, best by NTP.")


def _database(settings: Settings, client: WebClient | None, workspace: str | None) -> Iterator[Finding]:
    try:
        with closing(Database(settings.database_url)) as database:
            yield from _contents(database, client, workspace, settings.admins)
    except Exception as problem:  # noqa: BLE001 - no driver's error ends the report
        # The driver's own words may hold the password, so only the kind is told.
        advice = "Check DATABASE_URL, that the folder can be written to, and that the server runs."
        yield Finding(False, f"The database cannot be used ({type(problem).__name__}).", advice)


def _contents(
    database: Database, client: WebClient | None, workspace: str | None, admins: frozenset[str]
) -> Iterator[Finding]:
    if wrong := database.check():
        yield Finding(False, damage.sentence(database.url, wrong), damage.advice(database.url))
        return
    with database.read() as tx:
        found = schema.revision(tx)
        if found is not None and not schema.knows(found):
            yield Finding(False, schema.MADE_BY_NEWER, schema.INSTALL_NEWER)
            return
        if found != schema.NEWEST:
            state = "is empty" if found is None else f"has revision {found}"
            yield Finding(True, f"The database {state}; the bot brings it up to date when it starts.")
            return
        program = programs.find(tx, workspace) if workspace else None
        stuck = letters.tally(tx)
        hear = who_hears.look(tx, admins, program) if program else None
    yield Finding(True, "The database is sound and up to date.")
    if database.is_sqlite and (warning := sqlite_warning()):
        yield Finding(True, warning)
    yield _messages(stuck, hear)
    if hear is not None and not hear.leads:
        yield Finding(False, hear.nobody_leads, hear.in_their_place)
    if hear is not None and hear.unheard:
        yield Finding(
            False, hear.calls_wait, "Choose a lead who is not in that pair, with /reverse-mentor setup."
        )
    if client is not None:
        yield _program(client, program, len(hear.leads) if hear else 0)


def _messages(stuck: dict[RowState, int], hear: who_hears.Hearing | None) -> Finding:
    waiting = sum(stuck.get(state, 0) for state in (RowState.READY, RowState.SENDING, RowState.UNSURE))
    unknown, failed = stuck.get(RowState.UNKNOWN, 0), stuck.get(RowState.FAILED, 0)
    seen = f"Messages: {waiting} waiting, {unknown} of unknown fate, {failed} refused."
    if unknown:
        return Finding(False, seen, hear.waits_for if hear else "The leads are asked about each.")
    return Finding(True, seen)


def _program(client: WebClient, program: Program | None, leads: int) -> Finding:
    if program is None:
        return Finding(True, "No program yet: a workspace admin can type /reverse-mentor setup.")
    try:
        channel = slack_answers.part(client.conversations_info(channel=program.leads_channel), "channel")
    except slack_errors.CALL_FAILED as problem:
        error = slack_errors.classify(problem).error
        return Finding(False, f"The leads' channel cannot be seen ({error}).", _INVITE)
    if channel.get("is_archived"):
        return Finding(False, "The leads' channel is archived.", "Choose another with /reverse-mentor setup.")
    if channel.get("is_member") is False:
        return Finding(False, "The bot is not in the leads' channel.", _INVITE)
    if trouble := trouble_with(payloads.channel_facts(channel)):
        return Finding(False, f"The leads' channel {_UNFIT[trouble]}; nothing is posted there.", _PRIVATE)
    return Finding(True, f"The program “{program.name}” has {leads} leads, and the bot is in their channel.")


_UNFIT = {
    Trouble.PUBLIC: "is public, so everybody could read it",
    Trouble.SHARED: "is shared with another company, or is about to be",
    Trouble.NO_CHANNEL: "is not a channel",
}
_PRIVATE = "Make it private and the company's own, or choose another with /reverse-mentor setup."
_INVITE = "In that channel, type /invite @Reverse Mentor."
