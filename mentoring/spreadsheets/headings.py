"""What columns are called: our names, those of common exports, questions of forms, and what somebody maps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import NamedTuple

from mentoring.spreadsheets.remarks import echo

_GLUE = {"name": " ", "hours": "-"}
"""What stands between the parts of a column that a file has in two."""

_QUESTION_WORDS = 4
_REMEMBERED = 4_096
_LONGEST_SHOWN = 40
_LONGEST_QUESTION = 300
_NO_HINT = frozenset("the a of to no de do la le del der des".split())
_MOST_SHOWN = 60

_ASKS = re.compile(
    r"\?|^(?:what|which|how|do|are|in which|was|welche|wie|in welche|quel|que|qual|cosa|quali)\b",
    re.IGNORECASE,
)
_QUESTIONS = {
    "mentee_capacity": "how many mentors; wie viele mentor(?:en|innen); combien de mentors; "
    "cuantos mentores; quantos mentores",
    "mentor_capacity": "how many (?:mentees|people|colleagues); wie viele mentees; combien de ment(?:ees|ores); "
    "cuant[oa]s (?:mentees|aprendices); quantos (?:mentees|mentorados); quanti mentee",
    "role": r"mentor\b.*\bmentee; mentee\b.*\bmentor; which role; welche rolle; quel role; "
    r"que rol\b; que papel; che ruolo",
    "wants": "(?:like|want|wish|hope|love|need|wanting) to (?:get better|improve); "
    r"\blearn\b; interested in learning; be taught; skills to learn; lernen\b; apprendre\b; aprender\b; imparare\b",
    "shares": r"\b(?:share|teach|offer|good at|pass on|help others|show others|skills do you have)\b; weitergeben; "
    r"vermitteln; beibringen; zeigen\b; teilen\b; enseigner; partager; transmettre; ensenar; compartir; ensinar; "
    "compartilhar; partilhar; insegnare; condividere",
    "time_zone": "time ?zone; zeitzone; fuseau; zona horaria; fuso",
    "hours": "working hours; hours do you work; when do you work; usual hours; arbeitszeit; horaires; horario; orario",
    "languages": r"languages?\b; sprachen?\b; langues?\b; idiomas?\b; linguas?\b; lingue\b",
    "level": r"\b(?:job |career )?level\b; seniority; karrierestufe; hierarchie; niveau hierarchique; nivel\b; livello",
    "department": "department; which team; abteilung; departement; departamento; dipartimento",
    "manager_id": r"\bmanagers?\b; report to; vorgesetzt; responsable; responsabile",
    "name": "your (?:full )?name; wie heiss(?:t|en)|ihr name; dein name; votre nom; tu nombre; seu nome; il tuo nome",
}
"""What a question in a form asks for, compared without accents. One that asks to learn *and* to teach says neither."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a kind of file has, those it cannot do without, and those that are passed over."""

    known: tuple[str, ...]
    needed: tuple[str, ...]
    passed_over: tuple[str, ...] = ()


Source = tuple[tuple[int, ...], ...]
"""Where the parts of a column stand, usually one: places from 0, of which the first that has text counts."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the headings of one line mean.

    `sources` is where each known column stands. `told` are headings that mean something else than they say, beside
    what they mean; `unread` are places of headings that mean nothing here; `clashes` are columns of which it cannot
    be said which heading means them.
    """

    sources: Mapping[str, Source] = field(default_factory=dict)
    told: tuple[tuple[str, str], ...] = ()
    unread: tuple[int, ...] = ()
    clashes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@lru_cache(_REMEMBERED)
