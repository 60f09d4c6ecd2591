"""What is said around pairs that do not get going, and around people who take a break."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mentoring.partings import Alone


@dataclass(frozen=True, slots=True)
class Stuck:
    """To each of those who can help: a pair does not get going, `still` while it is so.

    One of the two answered "Not yet" three times in a row, and it is not said which; or they have `never_met` by the
    fourteenth day. `moved` are those who hear of it now, where the reader does not any more.
    """

    program: str
    pair_id: int
    mentor_id: str
    mentee_id: str
    still: bool
    moved: tuple[str, ...] = ()
    never_met: bool = False


@dataclass(frozen=True, slots=True)
class IntroCase:
    """To each lead: a pair has no check-ins, because nobody has said whether its introduction (`row_id`) arrived.

    `owner` looks after it, if somebody does. `asked` tells whether the two were asked. `settled` is what became of it:
    None while nobody knows. `moved` are those who hear of it now, where the reader does not any more. `others` are the
    further mentors whom it introduces to the same mentee.
    """

    program: str
    pair_id: int
    mentor_id: str
    mentee_id: str
    row_id: int
    owner: str = ""
    asked: bool = False
    settled: str | None = None
    moved: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IntroQuestion:
    """To each of a pair: whether they have the conversation in which the message `row_id` introduces them.

    `settled` is what became of it: None while nobody knows. `others` are those in it beside the two.
    """

    program: str
    partner_id: str
    row_id: int
    settled: str | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnersRest:
    """To somebody in pairs: which of their partners take a break, none once all are back; `leads` can help.

    `together` are the mentors who go on in one conversation with one of them and the reader. `asked` is what the reader
    may choose for each of the pairs that this note asked about, and what they chose.
    """

    program: str
    partners: tuple[str, ...]
    leads: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    asked: tuple[Alone, ...] = ()


@dataclass(frozen=True, slots=True)
class Nudge:
    """To the senior of pairs that have not met ten days after their introduction; no partners once all have."""

    program: str
    partners: tuple[str, ...]
    opener: str


@dataclass(frozen=True, slots=True)
class Paused:
    """Somebody who is paused for being silent, and their partners."""

    person_id: str
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pauses:
    """To the leads' channel, once a week: who is paused because they did not answer."""

    program: str
    week: str
    people: tuple[Paused, ...]


@dataclass(frozen=True, slots=True)
class PairRests:
    """To each of a pair, in neutral words: it rests until a day, or no longer, or is `over` since."""

    program: str
    partner_id: str
    until: date | None
    over: bool
