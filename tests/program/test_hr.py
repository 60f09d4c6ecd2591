"""What HR says about people: kept apart from what they say, whole lines of managers, and nobody enrolled by it."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace

import pytest

from mentoring.errors import AlreadyRuled, NoSuchDispute, NotAllowed
from mentoring.hr import Fact, Verdict
from mentoring.pairings import Cause, PairState
from mentoring.rule_sheet import sheet_of
from mentoring.spreadsheets.hr import placed, read_hr
from mentoring.spreadsheets.remarks import Notes
from mentoring.spreadsheets.results import write_table
from program import audit_log, disputes, hr, hr_facts, profiles, rules
from program.hr import Plan
from storage import hr as stored
from tests.effort import examples
from tests.program.office import ADMIN, LEAD, PROPOSAL, Office

COLUMNS = frozenset(("name", "level", "department", "manager_id"))
LADDER = ("Associate", "Professional", "Senior")
EXPORTED = (
    "id",
    "name",
    "role",
    "level",
    "department",
    "manager_id",
    "shares",
    "wants",
    "active",
    "from_profile",
)


def file_says(office: Office, people: dict[str, dict[str, str]], columns: frozenset[str] = COLUMNS) -> Plan:
    """HR's file is read, and what it changes is kept."""
    plan = hr.planned(office.ctx, office.workspace, people, columns)
    hr.apply(office.ctx, office.workspace, plan)
    return plan


def waiting(office: Office) -> dict[tuple[str, str], tuple[int, str, str]]:
    """What waits for a lead, by person and fact: its number, and both values in words."""
    found = disputes.open_now(*office.as_lead()).listed
    return {(one.person_id, one.fact.value): (one.number, one.own, one.hr) for one in found}


@pytest.fixture
def led(office: Office) -> Office:
    office.sets_up()
    return office


def test_nobody_joins_by_standing_in_a_file(led: Office) -> None:
    file_says(led, {"UANA": {"level": "Senior"}})
    assert led.find("UANA") is None
    assert disputes.open_now(*led.as_lead()).known == 1


def test_hr_fills_in_what_somebody_did_not_say_and_follows(led: Office) -> None:
    led.joins("UANA", level=None)
    file_says(led, {"UANA": {"level": "Associate", "department": "Sales"}})
    ana = led.member("UANA")
    assert (ana.profile.level, ana.profile.department, set(ana.from_hr)) == (
        2,
        "Sales",
        {"level", "department"},
    )
    file_says(led, {"UANA": {"level": "Senior", "department": "Sales"}})
    assert led.member("UANA").profile.level == 4
    assert waiting(led) == {}


def test_the_form_shows_what_hr_says_and_saving_it_as_it_is_says_nothing(led: Office) -> None:
    file_says(led, {"UANA": {"level": "Senior", "department": "Sales", "manager_id": "UBOSS"}})
    led.joins("UANA", level=4, department="sales", manager_id="UBOSS")
    ana = led.member("UANA")
    assert set(ana.from_hr) == {"level", "department"}
    assert ana.profile.manager_id is None, "the manager is HR's word, not Ana's"
    form = profiles.form(led.ctx, led.workspace, ana.person)
    assert (form.draft.level, form.draft.department, form.draft.manager_id) == (4, "Sales", "UBOSS")
    assert set(form.from_hr) == {"level", "department", "manager_id"}
    file_says(led, {"UANA": {"level": "VP", "department": "Sales"}})
    led.edit("UANA", shares=("Chess",))
    assert led.member("UANA").profile.level == 7


def test_where_both_say_something_a_lead_decides_once(led: Office) -> None:
    led.joins("UANA", level=4)
    file_says(led, {"UANA": {"level": "Associate"}})
    assert led.member("UANA").profile.level == 4, "nothing is overwritten"
    ((key, (number, own, theirs)),) = waiting(led).items()
    assert (key, own, theirs) == (("UANA", "level"), "Senior", "Associate")
    disputes.decide(*led.as_lead(), number, Verdict.HR)
    assert (led.member("UANA").profile.level, led.member("UANA").from_hr) == (2, ("level",))
    file_says(led, {"UANA": {"level": "Associate", "department": "Sales"}})
    assert waiting(led) == {}, "it does not come back"
    with pytest.raises(AlreadyRuled):
        disputes.decide(*led.as_lead(), number, Verdict.OWN)
    file_says(led, {"UANA": {"level": "Professional", "department": "Sales"}})
    ((_, (again, own, theirs)),) = waiting(led).items()
    assert (own, theirs, led.member("UANA").profile.level) == ("Senior", "Professional", 4)
    assert again > number
    with pytest.raises(NoSuchDispute):
        disputes.decide(*led.as_lead(), number, Verdict.OWN)
    disputes.decide(*led.as_lead(), again, Verdict.OWN)
    assert (waiting(led), led.member("UANA").profile.level) == ({}, 4)