def key(heading: str) -> str:
    """Return the form in which two spellings of a heading are equal: "jobLevel" is "Job level", "ID #" is "ID no."."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.replace("#", " no "))
    bare = "".join(char for char in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[\W_]+", " ", re.sub("['’]s\\b", "s", bare)).split()).casefold()


@lru_cache(_REMEMBERED)
def own_name(heading: str) -> str:
    """Return the form in which our own names are compared: "Time zone" is `time_zone`."""
    return re.sub(r"[\s_-]+", "_", heading).casefold()


def understand(headings: Sequence[str], columns: Columns, given: Mapping[str, str]) -> Understood:
    """Return what headings mean: as `given` by column, else by our own names, by common ones, as questions."""
    line = _Line(headings, given)
    if not given and line.is_silent(columns):
        return Understood(unread=tuple(range(len(headings))))
    found = {column: places for column in columns.known if (places := line.find(column))}
    sources = {column: places[0] for column, places in found.items()}
    read = {place for source in sources.values() for group in source for place in group}
    told = [
        (headings[place], column)
        for column in columns.known
        if column in sources and column not in given
        for place in dict.fromkeys(place for group in sources[column] for place in group)
        if own_name(headings[place]) != column
    ]
    unread = (place for place, name in enumerate(headings) if own_name(name) not in columns.passed_over)
    return Understood(
        sources,
        tuple(told),
        tuple(place for place in unread if place not in read),
        {column: tuple(s[0][0] for s in places) for column, places in found.items() if len(places) > 1},
    )


class _Line:
    """The headings of one line, and what somebody said they mean."""

    def __init__(self, headings: Sequence[str], given: Mapping[str, str]) -> None:
        self._headings = headings
        self._given = given
        self._keys = [key(heading) for heading in headings]
        taken = {key(heading) for heading in given.values()}
        self._free: dict[str, list[int]] = {}
        self._own: dict[str, list[int]] = {}
        self._asked: dict[str | None, list[int]] = {}
        for place, name in enumerate(self._keys):
            if name and name not in taken:
                self._free.setdefault(name, []).append(place)
                self._own.setdefault(own_name(headings[place]), []).append(place)
                self._asked.setdefault(_asked(headings[place]), []).append(place)

    def is_silent(self, columns: Columns) -> bool:
        """Return whether no cell says anything known, as in most rows."""
        known = self._own.keys() & columns.known or self._own.keys() & columns.passed_over
        return not known and _all_keys().isdisjoint(self._free) and not any(self._asked)

    def find(self, column: str) -> list[Source]:
        """Return where a column may stand; more than one place means that it cannot be said which."""
        if column in self._given:
            wanted = key(self._given[column])
            return [((place,),) for place, name in enumerate(self._keys) if name == wanted]
        if own := self._own.get(column):
            return [((place,),) for place in own]
        for names in _aliases().get(column, ()):
            if found := self._meant(names):
                return found
        return [((place,),) for place in self._asked.get(column, ())]

    def _meant(self, names: _Aliases) -> list[Source]:
        """Return the places that one line of `headings.txt` names, or one place with parts."""
        if names.parts:
            places = [self._part(part) for part in names.parts]
            return [tuple(places)] if all(places) else []
        return [((place,),) for place in sorted(self._places(names))]

    def _part(self, part: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys(place for names in _aliases()[part] for place in self._places(names)))

    def _places(self, names: _Aliases) -> list[int]:
        return [place for name in names.keys.intersection(self._free) for place in self._free[name]]


class _Aliases(NamedTuple):
    """One line of `headings.txt`: keys that mean a column, or the parts that make it together."""

    keys: frozenset[str]
    parts: tuple[str, ...]


def glue(column: str) -> str:
    """Return what stands between the parts of a column that a file has in two."""
    return _GLUE.get(column, " ")


def shown(headings: Iterable[str]) -> str:
    """Return headings in a sentence, as many as are readable."""
    names = [echo(heading) for heading in headings if heading]
    more = len(names) - _MOST_SHOWN
    return ", ".join(names[:_MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


def likely(column: str, headings: Iterable[str]) -> str | None:
    """Return the heading that looks most like a column's name, or has most words in common with what means it."""
    by_key = {key(heading)[:_LONGEST_SHOWN]: heading for heading in headings if heading}
    meant = sorted(name for names in _aliases().get(column, ()) for name in names.keys)
    close = (
        name for one in (column.replace("_", " "), *meant) for name in get_close_matches(one, by_key, 1, 0.8)
    )
    hints = set(" ".join(meant).split()) - _NO_HINT
    shared = sorted((-len(hints & set(name.split())), name) for name in by_key)
    found = next(chain(close, (name for count, name in shared if count)), None)
    return None if found is None else by_key[found]


def means(heading: str, column: str) -> bool:
    """Return whether a heading is one of those that mean a column."""
    return any(key(heading) in names.keys for names in _aliases().get(column, ()))


@lru_cache(_REMEMBERED)
def _asked(heading: str) -> str | None:
    """Return the one column that a question is about; a long heading without a question mark is one too."""
    if len(heading) > _LONGEST_QUESTION:
        return None
    if not _ASKS.search(heading) and len(heading.split()) < _QUESTION_WORDS:
        return None
    text = key(heading)
    found = [column for column, words in _questions() if words.search(text)]
    if "shares" in found and "wants" in found:
        return None
    return found[0] if found else None


@cache
def _questions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((column, re.compile(words.replace("; ", "|"))) for column, words in _QUESTIONS.items())


@cache
def _all_keys() -> frozenset[str]:
    return frozenset(name for lines in _aliases().values() for names in lines for name in names.keys)


@cache
def _aliases() -> Mapping[str, Sequence[_Aliases]]:
    """Return what `headings.txt` says: for each column, the keys that mean it, best first."""
    text = resources.files("mentoring.spreadsheets").joinpath("headings.txt").read_text(encoding="utf-8")
    found: dict[str, list[_Aliases]] = {}
    for line in text.splitlines():
        column, _, names = line.partition(":")
        if names and not line.startswith("#"):
            parts = tuple(part.strip() for part in names.split("+") if part.strip()) if "+" in names else ()
            keys = frozenset() if parts else frozenset(map(key, names.split(",")))
            found.setdefault(column, []).append(_Aliases(keys, parts))
    return found
