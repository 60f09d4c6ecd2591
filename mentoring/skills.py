"""Skills in people's own words: one spelling each, suggestions while typing, a vocabulary that grows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import NamedTuple

from mentoring.labels import MAX_LABEL, SkillError, clean_label, fold, latin_key, skill_key

__all__ = [
    "MAX_LABEL",
    "SkillError",
    "Spelling",
    "Vocabulary",
    "bring_together",
    "clean_label",
    "one_spelling",
    "related_skills",
    "skill_key",
    "starter",
]

_MIN_WORD_FOR_SLIPS = 8
_MIN_WORD_FOR_SWAPS = 6
_MIN_QUERY_FOR_SLIPS = 4
_NOWHERE = 3
_GOOD_ENOUGH = 80
"""Of 100, how alike a query and a label have to be."""

_SAME_SOUND = (frozenset("aeiouy"), frozenset("sz"), frozenset("cs"), frozenset("ck"))


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that a person wrote and that was taken for the label of a known skill, because it is a slip away.

    `beside` tells that the person wrote another word for that skill as well.
    """

    person_id: str
    written: str
    label: str
    beside: bool

    def taken_back(self, labels: Sequence[str]) -> tuple[str, ...]:
        """Return a list of the person's skills as they wrote it."""
        own = (self.label, self.written) if self.beside else (self.written,)
        found = (word for label in labels for word in (own if label == self.label else (label,)))
        return tuple(dict.fromkeys(found))


class _Row(NamedTuple):
    """A label beside the two forms in which it is searched."""

    label: str
    folded: str
    key: str


class Vocabulary:
    """The skills that a program offers to everybody, most common first; a change returns a new vocabulary."""

    def __init__(self, labels: Iterable[str], apart: Iterable[str] = ()) -> None:
        """Take labels as people write them; of two spellings of one skill, the first stays.

        Words that stand `apart` are not offered, and are never taken for a slip of one that is.
        """
        self._apart = frozenset(map(skill_key, apart))
        self._labels: dict[str, str] = {}
        for label in map(clean_label, labels):
            if (key := skill_key(label)) not in self._apart:
                self._labels.setdefault(key, label)

    @property
    def labels(self) -> tuple[str, ...]:
        """The skills as they are shown, most common first."""
        return tuple(self._labels.values())

    def suggest(self, query: str, limit: int = 20, own: Iterable[str] = ()) -> list[str]:
        """Return the labels that fit what was typed so far, best first; for nothing typed, the most common.

        First come those that begin with the query, then those with a word that does, then those that contain
        it, then those that are spelled like it. The asker's `own` words are offered in their own spelling.
        """
        mine = {skill_key(label): label for label in own}
        rows = [_Row(label, fold(label), key) for key, label in mine.items()]
        rows += [row for row in self._rows if row.key not in mine]
        folded = fold(query)
        if not folded:
            return [row.label for row in rows[:limit]]
        keys = {skill_key(query), latin_key(query)}
        places = [(_place(folded, keys, row), row) for row in rows]
        found = [row.label for place in range(_NOWHERE) for at, row in places if at == place]
        if len(found) < limit:
            found += _alike(folded, [row for place, row in places if place == _NOWHERE])
        return found[:limit]

    def same(self, text: str) -> str | None:
        """Return the label of the same skill, even in another case or the plural, but not with a slip of the pen."""
        return self._labels.get(skill_key(text)) or self._labels.get(latin_key(text))

    def find(self, text: str) -> str | None:
        """Return the label of the same skill, even in another case, the plural or with a slip of the pen."""
        key = skill_key(text)
        return None if key in self._apart else self.same(text) or self._slip(key)

    def add(self, text: str) -> tuple[Vocabulary, str, bool]:
        """Return the vocabulary with the skill, its label, and whether it was merged with one already there.

        Raises `SkillError` for a text that cannot be a label.
        """
        label = clean_label(text)
        known = self.find(label)
        if known is not None:
            return self, known, True
        return Vocabulary([*self.labels, label], self._apart), label, False

    def _slip(self, key: str) -> str | None:
        """Return the first label that this key is a slip of; only few can be, however many there are."""
        likely = sorted({place for hint in _slip_hints(key) for place in self._places.get(hint, ())})
        rows = (self._rows[place] for place in likely)
        return next((row.label for row in rows if _near(key, row.key)), None)

    @cached_property
    def _rows(self) -> list[_Row]:
        return [_Row(label, fold(label), key) for key, label in self._labels.items()]

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self._rows):
            for hint in _slip_hints(row.key):
                places[hint].append(place)
        return dict(places)


def _slip_hints(key: str) -> tuple[str, str]:
    """Return two texts, of which two keys have one in common whenever `_near` can hold for them."""
    return f"= {key.replace(' ', '')}", "".join(word[0] for word in key.split())


def _alike(folded: str, rows: Sequence[_Row]) -> list[str]:
    """Return labels that sound like the query, best first; short queries sound like too much, long ones like none."""
    from rapidfuzz import fuzz, process

    if not _MIN_QUERY_FOR_SLIPS <= len(folded) <= 2 * MAX_LABEL:
        return []
    others = {row.label: row.folded for row in rows}
    hits = process.extract(folded, others, scorer=fuzz.partial_ratio, score_cutoff=_GOOD_ENOUGH, limit=None)
    return [label for _, _, label in hits]


@cache
def starter() -> Vocabulary:
    """Return the vocabulary that a new program starts with, in the words used for reverse mentoring."""
    text = resources.files("mentoring").joinpath("skills.txt").read_text(encoding="utf-8")
    return Vocabulary(text.splitlines())