def test_who_says_the_same_again_after_a_decision_is_told(led: Office) -> None:
    led.joins("UANA", level=4)
    file_says(led, {"UANA": {"level": "Associate"}})
    disputes.decide(*led.as_lead(), waiting(led)["UANA", "level"][0], Verdict.HR)
    person = led.member("UANA").person
    form = profiles.form(led.ctx, led.workspace, person)
    saved = profiles.save(led.ctx, led.workspace, person, replace(form.draft, level=4))
    assert (saved.stays, saved.member.profile.level, waiting(led)) == ((Fact.LEVEL,), 2, {})
    saved = profiles.save(led.ctx, led.workspace, person, replace(form.draft, level=5))
    assert (saved.undecided, saved.member.profile.level) == ((Fact.LEVEL,), 5)


def has_levels(office: Office, *names: str) -> None:
    rules.save(
        office.ctx, office.workspace, ADMIN, replace(sheet_of(office.program), ladder="\n".join(names))
    )


def test_what_differs_about_a_level_moves_with_the_ladder(led: Office) -> None:
    _, *rest = led.program.ladder
    led.joins("UANA", level=4)
    led.joins("UBEA", level=5)
    file_says(led, {"UANA": {"level": "Associate"}, "UBEA": {"level": "VP"}})
    disputes.decide(*led.as_lead(), waiting(led)["UBEA", "level"][0], Verdict.HR)
    has_levels(led, *rest)
    assert [shown[1:] for shown in waiting(led).values()] == [("Senior", "Associate")]
    assert led.member("UANA").profile.level == 3
    assert led.member("UBEA").profile.level == 6, "the decision stands"
    has_levels(led, "Professional", "Senior", "Lead/Manager")
    assert waiting(led) == {}, "what HR says is no level any more"
    assert (led.member("UANA").profile.level, led.member("UBEA").profile.level) == (2, 3), "their own words"


def test_whose_own_level_is_no_more_has_that_of_hr(led: Office) -> None:
    led.joins("UANA", level=4)
    file_says(led, {"UANA": {"level": "Associate"}})
    has_levels(led, "Intern", "Associate", "Lead", "Boss")
    assert (waiting(led), led.member("UANA").profile.level) == ({}, 2)


def test_what_would_change_counts_both_levels_on_the_new_ladder(led: Office) -> None:
    mentor, _ = led.couple()
    file_says(led, {mentor: {"level": "Director"}})
    _, *rest = led.program.ladder
    sheet = replace(sheet_of(led.program), ladder="\n".join(rest))
    assert rules.what_if(led.ctx, led.workspace, ADMIN, sheet).under == 0
    rest.remove("Director")
    sheet = replace(sheet, ladder="\n".join(rest))
    assert rules.what_if(led.ctx, led.workspace, ADMIN, sheet).under == 2


def test_only_a_lead_decides(led: Office) -> None:
    led.joins("UANA", level=4)
    file_says(led, {"UANA": {"level": "Associate"}})
    number = waiting(led)["UANA", "level"][0]
    with pytest.raises(NotAllowed):
        disputes.decide(led.ctx, led.workspace, "UANA", number, Verdict.OWN)
    with pytest.raises(NotAllowed):
        disputes.open_now(led.ctx, led.workspace, "UANA")


def test_who_is_in_the_file_no_more_stays_as_they_are_and_leads_see_it(led: Office) -> None:
    led.joins("UANA", level=None)
    file_says(led, {"UANA": {"level": "Senior"}, "UBEN": {"level": "VP"}})
    plan = file_says(led, {"UBEN": {"level": "VP"}})
    assert [one.person_id for one in plan.leaving] == ["UANA"]
    assert (led.member("UANA").profile.level, led.member("UANA").takes_part) == (4, True)
    assert disputes.open_now(*led.as_lead()).ended == ("UANA",)
    back = file_says(led, {"UBEN": {"level": "VP"}, "UANA": {"level": "Senior"}})
    assert len(back.changed) == 1
    assert disputes.open_now(*led.as_lead()).ended == ()


# --- the rules


def matched(office: Office) -> set[tuple[str, str]]:
    office.at(PROPOSAL)
    return {pair.people for pair in office.pairs if pair.state is PairState.PROPOSED}


def test_a_line_of_managers_who_take_no_part_is_known_whole(led: Office) -> None:
    mentor, mentee = led.couple()
    line = [mentor, "UONE", "UTWO", "UTHREE", mentee]
    file_says(led, {one: {"manager_id": boss} for one, boss in zip(line, [*line[1:], ""], strict=True)})
    assert matched(led) == set()


def test_a_pair_that_waits_is_looked_at_again_when_a_line_appears(led: Office) -> None:
    mentor, mentee = led.couple()
    assert matched(led) == {(mentor, mentee)}
    file_says(led, {mentor: {"manager_id": "UMIDDLE"}, "UMIDDLE": {"manager_id": mentee}})
    led.passes(minutes=1)
    pair = led.pair()
    assert pair.state is PairState.WITHDRAWN
    assert pair.why is not None
    assert pair.why.cause is Cause.BREAKS_RULES


