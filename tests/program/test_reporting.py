"""Reports on cycles: right, made once, and safe, however much of them somebody puts together."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import delete, select, update

from mentoring.errors import NoReport, NotAllowed
from mentoring.messages import Kind
from mentoring.outcomes import published, suppression
from mentoring.outcomes.counted import About
from mentoring.outcomes.published import Report
from mentoring.outcomes.suppression import FEWEST
from program import reporting
from storage import tables as t
from tests.mentoring.attack import Seen, pinned
from tests.program import year
from tests.program.office import INTRO, PROPOSAL, Office

MOST = 6
"""The meetings that a pair can have had in four weeks, the two begun ones included."""


def reports(office: Office) -> list[Report]:
    found = (reporting.look(*office.as_lead(), number).report for number in range(1, year.CYCLES + 1))
    return [one for one in found if one is not None]


def figures(report: Report, about: About) -> list[int | None]:
    topic = report.topic(about)
    return [row.counts[0] for row in topic.rows] if topic else []


def reconstructed(report: Report, exact: year.Exact) -> list[tuple[About, list[int]]]:
    """Every hidden part of which only one value is left, for somebody who has all that is published of a cycle."""
    held = figures(report, About.MEETINGS)[0]
    found = []
    for about, truth in exact.parts.items():
        shown = figures(report, about)[-len(truth) :] or [None] * len(truth)
        meetings = held if about is About.MET else None
        found.append((about, pinned(Seen(sum(truth), tuple(shown), meetings, MOST), truth)))
    return [one for one in found if one[1]]


@pytest.mark.parametrize("seed", range(2))
def test_from_all_reports_of_a_year_nobody_works_out_what_is_hidden(office: Office, seed: int) -> None:
    truth = year.lives(office, Random(seed))
    told = reports(office)
    assert len(told) == year.CYCLES
    for report, exact in zip(told, truth, strict=True):
        assert reconstructed(report, exact) == []
        assert_no_small_figure(report)
        assert_steps_leave_room(report, About.PEOPLE)
    assert sum(topic.hides for report in told for topic in report.topics) > year.CYCLES


def assert_no_small_figure(report: Report) -> None:
    shown = [count for topic in report.topics for row in topic.rows for count in row.counts if count]
    assert min(shown, default=FEWEST) >= FEWEST


def assert_steps_leave_room(report: Report, about: About) -> None:
    """A part below the first step could be several, by the steps of the whole and of the other parts."""
    whole, *those = figures(report, about)
    if whole is not None and None in those:
        others = [one for one in those if one is not None]
        most_of_others = sum(others) + (FEWEST - 1) * (len(those) - 1)
        assert max(1, whole - most_of_others) < FEWEST - 1


def test_two_reports_never_differ_by_a_few_people(office: Office) -> None:
    year.lives(office, Random(7))
    steps = [
        {
            (topic.about, row.key, place): count or 0
            for topic in report.topics
            if topic.about in published.IN_FIVES
            for row in topic.rows
            for place, count in enumerate(row.counts)
        }
        for report in reports(office)
    ]
    differ = [
        abs(later.get(key, 0) - before.get(key, 0))
        for before in steps
        for later in steps
        for key in before.keys() | later.keys()
    ]
    assert set(differ) > {0}
    assert not any(0 < one < FEWEST for one in differ)


def test_the_attack_succeeds_where_less_is_hidden(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "_stays_open", lambda *_: True)
    truth = year.lives(office, Random(1))
    found = [reconstructed(report, exact) for report, exact in zip(reports(office), truth, strict=True)]
    assert any(found)


@pytest.mark.parametrize("seed", [11])
def test_the_figures_are_those_of_the_rows(office: Office, seed: int) -> None:
    truth = year.lives(office, Random(seed))
    compared: Counter[About] = Counter()
    for report, exact in zip(reports(office), truth, strict=True):
        for about, counts in exact.parts.items():
            for shown, count in zip(figures(report, about)[-len(counts) :], counts, strict=False):
                assert shown in (None, count), about
                compared[about] += shown is not None
        assert figures(report, About.MEETINGS)[0] in (None, exact.meetings)
        assert figures(report, About.PAIRS)[0] in (None, sum(exact.parts[About.PAIRS]))
        assert figures(report, About.PEOPLE) == in_steps(exact.people)
        assert figures(report, About.TENURE) == in_steps(exact.tenure)
        # Beside a hidden figure of pairs of two departments, none of departments is told.
        told = exact.departments if None not in figures(report, About.CONNECTED) else Counter[str]()
        assert_named(report, About.DEPARTMENTS, told)
        assert_named(report, About.SKILLS, exact.wanted, exact.offered)
    assert all(compared[about] for about in exact.parts)


def in_steps(counts: tuple[int, ...]) -> list[int | None]:
    return [count - count % FEWEST or None for count in counts]


def assert_named(report: Report, about: About, *exact: Counter[str]) -> None:
    topic = report.topic(about)
    shown = {row.key.casefold(): list(row.counts) for row in topic.rows} if topic else {}
    words = {word for counts in exact for word, count in counts.items() if count >= FEWEST}
    assert shown == {word: in_steps(tuple(counts[word] for counts in exact)) for word in words}


def ten_pairs(office: Office) -> None:
    office.sets_up()
    for number in range(6):
        office.couple(number)
    office.at(PROPOSAL)
    for pair in office.pairs:
        office.approves(pair.id)
    office.at(INTRO)


def test_it_comes_once_at_the_end_of_a_cycle_and_stays_as_it_is(office: Office) -> None:
    ten_pairs(office)
    assert office.kinds(Kind.REPORT) == []
    office.at(office.times(1).ends_at)
    office.passes(days=2)
    (posted,) = office.kinds(Kind.REPORT)
    assert posted.recipient == "leads"
    before = reporting.look(*office.as_lead()).report
    with office.ctx.database.write() as tx:
        tx.execute(delete(t.checkins))
        tx.execute(update(t.pairs).values(state="withdrawn"))
        tx.execute(update(t.members).values(standing="left"))
    office.passes(hours=1)
    assert reporting.look(*office.as_lead()).report == before
    assert len(office.kinds(Kind.REPORT)) == 1


def test_thresholds_are_those_of_the_start(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    ten_pairs(office)
    monkeypatch.setattr(reporting, "Thresholds", lambda: published.Thresholds(2, 2))
    office.at(office.times(1).ends_at)
    found = reporting.look(*office.as_lead()).report
    assert found is not None
    assert (found.thresholds.fewest, found.thresholds.fewest_for_words) == (5, 10)


def test_what_is_hidden_is_stored_nowhere(office: Office) -> None:
    year.lives(office, Random(3), cycles=3)
    with office.ctx.database.read() as tx:
        kept = [
            row
            for topics in tx.execute(select(t.reports.c.topics)).scalars()
            for topic in topics
            for row in topic["rows"]
        ]
    counts = [count for row in kept for count in row["counts"]]
    assert None in counts
    assert not any(0 < count < FEWEST for count in counts if count is not None)


def test_before_the_first_end_leads_read_when_it_comes_and_how_it_is(office: Office) -> None:
    ten_pairs(office)
    found = reporting.look(*office.as_lead())
    assert (found.report, found.first_ends) == (None, office.times(1).ends_at)
    assert found.running is not None
    assert (found.running.pairs, found.running.meetings) == (5, None)


def test_only_leads_read_it_and_only_of_cycles_that_ended(office: Office) -> None:
    ten_pairs(office)
    with pytest.raises(NotAllowed):
        reporting.look(office.ctx, office.workspace, "UMENTOR1")
    with pytest.raises(NoReport):
        reporting.look(*office.as_lead(), 1)


def test_a_cycle_without_pairs_is_not_reported_on_by_itself(office: Office) -> None:
    office.sets_up()
    office.joins("UALONE")
    office.lives_until(office.times(1).ends_at + timedelta(hours=1))
    assert office.kinds(Kind.REPORT) == []
