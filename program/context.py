"""What every use case needs: the database, the clock, and a way to begin a unit of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from program.act import Act
from program.every_program import EveryProgram
from program.in_hand import Holding, InHand, Place
from program.subjects import Subject
from program.trails import Trails
from program.vocabularies import Vocabularies
from storage.database import Database, Tx
from storage.outbox import queued

AT_ONCE = 25
"""How many pairs one transaction introduces or ends: a fraction of a second in which nobody else can save anything."""


def _nobody_listens() -> None:
    """Stand in where nothing delivers messages, as in a test of one use case."""


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of a use case.

    `now` gives an aware datetime. `admins` are Slack user ids that may set up programs besides the workspace's own
    admins. `wake` is called after a commit that queued messages. `trails` make matching again quick, and
    `vocabularies` a type-ahead. `in_hand` are the messages whose button was just pressed. `here` is what somebody has
    in front of them, the nearest first. Within `timed` goes what takes long, and it is told what that is. `keeps` is
    how long finished messages and check-ins stay on record, and `keeps_audit` entries of the audit log; None for ever.
    `every` is what the jobs of one tick share.
    """

    database: Database
    now: Callable[[], datetime]
    admins: frozenset[str] = field(default_factory=frozenset)
    wake: Callable[[], None] = _nobody_listens
    trails: Trails = field(default_factory=Trails)
    vocabularies: Vocabularies = field(default_factory=Vocabularies)
    in_hand: InHand = field(default_factory=InHand)
    here: tuple[Subject, ...] = ()
    timed: Callable[[str], AbstractContextManager[object]] = nullcontext
    keeps: timedelta | None = None
    keeps_audit: timedelta | None = None
    every: EveryProgram | None = None

    @contextmanager
    def act(self, workspace: str = "", by: str = "", about: Subject | None = None) -> Iterator[Act]:
        """A unit of work that changes things: committed at its end, or not at all when anything is raised.

        Without a workspace it is the calendar that acts, and then `about` tells the program. Whoever delivers is woken
        after the commit if there is something to deliver, beside messages that are answered where they stand.
        """
        with self.database.write() as tx:
            queued.forget(tx)
            yield self._act(tx, workspace, by, about)
            news = queued.has(tx, self.in_hand)
        if self.every:
            self.every.forget()
        if news:
            self.wake()

    @contextmanager
    def read(self, workspace: str = "", by: str = "", about: Subject | None = None) -> Iterator[Act]:
        """The same for a look at one consistent state, in which nothing can be changed."""
        with self.database.read() as tx:
            yield self._act(tx, workspace, by, about)

    @contextmanager
    def answering(self, place: Place) -> Iterator[Holding]:
        """Show the message at this place oneself for a moment; whoever delivers is woken after it, if it was not."""
        with self.in_hand.holding(place) as held:
            yield held
        if not held.shown:
            self.wake()

    def _act(self, tx: Tx, workspace: str, by: str, about: Subject | None) -> Act:
        subjects = (about, *self.here) if about else self.here
        return Act(tx, self.now(), workspace, by, subjects, self.admins, self.every)

    def ticking(self) -> Context:
        """The same surroundings for the jobs of one tick, which read all programs once."""
        return replace(self, every=EveryProgram())

    def seeing(self, *here: Subject) -> Context:
        """The same surroundings for somebody who has this in front of them."""
        return replace(self, here=here)