def test_both_lines_count_where_hr_names_another_manager(led: Office) -> None:
    mentor, mentee = led.couple()
    led.edit(mentor, manager_id=mentee)
    file_says(led, {mentor: {"manager_id": "UELSE"}, "UELSE": {}})
    assert matched(led) == set()


def test_while_nobody_decided_a_pair_has_to_be_possible_whoever_is_right(led: Office) -> None:
    mentor, mentee = led.couple()
    file_says(led, {mentor: {"level": "Director"}})
    assert matched(led) == set(), "a director may not teach a lead"
    disputes.decide(*led.as_lead(), waiting(led)[mentor, "level"][0], Verdict.OWN)
    led.matches()
    assert {pair.people for pair in led.pairs} == {(mentor, mentee)}


def test_a_difference_that_changes_nothing_holds_nobody_back(led: Office) -> None:
    mentor, mentee = led.couple()
    file_says(led, {mentor: {"level": "Professional"}})
    assert matched(led) == {(mentor, mentee)}


# --- random files and random answers


@pytest.mark.parametrize("seed", range(max(2, examples(3))))
def test_nothing_is_silently_overwritten_whatever_happens(led: Office, seed: int) -> None:
    draw = random.Random(seed)
    people = ["UANA", "UBEN", "UCLEO"]
    said: dict[str, str] = {}
    for one in people:
        level = draw.choice((None, 2, 3, 4))
        led.joins(one, level=level)
        said[one] = str(level or "")
    last: dict[str, dict[str, str]] = {}
    for _ in range(12):
        act = draw.choice(("file", "answer", "decide"))
        one = draw.choice(people)
        if act == "file":
            last = {
                name: {
                    "level": draw.choice(("", *LADDER)),
                    "manager_id": draw.choice([one for one in ("", *people) if one != name]),
                }
                for name in people
                if draw.random() < 0.8
            }
            file_says(led, last)
            again = hr.planned(led.ctx, led.workspace, last, COLUMNS)
            assert again.records == [], "reading the same file again changes nothing"
        elif act == "answer":
            before = led.member(one)
            level = draw.choice((2, 3, 4))
            led.edit(one, level=level)
            if level != before.profile.level:
                said[one] = "" if _hr(led, one) == level else str(level)
        elif waiting(led):
            _key, (number, _, _) = draw.choice(sorted(waiting(led).items()))
            verdict = draw.choice(list(Verdict))
            disputes.decide(*led.as_lead(), number, verdict)
        for name in people:
            _check(led, name, said[name])
        assert _exported_again(led).records == []


def _hr(office: Office, person_id: str) -> int | None:
    with office.ctx.read(office.workspace) as act:
        return int(
            hr_facts.says(office.program, stored.record(act.tx, office.workspace, person_id))[Fact.LEVEL] or 0
        )


def _check(office: Office, person_id: str, said: str) -> None:
    """What counts is what was said last, or HR's where nothing was said or a lead decided so; all else is told."""
    member, hr_level = office.member(person_id), _hr(office, person_id)
    with office.ctx.read(office.workspace) as act:
        dispute = stored.disputes(act.tx, office.program.id, [person_id]).get(person_id, {}).get(Fact.LEVEL)
    level = member.profile.level
    if not said:
        assert level == (hr_level or None)
    elif not hr_level or str(hr_level) == said:
        assert (str(level), dispute) == (said, None)
    else:
        assert dispute is not None
        assert (dispute.dispute.own, dispute.dispute.hr) == (said, str(hr_level))
        assert str(level) == (str(hr_level) if dispute.dispute.verdict is Verdict.HR else said)
    assert ("level" in member.from_hr) == (level is not None and str(level) != said)


def _exported_again(office: Office) -> Plan:
    """What it would change to read the file that was just written out."""
    lines = list(hr.exported(office.ctx, office.workspace))
    text = io.StringIO()
    write_table(text, EXPORTED, ([line.get(column, "") for column in EXPORTED] for line in lines))
    if all(row["from_profile"] == "everything" for row in csv.DictReader(io.StringIO(text.getvalue()))):
        return Plan([], [], [], 0)
    notes = Notes()
    file = read_hr(text.getvalue().encode(), [office.program.ladder], notes)
    said = placed(file, {row.id: row.slack_id for row in file.rows}, notes)
    return hr.planned(office.ctx, office.workspace, said, file.columns)


def test_an_entry_says_who_decided_and_what_counted_before(led: Office) -> None:
    led.joins("UANA", level=4)
    file_says(led, {"UANA": {"level": "Associate"}})
    disputes.decide(*led.as_lead(), waiting(led)["UANA", "level"][0], Verdict.HR)
    entry = [entry for _, entry in audit_log.entries(led.ctx)][-1]
    assert (entry.actor, entry.action, entry.subject) == (LEAD, "count hr", "UANA")
    assert (entry.before, entry.after) == ({"level": "Senior"}, {"level": "Associate"})
