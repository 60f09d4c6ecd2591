"""The page as a whole: its head, its parts in their order, and how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from xml.etree.ElementTree import Element

from mentoring.matching.words import number
from mentoring.report.markup import html, section, tag
from mentoring.report.parts import held_back, left_out, levels, pairs, skills
from mentoring.report.rules import rules_in_words
from mentoring.spreadsheets.outcome import Outcome
from mentoring.spreadsheets.summary import summary

TITLE = "Pairs for reverse mentoring"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing is loaded from anywhere and no script runs (Content Security Policy Level 3)."""


def page(outcome: Outcome, source: str) -> Iterator[str]:
    """Yield the page piece by piece; `source` is the file of the people."""
    yield from document(TITLE, _parts(outcome, source))


def document(title: str, parts: Iterable[Element]) -> Iterator[str]:
    """Yield a page of these parts, piece by piece: whole in itself, and the same look for all."""
    yield '<!doctype html>\n<html lang="en">\n'
    yield html(_head(title))
    yield "\n<body>\n<main>\n"
    for part in parts:
        yield html(part)
        yield "\n"
    yield "</main>\n</body>\n</html>\n"


def _head(title: str) -> Element:
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", _style()),
    )


def _parts(outcome: Outcome, source: str) -> Iterator[Element]:
    yield _opening(outcome, source)
    yield pairs(outcome)
    yield from filter(None, (left_out(outcome), held_back(outcome), skills(outcome), levels(outcome)))
    yield _assumed(outcome)


def _opening(outcome: Outcome, source: str) -> Element:
    figures = (
        (len(outcome.solution.pairs), "pairs"),
        (len(set(outcome.paired())), "people with a partner"),
        (len(outcome.without), "people without, in a role they chose"),
        (len(outcome.held), "rows held back"),
    )
    told = [
        tag("div", tag("dt", words), tag("dd", f"{count:,}"))
        for count, words in figures
        if count or words != "rows held back"
    ]
    lines = [tag("p", line) for line in summary(outcome, "below, under “Without a partner”.")]
    return tag(
        "header",
        tag("h1", TITLE),
        tag("p", "From ", tag("bdi", source), f", for the week of {_day(outcome)}.", class_="note"),
        tag("dl", *told),
        *lines,
        tag("p", "This page names people. Give it to those who need it, and to nobody else.", class_="note"),
    )


def _day(outcome: Outcome) -> str:
    return f"{outcome.problem.on:%A}, {outcome.problem.on.day} {outcome.problem.on:%B %Y}"


def _assumed(outcome: Outcome) -> Element:
    warnings = outcome.warnings
    said = (
        [tag("ul", *(tag("li", warning) for warning in warnings))]
        if warnings
        else [tag("p", "Every cell was read as it stands.")]
    )
    count = f"{number(len(warnings)).capitalize()} to look at." if warnings else ""
    return section(
        "What was assumed",
        tag("h3", "In the files"),
        *said,
        tag("h3", "The rules"),
        tag("ul", *(tag("li", rule) for rule in rules_in_words(outcome.problem))),
        note=count,
    )


@cache
def _style() -> str:
    return resources.files("mentoring").joinpath("report", "report.css").read_text(encoding="utf-8")
