"""The door: whoever acts is let in if they belong to the workspace, are a person, and have a living account."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from handlers import in_time, late, payloads
from handlers.in_time import Answer
from handlers.payloads import Act, Body, Kind
from handlers.services import Services, SlackDoesNotSay
from mentoring.errors import ProgramError
from mentoring.people import Person

ACTS = frozenset({"app_home_opened", "app_mention", "message", "reaction_added", "reaction_removed"})
"""Events that come of what a person does with the app; all others are what Slack reports, whoever caused them."""


class OtherWorkspace(ProgramError):
    """Whoever acts belongs to another workspace."""

    words = "This mentoring program is for people of its own workspace, so I cannot do that for you."


class NoLivingAccount(ProgramError):
    """Whoever acts has an account that is deactivated."""

    words = "Slack says that this account is deactivated, so I cannot do that for you."


class NoPerson(ProgramError):
    """An app acts."""

    words = "I only do things for people, and this is the account of an app."


def register(app: App, services: Services) -> None:
    """Check everybody who types, clicks, submits or searches, and whose events come."""
    app.middleware(partial(only_ours, services))


def only_ours(
    services: Services,
    body: Body,
    context: BoltContext,
    ack: Ack,
    client: WebClient,
    next_: Callable[[], None],
) -> None:
    """Let in who belongs here; raises `OtherWorkspace`, `NoLivingAccount`, `NoPerson`, `SlackDoesNotSay`, `OutOfTime`.

    The time that Slack waits is counted from here.
    """
    act = payloads.act(body)
    left = services.watch.look_ups()
    if act.kind is not Kind.EVENT:
        tell = partial(late.tell, services.watch, client, act)
        answer = Answer(ack, act, left, tell, partial(late.first_word, act))
        answer.noted = services.acts.begun(answer.id, act)
        in_time.keep(context, answer)
        services.watch.over(answer, partial(late.after_it, client))
    person_id = _who(act, body)
    if person_id:
        check = partial(_check, services.within(left), person_id, act.team_id)
        # Nobody waits for the answer to an event.
        check() if act.kind is Kind.EVENT else services.watch.at_the_door(check)
    next_()


def _who(act: Act, body: Body) -> str:
    """Who acts; empty where nobody does. Raises `NoPerson` for what an app wrote."""
    if act.kind is not Kind.EVENT:
        return act.person_id
    if payloads.event_text(body, "type") not in ACTS:
        return ""
    if payloads.event_text(body, "bot_id"):
        raise NoPerson  # without asking Slack: this app hears its own messages too
    return payloads.event_text(body, "user")


def _check(services: Services, person_id: str, home: str) -> None:
    """`home` is the workspace that the payload names as theirs, empty where it names none.

    It is no more than a hint: in an organization it may be another workspace than this one, of people who belong here
    as well. Only where Slack says nothing of where somebody belongs, in answer to a question, does it decide.
    """
    elsewhere = bool(home) and home != services.workspace
    person = _looked_up(services, person_id, elsewhere)
    if person is None:
        return
    if person.bot:
        raise NoPerson
    if person.stranger or (person.stranger is None and elsewhere):
        raise OtherWorkspace
    if person.deactivated:
        raise NoLivingAccount


def _looked_up(services: Services, person_id: str, elsewhere: bool) -> Person | None:
    """Who acts; None when Slack does not say, and nothing hints that they do not belong here.

    They get what everybody gets; whatever depends on who they are asks again. Nobody is turned away for what was so
    some time ago: somebody may have come back, or was never asked about.
    """
    directory = services.directory
    try:
        person = directory.lately(person_id)
        doubtful = person.gone or (elsewhere and person.stranger is None)
        return directory.person(person_id) if doubtful else person
    except SlackDoesNotSay:
        known = directory.known(person_id)
        if known.gone if known else elsewhere:
            raise
        return known
