"""The words of a report: what its tables and their rows are called, and how a figure reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mentoring.outcomes.counted import OTHER, About
from mentoring.outcomes.published import IN_FIVES, Report, Row, Thresholds, Topic
from mentoring.reflections import Reflection

TITLES: Final[Mapping[About, str]] = {
    About.PEOPLE: "Participation",
    About.PAIRS: "Pairs",
    About.MEETINGS: "Meetings",
    About.MET: "Pairs by meetings",
    About.SATISFACTION: "What people said last of a meeting",
    About.LEVELS: "Pairs by levels apart",
    About.TENURE: "People with a partner, by time in the program",
    About.CONNECTED: "Pairs by departments",
    About.DEPARTMENTS: "People with a partner, by department",
    About.SKILLS: "Skills, the scarcest first",
}

COLUMNS: Final[Mapping[About, tuple[str, ...]]] = {
    About.PEOPLE: ("People",),
    About.PAIRS: ("Pairs",),
    About.MEETINGS: ("Meetings",),
    About.MET: ("Pairs",),
    About.SATISFACTION: ("People",),
    About.LEVELS: ("Pairs",),
    About.TENURE: ("People",),
    About.CONNECTED: ("Pairs",),
    About.DEPARTMENTS: ("People",),
    About.SKILLS: ("Want it", "Offer it"),
}

_ROWS: Final[Mapping[About, Mapping[str, str]]] = {
    About.PEOPLE: {
        "took part": "Took part",
        "with a partner": "Had a partner",
        "without": "Had no partner",
    },
    About.PAIRS: {"introduced": "Introduced", "finished": "Finished", "ended": "Ended early"},
    About.MEETINGS: {"held": "Held"},
    About.MET: {"none": "No meeting", "few": "1 or 2 meetings", "enough": "3 or more meetings"},
    About.SATISFACTION: {
        "answered": "Answered",
        **{choice.value: choice.words for choice in Reflection},
    },
    About.LEVELS: {
        "1": "1 level",
        "2": "2 levels",
        "3": "3 levels",
        "more": "4 levels or more",
        "other": "No level",
    },
    About.TENURE: {"new": "Under 3 months", "settled": "3 to 12 months", "long": "12 months or more"},
    About.CONNECTED: {"across": "Two departments", "within": "One department", "other": "No department"},
}

HIDDEN: Final = "hidden"


def name(about: About, row: Row) -> str:
    """What a row is called."""
    return _ROWS[about][row.key] if about in _ROWS else row.key


def worth_a_row(topic: Topic) -> tuple[Row, ...]:
    """The rows of a table without what is not known of nobody."""
    return tuple(row for row in topic.rows if row.key != OTHER or row.counts != (0,))


def figure(about: About, count: int | None, thresholds: Thresholds) -> str:
    """How a figure reads, also where it is not shown."""
    if about in IN_FIVES:
        return f"fewer than {thresholds.fewest}" if count is None else f"at least {count:,}"
    return HIDDEN if count is None else f"{count:,}"


def explained(report: Report) -> tuple[str, ...]:
    """How the figures are to be understood."""
    fewest = report.thresholds.fewest
    hides = any(one.hides for one in report.topics if one.about not in IN_FIVES)
    said = ("How meetings were is asked anew in each cycle, and those figures are exact.",)
    return (
        f"Numbers of people are in steps of {fewest}, rounded down, so that no two reports differ by one person.",
        *(said if report.topic(About.SATISFACTION) else ()),
        f"A figure from 1 to {fewest - 1} is hidden, and others with it where it could be worked out from them."
        if hides
        else f"No figure from 1 to {fewest - 1} is shown.",
        "A meeting is a week in which one of a pair said that they met. Levels and departments are those at the end.",
        "These figures were made when the cycle ended, and stay as they are.",
    )
