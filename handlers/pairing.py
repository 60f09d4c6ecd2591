"""Pairs that leads make or ask for: swaps, two people by hand, and what is fixed or forbidden beforehand."""

from __future__ import annotations

import re
from functools import partial

from handlers import deciding, home, review, words
from handlers.deciding import look_at
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, PairField, PairWish, Word, row_id
from handlers.keyboards import plain
from handlers.metadata import Named
from handlers.replying import Asked, remembered
from handlers.views import Rendered
from handlers.views import by_hand as views
from handlers.views import swaps as swap_views
from handlers.views.replies import sentence
from handlers.wording import notice, refusal, which_pair
from mentoring.errors import Invalid, NeedsReason, NoSuchSwap, NotMembers, ProgramError
from mentoring.ids import person_in
from mentoring.pairings import Pair
from mentoring.wishes import Wanted
from program import approvals, by_hand, resolving, wanted
from program.resolving import Changed

_YES = frozenset({"yes", "y", "yes please"})


def register(on: Hearing) -> None:
    """Listen for the buttons and the form."""
    on.action(Action.SWAP, swap)
    on.action(Action.SWAP_CHOOSE, choose)
    on.action(Action.PAIR_FORM, form)
    on.action(Action.WISH_BACK, take_back)
    on.view(Callback.PAIR, submitted)


def swap(asked: Asked) -> None:
    """Show who else could be in a pair."""
    number = asked.act.row_id
    if asked.act.in_answer:
        asked.say(swap_views.swap_list(by_hand.offered(*asked.by, number)))
        return
    page = deciding.page_of(asked) if deciding.in_review(asked) else None
    try:
        approvals.card(*asked.by, number)
    except ProgramError as error:
        if page is None:
            raise
        review.show(asked, page, review.said_above(error))
        return
    shown = asked.wait(sentence(swap_views.WAIT), swap_views.TITLE)
    try:
        view = swap_views.swap_modal(by_hand.offered(*asked.by, number), page)
    except ProgramError as error:  # somebody else was faster
        view = notice(refusal(error), swap_views.TITLE)
    asked.update(view, shown)


def typed_swap(asked: Asked) -> None:
    """`swap 12` lists, `swap 12 2` chooses the second of what was listed last."""
    numbers = re.findall(r"[0-9]+", plain(asked.rest))
    if not numbers:
        asked.say(which_pair(Word.SWAP))
        return
    number = row_id(numbers[0])
    chosen = by_hand.numbered(asked.ctx, asked.person_id, number, row_id(numbers[1])) if numbers[1:] else None
    if chosen is None:
        asked.say(swap_views.swap_list(by_hand.offered(*asked.by, number)))
    else:
        asked.say(views.made(*_chosen(asked, number, chosen)))


def choose(asked: Asked) -> None:
    """Put the pair that was chosen in the place of the proposed one."""
    number, *people = asked.act.value.split(" ")
    if len(people) != 2:
        raise NoSuchSwap
    told = views.made(*_chosen(asked, row_id(number), (people[0], people[1])))
    if asked.act.view is not None:
        asked.update(notice(told, "Swapped"))
        if deciding.in_review(asked):
            asked.update(deciding.review_page(asked, deciding.page_of(asked)), asked.act.view.root)
    else:
        asked.say(told, instead=True)


def _chosen(asked: Asked, number: int, people: tuple[str, str]) -> tuple[Pair, Changed]:
    look_at(asked, people)
    pair = by_hand.swap(*asked.by, number, people)
    return pair, resolving.after(*asked.by, pair.cycle_id)


def typed_pair(asked: Asked) -> None:
    """`pair @Ana @Ben`, with a reason behind where a rule is bent, or `yes` where there is something to look at."""
    two, rest = _named(asked.rest)
    if two is None:
        wanted.standing(*asked.by)  # only leads hear more
        asked.say(views.whom())
        return
    looked = by_hand.consider(*asked.by, *two)
    if not looked.is_plain and not rest:
        asked.say(views.look_first(looked))
    elif looked.bent and plain(rest).casefold() in _YES:
        raise NeedsReason(looked.bent)
    else:
        asked.say(views.made(*_paired(asked, two, rest)))


