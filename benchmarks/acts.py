"""What people do while the clock runs: type the command, save the form, approve a pair."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle, zip_longest

from benchmarks.seed import SKILL
from benchmarks.workplace import Effect, Workplace
from handlers.ids import COMMAND, Word
from mentoring.programs import DEFAULT_LADDER
from sandbox import Message, Reply


@dataclass(frozen=True, slots=True)
class Lap:
    """When somebody began an act, and when Slack had the app's answer; `effect` is what the act brings."""

    began: float
    answered: float
    effect: Effect


class ActFailed(Exception):
    """The app did not do what the person wanted."""


class Acts:
    """The acts of the people of one workplace; each method prepares one and gives what is to be timed."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._members = workplace.mentors + workplace.mentees
        self._turn = count()
        self._cards = _in_turns(workplace.cards)
        self._lead = cycle(workplace.leads)

    def open_form(self) -> Callable[[], Lap]:
        """Somebody enrolled types the command, and a form opens."""
        person = self._members[next(self._turn) % len(self._members)]

        def act() -> Lap:
            began = time.perf_counter()
            reply = person.types(COMMAND)
            answered = time.perf_counter()
            _check(reply)
            form = person.waits_for_modal()
            person.closes_modal()
            return Lap(began, answered, ("views.open", form.id))

        return act

    def save_form(self) -> Callable[[], Lap]:
        """Somebody new saves the form; the answer closes it, and then a welcome message appears."""
        person = self._workplace.newcomer()
        _check(person.types(f"{COMMAND} {Word.SHARE} {SKILL}"))
        # The word that was typed has filled in the role; choosing it would have the form made anew.
        person.fills("My level", DEFAULT_LADDER[0])

        def act() -> Lap:
            began = time.perf_counter()
            outcome = person.submits()
            answered = time.perf_counter()
            if not outcome.closed:
                raise ActFailed(f"the form stayed open: {outcome.errors or outcome.error}")
            return Lap(began, answered, ("chat.postMessage", person.id))

        return act

    def approve(self) -> Callable[[], Lap]:
        """A lead clicks Approve on a card, which then says so."""
        number, message = next(self._cards)
        lead = next(self._lead)

        def act() -> Lap:
            reply = lead.clicks(str(number), message)  # the first button of a pair that waits is Approve
            answered = time.perf_counter()
            _check(reply)
            return Lap(self._workplace.clicked_at, answered, ("response_url", str(number)))

        return act


def _in_turns(cards: Sequence[tuple[tuple[int, ...], Message]]) -> Iterator[tuple[int, Message]]:
    """The numbers of the pairs that wait, each with its message: the first pair of every message, then the second.

    So a crowd does not meet in one message, where the bot would show several decisions in one update.
    """
    for row in zip_longest(*(numbers for numbers, _ in cards)):
        yield from ((number, message) for number, (_, message) in zip(row, cards, strict=True) if number)


def _check(reply: Reply) -> None:
    if not reply.ok or reply.text:
        raise ActFailed(reply.error or reply.text)
