"""The parts of the page: who is paired, who is not, and what is offered and wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from mentoring.matching import BEST, MatchedPair
from mentoring.report.markup import Content, bar, person, section, table, tag
from mentoring.spreadsheets.aside import State
from mentoring.spreadsheets.outcome import Outcome


def pairs(outcome: Outcome) -> Element:
    """Return the pairs, each with its score and its reasons."""
    found = outcome.solution.pairs
    if not found:
        return section("Pairs", tag("p", "No pair is possible. What stands in the way is below."))
    rows = (
        (
            person(outcome.called(pair.mentor_id)),
            person(outcome.called(pair.mentee_id)),
            bar(pair.score, BEST, "score"),
            _reasons(pair),
        )
        for pair in found
    )
    headings = ("Mentor, who teaches", "Mentee, who learns", "Score", "Why these two")
    note = f"A score is out of {BEST:,}, the best pair that could be thought of."
    return section("Pairs", table("Who is paired with whom", headings, rows, "wide"), note=note)


def _reasons(pair: MatchedPair) -> Element:
    return tag("ul", *(tag("li", part.words) for part in pair.parts))


def left_out(outcome: Outcome) -> Element | None:
    """Return who takes part and has no partner, why, and what would help; None if everybody has one."""
    rows: list[Sequence[Content]] = [
        (person(outcome.called(one.id)), one.side, one.reason, one.help) for one in outcome.solution.left_out
    ]
    rows += [
        (person(one.name), one.side, one.reason, one.help)
        for one in outcome.aside
        if one.state is State.NO_ROOM
    ]
    if not rows:
        return None
    headings = ("Who", "As a", "Why", "What would help")
    note = "Whoever is in both roles is here once for each role without a partner."
    return section("Without a partner", table("Who has no partner", headings, rows, "wide"), note=note)


def held_back(outcome: Outcome) -> Element | None:
    """Return whose rows cannot be used, and what is wrong in them; None if there are none."""
    rows = [(person(one.name or "No id and no name"), one.words) for one in outcome.held]
    if not rows:
        return None
    headings = ("Who", "What to mend in the row")
    note = "These people are not paired. They count in the reporting lines of others."
    return section("Held back", table("Rows that cannot be used", headings, rows, "wide"), note=note)


def skills(outcome: Outcome) -> Element | None:
    """Return how many people offer and want each skill; None if there is no skill."""
    supply = outcome.solution.supply
    if not supply:
        return None
    most = max(max(skill.offered, skill.wanted) for skill in supply)
    rows = (
        (tag("bdi", skill.skill), bar(skill.wanted, most, "wanted"), bar(skill.offered, most, "offered"))
        for skill in supply
    )
    headings = ("Skill", "Want to learn it", "Can teach it")
    note = "The scarcest first: more people want it than can teach it. Only people who take part are counted."
    return section("Skills", table("Offers and wishes, in people", headings, rows, "figures"), note=note)


def levels(outcome: Outcome) -> Element | None:
    """Return how far apart the pairs are, and who is there at each level; None if no level is known."""
    there = list(_levels(outcome))
    if not there:
        return None
    gaps = Counter(_gap(outcome, pair) for pair in outcome.solution.pairs)
    apart = _counts("How far apart the pairs are", ("Levels apart", "Pairs"), sorted(gaps.items()))
    most = max(max(mentors, mentees) for _, mentors, mentees in there)
    rows = (
        (name, bar(mentors, most, "offered"), bar(mentees, most, "wanted"))
        for name, mentors, mentees in there
    )
    by_level = table("Who takes part, by level", ("Level", "As mentors", "As mentees"), rows, "figures")
    return section("Levels", *([apart] if gaps else []), by_level)


def _counts(caption: str, headings: tuple[str, str], found: Iterable[tuple[int, int]]) -> Element:
    counts = list(found)
    most = max((count for _, count in counts), default=0)
    return table(caption, headings, ((f"{one:,}", bar(count, most)) for one, count in counts), "figures")


def _gap(outcome: Outcome, pair: MatchedPair) -> int:
    mentor, mentee = outcome.people[pair.mentor_id], outcome.people[pair.mentee_id]
    return (mentee.level or 0) - (mentor.level or 0)


def _levels(outcome: Outcome) -> Iterator[tuple[str, int, int]]:
    """Yield each level that somebody who takes part has, the lowest first, with its mentors and its mentees."""
    there = [one for one in outcome.problem.people if one.available and one.level is not None]
    mentors = Counter(one.level for one in there if one.mentor and one.mentor_capacity)
    mentees = Counter(one.level for one in there if one.mentee and one.mentee_capacity)
    for level in sorted(level for level in mentors.keys() | mentees.keys() if level is not None):
        name = f"{level}: {outcome.ladder[level - 1]}" if level <= len(outcome.ladder) else f"{level}"
        yield name, mentors[level], mentees[level]
