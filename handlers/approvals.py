"""The leads' decisions on pairs: on cards, in the list of what waits, and typed."""

from __future__ import annotations

from handlers import approving, deciding, words
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, DeclineField, Word
from handlers.metadata import Declines
from handlers.replying import Asked
from handlers.views import Rendered, replies
from handlers.wording import about_pair, notice, stacked, too_many_pairs, which_pair
from mentoring.errors import NoProgram, NotAllowed, ProgramError
from program import approvals

MOST = 25
"""So many pairs can be told of one by one in an answer of 3,500 characters."""


def register(on: Hearing) -> None:
    """Listen for the buttons of cards and for the form that declines."""
    on.action(Action.APPROVE, approve)
    on.action(Action.DECLINE, decline)
    on.view(Callback.DECLINE, declined)


def typed_pending(asked: Asked) -> None:
    """`pending`: what waits for a decision."""
    asked.say(waiting(asked))


def typed_approve(asked: Asked) -> None:
    """`approve 12`, or several numbers, each told of on its own; `approve all` asks first."""
    if words.says_all(asked.rest):
        approving.typed_all(asked)
        return
    numbers = words.numbers(asked.rest)
    if not numbers:
        asked.say(which_pair(Word.APPROVE))
        return
    if len(numbers) > MOST:
        asked.say(too_many_pairs(MOST))
        return
    asked.say(stacked(*(_approved(asked, number) for number in numbers)))


def typed_decline(asked: Asked) -> None:
    """`decline 12`, with a reason behind the number if they like."""
    number, reason = words.numbered(asked.rest)
    if not number:
        asked.say(which_pair(Word.DECLINE))
        return
    asked.say(replies.already_decided(*deciding.decline(asked, number, reason)))


def approve(asked: Asked) -> None:
    """Approve from a card, which then shows it by itself, or from the list, which is shown anew."""
    pair = deciding.approve(asked, asked.act.row_id)
    if asked.act.in_answer:
        asked.say(stacked(replies.already_decided(pair), waiting(asked)), instead=True)


def decline(asked: Asked) -> None:
    """Ask for a reason before a pair is declined."""
    asked.open(deciding.decline_form(asked))


def declined(asked: Asked) -> None:
    """Decline with the reason given; the review below, if that is where it began, is shown anew."""
    act = asked.act
    form = act.carried if isinstance(act.carried, Declines) else Declines(0)
    pair, changed = deciding.decline(asked, form.pair_id, act.answers.one(DeclineField.REASON))
    if form.page is not None and act.view:
        asked.ack()
        told = replies.what_changed(changed) if changed else None
        asked.update(deciding.review_page(asked, form.page, told), act.view.root)
    elif changed:
        asked.ack(response_action="update", view=notice(replies.already_decided(pair, changed), "Declined"))
    else:
        asked.ack()


def _approved(asked: Asked, number: int) -> Rendered:
    try:
        return replies.already_decided(deciding.approve(asked, number))
    except (NoProgram, NotAllowed):
        raise
    except ProgramError as refused:
        return about_pair(number, refused)


def waiting(asked: Asked) -> Rendered:
    """Everything that waits for the leads."""
    found = approvals.pending(*asked.by)
    return replies.pending(found.cards, found.left_out, found.held, found.others)
