"""Reading what was typed behind the command: its word, its numbers, its lists."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from handlers.ids import row_id
from handlers.keyboards import plain, tidy
from mentoring.checkins import Answer

PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
"""Somebody as Slack writes them where they are named: https://docs.slack.dev/messaging/formatting-message-text."""

_PHRASES = {
    Answer.MET: """met, we met, we've met, we have met, we did meet, we did, yes, yes we did, yes we met, yes we've met,
        yes we have met, yes we have, we have, I met, met up, we met up, we had a meeting, done""",
    Answer.PLANNED: """planned, plan, it's planned, it is planned, we planned, we've planned, we have planned,
        we have planned it, we have a time planned, we have a time, we have a date, we have a plan, scheduled,
        it's scheduled, it is scheduled, we scheduled, we've scheduled, we have scheduled, we scheduled it, booked""",
    Answer.NOT_YET: """not yet, not, no, nope, no not yet, not met, not met yet, not yet met, we haven't met,
        we haven't met yet, we have not met, we have not met yet, we have not yet met, we've not met, we've not met yet,
        haven't met, haven't met yet, have not met, have not met yet, we haven't, we have not, we haven't yet,
        we did not meet, we didn't meet, we didn't, we did not, no we haven't, no we didn't""",
    Answer.HELP: """help, I need help, need help, we need help, I need some help, I need your help, I really need help,
        help me, I need help with my pair, I need help with my partner, can you help, can you help me, could you help,
        could you help me, can somebody help me, can someone help me, I want help, I'd like help, I would like help,
        I would like some help, yes I need help, I am stuck, I'm stuck, sos""",
}
_FILLERS = frozenset("pair already again today yesterday just this week".split())
POLITE = frozenset("please pls now thanks thank you thx hi hello hey ok okay".split())
"""Words that people put around what they mean."""
_ALIKE = 0.75
"""How much of two words is the same, from 0 to 1: `stop` is not `setup`, and `hello` not `help`."""
_UNCLEAR = frozenset({"yes", "no", "nope", "not", "plan", "done", "help", "we did", "we have", "yes we have"})
"""Answers to a question that was just asked; alone, they could answer any."""

_HELP = re.compile(
    r"\b(help|problem|trouble|issue|stuck|sos|urgent|emergency|unsafe|uncomfortable|inappropriate|harass|bull(?:y|ied)|"
    r"abus|threat|insult|rude|discriminat|afraid|scared|worried|worry|overwhelmed|struggl|complain|conflict|awful|"
    r"ignor(?:es|ing) me|(?:not|never|n't) (?:answer|reply|respond|show)|no (?:answer|reply|response))"
)


def _key(text: str) -> str:
    """The letters of an answer, without words that add nothing to it."""
    said = plain(text).casefold().replace("'", "")
    told = [word for word in re.findall(r"[^\W\d_]+", said) if word not in _FILLERS | POLITE]
    return " ".join(told)


_ANSWERS = {_key(phrase): answer for answer, phrases in _PHRASES.items() for phrase in phrases.split(",")} | {
    "wemet": Answer.MET,
    "notyet": Answer.NOT_YET,
    "ineedhelp": Answer.HELP,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line: its first word in small letters, and what follows as it was typed."""

    word: str
    rest: str


def read(text: str, known: Collection[str]) -> Line:
    """Split a line at its word; a known word of two may be typed with a blank, like `send again 7`."""
    first, rest = _halves(tidy(text))
    word = _word(first)
    if not word and rest:  # a dash or a dot in front of a list's item
        return read(rest, known)
    second, after = _halves(rest)
    two = f"{word}-{_word(second)}"
    if second and two in known:
        return Line(two, after)
    return Line(word or first, rest)


def _halves(text: str) -> tuple[str, str]:
    """The first word and what follows it."""
    first, rest = [*text.strip().split(maxsplit=1), "", ""][:2]
    return first, rest.strip()


def _word(text: str) -> str:
    return plain(text).casefold().strip("/_")


def alone(text: str) -> bool:
    """Whether what follows a word adds nothing to it, like `please` or an emoji."""
    return all(word in POLITE for word in re.findall(r"\w+", plain(text).casefold()))


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that this one was probably meant to be."""
    found = get_close_matches(word, known, n=1, cutoff=_ALIKE)
    return found[0] if found else None


def numbers(text: str) -> list[int]:
    """All numbers in a text like `12, 13` or `#12 #13`, each once."""
    return list(dict.fromkeys(row_id(digits) for digits in re.findall(r"[0-9]+", plain(text))))


def numbered(text: str) -> tuple[int, str]:
    """The number at the start of a text like `12 no common time` or `pair #12`, 0 for none, and the rest."""
    found = re.match(r"(?:pair\b)?\s*#?([0-9]+)\b[\s:,.*`\u2010-\u2015\u2212-]*", text, re.IGNORECASE)
    return (row_id(found[1]), text[found.end() :].strip()) if found else (0, text)


def says_all(text: str) -> bool:
    """Whether what follows a word begins with `all`, like `all 412-3fa9c1`."""
    return _word(_halves(tidy(text))[0]) == "all"


def code_in(text: str) -> str:
    """The code in a text like `all 412-3fa9c1`, empty for none."""
    found = re.search(r"\b[0-9]+-([0-9a-f]{6})\b", plain(text).casefold())
    return found[1] if found else ""


def listed(text: str) -> list[str]:
    """The items of `video editing, AI tools.`, without quotation marks around them and the full stop at the end."""
    items = [item for part in re.split(r"[,;\n]", text) if (item := " ".join(part.split()))]
    return [_bare(item) or item for item in items]


def _bare(item: str) -> str:
    """An item as it is meant: `C++` and `.NET` keep their signs."""
    return tidy(re.sub(r"[.!?…]+$", "", tidy(item)))


def checkin(text: str) -> tuple[Answer | None, int]:
    """The answer and the pair's number, 0 for none, in a text like `not yet 12`."""
    found = numbers(text)
    return _ANSWERS.get(_key(text)), found[0] if found else 0


def answered(text: str) -> Answer | None:
    """The answer that a whole line is without the word `checkin`, like `We've met.`; None where it may be none."""
    key = _key(tidy(text))
    return None if key in _UNCLEAR else _ANSWERS.get(key)


def calls_for_help(text: str) -> bool:
    """Whether somebody who writes this may need help: better asked once too often."""
    return _HELP.search(plain(text).casefold()) is not None
