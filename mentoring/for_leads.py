"""What leads read about pairs and calls for help: contents of notices, as they are at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentoring.checkins import Answer
from mentoring.cycles import StillAlone
from mentoring.matching import Broken
from mentoring.pairings import UNDONE, Pair, PairState
from mentoring.policy import BY_HAND, ByItself, Policy


@dataclass(frozen=True, slots=True)
class Summary:
    """To the leads' channel: what one run of the matching proposes, and how the decisions stand.

    Of the `approved` pairs, some are `to_introduce`, and of the others some introductions are `on_their_way`. So many
    that wait for that are `approved_by_rule`; `policy` is the rules by which pairs are approved by themselves. With
    `asked_first`, mentees are asked before their pair is introduced.
    """

    program: str
    cycle_id: int
    cycle_number: int
    intro_at: datetime
    introduced: bool
    over: bool
    asked_by: str | None
    proposed: int
    approved: int
    declined: int
    withdrawn: int
    left_out: StillAlone
    held: tuple[str, ...]
    cards_posted: bool
    to_introduce: int = 0
    on_their_way: int = 0
    approved_by_rule: int = 0
    policy: Policy = BY_HAND
    asked_first: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One person on a pair's card; `name` is for whoever reads no mentions, like a screen reader at a button."""

    person_id: str
    level: str
    department: str
    time_zone: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class PairCard:
    """To the leads' channel: one proposed pair and, once decided, who decided what and when.

    `warnings` are sentences about what the leads should look at before they decide. `by_itself` is when and by which
    rule a pair that waits is approved if nobody decides; None where leads have to. `over` once its cycle is. `together`
    are the other pairs that are, or will be, in one conversation with this one. `asked_first` says that its mentee is
    asked before the introduction, and never what they said.
    """

    pair: Pair
    mentor: Side
    mentee: Side
    intro_at: datetime
    introduced: bool
    warnings: tuple[str, ...] = ()
    by_itself: ByItself | None = None
    policy: Policy = BY_HAND
    over: bool = False
    together: tuple[Pair, ...] = ()
    asked_first: bool = False

    @property
    def can_be_undone(self) -> bool:
        """Whether a decision on this pair can be taken back: until its introduction is on its way."""
        return self.pair.state in UNDONE and not self.over


@dataclass(frozen=True, slots=True)
class PairCards:
    """To the leads' channel: up to five cards in one message."""

    cards: tuple[PairCard, ...]

    @property
    def left(self) -> int:
        """How many of them wait for a decision."""
        return sum(card.pair.state is PairState.PROPOSED for card in self.cards)


@dataclass(frozen=True, slots=True)
class IntroTime:
    """To the leads' channel at intro time: what became of the approved pairs, and what still waits for them.

    Of the `introduced` pairs, so many are still `on_their_way` to Slack. `unanswered` wait for their mentee's answer.
    """

    program: str
    cycle_number: int
    introduced: int
    on_their_way: int
    waiting: int
    withdrawn: int
    unanswered: int = 0
    asked_first: bool = False


@dataclass(frozen=True, slots=True)
class HelpAlert:
    """To each of those who hear it, privately: somebody asked for help; `later` is what they answered after that.

    `told` is everybody who was told. `in_place_of_leads` says that the reader is an admin. `moved` are those who hear
    of it now, where the reader does not any more. `number` is that of the call: `owner` looks after it, who may be the
    reader (`mine`), until it is done. `waits` is for a message that says again that nobody does. `over` says that the
    pair has ended. `together` are those who meet with the two in one conversation.
    """

    program: str
    person_id: str
    partner_id: str
    pair_id: int
    asked_at: datetime
    later: Answer | None = None
    told: tuple[str, ...] = ()
    in_place_of_leads: bool = False
    moved: tuple[str, ...] = ()
    number: int = 0
    later_at: datetime | None = None
    owner: str = ""
    taken_at: datetime | None = None
    mine: bool = False
    done_by: str = ""
    done_at: datetime | None = None
    waits: bool = False
    over: bool = False
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misfit:
    """To the leads' channel: a pair that goes on does not fit a hard rule any more, and they decide what becomes of it.

    `broken` is empty once it fits again. `over` tells that the pair is, `kept` that leads let it go on as it is.
    """

    program: str
    pair: Pair
    broken: tuple[Broken, ...]
    over: bool = False
    kept: bool = False

    @property
    def is_open(self) -> bool:
        """Whether there is something to decide."""
        return bool(self.broken) and not self.over
