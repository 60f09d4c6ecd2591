"""Which person an id means, though a spreadsheet program took away its zeros, or a name stands in its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from mentoring.matching.words import joined
from mentoring.spreadsheets.remarks import CellError, echo

_SHORTENED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_NAME_AND_ID = re.compile(r"(?P<name>.*\S)\s*[(\[](?P<id>[^()\[\]]+)[)\]]")
_MOST_TOLD = 3

ZEROS, POINT, CASE, SPACES, SIGNS = (
    "zeros in front",
    "“.0” at the end",
    "upper and lower case",
    "spaces",
    "how signs are written",
)
"""What two spellings of one id may differ in."""


class NobodysId(CellError):
    """A reference that nobody in the file answers to."""


@lru_cache(maxsize=65_536)
def id_key(text: str) -> str:
    """Return the form in which two spellings of one id are equal.

    Zeros in front of a number, ".0" behind it, commas between its thousands, case, spaces, apostrophes around it and
    the width of signs do not count.
    """
    wide = unicodedata.normalize("NFKC", text).casefold()
    key = re.sub(r"[\s'’‘`´\u200b]", "", "".join(map(_digit, wide)))
    key = key.replace(",", "") if _GROUPED.fullmatch(key) else key
    number = re.fullmatch(r"([0-9]+)(?:[.,]0+)?", key)
    return (number[1].lstrip("0") or "0") if number else key


def _digit(char: str) -> str:
    """Return the ASCII digit for a digit of any script; anything else stays as it is."""
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def whole_id(text: str) -> str:
    """Return an id, or raise `CellError` for one whose last digits a spreadsheet program threw away."""
    if _SHORTENED.fullmatch(unicodedata.normalize("NFKC", text).strip()):
        raise CellError(
            f"{echo(text)} is a long number that a spreadsheet program has shortened, so digits are lost. "
            "Format the column as text, put the whole ids in, and save the file again."
        )
    return text


@dataclass(slots=True)
class Directory:
    """The people of a file by id, name and e-mail address; what references were taken for is kept to be told."""

    names: Mapping[str, str]
    emails: Mapping[str, str] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, list[str]] = field(default_factory=dict, init=False)
    _called: dict[str, list[str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for person_id in self.names:
            self._keys.setdefault(id_key(person_id), []).append(person_id)
        for person_id, name in self.names.items():
            for key in _name_keys(name):
                self._add_call(key, person_id)
        for person_id, email in self.emails.items():
            self._add_call(email.casefold(), person_id)

    def _add_call(self, key: str, person_id: str) -> None:
        called = self._called.setdefault(key, [])
        if person_id not in called:
            called.append(person_id)

    @property
    def alike(self) -> list[list[str]]:
        """Return the groups of people whose ids differ only in what does not count."""
        return [ids for ids in self._keys.values() if len(ids) > 1]

    def find(self, reference: str) -> str:
        """Return the id of the person that a reference means: an id first, then a name or an e-mail address.

        Raises `NobodysId` when there is no such person, and `CellError` when it may mean several.
        """
        if reference in self.names:
            return reference
        whole_id(reference)
        found = self._by_id(reference)
        if found is None:
            found = self._by_call(reference)
            self.by_name.setdefault(reference, found)
        else:
            self.spellings.setdefault(reference, found)
        return found

    def _by_id(self, reference: str) -> str | None:
        ids = self._keys.get(id_key(reference), [])
        if len(ids) > 1:
            raise CellError(
                f"{echo(reference)} can be {_choice(ids)}. Give the id exactly as it is in the file."
            )
        return ids[0] if ids else None

    def _by_call(self, reference: str) -> str:
        ids = next((self._called[key] for key in _name_keys(reference) if key in self._called), [])
        both = _NAME_AND_ID.fullmatch(reference)
        if not ids and both:
            ids = self._keys.get(id_key(both["id"]), []) or self._called.get(
                both["id"].casefold().strip(), []
            )
            ids = [one for one in ids if self.names[one] == one or _alike(self.names[one], both["name"])]
        if len(ids) > 1:
            raise CellError(
                f"{echo(reference)} is the name of {len(ids)} people: {_choice(ids)}. Give the id."
            )
        if not ids:
            raise NobodysId(f"{echo(reference)} is nobody's id in this file.")
        return ids[0]

    def told(self) -> list[str]:
        """Return a sentence for each way in which references were taken for somebody's id, and forget them."""
        words = []
        if self.spellings:
            pairs = [(reference, found) for reference, found in self.spellings.items()]
            kinds = sorted({kind for pair in pairs for kind in differences(*pair)}, key=_ORDER.index)
            words.append(
                f"Ids that differ only in {joined(kinds)} are taken as the same: "
                f"{_examples(f'{echo(found)} and {echo(reference)}' for reference, found in pairs)}."
            )
        if self.by_name:
            read = (f"{echo(reference)} as {echo(found)}" for reference, found in self.by_name.items())
            words.append(f"Names and addresses are read as the id of whom they belong to: {_examples(read)}.")
        self.spellings.clear()
        self.by_name.clear()
        return words


_ORDER = (ZEROS, POINT, CASE, SPACES, SIGNS)


def differences(one: str, other: str) -> list[str]:
    """Return what two spellings of one id differ in, in words."""
    found = []
    one, other = (unicodedata.normalize("NFC", text) for text in (one, other))
    if one.casefold() == other.casefold():
        return [CASE]
    bare = ["".join(text.split()) for text in (one, other)]
    if bare != [one, other]:
        found.append(SPACES)
    short = [re.sub(r"[.,]0+$", "", text) if re.fullmatch(r"[0-9]+[.,]0+", text) else text for text in bare]
    if len({text == before for text, before in zip(short, bare, strict=True)}) == 2:
        found.append(POINT)
    plain = [text.lstrip("0") or "0" if text.isdigit() else text for text in short]
    if plain[0] == plain[1] and short[0] != short[1]:
        found.append(ZEROS)
    elif plain[0] != plain[1]:
        found.append(CASE if plain[0].casefold() == plain[1].casefold() else SIGNS)
    return found or [SPACES]


def _alike(name: str, other: str) -> bool:
    return bool(set(_name_keys(name)) & set(_name_keys(other)))


def _name_keys(name: str) -> list[str]:
    """Return the forms in which a name is compared: "Example, Eve" is also "eve example"."""
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    last, comma, first = plain.partition(",")
    turned = f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else ""
    return [plain, turned] if turned else [plain]


def _choice(ids: list[str]) -> str:
    shown = [echo(one) for one in ids[:_MOST_TOLD]]
    return (
        f"{', '.join(shown[:-1])} or {shown[-1]}"
        if len(ids) <= _MOST_TOLD
        else f"{', '.join(shown)} or others"
    )


def _examples(words: Iterable[str]) -> str:
    found = list(words)
    more = len(found) - _MOST_TOLD
    return "; ".join(found[:_MOST_TOLD]) + (f"; and {more:,} more" if more > 0 else "")
