"""The review: a cycle's pairs in an order that stays while a lead decides, sieved and page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from mentoring.cycles import Cycle, CycleState
from mentoring.for_leads import PairCard
from mentoring.pairings import Pair, PairState
from mentoring.programs import Program
from program import access, lines, sight
from program.act import Act
from program.context import Context
from program.forms import EVERYTHING, AllAtOnce, ReviewPage, Shows, Sieve, SortedBy
from program.look import Look
from program.pages import Before, Key, Turned, turned
from program.screens import card_of
from storage import cycles, pairs
from storage.database import Tx

PAGE = 10
MOST_CHOICES = 99
"""Slack shows up to 100 choices in a menu, and one of them is "all"."""

MOST_CARRIED = 150
"""The longest text that a choice can carry."""


def review(
    ctx: Context,
    workspace: str,
    lead_id: str,
    page: int = 0,
    sieve: Sieve = EVERYTHING,
    standing: Sequence[int] = (),
    start: Key = (),
    turn: int = 0,
) -> ReviewPage:
    """The page of the newest cycle's pairs that is so many turns from the one on the screen: 1, -1, or 0 for itself.

    On itself, those with the numbers in `standing` come first, as they stand now; `start` is where it begins.
    Raises `NotAllowed`.
    """
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
        cycle = newest(act.tx, program)
        opened = act.now.timestamp() if sieve.since is None else sieve.since
        if cycle is None:
            return ReviewPage(0, 0, (), 0, 1)
        entries = _entries(act.tx, program, cycle, sieve)
        found = sorted((one for one in entries if one.fits(sieve)), key=_ORDERS[sieve.by])
        now = _turned(found, sieve, Before(page, start, len(standing), _at(found, standing)), turn)
        shown = _as_they_stand(entries, standing if now.stays else (), [found[place] for place in now.places])
        return ReviewPage(
            cycle.id,
            cycle.number,
            tuple(one.card for one in shown),
            now.page,
            now.pages,
            sieve=_opened(sieve, opened),
            left=sum(one.pair.state is PairState.PROPOSED for one in entries),
            total=len(entries),
            found=len(found),
            departments=_choices(side for one in entries for side in one.departments),
            skills=_choices(topic for one in entries for topic in one.pair.topics),
            all_at_once=at_once((one.card for one in found), _elsewhere(act, cycle)),
            start=now.start,
        )


def _at(found: Sequence[_Entry], standing: Sequence[int]) -> frozenset[int]:
    """The places at which the pairs with these numbers are found."""
    return frozenset(place for place, one in enumerate(found) if one.pair.id in standing)


def _turned(found: Sequence[_Entry], sieve: Sieve, before: Before, turn: int) -> Turned:
    return turned([_ORDERS[sieve.by](one) for one in found], PAGE, before, turn)


def newest(tx: Tx, program: Program) -> Cycle | None:
    """The newest cycle that has been matched, if there is one."""
    held = [cycle for cycle in cycles.of_program(tx, program.id) if cycle.runs]
    return held[-1] if held else None


def about_to_approve_all(act: Act) -> AllAtOnce:
    """What approving all that waits in the newest cycle would do. Raises `NotAllowed`."""
    program = access.lead(act)
    cycle = newest(act.tx, program)
    return at_once(_waiting(act.tx, program, cycle), _elsewhere(act, cycle))


def _waiting(tx: Tx, program: Program, cycle: Cycle | None) -> list[PairCard]:
    """The cards of the pairs that wait in a cycle, by number."""
    if cycle is None or cycle.state is CycleState.CLOSED:
        return []
    return _cards(Look(tx, program), pairs.of_cycle(tx, cycle.id, PairState.PROPOSED))


def _elsewhere(act: Act, here: Cycle | None) -> int:
    """How many pairs wait in another cycle, as those found in its middle may when the next one's are proposed."""
    going_on = cycles.in_state(act.tx, CycleState.PROPOSED, CycleState.RUNNING)
    return sum(
        pairs.counts(act.tx, one.id).get(PairState.PROPOSED, 0)
        for one in going_on
        if one.program_id == act.program.id and (here is None or one.id != here.id)
    )


