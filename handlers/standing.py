"""What leads do to one pair beside deciding on it: undo, hold and release, end and rest; by button or typed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from handlers import approvals as listing
from handlers import dates, deciding, payloads, review, words
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, CloseField, Closing, Word
from handlers.metadata import Closes
from handlers.replying import Asked
from handlers.views import Rendered, replies
from handlers.wording import about_pair, not_a_date, stacked, too_many_pairs, which_day_to_rest, which_pair
from mentoring.errors import Invalid, NoProgram, NotAllowed, ProgramError
from mentoring.pairings import Pair
from program import approvals, closing, policies, resolving, undoing
from program.resolving import Changed

MOST = 25
"""So many pairs can be told of one by one in an answer of 3,500 characters."""


def register(on: Hearing) -> None:
    """Listen for the buttons beside pairs, and for the form that ends one or lets it rest."""
    for action in (Action.UNDO, Action.HOLD, Action.RELEASE):
        on.action(action, partial(press, action))
    on.action(Action.CLOSE_PAIR, close)
    on.view(Callback.CLOSE_PAIR, closed)


def press(action: Action, asked: Asked) -> None:
    """Do what a button says; the card, or the page of the review, then shows it by itself."""
    try:
        pair, changed = _done(action, asked, asked.act.row_id)
    except ProgramError as error:
        if not deciding.in_review(asked):
            raise
        review.show(asked, deciding.page_of(asked), review.said_above(error))
        return
    if deciding.in_review(asked):
        review.show(asked, deciding.page_of(asked), replies.what_changed(changed) if changed else None)
    elif asked.act.in_answer:
        # In the list of what waits, which is shown anew.
        asked.say(stacked(replies.already_decided(pair, changed), listing.waiting(asked)), instead=True)
    elif changed:
        asked.say(replies.already_decided(pair, changed))


def _done(action: Action, asked: Asked, number: int) -> tuple[Pair, Changed]:
    match action:
        case Action.UNDO:
            pair = undoing.undo(*asked.by, number)
            return _as_it_stands(pair, resolving.after(*asked.by, pair.cycle_id))
        case _:
            return policies.hold(*asked.by, number, on=action is Action.HOLD), Changed()


def _as_it_stands(pair: Pair, changed: Changed) -> tuple[Pair, Changed]:
    """A pair that was withdrawn, and is proposed after all because it is best, is told of once: that it waits."""
    again = next((one for one in changed.new if one.id == pair.id), None)
    if again is None:
        return pair, changed
    return again, replace(changed, new=tuple(one for one in changed.new if one != again))


def typed_each(word: Word, action: Action, asked: Asked) -> None:
    """`undo 12`, `hold 12`, `release 12`, or several numbers; each pair is told of on its own."""
    approvals.only_leads(*asked.by)
    numbers = words.numbers(asked.rest)
    if not numbers:
        asked.say(which_pair(word))
    elif len(numbers) > MOST:
        asked.say(too_many_pairs(MOST))
    else:
        asked.say(stacked(*(_told(action, asked, number) for number in numbers)))


def _told(action: Action, asked: Asked, number: int) -> Rendered:
    try:
        return replies.already_decided(*_done(action, asked, number))
    except (NoProgram, NotAllowed):
        raise
    except ProgramError as refused:
        return about_pair(number, refused)


def typed_end(asked: Asked) -> None:
    """`end 12`, with a reason behind the number if they like."""
    approvals.only_leads(*asked.by)
    number, reason = words.numbered(asked.rest)
    if not number:
        asked.say(which_pair(Word.END))
        return
    asked.say(replies.already_decided(closing.end(*asked.by, number, reason)))


def typed_rest(asked: Asked) -> None:
    """`rest 12 until Friday`: nobody is asked about the pair before that day."""
    approvals.only_leads(*asked.by)
    number, text = words.numbered(asked.rest)
    if not number:
        asked.say(which_pair(Word.REST))
        return
    _, today = closing.running_card(*asked.by, number)
    meant = dates.read(text, today)
    if meant.day:
        asked.say(replies.already_decided(closing.rest(*asked.by, number, meant.day)))
    elif meant.days:
        asked.say(which_day_to_rest(number, text, meant.days))
    else:
        asked.say(not_a_date(text, Word.REST, str(number)))


def close(asked: Asked) -> None:
    """Ask whether a pair shall end or rest; one that is over already says so."""
    if not deciding.in_review(asked):
        asked.open(deciding.close_form(asked, asked.act.row_id))
        return
    page = deciding.page_of(asked)
    try:
        view = deciding.close_form(asked, asked.act.row_id, page)
    except ProgramError as error:
        review.show(asked, page, review.said_above(error))
    else:
        asked.push(view)


def closed(asked: Asked) -> None:
    """End the pair, or let it rest; the review below, if that is where it began, is shown anew."""
    act = asked.act
    form = act.carried if isinstance(act.carried, Closes) else Closes(0)
    if act.answers.one(CloseField.WHAT) == Closing.REST:
        day = payloads.day(act.answers.one(CloseField.UNTIL))
        if day is None:
            raise Invalid({CloseField.UNTIL: "Choose the day on which the pair goes on."})
        closing.rest(*asked.by, form.pair_id, day)
    else:
        closing.end(*asked.by, form.pair_id, act.answers.one(CloseField.REASON))
    asked.ack()
    if form.page is not None and act.view:
        asked.update(deciding.review_page(asked, form.page), act.view.root)
