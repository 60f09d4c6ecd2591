"""One unit of work: a transaction, the moment at which it happens, who acts, and the program it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from mentoring.errors import NoProgram
from mentoring.messages import Notice
from mentoring.programs import Program
from program.every_program import EveryProgram
from program.subjects import Subject, program_of
from storage import audit
from storage.database import Tx
from storage.outbox import outbox


class Act:
    """What a use case works with, from its first look to the commit; `Context.act` and `Context.read` make it.

    `now` is the same instant everywhere in it. `by` is who acts, empty for the calendar. `admins` are those whom the
    operator named.
    """

    def __init__(
        self,
        tx: Tx,
        now: datetime,
        workspace: str = "",
        by: str = "",
        about: Sequence[Subject] = (),
        admins: frozenset[str] = frozenset(),
        every: EveryProgram | None = None,
    ) -> None:
        """Begin; which program it is about is only looked up when somebody asks."""
        self.tx = tx
        self.now = now
        self.workspace = workspace
        self.by = by
        self.admins = admins
        self._about = about
        self._every = every or EveryProgram()

    @cached_property
    def found(self) -> Program | None:
        """The program as it was when it was first asked for, or None where there is none yet."""
        return program_of(self.tx, self.workspace, self.by, self._about)

    @property
    def program(self) -> Program:
        """The program; raises `NoProgram`."""
        if self.found is None:
            raise NoProgram
        return self.found

    def every_program(self) -> list[Program]:
        """All programs, by number; the jobs of a tick read them once for all."""
        return self._every.read(self.tx)

    def within(self, program: Program) -> Act:
        """The same unit of work, about this program as it is now."""
        act = Act(self.tx, self.now, program.workspace, self.by, admins=self.admins)
        act.found = program
        return act

    def say(self, notice: Notice, asked: bool = False) -> bool:
        """Queue a notice, unless the same was queued before; tells whether this call did it.

        What somebody `asked` for just now goes out at once, also outside working time.
        """
        return outbox.put(self.tx, self.program.id, notice, self.now, asked)

    def say_again(self, notice: Notice, asked: bool = False) -> bool:
        """Queue a notice also when it was let go before anybody saw it; tells whether this call did it."""
        return outbox.put_again(self.tx, self.program.id, notice, self.now, asked)

    def say_all(self, notices: Iterable[Notice], asked: bool = False) -> None:
        """Queue several notices, except those that were queued before."""
        outbox.put_all(self.tx, self.program.id, notices, self.now, asked)

    def note(
        self,
        action: str,
        subject: object,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        **details: Any,
    ) -> None:
        """Keep on record what was done, and what it changed; all values are plain, and leads may see them.

        Nothing that somebody wrote in their own words belongs in it, but for the reason for which a lead set a rule
        aside: whoever gives it reads that it is kept on record.
        """
        actor = self.by or audit.SCHEDULE
        audit.note(self.tx, self.program.id, self.now, actor, action, subject, before, after, **details)