def at_once(cards: Iterable[PairCard], elsewhere: int) -> AllAtOnce:
    """What approving all of these cards would do: nothing to those that need a look, or that a lead holds."""
    open_ones = [card for card in cards if card.pair.state is PairState.PROPOSED]
    warned = [card for card in open_ones if card.warnings]
    held = [card for card in open_ones if card.pair.held_by and not card.warnings]
    ready = [card for card in open_ones if not card.warnings and not card.pair.held_by]
    seen, number = sight.written(ready)
    return AllAtOnce(number, seen, len(warned), len(held), len(ready) - number, elsewhere)


def _opened(sieve: Sieve, since: float) -> Sieve:
    return Sieve(sieve.shows, sieve.by, sieve.department, sieve.skill, sieve.person, since)


class _Entry:
    """A pair in the review: its card, and what it is found and put in order by, which no decision changes."""

    def __init__(self, card: PairCard, unsure: bool, since: float | None) -> None:
        self.card, self.pair, self.needs_look = card, card.pair, unsure
        self.departments = (card.mentor.department, card.mentee.department)
        self.waited = self.pair.state is PairState.PROPOSED or _is_later(self.pair, since)

    def fits(self, sieve: Sieve) -> bool:
        """Whether the sieve lets it through."""
        department = sieve.department.casefold()
        shown = {
            Shows.ALL: True,
            Shows.WAITING: self.waited,
            Shows.ATTENTION: self.waited and self.needs_look,
        }
        return (
            shown[sieve.shows]
            and (not department or department in map(str.casefold, self.departments))
            and (not sieve.skill or sieve.skill in self.pair.topics)
            and (not sieve.person or sieve.person in self.pair.people)
        )


def _is_later(pair: Pair, since: float | None) -> bool:
    """Whether it was decided since the review was opened."""
    return since is not None and pair.decided_at is not None and pair.decided_at >= _moment(since)


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.max.replace(tzinfo=UTC)


_NAME = 40
"""So much of a name counts in an order, as where a page begins is carried by the modal."""

_ORDERS: dict[SortedBy, Callable[[_Entry], Key]] = {
    SortedBy.ATTENTION: lambda one: (not one.waited, not one.needs_look, one.pair.id),
    SortedBy.FIT: lambda one: (-one.pair.score, one.pair.id),
    SortedBy.NAME: lambda one: (one.card.mentor.name.casefold()[:_NAME], one.pair.id),
}


def _entries(tx: Tx, program: Program, cycle: Cycle, sieve: Sieve) -> list[_Entry]:
    look, found = Look(tx, program), pairs.of_cycle(tx, cycle.id)
    cards = _cards(look, found)
    return [_Entry(card, bool(lines.unsure(look, card.pair)), sieve.since) for card in cards]


def _cards(look: Look, found: Sequence[Pair]) -> list[PairCard]:
    look.pairs(*(pair.id for pair in found))  # with all that their cards ask for: at once, not one by one
    return [card_of(look, pair) for pair in found]


def _as_they_stand(entries: Sequence[_Entry], standing: Sequence[int], page: list[_Entry]) -> list[_Entry]:
    """What stands on a page stays where it is; what came since, by a decision on another pair, fills what is free."""
    by_number = {one.pair.id: one for one in entries}
    stay = [by_number[number] for number in standing if number in by_number]
    return [*stay, *(one for one in page if one not in stay)][:PAGE]


def _choices(words: Iterable[str]) -> tuple[str, ...]:
    """Different words in the order of the alphabet, as many as a menu shows."""
    by_key = {word.casefold(): word for word in words if word and len(word) <= MOST_CARRIED}
    return tuple(by_key[key] for key in sorted(by_key))[:MOST_CHOICES]
