"""One place for everything that goes wrong in a listener: the person gets a sentence, the log gets the rest."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from handlers import acts, at_once, home, in_front, in_time, payloads, touched, trouble
from handlers.ids import Word
from handlers.in_time import Answer
from handlers.payloads import Act, Body, Kind
from handlers.replying import Asked, privately, trouble_words
from handlers.services import Services
from handlers.views import Rendered, replies
from handlers.views.text import clip, plain, typed
from handlers.wording import no_program, not_enrolled, notice, refusal
from mentoring.errors import ForOthers, Invalid, NoProgram, NotEnrolled, ProgramError
from mentoring.people import Person
from program import access, acting, outages

_UNKNOWN = (
    "This button or form belongs to an older version of me and does nothing any more. "
    f"{typed(Word.HELP)} shows what you can do instead."
)

_SAID_BACK_MAX = 2_000

Listener = Callable[[Asked], None]
"""What every command, click, form and search is heard by."""

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Handle what fails outside listeners: a middleware's refusal, and requests that nothing listens to."""
    app.error(partial(outside, services, app.listener_runner.listener_executor))


def heard(services: Services, listener: Listener, answer: Answer, client: WebClient) -> None:
    """Let a listener do what somebody asked for, with its errors told to them.

    What was asked for is done first, then acknowledged, and then shown. Where that takes too long, the watch that
    began at the door has acknowledged it by then, with a word that the rest follows.
    """
    act = answer.act
    here = services.seeing(*in_front.subjects(act)).within(answer.left_for_look_ups)
    asked = Asked(here, client, answer, act)
    outcome = acts.DONE
    with acting.following(answer.id):
        with at_once.shown(asked):
            try:
                touched.learning(listener, asked)
                asked.takes_longer()
            except Exception as error:  # noqa: BLE001  # the last line of defense; what is unknown is logged whole
                outcome = outcome_of(error)
                _told(asked, error)
        answer.noted(outcome)


def outside(
    services: Services,
    executor: Executor,
    error: Exception,
    body: Body,
    context: BoltContext,
    client: WebClient,
    response: BoltResponse | None,
) -> BoltResponse | None:
    """Answer Slack with 200, because Socket Mode acknowledges with nothing else.

    `response` is None for an event, which Bolt has acknowledged already.
    """
    answer = in_time.of(context)
    if answer is not None:
        answer.close()
    act = answer.act if answer is not None else payloads.act(body)
    with acting.following(answer.id if answer is not None else ""):
        reply = told_as(services, error, act)
        if answer is not None:
            answer.noted(outcome_of(error))
    if act.kind is Kind.CLICK:
        executor.submit(privately, client, act, reply)
    return BoltResponse(status=200, body=_answer(error, act, reply)) if response is not None else None


def _told(asked: Asked, error: Exception) -> None:
    act, reply = asked.act, told_as(asked.services, error, asked.act)
    answered = _is_answered(asked.ack)
    if not answered:
        asked.ack(_answer(error, act, reply))
    if answered or act.kind is Kind.CLICK:
        privately(asked.client, act, reply)
    if act.kind is Kind.CLICK and isinstance(error, ProgramError):
        home.refresh(asked)  # what was refused should not have been offered any more


def _is_answered(answer: Answer) -> bool:
    """Whether the listener itself has said what the acknowledgment can say."""
    return answer.given and not answer.ran_out


def _answer(error: Exception, act: Act, reply: Rendered) -> dict[str, Any] | str:
    """The ack that tells the person, or an empty one where an ack cannot."""
    match act.kind:
        case Kind.COMMAND:
            return {"response_type": "ephemeral", "text": reply.text, "blocks": reply.blocks}
        case Kind.SUBMISSION:
            return _form_errors(error, act, reply)
        case Kind.SEARCH:
            return {"options": []}
        case _:
            return ""


