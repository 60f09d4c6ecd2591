"""The report on a cycle as a page: one file for a browser or a printer, with pictures, no scripts and no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

from mentoring.days import full_day
from mentoring.outcomes.counted import About
from mentoring.outcomes.published import CycleReport, Report, Row, Topic
from mentoring.outcomes.words import COLUMNS, TITLES, explained, figure, name, worth_a_row
from mentoring.report.markup import Content, section, table, tag
from mentoring.report.page import document

_WIDTH, _LINE, _BAR = 100, 12, 8
"""The picture in units of its own: its width, the height of a line, and of a bar in it."""

_KINDS = ("wanted", "offered")
"""The colors of bars where a row has two of them, as in the page of a matching."""


def page(content: CycleReport) -> Iterator[str]:
    """Yield the page piece by piece."""
    title = f"{content.program}: report on cycle {content.report.number}"
    yield from document(title, _sections(content, title))


def _sections(content: CycleReport, title: str) -> Iterator[Element]:
    report = content.report
    yield tag(
        "header",
        tag("h1", tag("bdi", title)),
        tag("p", f"From {_day(report.begins)} to {_day(report.ends)}.", class_="note"),
        tag("dl", *(tag("div", tag("dt", words), tag("dd", figure)) for words, figure in _first(report))),
    )
    for topic in report.topics:
        yield _section(topic, report)
    yield section("About these figures", tag("ul", *(tag("li", line) for line in explained(report))))


def _day(moment: datetime) -> str:
    return full_day(moment.date())


def _first(report: Report) -> Iterator[tuple[str, str]]:
    """The figures that stand on top."""
    for about, words in (
        (About.PEOPLE, "people took part"),
        (About.PAIRS, "pairs"),
        (About.MEETINGS, "meetings"),
    ):
        topic = report.topic(about)
        if topic is not None:
            yield words, figure(about, topic.rows[0].counts[0], report.thresholds)


def _section(topic: Topic, report: Report) -> Element:
    columns = COLUMNS[topic.about]
    most = max((count or 0 for row in topic.rows for count in row.counts), default=0)
    rows = [
        (tag("bdi", name(topic.about, row)), *_cells(topic.about, row, report, most))
        for row in worth_a_row(topic)
    ]
    title = TITLES[topic.about]
    return section(title, table(title, ("", *columns), rows, "figures"))


def _cells(about: About, row: Row, report: Report, most: int) -> Sequence[Content]:
    kinds = _KINDS if len(row.counts) > 1 else ("",)
    return [
        tag(
            "span",
            tag("span", figure(about, count, report.thresholds), class_="count said"),
            _bar(count, most, kind),
        )
        for count, kind in zip(row.counts, kinds, strict=True)
    ]


def _bar(count: int | None, most: int, kind: str) -> Element:
    """A picture of a figure: its share of the most there is. The figure stands beside it, so it needs no words."""
    length = _WIDTH * (count or 0) // most if most else 0
    line = tag(
        "rect",
        x="0",
        y=str((_LINE - _BAR) // 2),
        width=str(length),
        height=str(_BAR),
        rx="1",
        class_=f"mark {kind}".strip(),
    )
    size = f"0 0 {_WIDTH} {_LINE}"
    return tag("svg", line, viewBox=size, preserveAspectRatio="none", class_="picture", aria_hidden="true")
