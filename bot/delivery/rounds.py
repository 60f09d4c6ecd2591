"""What goes next: the lanes of the outbox, each with its share, and only those whose messages may go now.

A call for help comes first. The other lanes share by weight (stride scheduling, Waldspurger and Weihl, 1995): an answer
is sent before mail that has waited for longer, and mail is sent all the same however many answers there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from bot.delivery.windows import Claim
from mentoring.messages import LEADS_CHANNEL
from mentoring.urgency import Lane
from program import queue
from program.context import Context
from program.outgoing import Letter
from program.queue import Conversation

HEADS: Final = 8
"""Rows of each lane that are read at once."""

LOOK_EVERY = 0.5
"""Seconds after which what was read is read again: another process may have queued something since."""

IN_ORDER: Final = 2
"""So many messages at most go before a more pressing one because they were queued earlier for its conversation."""

TRUST: Final = 2.0
"""Seconds for which it is believed, without a look, that a conversation rests: leads may choose another channel."""

POST, UPDATE, OPEN, LOOK = "chat.postMessage", "chat.update", "conversations.open", "conversations.history"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a lane's messages take: the calls, how much of their limits, and its share of the courier's time."""

    calls: tuple[str, ...]
    claim: Claim
    weight: int
    risky: bool = False


DOUBTFUL: Final = -1
"""The lane of what may have arrived, and is looked for."""

RULES: Final = {
    Lane.HELP: Rule((POST,), Claim.WHOLE, 8),
    DOUBTFUL: Rule((OPEN, LOOK), Claim.WHOLE, 8),
    Lane.QUESTIONS: Rule((POST,), Claim.WHOLE, 8),
    Lane.ANSWERS: Rule((POST,), Claim.MOST, 8),
    Lane.CHANGES: Rule((UPDATE,), Claim.MOST, 8),
    Lane.LEADS: Rule((POST,), Claim.STEADY, 4, risky=True),
    Lane.INTRODUCTIONS: Rule((OPEN, POST), Claim.STEADY, 1, risky=True),
    Lane.MAIL: Rule((POST,), Claim.STEADY, 1),
    Lane.REDRAWN: Rule((UPDATE,), Claim.STEADY, 1),
}
"""In the order in which lanes go that have had the same share. `risky` ones go where nobody can look what arrived."""

_PRESSING: Final = (Lane.HELP, Lane.QUESTIONS, Lane.ANSWERS)


class Lanes:
    """The first rows of each lane, and whose turn it is. For one thread."""

    def __init__(self, ctx: Context, monotonic: Callable[[], float], wait: Callable[[Rule], float]) -> None:
        """`wait` says in how many seconds a message of such a lane may go, as far as its lane tells."""
        self._ctx = ctx
        self._monotonic = monotonic
        self._wait = wait
        self._heads: dict[int, deque[Letter]] = {}
        self._more: set[int] = set()
        self._read_at: float | None = None
        self._held: set[Conversation] = set()
        self._rests: dict[Conversation, float] = {}
        self._passes = dict.fromkeys(RULES, 0.0)
        self._time = 0.0
        self.is_empty = False
        """Whether the last look found nothing that is due, so that another round would find nothing either."""

    def begin(self) -> None:
        """Begin a round: what could not go in the one before is tried again."""
        self.is_empty = False
        self._held.clear()
        self.forget()

    def forget(self) -> None:
        """There may be something new: read again before the next choice."""
        self._read_at = None

    def hold(self, conversation: Conversation) -> None:
        """Send nothing more to a conversation in this round."""
        self._held.add(conversation)

    def rest(self, conversation: Conversation, seconds: float) -> None:
        """Send nothing to a conversation for so long."""
        self._rests[conversation] = self._monotonic() + min(seconds, TRUST)

    def next(self) -> tuple[Letter, Claim] | None:
        """What goes next, and how much of the limits it may use; None when nothing may go now."""
        for _ in range(2):
            fresh = self._is_old()
            if fresh:
                self._read()
            if chosen := self._choose():
                return chosen
            if fresh or not self._more:
                break  # all that was due has been read, and for what is new somebody wakes the courier
            self.forget()
        self.is_empty = not self._held and not any(self._heads.values())
        return None

    def ready_in(self) -> float:
        """Seconds until something may go that may not go now, as far as it is known here; 0 when nothing waits so."""
        now = self._monotonic()
        waits = [self._wait(rule) for rule in RULES.values()]
        waits += [until - now for until in self._rests.values()]
        waits.append(queue.next_in(self._ctx) or 0.0)
        return min((wait for wait in waits if wait > 0), default=0.0)

    def _resting(self) -> Collection[Conversation]:
        now = self._monotonic()
        self._rests = {one: until for one, until in self._rests.items() if until > now}
        return self._held | self._rests.keys()

    def _is_old(self) -> bool:
        emptied = any(not self._heads.get(lane) for lane in self._more)
        return emptied or self._read_at is None or self._monotonic() - self._read_at >= LOOK_EVERY

    def _read(self) -> None:
        resting = self._resting()
        ready = {lane for lane, rule in RULES.items() if not self._wait(rule)}
        if any(recipient == LEADS_CHANNEL for _, recipient in resting):
            # All of that lane stands in one conversation, so none of it has to be read.
            ready.discard(Lane.LEADS)
        found = queue.heads(
            self._ctx, [one for one in Lane if one in ready], DOUBTFUL in ready, resting, HEADS
        )
        self._heads = {lane: deque() for lane in RULES}
        for lane, letter in found:
            self._heads[DOUBTFUL if lane is None else lane].append(letter)
        self._more = {lane for lane, heads in self._heads.items() if len(heads) == HEADS}
        self._read_at = self._monotonic()

    def _choose(self) -> tuple[Letter, Claim] | None:
        lane = self._turn(self._resting())
        if lane is None:
            return None
        letter = self._heads[lane].popleft()
        first = self._first(lane, letter)
        if first is not letter:
            self.forget()
        self._charge(lane)
        return first, RULES[lane].claim

    def _turn(self, resting: Collection[Conversation]) -> int | None:
        """The lane whose turn it is, with a row at its head that may go."""
        able = []
        for lane, heads in self._heads.items():
            while heads and heads[0].conversation in resting:
                heads.popleft()
            if heads and not self._wait(RULES[lane]):
                able.append(lane)
        if Lane.HELP in able:
            return Lane.HELP
        return min(able, key=lambda lane: max(self._passes[lane], self._time), default=None)

    def _charge(self, lane: int) -> None:
        """A lane that had nothing to send for a while has saved up nothing."""
        self._time = max(self._time, self._passes[lane]) if lane != Lane.HELP else self._time
        self._passes[lane] = max(self._passes[lane], self._time) + 1 / RULES[lane].weight

    def _first(self, lane: int, letter: Letter) -> Letter:
        """What goes first in the conversation of a new message, so that its order stays."""
        if letter.posted or lane == Lane.LEADS:
            return letter
        earlier = queue.ahead(self._ctx, letter, IN_ORDER + 1)
        overtakes = lane in _PRESSING and len(earlier) > IN_ORDER
        return earlier[0] if earlier and not overtakes else letter
