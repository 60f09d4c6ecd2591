"""What a modal carries in its `private_metadata`: values, and the only place that writes and reads them as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from handlers.ids import Callback, row_id
from mentoring.people import Role
from program.forms import EVERYTHING, Shows, Sieve, SortedBy

_HOME = "home"
_PAGE = " page "


@dataclass(frozen=True, slots=True)
class FromHome:
    """It was opened from the Home tab, which is shown anew once the modal is used."""


@dataclass(frozen=True, slots=True)
class OnPage:
    """The review shows this page, counted from 0, of what the sieve lets through: the pairs with these numbers.

    It begins at `start` in its order.
    """

    page: int = 0
    sieve: Sieve = EVERYTHING
    standing: tuple[int, ...] = ()
    start: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class LooksAt:
    """The messages of unknown fate in the question about `subject`, on this page, counted from 0."""

    subject: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Sees:
    """A list of what stands behind a figure or a reason, by its name, on this page, counted from 0."""

    what: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Declines:
    """A pair is to be declined; `page` is the review below, None where there is none."""

    pair_id: int
    page: OnPage | None = None


@dataclass(frozen=True, slots=True)
class Closes:
    """A pair is to be ended or to rest; `page` is the review below, None where there is none."""

    pair_id: int
    page: OnPage | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """Somebody says why they ended that pair of theirs."""

    pair_id: int


@dataclass(frozen=True, slots=True)
class JoinsBy:
    """Somebody is about to join by that invitation."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class Invites:
    """This channel is about to be invited, with these words."""

    channel: str
    words: str


@dataclass(frozen=True, slots=True)
class Plans:
    """The pair that is about to say when it meets."""

    pair_id: int


@dataclass(frozen=True, slots=True)
class Named:
    """What speaks against pairing these two stands in the form; `from_home` is where it was opened."""

    mentor_id: str
    mentee_id: str
    from_home: bool = False


@dataclass(frozen=True, slots=True)
class OffersTimes:
    """Somebody offers times for the first talk of that pair."""

    pair_id: int


@dataclass(frozen=True, slots=True)
class OfRules:
    """The open section of rules and weights, and what was typed in others, by field.

    `seen` names the rules as they were when they were opened; `from_home` is where.
    """

    section: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""
    from_home: bool = False


@dataclass(frozen=True, slots=True)
class OfProfile:
    """The profile form: whether its details are open, and what was typed into fields that it does not show now.

    `typed` is by field, as JSON has it. `invitation_id` is 0 for whoever came by none; `from_home` is where it was
    opened. `cycle` is the number of the cycle for which it asks about experiences.
    """

    details: bool = False
    typed: Mapping[str, Any] = field(default_factory=dict)
    invitation_id: int = 0
    from_home: bool = False
    cycle: int = 0


@dataclass(frozen=True, slots=True)
class Prepares:
    """The card of the preparation for a role that is shown, counted from 0; `from_home` is where it was opened."""

    role: str
    page: int = 0
    from_home: bool = False


Carried = (
    FromHome
    | OnPage
    | Declines
    | Closes
    | LooksAt
    | JoinsBy
    | Invites
    | Plans
    | Parts
    | Named
    | OfRules
    | Sees
    | OffersTimes
    | OfProfile
    | Prepares
)


def from_home(carried: Carried | None) -> bool:
    """Whether a modal that carries this was opened from the Home tab."""
    opened = isinstance(carried, OfRules | Named | OfProfile | Prepares) and carried.from_home
    return carried == FromHome() or opened


def written(carried: Carried) -> str:
    """The text that a modal carries for a value; it stays what it is, because open modals keep it."""
    match carried:
        case FromHome():
            return _HOME
        case OnPage():
            return _page_text(carried)
        case LooksAt(subject, number):
            return f"{subject}{_PAGE}{number}"
        case Sees(what, number):
            return f"{what}{_PAGE}{number}"
        case Declines(pair_id, page) | Closes(pair_id, page):
            return f"{pair_id}{_PAGE}{_page_text(page)}" if page else str(pair_id)
        case _:
            return _written(carried)


def _written(
    carried: JoinsBy | Invites | Plans | Parts | Named | OfRules | OffersTimes | OfProfile | Prepares,
) -> str:
    match carried:
        case Plans(pair_id) | Parts(pair_id) | OffersTimes(pair_id):
            return str(pair_id)
        case Prepares(role, page, from_home):
            return f"{role} {page}{f' {_HOME}' if from_home else ''}"
        case OfProfile(details, typed, invitation_id, from_home, cycle):
            values = [details, dict(typed), invitation_id, from_home, cycle]
            return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        case JoinsBy(invitation_id):
            return str(invitation_id)
        case Invites(channel, words):
            return json.dumps([channel, words])
        case Named(mentor_id, mentee_id, from_home):
            return f"{mentor_id} {mentee_id}{f' {_HOME}' if from_home else ''}"
        case OfRules(section, typed, seen, from_home):
            return json.dumps(
                [section, dict(typed), seen, from_home], ensure_ascii=False, separators=(",", ":")
            )


