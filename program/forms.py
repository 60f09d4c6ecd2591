"""What the forms and pages show: values that use cases hand to the screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mentoring.ask_first import AskedFirst
from mentoring.cycles import LeftOut, StillAlone
from mentoring.digest import Digest
from mentoring.for_leads import PairCard
from mentoring.hr import Fact, Verdict
from mentoring.messages import CheckInPrompt
from mentoring.own_place import NOWHERE, OwnPlace
from mentoring.own_words import OwnWord
from mentoring.pairings import Because, Pair, PairState
from mentoring.partings import Alone
from mentoring.people import ProfileDraft, Role
from mentoring.programs import DEFAULT_LADDER, Program, ProgramDraft
from mentoring.progress import Progress

MAX_REASON = 500
"""Characters of what a lead writes on declining or ending a pair."""


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """The profile form of one person, filled in with what is known.

    `on_file` is what was known before anybody typed, which is the draft where nobody has. The `experiences` can be
    chosen for the cycle with that number.
    """

    program: Program
    draft: ProfileDraft
    enrolled: bool
    # What HR's records say, by field, and which of the values shown are theirs.
    hr_says: Mapping[str, str] = field(default_factory=dict)
    from_hr: tuple[str, ...] = ()
    # Which of HR's values are those of their Slack profile.
    from_slack: tuple[str, ...] = ()
    known: ProfileDraft | None = None
    experiences: tuple[str, ...] = ()
    cycle_number: int = 0

    @property
    def on_file(self) -> ProfileDraft:
        """What was known before anybody typed."""
        return self.draft if self.known is None else self.known


@dataclass(frozen=True, slots=True)
class SetupForm:
    """The program's settings form; `running` is true once a cycle was proposed, and then the first start stays.

    `levels` is how many the ladder has.
    """

    draft: ProgramDraft
    exists: bool
    running: bool
    levels: int = len(DEFAULT_LADDER)


class Shows(StrEnum):
    """Which pairs the review shows."""

    ALL = "all"
    WAITING = "waiting"
    ATTENTION = "attention"


class SortedBy(StrEnum):
    """In which order: what waits and needs a look first, or by how well they fit, or by the mentor's name."""

    ATTENTION = "attention"
    FIT = "fit"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a lead chose in the review; empty texts choose nothing.

    `since` is when it was opened, in seconds: what waited then counts as waiting, so that nothing moves away that is
    decided meanwhile.
    """

    shows: Shows = Shows.ALL
    by: SortedBy = SortedBy.ATTENTION
    department: str = ""
    skill: str = ""
    person: str = ""
    since: float | None = None


EVERYTHING = Sieve()
"""Nothing is chosen."""


@dataclass(frozen=True, slots=True)
class AllAtOnce:
    """What approving all would approve: how many pairs, and how many stay because of warnings, or as they are held.

    `seen` is what was seen of those pairs, as `program.sight` writes it; so many `later` do not fit into it. So many
    pairs wait `elsewhere`, in an earlier cycle that goes on: they are decided on one by one.
    """

    number: int = 0
    seen: str = ""
    warned: int = 0
    held: int = 0
    later: int = 0
    elsewhere: int = 0


NOTHING_AT_ONCE = AllAtOnce()
"""No pair waits."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One page of a cycle's pairs; pages count from 0.

    So many pairs are `left` to decide on in the whole cycle, of `total`; so many are `found` by the sieve. The
    `departments` and `skills` can be chosen from. `start` is where it begins, for turning it (`program.pages`).
    """

    cycle_id: int
    cycle_number: int
    cards: tuple[PairCard, ...]
    page: int
    pages: int
    sieve: Sieve = EVERYTHING
    left: int = 0
    total: int = 0
    found: int = 0
    departments: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    all_at_once: AllAtOnce = NOTHING_AT_ONCE
    start: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits for the leads: pairs to decide on, people without a partner, and members without a level.

    The first few pairs have a card; of the `others` there are the numbers.
    """

    cards: tuple[PairCard, ...]
    others: tuple[int, ...]
    left_out: StillAlone
    held: tuple[str, ...]


class Source(StrEnum):
    """Where what somebody says about themselves is compared with something else."""

    HR = "HR"
    SLACK = "Slack profiles"
    BOTH = "HR and Slack profiles"


