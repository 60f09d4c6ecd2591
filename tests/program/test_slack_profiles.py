"""Fields of Slack's profiles: read each night, kept apart from what people say, and behind HR's file."""

from __future__ import annotations

import random

import pytest

from mentoring.errors import NotAllowed
from mentoring.hr import Fact, HrRecord, Meaning, SlackField, Verdict, said_in_slack, together
from mentoring.people import Person
from program import chain, disputes, home, hr, slack_profiles
from program.forms import Source
from storage import audit
from tests.program.office import LEAD, Office
from tests.program.test_hr import COLUMNS, file_says, waiting

GRADE, UNIT = SlackField("Xf1", "Grade"), SlackField("Xf2", "Unit")
BOSS = SlackField("Xf3", "Boss", people=True)
FIELDS = {Meaning.LEVEL: GRADE, Meaning.DEPARTMENT: UNIT, Meaning.MANAGER: BOSS}


@pytest.fixture
def led(office: Office) -> Office:
    office.sets_up()
    slack_profiles.choose(*office.as_lead(), FIELDS)
    return office


def reads(office: Office, profiles: dict[str, dict[str, str]]) -> list[str]:
    """Read whoever is due, until nobody is; gives who was."""
    read: list[str] = []
    while due := slack_profiles.due(office.ctx, office.workspace, 2).people:
        said = [said_in_slack(one, FIELDS, profiles.get(one, {})) for one in due]
        slack_profiles.keep(office.ctx, office.workspace, said)
        read += due
    return read


def of(office: Office, person: str) -> tuple[int | None, str, tuple[str, ...]]:
    member = office.member(person)
    return member.profile.level, member.profile.department, member.from_hr


def test_what_somebody_left_open_follows_their_profile_and_what_they_say_stays(led: Office) -> None:
    led.joins("UOPEN", level=None)
    led.joins("USAYS", level=4)
    reads(led, {one: {"Xf1": "Associate", "Xf2": "Sales"} for one in ("UOPEN", "USAYS")})
    assert of(led, "UOPEN") == (2, "Sales", ("level", "department"))
    assert of(led, "USAYS") == (4, "Sales", ("department",))
    assert waiting(led) == {("USAYS", "level"): (1, "Senior", "Associate")}
    (listed,) = disputes.open_now(*led.as_lead()).listed
    assert listed.from_slack
    disputes.decide(*led.as_lead(), 1, Verdict.HR)
    assert of(led, "USAYS")[0] == 2


def test_profiles_are_read_once_a_night_and_those_of_managers_too(led: Office) -> None:
    for person in ("UONE", "UTWO", "UTHREE"):
        led.joins(person)
    profiles = {"UONE": {"Xf3": "UBOSS"}, "UBOSS": {"Xf3": "UTOP"}}
    assert sorted(reads(led, profiles)) == ["UBOSS", "UONE", "UTHREE", "UTOP", "UTWO"]
    with led.ctx.read(led.workspace) as act:
        above = chain.above(act.tx, act.program, [led.member("UONE")]).above
    assert (above["UONE"], above["UBOSS"]) == (("UBOSS",), ("UTOP",))
    assert reads(led, profiles) == []
    led.passes(days=1)
    assert len(reads(led, profiles)) == 5
    assert reads(led, profiles) == []


def test_hrs_file_goes_before_a_profile_and_a_profile_fills_its_gaps(led: Office) -> None:
    led.joins("UONE", level=None)
    reads(led, {"UONE": {"Xf1": "Associate", "Xf2": "Sales"}})
    said = {"UONE": {"name": "One", "level": "Senior", "department": "", "manager_id": ""}}
    file_says(led, said)
    assert of(led, "UONE") == (4, "Sales", ("level", "department"))
    assert not file_says(led, said).records, "the same file again changes nothing"
    (line,) = [one for one in hr.exported(led.ctx, led.workspace) if one["id"] == "UONE"]
    assert (line["level"], line["from_profile"]) == ("Senior", "department"), "a profile's word is not HR's"