def related_skills(labels: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return, for each of the labels that has any, the other labels that are close enough to help with it.

    Two skills are related when the list shipped beside the starter vocabulary says so, in whatever case or
    number they are written here. The relation goes both ways and one step far; a skill in people's own words is
    related to nothing.
    """
    written: dict[str, set[str]] = defaultdict(set)
    for label in labels:
        written[skill_key(label)].add(label)
    near = {
        key: frozenset().union(*(written.get(other, ()) for other in _relations().get(key, ())))
        for key in written
    }
    return {label: near[key] for key, labels in written.items() for label in labels if near[key]}


def keys_in_reach(labels: Iterable[str]) -> frozenset[str]:
    """Return the keys of these skills and of all that `related_skills` may find close to any of them."""
    keys = set(map(skill_key, labels))
    return frozenset(keys.union(*(_relations().get(key, ()) for key in keys)))


@cache
def _relations() -> Mapping[str, frozenset[str]]:
    """Read which skills are close to each other, by their keys and in both directions."""
    near: dict[str, set[str]] = defaultdict(set)
    text = resources.files("mentoring").joinpath("related.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        one, others = line.split(": ")
        for other in others.split(", "):
            near[skill_key(one)].add(skill_key(other))
            near[skill_key(other)].add(skill_key(one))
    return {key: frozenset(others) for key, others in near.items()}


def one_spelling(labels: Iterable[str]) -> dict[str, str]:
    """Map each label to the most common spelling of its skill, so that people who mean the same find each other."""
    counted = Counter(labels)
    ranked = sorted(counted, key=lambda label: (-counted[label], label))
    first: dict[str, str] = {}
    return {label: first.setdefault(skill_key(label), label) for label in ranked}


def bring_together(texts: Mapping[str, int], vocabulary: Vocabulary) -> dict[str, str]:
    """Return the label of each text, so that all spellings of one skill have the same.

    `texts` are cleaned labels with how many people wrote them. Skills of the vocabulary keep their label; of
    others, the most common spelling is it. The same whatever the order, and quick for many: a skill is compared
    only with those that could be a slip away.
    """
    wrote: Counter[str] = Counter()
    for text, count in texts.items():
        wrote[skill_key(text)] += count
    spelling = {skill_key(label): label for label in vocabulary.labels}
    for text in sorted(texts, key=lambda text: (-texts[text], text)):
        spelling.setdefault(skill_key(text), text)
    known = {skill_key(label) for label in vocabulary.labels}
    ranked = sorted(spelling, key=lambda key: (key not in known, -wrote[key], key))
    first = _first_spellings(ranked, len(known))
    return {text: spelling[first[skill_key(text)]] for text in texts}


def _first_spellings(keys: list[str], known: int) -> dict[str, str]:
    """Map each key to the first one that it may be a slip of; the `known` ones in front stand for themselves."""
    first: dict[str, str] = {}
    places: dict[int, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        hints = set(_hints(key))
        likely = sorted({other for hint in hints for other in places[hint]}) if place >= known else []
        first[key] = next((keys[other] for other in likely if _near(key, keys[other])), key)
        if first[key] == key:
            for hint in hints:
                places[hint].append(place)
    return first


def _hints(key: str) -> Iterator[int]:
    """Yield numbers of which two keys have one in common whenever `_near` can hold for them.

    Two words that differ by one letter, or a swap of neighbors, are equal after one letter is left out of each
    or of one of them (the idea of W. Garbe's SymSpell, https://github.com/wolfgarbe/SymSpell).
    """
    yield hash(key.replace(" ", ""))
    words = key.split()
    for place, word in enumerate(words):
        if len(word) >= _MIN_WORD_FOR_SWAPS and word.isascii():
            around = (place, *words[:place], *words[place + 1 :])
            yield from (hash((*around, word[:at] + word[at + 1 :])) for at in range(len(word)))
            yield hash((*around, word))


def _place(folded: str, keys: Iterable[str], row: _Row) -> int:
    """Return where a query stands in a label: 0 at its start, 1 at a word's, 2 inside, or `_NOWHERE`."""
    return min(_where(folded, row.folded), *(_where(key, row.key) for key in keys))


def _where(query: str, text: str) -> int:
    if text.startswith(query):
        return 0
    if f" {query}" in text:
        return 1
    return 2 if query in text else _NOWHERE


def _near(one: str, other: str) -> bool:
    """Return whether two keys differ by their spaces only, or by a slip in one long word."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    words, others = one.split(), other.split()
    if len(words) != len(others):
        return False
    different = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and _is_slip(*different[0])


def _is_slip(one: str, other: str) -> bool:
    """Return whether two words are safely one word: a swap, a letter too many, or one that sounds the same.

    The limits keep apart what one letter keeps apart, like Java and Lava, caching and coaching, or investing
    and inventing. Only Latin letters are looked at: elsewhere, one character can be a word.
    """
    from rapidfuzz.distance import OSA

    if one[0] != other[0] or not (one + other).isascii() or not (one + other).isalpha():
        return False
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    shortest = min(len(one), len(other))
    if sorted(one) == sorted(other):
        return shortest >= _MIN_WORD_FOR_SWAPS
    if shortest < _MIN_WORD_FOR_SLIPS:
        return False
    return len(one) != len(other) or _sound_same(one, other)


def _sound_same(one: str, other: str) -> bool:
    letters = next({a, b} for a, b in zip(one, other, strict=True) if a != b)
    return any(letters <= sound for sound in _SAME_SOUND)
