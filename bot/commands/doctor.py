"""The doctor: checks everything the bot needs, and says in plain words what to do about what it finds."""

from __future__ import annotations

import time
from collections.abc import Iterator

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot import manifest, slack_causes, true_time
from bot.client import slack_client
from bot.commands import doctor_database, doctor_http
from bot.commands.doctor_database import Contents
from bot.commands.findings import Finding
from bot.settings import Settings
from bot.slack import answers as slack_answers
from bot.slack import errors as slack_errors
from bot.slack import granted
from bot.slack_causes import Token
from bot.starting import Workspace
from bot.transport.socket_mode import silent_logger
from handlers import payloads
from mentoring.channels import Trouble, trouble_with
from mentoring.programs import Program

__all__ = ["Finding", "examine", "report"]

CLOCK_TOLERANCE = 60.0
"""Seconds; Slack itself refuses signatures that are five minutes old, and check-ins should come on the minute."""


_MOST_ADMINS = 20
"""So many of those in the settings are asked for: each takes a call, of which Slack allows a hundred a minute."""


def report(settings: Settings) -> int:
    """Print every finding as soon as it is known; gives 0 when all is fine, else 1."""
    wrong = 0
    for finding in examine(settings):
        print(finding, flush=True)
        wrong += not finding.fine
    print("\nEverything is fine." if not wrong else f"\nTo fix: {wrong}. Then run the doctor again.")
    return 1 if wrong else 0


def examine(settings: Settings) -> Iterator[Finding]:
    """Check the tokens, the scopes, the connection, the clock, the database and the program, one after another."""
    client = slack_client(settings, logger=silent_logger())
    workspace: Workspace | None = None
    try:
        answer = client.auth_test()
        workspace = Workspace(slack_answers.name(answer, "team_id"), str(answer.get("team") or ""))
    except slack_errors.CALL_FAILED as problem:
        failure = slack_causes.failure_of(problem)
        yield _refused(settings, problem, "The bot token", "SLACK_BOT_TOKEN")
        if not slack_causes.is_unreached(failure):
            yield from _connection(settings)
    else:
        yield Finding(True, f"The bot token works: workspace {workspace}.")
        yield _scopes(answer)
        yield from _connection(settings)
        yield _clock(answer, settings)
        yield from _admins(client, settings)
    known: list[Contents] = []
    yield from doctor_database.examine(settings, workspace, known)
    if workspace is not None and known:
        yield from _program(client, known[0])


def _refused(settings: Settings, problem: Exception, what: str, token: Token) -> Finding:
    failure = slack_causes.failure_of(problem)
    if slack_causes.is_unreached(failure):
        return Finding(False, *slack_causes.unreached(settings, failure))
    return Finding(
        False, f"{what} does not work: {failure.error}.", slack_causes.what_to_check(failure, token)
    )


def _scopes(answer: SlackResponse) -> Finding:
    scopes = granted.told(answer.headers)
    if scopes is None:
        return Finding(True, "Slack did not say which scopes the token has.")
    missing = manifest.required_scopes() - scopes
    if missing:
        advice = "Add them under OAuth & Permissions (manifest.yml has them all), and install the app again."
        return Finding(False, f"The token lacks these scopes: {', '.join(sorted(missing))}.", advice)
    if left_out := manifest.optional_scopes() - scopes:
        lacks = ", ".join(sorted(left_out))
        return Finding(True, f"The token has every scope that it must have, and not the optional {lacks}.")
    return Finding(True, "The token has every scope of manifest.yml.")


def _connection(settings: Settings) -> Iterator[Finding]:
    if settings.mode == "http":
        yield from doctor_http.examine(settings)
        return
    try:
        slack_client(settings, logger=silent_logger()).apps_connections_open(
            app_token=settings.app_token or ""
        )
    except slack_errors.CALL_FAILED as problem:
        yield _refused(settings, problem, "The app-level token", "SLACK_APP_TOKEN")
        return
    yield Finding(True, "The app-level token works: Socket Mode is on.")


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


def _program(client: WebClient, known: Contents) -> Iterator[Finding]:
    program = known.program
    if program is None:
        yield Finding(True, "No program yet: a workspace admin can type /reverse-mentor setup.")
        return
    leads = known.hearing.leads if known.hearing else ()
    if leads:
        yield from _gone_leads(client, program)
    yield _channel(client, program, len(leads))


def _gone_leads(client: WebClient, program: Program) -> Iterator[Finding]:
    gone = [one for one in program.leads if _has_left(client, one)]
    choose = "An admin can choose leads with /reverse-mentor setup."
    if len(gone) == len(program.leads):
        seen = f"Nobody leads the program “{program.name}”: Slack says that the accounts of its leads are deactivated."
        yield Finding(False, seen, choose)
    elif gone:
        accounts = "account is deactivated" if len(gone) == 1 else "accounts are deactivated"
        seen = f"{len(gone)} of the {len(program.leads)} leads of “{program.name}” cannot lead: their {accounts}."
        yield Finding(False, seen, choose)


def _admins(client: WebClient, settings: Settings) -> Iterator[Finding]:
    """Whoever is named in the settings and is not here can set up nothing."""
    if gone := [one for one in sorted(settings.admins)[:_MOST_ADMINS] if _has_left(client, one)]:
        seen = f"REVERSE_MENTOR_ADMINS names accounts that are deactivated or not of this workspace: {', '.join(gone)}."
        yield Finding(False, seen, "Correct them, or leave them out.")


def _has_left(client: WebClient, person_id: str) -> bool:
    """Whether Slack says that somebody's account is gone; no where it says nothing."""
    try:
        return slack_answers.part(client.users_info(user=person_id), "user").get("deleted") is True
    except slack_errors.CALL_FAILED as problem:
        return slack_errors.classify(problem).kind is slack_errors.FailureKind.GONE_PERSON


def _channel(client: WebClient, program: Program, leads: int) -> Finding:
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
