"""The leads' decisions on pairs: on cards, in the list of what waits, and typed."""

from __future__ import annotations

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import deciding, payloads, strays, words
from handlers.errors import heard
from handlers.ids import Action, Callback, DeclineField, Word
from handlers.metadata import Declines
from handlers.payloads import Body
from handlers.replying import Asked, privately, update_modal
from handlers.services import Services
from handlers.views import Rendered, replies
from handlers.wording import about_pair, stacked, too_many_pairs, which_pair
from mentoring.errors import NoProgram, NotAllowed, ProgramError
from mentoring.messages import Kind
from program import approvals

MOST = 25
"""So many pairs can be told of one by one in an answer of 3,500 characters."""

AT_ONCE = 2
"""So many pairs can be approved within the three seconds of an ack: each looks up two people at Slack."""


def register(app: App, services: Services) -> None:
    """Listen for the buttons of cards and for the form that declines."""
    app.action(Action.APPROVE)(heard(services, approve))
    app.action(Action.DECLINE)(heard(services, decline))
    app.view(Callback.DECLINE)(heard(services, declined))


def typed_pending(asked: Asked) -> None:
    """`pending`: what waits for a decision."""
    asked.say(_waiting(asked.services, asked.person_id))


def typed_approve(asked: Asked) -> None:
    """`approve 12`, or several numbers; each pair is told of on its own."""
    numbers = words.numbers(asked.rest)
    if not numbers:
        asked.say(which_pair(Word.APPROVE))
        return
    if len(numbers) > MOST:
        asked.say(too_many_pairs(MOST))
        return
    if len(numbers) > AT_ONCE:
        asked.takes_longer()
    asked.say(stacked(*(_approved(asked, number) for number in numbers)))


def typed_decline(asked: Asked) -> None:
    """`decline 12`, with a reason behind the number if they like."""
    services, (number, reason) = asked.services, words.numbered(asked.rest)
    if not number:
        asked.say(which_pair(Word.DECLINE))
        return
    pair = approvals.decline(services.ctx, services.workspace, asked.person_id, number, reason)
    asked.say(replies.already_decided(pair))


def approve(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Approve from a card, which then shows it by itself, or from the list, which is shown anew."""
    ack()
    act = payloads.act(body)
    pair = deciding.approve(services, act.person_id, act.row_id)
    strays.remove(services, client, act, Kind.CARD)
    if act.in_answer:
        waiting = _waiting(services, act.person_id)
        privately(client, act, stacked(replies.already_decided(pair), waiting), replace=True)


def decline(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Ask for a reason before a pair is declined."""
    ack()
    act = payloads.act(body)
    client.views_open(trigger_id=act.trigger_id, view=deciding.decline_form(services, act))
    strays.remove(services, client, act, Kind.CARD)


def declined(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Decline with the reason given; the review below, if that is where it began, is shown anew."""
    act = payloads.act(body)
    form = act.carried if isinstance(act.carried, Declines) else Declines(0)
    reason = act.answers.one(DeclineField.REASON)
    pair = approvals.decline(services.ctx, services.workspace, act.person_id, form.pair_id, reason)
    ack()
    if form.page is not None and act.view:
        told = replies.already_decided(pair)
        update_modal(client, act.view.root, deciding.review_page(services, act.person_id, form.page, told))


def _approved(asked: Asked, number: int) -> Rendered:
    try:
        return replies.already_decided(deciding.approve(asked.services, asked.person_id, number))
    except (NoProgram, NotAllowed):
        raise
    except ProgramError as refused:
        return about_pair(number, refused)


def _waiting(services: Services, lead_id: str) -> Rendered:
    """Everything that waits for the leads."""
    found = approvals.pending(services.ctx, services.workspace, lead_id)
    return replies.pending(found.cards, found.left_out, found.held, found.others)
