"""Candidates for pairs and the people they are of, as arrays by place. Loads numpy: import it late."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mentoring.matching.arrays import Bools, Ints, among


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of one side by place: room for more partners, who has one already, and for how many cycles not."""

    room: Ints
    served: Bools
    waiting: Ints

    def __len__(self) -> int:
        return len(self.room)

    def rooms(self) -> tuple[Ints, Ints]:
        """Return the room for each person's first partner (none for those who have one) and for further ones."""
        first = np.where(self.served, 0, np.minimum(self.room, 1))
        return first, self.room - first

    def at_most(self, partners: Ints) -> Roster:
        """Return the same people with room for no more partners than this."""
        return replace(self, room=np.minimum(self.room, partners))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Legal pairs in the order of their codes, by the places of mentor and mentee.

    A code is the mentee's place times the number of mentors, plus the mentor's place. `kept` are pairs that the
    leads have seen.
    """

    codes: Ints
    mentor: Ints
    mentee: Ints
    score: Ints
    kept: Bools

    def __len__(self) -> int:
        return len(self.codes)

    def only(self, which: Bools) -> Candidates:
        """Return some of the candidates."""
        return Candidates(*(getattr(self, name)[which] for name in self.__slots__))

    def without(self, others: Candidates) -> Candidates:
        """Return the candidates that are not among others."""
        return self.only(~others.has(self.codes))

    def and_(self, others: Candidates) -> Candidates:
        """Return these and others that are not among them."""
        order = np.argsort(np.concatenate([self.codes, others.codes]), kind="stable")
        both = ((getattr(self, name), getattr(others, name)) for name in self.__slots__)
        return Candidates(*(np.concatenate(columns)[order] for columns in both))

    def places(self, codes: Ints) -> Ints:
        """Return where pairs with these codes stand, or would."""
        return np.searchsorted(self.codes, codes)

    def has(self, codes: Ints) -> Bools:
        """Return which pairs, by their codes, are among the candidates."""
        return among(codes, self.codes)
