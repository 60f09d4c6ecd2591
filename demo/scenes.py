"""Scenes: the words above each part of the story, for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from demo.cast import LEADS
from sandbox.page import Scene


@dataclass(frozen=True, slots=True)
class Words:
    """A scene's title for the terminal, a heading for the page and what to look at there, with facts to fill in."""

    number: int
    title: str
    heading: str
    text: str

    def shown(self, who: str, where: str, facts: Mapping[str, object]) -> Scene:
        """The scene as the page shows it."""
        return Scene(self.number, COUNT, self.heading.format(**facts), self.text, who, where)


SET_UP = Words(
    1,
    "a workspace admin sets up the program",
    "The program is set up",
    "Ottoline fills in one form: the leads, their channel, and when the first pairs meet.",
)
JOIN = Words(
    2,
    "{people} people join",
    "{people} people join",
    "Each one fills in a short form: share or learn, a level, skills. The first one forgets something. "
    "Watch as anybody: press their initials.",
)
PROPOSAL = Words(
    3,
    "the leads get the proposed pairs, some days before the introductions",
    "The leads decide",
    "The bot proposes pairs, some days before the introductions. Two leads approve or decline each one; after a "
    "decline, the rest is matched again. The people in a pair hear nothing of it yet.",
)
INTROS = Words(
    4,
    "intro time; approved pairs meet in a group DM, each once both are at work",
    "Pairs are introduced",
    "For each approved pair the bot opens a conversation and says why these two fit. It waits until both are at work.",
)
WEEK = Words(
    5,
    "week {week}, with check-ins at each person's own hour",
    "Week {week} of {weeks}",
    "Everybody is asked once a week whether they met. Most answer with one tap, some after a reminder, some never.",
)
REPORT = Words(
    6,
    "the cycle ends; the leads get its report",
    "The cycle ends",
    "Pairs are thanked, and the leads get a report with charts and a table. No figure in it tells of a small group.",
)
COUNT = 6


def opening() -> Scene:
    """What the page shows while it waits for its first visitor."""
    return SET_UP.shown(LEADS[0][0], "messages", {})
