"""Visits: whom people act as on the pages that are open now."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class Visit:
    """One open page, which shows the screen of ``user`` once that is known."""

    visits: Visits
    user: str | None = None

    def acts_as(self, user: str | None) -> None:
        """Tell whose screen the page shows."""
        self.user = user

    def end(self) -> None:
        """Tell that the page was closed, or turned to somebody else."""
        self.visits.over(self)


@dataclass(slots=True)
class Visits:
    """All open pages; every method may be called from any thread."""

    _open: list[Visit] = field(default_factory=list)
    _busy: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> Visit:
        """Add a page that was opened."""
        visit = Visit(self)
        with self._lock:
            self._open.append(visit)
        return visit

    def over(self, visit: Visit) -> None:
        """Forget a page that was closed."""
        with self._lock:
            self._open.remove(visit)
            self._busy &= self._users()

    def did_something(self, user: str) -> None:
        """Remember that somebody did something as that person."""
        with self._lock:
            self._busy.add(user)

    def acted_as(self, *, busy: bool = False) -> frozenset[str]:
        """Return whom an open page shows; ``busy``: only those as whom somebody did something since it does."""
        with self._lock:
            return frozenset(self._users() & self._busy if busy else self._users())

    def _users(self) -> set[str]:
        return {visit.user for visit in self._open if visit.user}