def _paired(asked: Asked, two: tuple[str, str], reason: str) -> tuple[Pair, Changed]:
    look_at(asked, two)
    pair = by_hand.pair(*asked.by, *two, reason)
    return pair, resolving.after(*asked.by, pair.cycle_id)


def form(asked: Asked) -> None:
    """Open the form for two people, filled in with those whom a button names."""
    wanted.standing(*asked.by)  # only leads get it
    people = [*asked.act.value.split(" "), "", ""] if asked.act.value else ["", ""]
    asked.open(remembered(views.pair_modal(people[0], people[1]), asked.act))


def submitted(asked: Asked) -> None:
    """Do what the form says about two people; what speaks against a pair is shown once before it is made."""
    answers = asked.act.answers
    two = person_in(answers.one(PairField.ONE)), person_in(answers.one(PairField.OTHER))
    wish, reason = answers.one(PairField.WISH, PairWish.NOW), answers.one(PairField.REASON)
    try:
        if wish == PairWish.NOW:
            _submitted_pair(asked, two, reason)
        else:
            kind = Wanted.FIX if wish == PairWish.FIX else Wanted.FORBID
            told = _wished(asked, kind, two, this_cycle=wish != PairWish.NEVER)
            asked.ack(response_action="update", view=notice(told, "Saved"))
    except NotMembers as error:
        raise Invalid({PairField.OTHER: error.sentence}) from None
    home.refresh(asked)


def _submitted_pair(asked: Asked, two: tuple[str, str], reason: str) -> None:
    looked = by_hand.consider(*asked.by, *two)
    from_home = asked.act.from_home
    seen = asked.act.carried == Named(looked.mentor_id, looked.mentee_id, from_home)
    if (looked.bent and not reason.strip()) or not (looked.is_plain or seen):
        view = views.pair_modal(*two, PairWish.NOW, reason, looked, from_home)
        asked.ack(response_action="update", view=view)
        return
    told = views.made(*_paired(asked, two, reason))
    asked.ack(response_action="update", view=notice(told, "Paired"))


def typed_wish(kind: Wanted, asked: Asked) -> None:
    """`fix @Ana @Ben` for this cycle, `forbid @Ana @Ben` until it is taken back."""
    two, _ = _named(asked.rest)
    if two is None:
        asked.say(views.standing(wanted.standing(*asked.by)))
    else:
        asked.say(_wished(asked, kind, two))


def _wished(asked: Asked, kind: Wanted, two: tuple[str, str], this_cycle: bool = False) -> Rendered:
    found = wanted.ask(*asked.by, kind, *two, this_cycle=this_cycle)
    changed = resolving.after(*asked.by, found.cycle_id)
    return views.standing(found, changed, "That is kept. Neither of the two is told.")


def typed_allow(asked: Asked) -> None:
    """`allow @Ana @Ben` or `unfix @Ana @Ben`: nothing is asked for these two any more."""
    two, _ = _named(asked.rest)
    if two is None:
        asked.say(views.standing(wanted.standing(*asked.by)))
    else:
        asked.say(_taken_back(asked, two))


def take_back(asked: Asked) -> None:
    """Take back what a row of the list says."""
    one, _, other = asked.act.value.partition(" ")
    told = _taken_back(asked, (one, other))
    if asked.act.view is not None:
        asked.update(notice(told, "Wishes"))
    else:
        asked.say(told, instead=True)


def _taken_back(asked: Asked, two: tuple[str, str]) -> Rendered:
    done, found = wanted.take_back(*asked.by, *two)
    changed = resolving.after(*asked.by, found.cycle_id)
    told = "That is taken back." if done else "Nothing was asked for these two."
    return views.standing(found, changed, told)


def typed_wishes(asked: Asked) -> None:
    """`wishes`: what leads fixed and forbade."""
    asked.say(views.standing(wanted.standing(*asked.by)))


typed_fix = partial(typed_wish, Wanted.FIX)
typed_forbid = partial(typed_wish, Wanted.FORBID)


def _named(text: str) -> tuple[tuple[str, str] | None, str]:
    """The first two people named in a text, and what follows them."""
    found = list(words.PERSON.finditer(text))
    if len(found) < 2:
        return None, ""
    return (found[0][1], found[1][1]), text[found[1].end() :].strip(" ,.:;-")