@dataclass(frozen=True, slots=True)
class LeadView:
    """What a lead sees on the Home tab: how the program stands now, and differences to what a `source` says.

    So many approved pairs are `unanswered`: they wait for their mentee's answer.
    """

    stands: Digest
    differences: int = 0
    unanswered: int = 0
    source: Source = Source.HR


@dataclass(frozen=True, slots=True)
class Difference:
    """Somebody says one thing about themselves, and HR another, or their Slack profile (`from_slack`); both in words.

    Its number is for deciding.
    """

    number: int
    person_id: str
    fact: Fact
    own: str
    hr: str
    from_slack: bool = False


@dataclass(frozen=True, slots=True)
class Differences:
    """The first differences that wait for a lead, and how many there are.

    `ended` take part, and HR's last file has them no more. `known` counts the people in it. `slack` tells that leads
    chose fields of Slack's profiles.
    """

    listed: tuple[Difference, ...]
    count: int
    ended: tuple[str, ...]
    known: int
    slack: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """A difference that a lead has just decided, and whose word counts."""

    difference: Difference
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Somebody without a partner in a cycle: on which `sides` and why, as far as the matching told.

    Otherwise they have no level, are `unprepared`, came `late`, or the pair `pair_id` came to nothing. `has_partner` is
    for somebody who has one on the other side.
    """

    person_id: str
    sides: tuple[LeftOut, ...] = ()
    without_level: bool = False
    late: bool = False
    pair_id: int = 0
    pair_state: PairState | None = None
    has_partner: bool = False
    unprepared: bool = False


@dataclass(frozen=True, slots=True)
class UnmatchedPage:
    """One page of everybody without a partner; pages count from 0. Without a cycle its number is 0."""

    program: str
    cycle_number: int
    matched_at: datetime | None
    people: tuple[Unmatched, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class WhyNotAnswer:
    """Why two people are not a pair: one of the reasons is given.

    They are the `same`, or `missing` from the program; they are or were a `pair` in this cycle; a rule is between them
    (`because`); they `would_be` one if pairs were looked for now; or `words` say what would be worse.
    """

    mentor_id: str
    mentee_id: str
    same: bool = False
    missing: tuple[str, ...] = ()
    pair: Pair | None = None
    because: Because | None = None
    would_be: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call for help about which something has still to be done, as somebody sees it who was told of it.

    `owner` looks after it, and `mine` tells that this is the reader.
    """

    number: int
    pair_id: int
    person_id: str
    partner_id: str
    asked_at: datetime
    owner: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """The answer to `/reverse-mentor status`: where one person stands.

    `together` are the others in each conversation with several mentors, `progress` is that of the pair with each
    partner.
    """

    program: str
    standing: str
    role: Role
    paused_until: date | None
    shares: tuple[str, ...]
    wants: tuple[str, ...]
    has_level: bool
    partners: tuple[tuple[str, str], ...]
    next_intro: datetime
    together: tuple[tuple[str, ...], ...] = ()
    progress: Mapping[str, Progress] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MyPair:
    """One of somebody's own pairs that go on."""

    pair_id: int
    partner_id: str
    partner_name: str


@dataclass(frozen=True, slots=True)
class MyPairs:
    """The pairs that somebody is in, and what they can choose in those in which they are left alone."""

    running: tuple[MyPair, ...] = ()
    alone: tuple[Alone, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """The App Home of one person; `status` is None for somebody who is not enrolled."""

    program: Program | None
    status: Status | None
    checkins: tuple[CheckInPrompt, ...]
    lead: LeadView | None
    may_set_up: bool
    calls: tuple[OpenCall, ...] = ()
    ways: MyPairs = MyPairs()
    asks: tuple[AskedFirst, ...] = ()
    place: OwnPlace = NOWHERE


@dataclass(frozen=True, slots=True)
class MergedWord:
    """A word that counts as another skill, and how many people wrote it."""

    written: str
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The first words of each kind that members brought, and how many there are of it.

    `waiting` are used by few and offered to nobody else, `offered` to everybody; `out` were taken out by a lead.
    """

    waiting: tuple[OwnWord, ...] = ()
    waiting_count: int = 0
    offered: tuple[OwnWord, ...] = ()
    offered_count: int = 0
    out: tuple[OwnWord, ...] = ()
    out_count: int = 0


@dataclass(frozen=True, slots=True)
class Matched:
    """What one run of the matching brought; `replaced` counts earlier proposals that made way.

    `channel` is the leads'.
    """

    cycle_number: int
    proposed: int
    replaced: int
    left_out: int
    held: int
    channel: str = ""