def read(callback: str, text: str) -> Carried | None:
    """The value in a modal's text; None where it carries none. Numbers that nothing has are 0."""
    if text == _HOME:
        return FromHome()
    reader = _READERS.get(callback)
    return reader(text) if reader else None


def _pair_and_page(text: str) -> tuple[int, OnPage | None]:
    number, sign, page = text.partition(_PAGE)
    return row_id(number), _page(page) if sign else None


def _page_text(page: OnPage) -> str:
    """Its number alone, as older versions wrote it, or all of it."""
    if page == OnPage(page.page):
        return str(page.page)
    chosen = {name: value for name, value in asdict(page.sieve).items() if value not in ("", None)}
    where = {"page": page.page, "standing": page.standing, "start": page.start}
    return json.dumps(where | chosen, ensure_ascii=False)


def _page(text: str) -> OnPage:
    try:
        stored: Any = json.loads(text) if text.startswith("{") else None
    except ValueError:
        stored = None
    if not isinstance(stored, dict):
        return OnPage(row_id(text))
    standing, start = (
        one if isinstance(one := stored.get(name), list) else [] for name in ("standing", "start")
    )
    return OnPage(
        row_id(str(stored.get("page"))),
        _sieve(stored),
        tuple(row_id(str(one)) for one in standing),
        tuple(one if isinstance(one, int) else str(one) for one in start),
    )


def _sieve(stored: dict[str, Any]) -> Sieve:
    words = {name: str(stored.get(name) or "") for name in ("department", "skill", "person")}
    since = stored.get("since")
    return Sieve(
        shows=shows_of(str(stored.get("shows"))),
        by=sorted_by_of(str(stored.get("by"))),
        since=float(since) if isinstance(since, int | float) else None,
        **words,
    )


def shows_of(text: str) -> Shows:
    """What the review shows, by the name of it; all for what is none."""
    return Shows(text) if text in set(Shows) else Shows.ALL


def sorted_by_of(text: str) -> SortedBy:
    """The order of the review, by the name of it; the usual one for what is none."""
    return SortedBy(text) if text in set(SortedBy) else SortedBy.ATTENTION


def _invites(text: str) -> Invites | None:
    try:
        channel, words = map(str, json.loads(text))
    except (ValueError, TypeError):
        return None
    return Invites(channel, words)


def _looks_at(text: str) -> LooksAt:
    number, _, page = text.partition(_PAGE)
    return LooksAt(row_id(number), row_id(page))


def _sees(text: str) -> Sees:
    what, _, page = text.partition(_PAGE)
    return Sees(what, row_id(page))


def _joins_by(text: str) -> JoinsBy | None:
    return JoinsBy(row_id(text)) if row_id(text) else None


def _plans(text: str) -> Plans | None:
    return Plans(row_id(text)) if row_id(text) else None


def _named(text: str) -> Named | None:
    one, other, where = (*text.split(" "), "", "")[:3]
    return Named(one, other, where == _HOME) if other else None


def _of_rules(text: str) -> OfRules:
    try:
        section, typed, seen, from_home = json.loads(text)
        return OfRules(
            str(section), {str(key): str(value) for key, value in typed.items()}, str(seen), bool(from_home)
        )
    except (ValueError, TypeError, AttributeError):
        return OfRules()


def _of_profile(text: str) -> OfProfile | JoinsBy | None:
    """What a profile form carries; older versions wrote the number of an invitation alone."""
    if not text.startswith("["):
        return _joins_by(text)
    try:
        details, typed, invitation_id, from_home, cycle = json.loads(text)
        kept = {str(key): value for key, value in typed.items() if _is_answer(value)}
        number = row_id(str(invitation_id))
        return OfProfile(bool(details), kept, number, bool(from_home), row_id(str(cycle)))
    except (ValueError, TypeError, AttributeError):
        return None


def _prepares(text: str) -> Prepares | None:
    role, page, where = (*text.split(" "), "", "")[:3]
    return Prepares(role, row_id(page), where == _HOME) if role in set(Role) else None


def _is_answer(value: object) -> bool:
    """Whether this can be what somebody typed into one field."""
    if isinstance(value, list):
        return all(isinstance(one, str | int) for one in value)
    return value is None or isinstance(value, str | int)


_READERS: dict[str, Callable[[str], Carried | None]] = {
    Callback.DECLINE: lambda text: Declines(*_pair_and_page(text)),
    Callback.CLOSE_PAIR: lambda text: Closes(*_pair_and_page(text)),
    Callback.DOUBTS: _looks_at,
    Callback.SEEN: _sees,
    Callback.UNMATCHED: lambda text: OnPage(row_id(text)),
    Callback.REVIEW: _page,
    Callback.SWAP: lambda text: _page(text) if text else None,
    Callback.PROFILE: _of_profile,
    Callback.PREPARATION: _prepares,
    Callback.INVITE_PREVIEW: _invites,
    Callback.PAIR: _named,
    Callback.PLAN: _plans,
    Callback.RULES: _of_rules,
    Callback.ASK_TIMES: lambda text: OffersTimes(row_id(text)),
    Callback.WHY_ENDED: lambda text: Parts(row_id(text)),
}
