"""What a lead saw of many pairs, in a text short enough to come back with a click: so that what changed is noticed.

For each pair, the text has the distance of its number from the one before, and fifteen bits of a digest of what was
shown of it. A change goes unnoticed in one of 32,768 cases, and then a hard rule is asked all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from mentoring.for_leads import PairCard

AT_MOST = 450
"""So many pairs fit into the 2,000 characters of a button's value, with numbers up to 31 apart."""

ROOM = 1900
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_BASE = len(_DIGITS)
_LENGTH = 3
_WIDE = "."
"""Stands before and after a distance of more than one digit."""


def mark_of(card: PairCard) -> str:
    """A short digest of what leads base a decision on; the same for the same."""
    pair = card.pair
    sides = [(side.person_id, side.level, side.department) for side in (card.mentor, card.mentee)]
    told = repr((pair.id, pair.state, sides, pair.score, pair.reasons, pair.topics, card.warnings))
    number = int.from_bytes(sha256(told.encode()).digest()[:4]) % _BASE**_LENGTH
    return _in_digits(number).rjust(_LENGTH, _DIGITS[0])


def written(cards: Iterable[PairCard]) -> tuple[str, int]:
    """The text for the first of these cards, by their numbers, and of how many it tells."""
    text, before, number = "", 0, 0
    for card in sorted(cards, key=lambda one: one.pair.id):
        distance = _in_digits(card.pair.id - before)
        part = (distance if len(distance) == 1 else f"{_WIDE}{distance}{_WIDE}") + mark_of(card)
        if number == AT_MOST or len(text) + len(part) > ROOM:
            break
        text, before, number = text + part, card.pair.id, number + 1
    return text, number


def read(text: str) -> Mapping[int, str]:
    """The mark of each pair in such a text, by its number; what is none ends it."""
    found: dict[int, str] = {}
    number, at = 0, 0
    while at < len(text):
        distance, at = _distance(text, at)
        mark, at = text[at : at + _LENGTH], at + _LENGTH
        if not distance or len(mark) < _LENGTH:
            break
        number += distance
        found[number] = mark
    return found


def code_of(text: str) -> str:
    """A code for such a text that can be typed."""
    return sha256(text.encode()).hexdigest()[:6]


def _distance(text: str, at: int) -> tuple[int, int]:
    """The distance that begins there, 0 for none, and where it ends."""
    if text[at] != _WIDE:
        return _number(text[at]), at + 1
    ends = text.find(_WIDE, at + 1)
    return (_number(text[at + 1 : ends]), ends + 1) if ends > 0 else (0, len(text))


def _number(digits: str) -> int:
    return int(digits, _BASE) if digits and len(digits) <= 8 and set(digits) <= set(_DIGITS) else 0


def _in_digits(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, _BASE)
        digits = _DIGITS[digit] + digits
    return digits or _DIGITS[0]