def test_other_fields_are_read_anew_and_without_any_all_is_forgotten(led: Office) -> None:
    led.joins("UONE", level=None)
    reads(led, {"UONE": {"Xf1": "Associate", "Xf2": "Sales"}})
    slack_profiles.choose(*led.as_lead(), {Meaning.DEPARTMENT: UNIT})
    due = slack_profiles.due(led.ctx, led.workspace)
    assert due.people == ["UONE"]
    slack_profiles.keep(
        led.ctx, led.workspace, [said_in_slack("UONE", due.fields, {"Xf1": "Associate", "Xf2": "Law"})]
    )
    assert of(led, "UONE") == (None, "Law", ("department",))
    slack_profiles.choose(*led.as_lead(), {})
    assert slack_profiles.due(led.ctx, led.workspace).people == ()
    assert of(led, "UONE") == (None, "", ())


def test_only_leads_choose_and_it_is_on_record(led: Office) -> None:
    with pytest.raises(NotAllowed):
        slack_profiles.choose(led.ctx, led.workspace, "USOMEBODY", {})
    with led.ctx.read(led.workspace) as act:
        (entry,) = [one for one in audit.all_entries(act.tx, act.program.id) if "fields" in one.action]
    assert (entry.actor, entry.after) == (LEAD, {"level": "Xf1", "department": "Xf2", "manager_id": "Xf3"})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"Xf1": " L\x00 5\n", "Xf2": "x" * 201}, ("L 5", "", None)),
        ({"Xf3": "U1,U2"}, ("", "", "U1")),
        ({"Xf3": "UME"}, ("", "", None)),
        ({"Xf3": "Lea Lead"}, ("", "", None)),
        ({"Xf9": "Sales"}, ("", "", None)),
    ],
)
def test_what_cannot_be_used_is_left_out(values: dict[str, str], said: tuple[str, str, str | None]) -> None:
    found = said_in_slack("UME", FIELDS, values)
    assert (found.level, found.department, found.manager_id) == said


def test_nothing_is_ever_silently_overwritten(led: Office) -> None:
    """Random files, profiles and answers: what somebody typed stays until a lead decides, and reading twice is once."""
    draw, words = random.Random(5), ("", "Associate", "Senior", "Director")
    people = {f"UP{number}": draw.choice((None, 2, 4)) for number in range(6)}
    for person, level in people.items():
        led.joins(person, level=level)
    for _ in range(4):
        led.passes(days=1)
        reads(led, {one: {"Xf1": draw.choice(words), "Xf2": draw.choice(("", "Sales"))} for one in people})
        facts = {one: dict.fromkeys(COLUMNS, "") | {"level": draw.choice(words)} for one in people}
        file_says(led, facts)
        for person, level in people.items():
            if level is not None:
                assert of(led, person)[0] == level
        before = {one: of(led, one) for one in people}, waiting(led)
        file_says(led, facts)
        assert ({one: of(led, one) for one in people}, waiting(led)) == before


def test_a_file_that_has_somebody_no_more_gives_way_to_their_profile() -> None:
    gone = HrRecord("U1", "One", level="Senior", manager_id="U2", ended=True)
    slack = said_in_slack("U1", FIELDS, {"Xf1": "Associate"})
    both = together(gone, slack)
    assert both is not None
    assert (both.level, both.manager_id, both.ended) == ("Associate", "U2", False)
    assert both.from_slack == (Meaning.LEVEL,)
    assert together(gone, HrRecord("U1")) == gone
    assert Fact.LEVEL.value in both.from_slack


def test_home_names_what_a_lead_can_compare_with(led: Office) -> None:
    led.joins("USAYS", level=4)
    reads(led, {"USAYS": {"Xf1": "Associate"}})
    assert source(led) is Source.SLACK
    hr.apply(led.ctx, led.workspace, hr.planned(led.ctx, led.workspace, {"UONE": {}}, frozenset({"name"})))
    assert source(led) is Source.BOTH


def test_home_names_hr_alone_where_no_profile_was_read(office: Office) -> None:
    office.sets_up()
    office.joins("USAYS", level=4)
    columns = frozenset({"level"})
    said = {"USAYS": {"level": "Associate"}}
    hr.apply(office.ctx, office.workspace, hr.planned(office.ctx, office.workspace, said, columns))
    assert source(office) is Source.HR


def source(office: Office) -> Source:
    lead = home.home(office.ctx, office.workspace, Person(LEAD, "Lea Example", "UTC")).lead
    assert lead is not None
    assert lead.differences == 1
    return lead.source
