"""The report on a cycle: in Slack's own charts and table, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from handlers.views.parts import PROGRAM_MAX, Part, Rendered, heading, note, rendered, say
from handlers.views.tables import data_table
from handlers.views.text import clip, date_token, day_words, escape, plain
from mentoring.outcomes.counted import About
from mentoring.outcomes.published import IN_FIVES, CycleReport, Report, Row, SoFar, Topic
from mentoring.outcomes.words import COLUMNS, TITLES, explained, figure, name, worth_a_row
from program.reporting import Reported

NAMED: Final = 10
"""So many departments and skills a message names, so that its text has room for all of them."""

CHARTS: Final = 2
"""The most charts in one message; more were refused by Slack when people tried, its reference names no number."""

_CATEGORY_MAX = 20
_TITLE_MAX = 50
"""Characters of a chart's category and title (https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block)."""

_NAME_MAX = 40
_PAGE = 20
_CHARTED = (About.MET, About.SATISFACTION, About.SKILLS, About.LEVELS, About.CONNECTED)
"""What a chart can be of, what tells most first."""


def cycle_report(content: CycleReport) -> Rendered:
    """In the leads' channel, when a cycle has ended."""
    return report(content.program, content.report, blocks=True)


def report(program: str, content: Report, blocks: bool) -> Rendered:
    """A report, with Slack's own charts and table or, without these `blocks`, in words; the text is the same."""
    topics = [_short(topic) for topic in content.topics]
    head = [heading(f"Report on cycle {content.number}"), say(_when(program, content))]
    foot = note(*explained(content), _more(content))
    in_words = rendered(*head, *(_in_words(topic, content) for topic in topics), foot)
    if not blocks:
        return in_words
    native = [*_charts(topics), _table(topics, content)]
    return Rendered(in_words.text, [*rendered(*head).blocks, *native, *rendered(foot).blocks])


def reported(content: Reported, blocks: bool) -> Rendered:
    """The answer to `report`."""
    so_far = say(_so_far(content.running)) if content.running else None
    if content.report is None:
        return rendered(say(_not_yet(content.first_ends)), so_far)
    told = report(content.program, content.report, blocks)
    more = rendered(so_far)
    return replace(told, text=f"{told.text}\n{more.text}".rstrip(), blocks=[*told.blocks, *more.blocks])


def no_number() -> Rendered:
    """Something stands behind `report` that is no number of a cycle."""
    return rendered(say("Please give a cycle by its number, like `/reverse-mentor report 2`."))


def _when(program: str, content: Report) -> str:
    begins, ends = (day_words(moment) for moment in (content.begins, content.ends))
    return f"*{escape(program, PROGRAM_MAX)}*, from {begins} to {ends}."


def _not_yet(first_ends: datetime) -> str:
    return (
        "There is no report yet: one is made when a cycle ends, and posted in the leads' channel. "
        f"The first is planned for {date_token(first_ends)}."
    )


def _so_far(one: SoFar) -> str:
    pairs = figure(About.PEOPLE, one.pairs, one.thresholds)
    held = figure(About.PEOPLE, one.meetings, one.thresholds)
    return (
        f"Cycle {one.number} runs until {date_token(one.ends)}, when its report is made. "
        f"So far it has {pairs} pairs that were introduced, and {held} meetings."
    )


def _short(topic: Topic) -> Topic:
    return replace(topic, rows=worth_a_row(topic)[:NAMED])


def _more(content: Report) -> str:
    cut = any(len(topic.rows) > NAMED for topic in content.topics)
    told = f"Of departments and skills, {NAMED} are listed here. " if cut else ""
    return f"{told}Whoever runs this bot gets a page and a file of it with `python -m bot report`."


def _in_words(topic: Topic, content: Report) -> Part:
    lines = [f"• {_label(topic.about, row)}: {_figures(topic.about, row, content)}" for row in topic.rows]
    return say("\n".join([f"*{TITLES[topic.about]}*", *lines]))


def _label(about: About, row: Row) -> str:
    return escape(name(about, row), _NAME_MAX) or "?"


def _figures(about: About, row: Row, content: Report) -> str:
    """One figure, or several with what each is of."""
    told = [figure(about, count, content.thresholds) for count in row.counts]
    if len(told) == 1:
        return told[0]
    return ", ".join(f"{count} {column.lower()}" for count, column in zip(told, COLUMNS[about], strict=True))


def _table(topics: Sequence[Topic], content: Report) -> dict[str, Any]:
    """Every figure as a table of Slack's own; its second column names the row."""
    rows = _table_rows(topics, content)
    return data_table("All figures", ("About", "What", "Figure"), rows, page=_PAGE, names=1)


def _table_rows(topics: Sequence[Topic], content: Report) -> Iterator[tuple[str, str, str]]:
    for topic in topics:
        for row in topic.rows:
            called = clip(plain(name(topic.about, row)), _NAME_MAX) or "?"
            columns = COLUMNS[topic.about]
            for column, count in zip(columns, row.counts, strict=True):
                what = called if len(columns) == 1 else f"{called}: {column.lower()}"
                yield TITLES[topic.about], what, figure(topic.about, count, content.thresholds)


def _charts(topics: Sequence[Topic]) -> list[dict[str, Any]]:
    """Charts of those tables that have enough to show."""
    known = {topic.about: topic for topic in topics}
    drawn = (_chart(known[about]) for about in _CHARTED if about in known)
    return [chart for chart in drawn if chart][:CHARTS]


def _chart(topic: Topic) -> dict[str, Any] | None:
    """A chart of the figures of a table that are shown; None where that is fewer than two, or names look alike."""
    rows = [
        row
        for row in topic.rows
        if row.key != "answered" and (topic.about in IN_FIVES or None not in row.counts)
    ]
    names = [clip(plain(name(topic.about, row)), _CATEGORY_MAX) for row in rows]
    drawn = any(any(row.counts) for row in rows)
    if len(rows) < 2 or not drawn or len(set(names)) < len(names) or not all(names):
        return None
    return {
        "type": "data_visualization",
        "title": clip(TITLES[topic.about] + (", in steps" if topic.about in IN_FIVES else ""), _TITLE_MAX),
        "chart": {
            "type": "bar",
            "series": [
                {
                    "name": column,
                    "data": [
                        {"label": label, "value": row.counts[place] or 0}
                        for label, row in zip(names, rows, strict=True)
                    ],
                }
                for place, column in enumerate(COLUMNS[topic.about])
            ],
            "axis_config": {"categories": names},
        },
    }