def outcome_of(error: Exception) -> str:
    """What came of an act that ended so, in one word: the name of a refusal, or what is in trouble."""
    match error:
        case ProgramError():
            return type(error).__name__
        case BoltUnhandledRequestError():
            return acts.UNKNOWN
        case _ if isinstance(error, in_time.OutOfTime) or outages.is_outage(error):
            return acts.DATABASE
        case _:
            return acts.SLACK if trouble.is_slacks(error) else acts.FAILED


def told_as(services: Services, error: Exception, act: Act) -> Rendered:
    """What somebody reads about what went wrong; what only the operator can mend is logged."""
    match error:
        case NoProgram():
            # Without Slack's word nobody gets the button; the sentence tells admins what to type.
            person = services.directory.known(act.person_id) or Person(act.person_id, name=act.person_id)
            return no_program(access.may_set_up(None, person, services.ctx.admins))
        case NotEnrolled():
            return not_enrolled()
        case ProgramError():
            return refusal(error)
        case BoltUnhandledRequestError():
            log.warning("no listener for %s %s", act.kind, act.action)
            return replies.sentence(_UNKNOWN)
        case in_time.OutOfTime():
            log.warning(
                "%s %s came to nothing: the database did not answer in time",
                *(act.kind, act.action),
                extra={"outage": True},
            )
            return replies.sentence(_outage(act))
        case _ if outages.is_outage(error):
            log.warning(
                "%s %s came to nothing because of the database (%s)",
                act.kind,
                act.action,
                type(error).__name__,
                exc_info=error,  # whoever writes the line about the outage names the cause
                extra={"outage": True},
            )
            return replies.sentence(_outage(act))
        case _ if trouble.is_slacks(error):
            return replies.sentence(_trouble(error, act))
        case _:
            return replies.sentence(_apology(error, act))


def _trouble(error: Exception, act: Act) -> str:
    """The sentence for a call to Slack that failed."""
    what = act.action or act.kind
    told = trouble.passing(error)
    if told is not None:
        log.warning("%s failed because of Slack: %s", what, trouble_words(error))
        return told
    reference = secrets.token_hex(3)
    log.error("%s was refused by Slack (%s), reference %s", what, trouble_words(error), reference)
    return trouble.refused(error, reference)


def _apology(error: Exception, act: Act) -> str:
    """The sentence for our own failures; its reference leads the operator to the log's traceback."""
    reference = secrets.token_hex(3)
    what = act.action or act.kind
    log.error("%s failed, reference %s", what, reference, exc_info=(type(error), error, error.__traceback__))
    return (
        f"Something went wrong on my side (reference {reference}). "
        f"{_said_back(act)}Nothing you typed is lost; please try again."
    )


def _outage(act: Act) -> str:
    """The sentence for a database that is out of reach, locked or full, and for a machine that is too busy."""
    return (
        f"I could not do that, because my database does not answer right now. {_said_back(act)}"
        "Please try again in a minute."
    )


def _said_back(act: Act) -> str:
    """A command as it was typed, because Slack has taken it from the box; a form stays open with what is in it."""
    words = plain(act.value).replace("`", "'")
    return f"You typed {typed(clip(words, _SAID_BACK_MAX))}. " if act.kind is Kind.COMMAND and words else ""


def _plain(error: Exception, reply: Rendered) -> str:
    """What to say where Slack shows no mention: beside a field of a form."""
    return error.sentence if isinstance(error, ForOthers) else reply.text


def _form_errors(error: Exception, act: Act, reply: Rendered) -> dict[str, Any]:
    """Keep the form open with what was typed: each sentence on its field, or on the first one.

    A window without any field, as one that only asks whether to go on, becomes the sentence.
    """
    fields = act.view.fields if act.view else ()
    if not fields:
        return {"response_action": "update", "view": notice(reply)}
    told = error.fields if isinstance(error, Invalid) else {"": _plain(error, reply)}
    errors: dict[str, str] = {}
    for name, sentence in told.items():
        field = name if name in fields else fields[0]
        errors[field] = f"{errors[field]} {sentence}" if field in errors else sentence
    return {"response_action": "errors", "errors": errors}
