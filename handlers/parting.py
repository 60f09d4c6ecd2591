"""Ways out of a pair: ending one's own, saying why, and what somebody chooses who is left alone; by button or typed."""

from __future__ import annotations

from functools import partial

from handlers import home, words
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, PartingField, Word
from handlers.keyboards import plain
from handlers.metadata import Parts
from handlers.replying import Asked
from handlers.views import Rendered, replies
from handlers.views import parting as views
from handlers.wording import notice, which_pair
from mentoring.errors import NoChoiceLeft
from mentoring.partings import Alone, Choice
from program import approvals, misfits, parting
from program.forms import MyPair

CHOICES = {
    Action.PARTNER_WAIT: Choice.WAIT,
    Action.PARTNER_NEW: Choice.NEW,
    Action.PARTNER_REST: Choice.REST,
}
_SURE = frozenset({"yes", "now"})
_END, _WHY = "end", "why"


def register(on: Hearing) -> None:
    """Listen for the buttons, the menu beside a question, and the form."""
    for action, choice in CHOICES.items():
        on.action(action, partial(choose, choice))
    on.action(Action.END_PAIR, end)
    on.action(Action.PAIR_MORE, ask_to_end)
    on.action(Action.WHY_ENDED, ask_why)
    on.view(Callback.WHY_ENDED, keep_why)
    on.action(Action.KEEP_PAIR, keep)


def choose(choice: Choice, asked: Asked) -> None:
    """Do what was chosen; the message in which it was, and Home, show it by themselves."""
    now = parting.choose(*asked.by, asked.act.row_id, choice)
    if not asked.act.in_message and not asked.act.on_home:
        _show(asked, views.chosen(now))
    home.refresh(asked)


def end(asked: Asked) -> None:
    """End one's own pair; the button comes with a question before it, or under one."""
    _show(asked, views.ended(parting.part(*asked.by, asked.act.row_id)))
    home.refresh(asked)


def ask_to_end(asked: Asked) -> None:
    """Ask before a pair is ended; for one that is over there is nothing to ask."""
    found = [one for one in parting.mine(*asked.by).running if one.pair_id == asked.act.row_id]
    if not found:
        raise NoChoiceLeft
    asked.say(views.end_question(found))


def _show(asked: Asked, reply: Rendered) -> None:
    """Answer where the button was: in the modal, in the answer, or beside the message."""
    if asked.act.view is not None and not asked.act.on_home:
        asked.update(notice(reply))
    else:
        asked.say(reply, instead=True)


def ask_why(asked: Asked) -> None:
    """Open the form for the reason, with what was said before."""
    asked.open(views.why_modal(parting.said(*asked.by, asked.act.row_id)))


def keep_why(asked: Asked) -> None:
    """Keep the reason, and say who can read it."""
    answers, carried = asked.act.answers, asked.act.carried
    number = carried.pair_id if isinstance(carried, Parts) else 0
    reason, allowed = answers.one(PartingField.REASON), answers.many(PartingField.ALLOW)
    kept = parting.explain(*asked.by, number, reason, views.LEADS_MAY in allowed)
    asked.ack(response_action="update", view=notice(views.why_kept(kept)))


def keep(asked: Asked) -> None:
    """A lead lets a pair go on that breaks a rule; the message then shows it by itself."""
    misfits.keep(*asked.by, asked.act.row_id)


def typed_keep(asked: Asked) -> None:
    """`keep 12`: the same."""
    approvals.only_leads(*asked.by)
    number, _ = words.numbered(asked.rest)
    if number:
        pair = misfits.keep(*asked.by, number)
        asked.say(replies.sentence(f"Pair {pair.id} goes on as it is."))
    else:
        asked.say(which_pair(Word.KEEP))


def typed_partner(asked: Asked) -> None:
    """`partner`: one's pairs; with `new`, `wait` or `rest` what one chooses, `end` to end one, `why` and a reason."""
    word, rest = _halves(asked.rest)
    if word == _END:
        _typed_end(asked, rest)
    elif word == _WHY:
        _typed_why(asked, rest)
    elif word in {*Choice}:
        _typed_choice(asked, Choice(word), rest)
    else:
        asked.say(views.my_pairs(parting.mine(*asked.by)))


def is_meant(rest: str) -> bool:
    """Whether what follows `partner` is ours, and not the rest of a sentence."""
    word, _ = _halves(rest)
    return words.alone(rest) or word in {_END, _WHY, *Choice}


def _halves(text: str) -> tuple[str, str]:
    first, _, rest = text.strip().partition(" ")
    return plain(first).casefold(), rest.strip()


def _typed_choice(asked: Asked, choice: Choice, rest: str) -> None:
    found = parting.mine(*asked.by)
    number = next(iter(words.numbers(rest)), 0)
    meant = [one for one in found.alone if number in (0, one.pair_id)]
    if not meant:
        raise NoChoiceLeft
    if len(meant) > 1:
        asked.say(views.my_pairs(found, "Which pair do you mean? Type its number behind the word."))
    else:
        asked.say(views.chosen(_chosen(asked, meant[0], choice)))


def _chosen(asked: Asked, one: Alone, choice: Choice) -> Alone:
    return parting.choose(*asked.by, one.pair_id, choice)


def _typed_end(asked: Asked, rest: str) -> None:
    """`partner end` asks first; `partner end yes` does it, with a number where there are several."""
    running = parting.mine(*asked.by).running
    number = next(iter(words.numbers(rest)), 0)
    meant = [one for one in running if number in (0, one.pair_id)]
    if not meant:
        raise NoChoiceLeft
    if len(meant) == 1 and _is_sure(rest):
        _ended(asked, meant[0])
    else:
        asked.say(views.end_question(meant))


def _is_sure(rest: str) -> bool:
    return not _SURE.isdisjoint(plain(rest).casefold().split())


def _ended(asked: Asked, one: MyPair) -> None:
    asked.say(views.ended(parting.part(*asked.by, one.pair_id)))


def _typed_why(asked: Asked, rest: str) -> None:
    """`partner why 12` and a reason; leads may read it only where the form says so."""
    number, reason = words.numbered(rest)
    before = parting.said(*asked.by, number)
    if reason:
        kept = parting.explain(*asked.by, number, reason, before.leads_may_read)
        asked.say(views.why_kept(kept))
    else:
        asked.open(views.why_modal(before))
