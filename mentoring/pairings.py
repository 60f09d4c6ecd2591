"""A pair's life, from proposal to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mentoring.matching import Broken, Reason, Rule, Side


class PairState(StrEnum):
    """Where a pair stands. One that was withdrawn may be proposed again in its cycle, when what stopped it is over.

    Introduced begins when the introduction is sent; while it has not arrived, the pair can still be withdrawn.
    """

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    INTRODUCED = "introduced"
    ENDED = "ended"
    FINISHED = "finished"


PAIR_MOVES: dict[PairState, frozenset[PairState]] = {
    PairState.PROPOSED: frozenset({PairState.APPROVED, PairState.DECLINED, PairState.WITHDRAWN}),
    # Until its introduction is on its way, a decision can be undone.
    # One that a lead paired by hand after it was declined is declined again by that.
    PairState.APPROVED: frozenset(
        {PairState.INTRODUCED, PairState.WITHDRAWN, PairState.PROPOSED, PairState.DECLINED}
    ),
    PairState.INTRODUCED: frozenset({PairState.ENDED, PairState.FINISHED, PairState.WITHDRAWN}),
    # A lead may pair two people by hand after all.
    PairState.DECLINED: frozenset({PairState.PROPOSED}),
    PairState.WITHDRAWN: frozenset({PairState.PROPOSED}),
    # Only a pair that was cut off goes on, or is proposed again.
    PairState.ENDED: frozenset({PairState.INTRODUCED, PairState.PROPOSED}),
    PairState.FINISHED: frozenset(),
}

PENDING = (PairState.PROPOSED, PairState.APPROVED)
UNDONE = (PairState.APPROVED, PairState.DECLINED)
"""The decisions that can be undone."""

LIVE = (PairState.APPROVED, PairState.INTRODUCED)
STANDING = (PairState.PROPOSED, PairState.APPROVED, PairState.INTRODUCED)
MET = (PairState.INTRODUCED, PairState.ENDED, PairState.FINISHED)


class Cause(StrEnum):
    """Why a pair was withdrawn or has ended, or why its introduction waits, where nobody wrote a reason."""

    PAUSED = "paused"
    LEFT = "left"
    GONE = "gone"
    NO_MEMBER = "no_member"
    CYCLE_ENDED = "cycle_ended"
    MADE_WAY = "made_way"
    SWAPPED = "swapped"
    TAKEN_BACK = "taken_back"
    BREAKS_RULES = "breaks_rules"
    REFUSED = "refused"
    WAITS = "waits"
    PARTED = "parted"


@dataclass(frozen=True, slots=True)
class Because:
    """A cause with what belongs to it: the rules that are `broken`, or the `error` by which Slack refuses `who`."""

    cause: Cause
    broken: tuple[Broken, ...] = ()
    error: str = ""
    who: Side | None = None


@dataclass(frozen=True, slots=True)
class Decline:
    """Who declined a pair, when, and in which words."""

    by: str | None
    at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentor and a mentee in one cycle; `id` is the number that leads see and type.

    `reasons` explain the proposal; those of older versions are sentences. `note` is what a lead wrote on declining it,
    or ending it, or what an older version wrote in the place of `why`: why it was withdrawn or has ended, or why its
    introduction waits. `introduced_at` is when the introduction was delivered, and `channel` the
    group DM it went to. `nudged_at` is when it was looked at whether they have met. `cut_off` is when the pair ended
    only because the directory said that one of the two is gone.

    `proposed_at` is since when the pair waits for a decision. `held_by` is the lead who said that no rule approves it,
    `by_rule` what `mentoring.policy` wrote when one did, `ended_by` the lead who ended it, and `rests_until` the day
    until which a lead let it rest. `made_by_hand` tells whether it stands because a lead made it and not because it was
    proposed, `bent` are the hard rules that were set aside for that, and `instead_of` the number of the pair in whose
    place a swap put this one. `declined` is the decline that was set aside when a lead paired the two by hand.
    `intro_of` is the pair whose introduction brought this one into its conversation, with other mentors of the same
    mentee; None for a pair with a conversation of its own.
    """

    id: int
    program_id: int
    cycle_id: int
    mentor_id: str
    mentee_id: str
    state: PairState
    score: int
    reasons: tuple[Reason | str, ...] = ()
    topics: tuple[str, ...] = ()
    decided_by: str | None = None
    decided_at: datetime | None = None
    note: str = ""
    introduced_at: datetime | None = None
    channel: str | None = None
    cut_off: datetime | None = None
    nudged_at: datetime | None = None
    why: Because | None = None
    proposed_at: datetime | None = None
    held_by: str | None = None
    by_rule: str | None = None
    ended_by: str | None = None
    rests_until: date | None = None
    made_by_hand: bool = False
    bent: tuple[Rule, ...] = ()
    instead_of: int | None = None
    intro_of: int | None = None
    declined: Decline | None = None

    @property
    def intro(self) -> int:
        """The number of the pair whose introduction is the one of this pair as well; usually its own."""
        return self.intro_of or self.id

    def partner_of(self, person_id: str) -> str:
        """The other person of the pair."""
        return self.mentee_id if person_id == self.mentor_id else self.mentor_id

    @property
    def people(self) -> tuple[str, str]:
        """The mentor's id and the mentee's."""
        return self.mentor_id, self.mentee_id


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """A pair as the matching proposes it, before it has a number."""

    mentor_id: str
    mentee_id: str
    score: int
    reasons: tuple[Reason | str, ...]
    topics: tuple[str, ...]
