"""From the bytes of a text to its characters, whatever the program that wrote them was set to."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from mentoring.spreadsheets import writing

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

NAMES = {
    "cp1252": "Windows-1252 (Western European)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp1257": "Windows-1257 (Baltic)",
    "cp874": "Windows-874 (Thai)",
    "gb18030": "GB 18030 (simplified Chinese)",
    "big5hkscs": "Big5 (traditional Chinese)",
    "cp932": "Shift JIS (Japanese)",
    "cp949": "Windows-949 (Korean)",
    "euc_jp": "EUC-JP (Japanese)",
    "iso8859_2": "ISO 8859-2 (Central European)",
    "iso8859_5": "ISO 8859-5 (Cyrillic)",
    "iso8859_7": "ISO 8859-7 (Greek)",
    "iso8859_15": "ISO 8859-15 (Western European)",
    "koi8_r": "KOI8-R (Russian)",
    "koi8_u": "KOI8-U (Ukrainian)",
    "mac_roman": "Mac Roman (Western European, older Excel for Mac)",
    "mac_latin2": "Mac Central European",
    "mac_cyrillic": "Mac Cyrillic",
    "mac_greek": "Mac Greek",
    "mac_turkish": "Mac Turkish",
    "cp437": "DOS 437 (United States)",
    "cp850": "DOS 850 (Western European)",
    "cp852": "DOS 852 (Central European)",
    "cp857": "DOS 857 (Turkish)",
    "cp862": "DOS 862 (Hebrew)",
    "cp737": "DOS 737 (Greek)",
    "cp866": "DOS 866 (Cyrillic)",
}
"""The encodings that are looked for, by Python's name, in words that people may know."""

_SELDOM = {"mac_roman": 2.0, "mac_turkish": 3.0, "cp850": 3.5, "cp857": 3.0, "cp866": 3.0}
_SELDOM |= {"cp1250": 2.5, "cp1254": 1.7, "cp1257": 4.0}
_SELDOM |= dict.fromkeys(("iso8859_2", "iso8859_7", "iso8859_15", "koi8_r", "cp852", "euc_jp"), 4.0)
_SELDOM |= dict.fromkeys("cp437 iso8859_5 koi8_u mac_latin2 mac_cyrillic mac_greek cp862 cp737".split(), 6.0)
"""What it costs, beside the text, that an encoding is used seldom today."""

_SURE = 7.5
"""By so much the best reading has to be more likely than any other: the odds are 1,800 to one."""

_MOST_WORDS = 400
_BY_CHANCE = 2
"""So many words may be valid UTF-8 by chance."""

_MOST_LINES = 20_000
_LOOKED_AT = 400_000
_LINE = re.compile(rb"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and Python's name of its encoding where that was guessed."""

    text: str
    guess: str = ""


class Unclear(Exception):
    """Bytes read well in several encodings: `readings` are these and what the text is in them, the likeliest first."""

    def __init__(self, readings: tuple[tuple[str, str], ...]) -> None:
        super().__init__(", ".join(name for name, _ in readings))
        self.readings = readings


def known(name: str) -> bool:
    """Return whether Python can read text in an encoding of this name, and pass over what it cannot read."""
    try:
        return isinstance(b"a\xff".decode(name, "replace"), str)
    except (LookupError, ValueError, TypeError):
        return False


def called(name: str) -> str:
    """Return what people call an encoding, and what to type for it."""
    return f"{NAMES[name]}, {name}" if name in NAMES else name


def decode(data: bytes, named: str = "") -> Decoded:
    """Return the text of the bytes: by their mark, in the encoding named, as UTF-8 or UTF-16, else by what they say.

    What cannot be read becomes U+FFFD or a control character, so that it can be pointed at where it stands. Raises
    `Unclear` if several encodings give different texts that people may have written.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"))
    if named:
        return Decoded(data.decode(named, "replace"))
    if order := _unmarked_utf_16(data):
        return Decoded(data.decode(order, "replace"))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _damaged(data) or _guessed(data)
    if not text.isascii():
        _check_unlikely(data, text)
    return Decoded(text)


def _unmarked_utf_16(data: bytes) -> str:
    """Return the byte order if there are line ends or separators of two bytes; other text has no zeros."""
    if b"\0" not in data:
        return ""
    counts = {
        order: sum(
            data.count(sign.encode(order)) for sign in ("\n", "\r", ",", ";", "\t", "e", "a", "i", "1")
        )
        for order in ("utf-16-le", "utf-16-be")
    }
    best = max(counts, key=counts.__getitem__)
    start = data[:_LOOKED_AT]
    return best if start.count(0) * 20 > len(start) else ""


def _check_unlikely(data: bytes, text: str) -> None:
    """Raise `Unclear` if one or two words are UTF-8 by chance, as "陆陆" in GBK is, and make sense otherwise.

    Two letters of East Asian encodings may be such a word; words in a script of which nothing is known are believed.
    """
    words = writing.foreign_words(text, _BY_CHANCE + 1)
    if len(words) > _BY_CHANCE or max(text) >= "\u0800" or not writing.is_known(words):
        return
    price, best, _ = min(_readings(_sample(data)), key=itemgetter(0))
    if price + _SURE < writing.cost(words):
        raise Unclear((("utf-8", text), (best, data.decode(best, "replace"))))


def _damaged(data: bytes) -> Decoded | None:
    """Return the text if most of what is not ASCII reads as UTF-8; text in other encodings hardly ever does."""
    text = data.decode("utf-8", "replace")
    unreadable = text.count(REPLACEMENT)
    readable = sum(not char.isascii() for char in text) - unreadable
    return Decoded(text) if readable > unreadable else None


def _guessed(data: bytes) -> Decoded:
    """Return the likeliest reading, or raise `Unclear`."""
    ranked = sorted(_readings(_sample(data)), key=itemgetter(0))
    best_cost, best, words = ranked[0]
    others = [(price, name) for price, name, read in ranked if read != words]
    rivals = [name for price, name in others if price < best_cost + _SURE]
    if rivals:
        names = [best, *rivals][:_MOST_SHOWN]
        raise Unclear(tuple((name, data.decode(name, "replace")) for name in names))
    return Decoded(data.decode(best, "replace"), best)


_MOST_SHOWN = 4
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
"""No text has them, so they are damage too."""


def _sample(data: bytes) -> bytes:
    """Return lines that are not ASCII, each once."""
    lines = (line[0] for line in _LINE.finditer(data) if not line[0].isascii())
    return b"\n".join(dict.fromkeys(islice(lines, _MOST_LINES)))[:_LOOKED_AT]


def _readings(sample: bytes) -> Iterator[tuple[float, str, list[str]]]:
    """Yield what the words of a sample are in each encoding, and what they cost."""
    seen: dict[tuple[str, ...], float] = {}
    for name in NAMES:
        text = _CONTROLS.sub(REPLACEMENT, sample.decode(name, "replace"))
        words = writing.foreign_words(text, _MOST_WORDS)
        damage = writing.DAMAGED * text.count(REPLACEMENT)
        if (key := tuple(words)) not in seen:
            seen[key] = writing.cost(words)
        yield seen[key] + damage + _SELDOM.get(name, 0.0), name, words
