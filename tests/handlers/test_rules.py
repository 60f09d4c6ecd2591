"""Rules and weights: the window in sections, what it would change, and the same by typing."""

from __future__ import annotations

from mentoring.programs import DEFAULT_LADDER, Program
from program import programs
from storage import members
from tests.handlers.world import World

COMMAND = "/reverse-mentor rules"


def stored(world: World) -> Program:
    program = programs.find(world.ctx, world.workspace)
    assert program is not None
    return program


def levels(world: World) -> dict[str, int | None]:
    with world.ctx.database.read() as tx:
        everybody = members.of_program(tx, stored(world).id)
    return {one.person.id: one.profile.level for one in everybody.values()}


def test_all_closed_it_says_every_rule(led: World) -> None:
    led.lead.types(COMMAND)
    led.lead.opens_home()
    led.lead.clicks("Rules and weights", where="home")
    window = led.lead.waits_for_modal()
    for told in (
        "at least 1 level above",
        "at least 2 hours a day",
        "Leads decide on every pair",
        "skills that fit",
    ):
        assert told in window.text
    assert led.complaints() == []


def test_what_was_typed_in_one_section_is_kept_while_another_is_open(led: World) -> None:
    lead = led.lead
    lead.opens_home()
    lead.clicks("Rules and weights", where="home")
    lead.clicks("levels")
    lead.fills("Smallest gap", 2)
    lead.fills("Largest gap", 4)
    lead.clicks("who")
    lead.fills("Shared working time", "At least 1 hour a day")
    lead.fills("Departments and guests", ["Guests may take part"])
    lead.clicks("weights")
    lead.fills("Another department", "Counts much")
    lead.fills("Waiting time", "Does not count")
    outcome = lead.submits()
    assert outcome.view is not None
    assert "2 to 4 levels above" in outcome.view.text
    rules = stored(led).rules
    assert (rules.min_gap, rules.max_gap, rules.min_overlap, rules.guests_allowed) == (2, 4, 60, True)
    assert (rules.other_department, rules.waiting_first, rules.skill_fit) == (50, False, 50)
    assert led.complaints() == []


def test_what_is_wrong_in_a_closed_section_opens_it_and_loses_nothing(led: World) -> None:
    lead = led.lead
    lead.opens_home()
    lead.clicks("Rules and weights", where="home")
    lead.clicks("levels")
    lead.fills("Smallest gap", 4)
    lead.fills("Largest gap", 2)
    lead.clicks("approval")
    lead.fills("Approve after days of silence", 3)
    outcome = lead.submits()
    assert outcome.view is not None
    assert "This has to be at least 4, like the smallest gap" in outcome.view.text
    assert outcome.view.values["Largest gap"]["value"] == "2"
    lead.fills("Largest gap", 5)
    assert not lead.submits().errors
    rules = stored(led).rules
    assert (rules.min_gap, rules.max_gap, rules.approve_after_days) == (4, 5, 3)


def test_what_is_wrong_in_the_open_section_stands_on_its_field(led: World) -> None:
    lead = led.lead
    lead.opens_home()
    lead.clicks("Rules and weights", where="home")
    lead.clicks("levels")
    lead.fills("Levels, one a line, the lowest first", "Only one")
    assert "between 2 and 30 levels" in lead.submits().errors["Levels, one a line, the lowest first"]


def test_it_tells_what_would_change_before_anything_is_saved(led: World) -> None:
    for number in (1, 2, 3):
        led.couple(number)
    lead = led.lead
    lead.opens_home()
    lead.clicks("Rules and weights", where="home")
    lead.clicks("levels")
    lead.fills("Smallest gap", 6)
    lead.clicks("What would change?")
    led.soon(lambda: "0 of 6 places" in lead.waits_for_modal().text)
    told = lead.waits_for_modal()
    assert "6 with the rules of now" in told.text
    assert "Without “at least 6 levels between the two”: 6, 6 more" in told.text
    assert told.values["Smallest gap"]["value"] == "6"
    assert stored(led).rules.min_gap == 1
    assert led.complaints() == []


def test_a_level_that_is_renamed_keeps_its_people_and_one_that_goes_asks_them(led: World) -> None:
    low, high = led.couple(1)
    third = led.joins("Three", level=3)
    before = levels(led)
    names = list(DEFAULT_LADDER)
    names[before[high.id] - 1] = "Big boss"  # type: ignore[operator]  # a couple has levels
    names.remove(DEFAULT_LADDER[2])
    lead = led.lead
    lead.opens_home()
    lead.clicks("Rules and weights", where="home")
    lead.clicks("levels")
    lead.fills("Levels, one a line, the lowest first", "\n".join(names))
    lead.clicks("What would change?")
    led.soon(lambda: "1 person is on a level that goes" in lead.waits_for_modal().text)
    outcome = lead.submits()
    assert outcome.view is not None
    assert "1 person is on a level that goes" in outcome.view.text
    program, after = stored(led), levels(led)
    assert after[third.id] is None
    assert program.level_name(after[high.id]) == "Big boss"
    assert program.level_name(after[low.id]) == DEFAULT_LADDER[before[low.id] - 1]  # type: ignore[operator]  # they have a level


def test_a_change_by_another_lead_is_not_undone_unseen(led: World) -> None:
    lead, other = led.lead, led.other_lead
    lead.opens_home()
    lead.clicks("Rules and weights", where="home")
    lead.clicks("levels")
    lead.fills("Smallest gap", 2)
    assert "Saved." in other.types(f"{COMMAND} max-gap 5").text
    outcome = lead.submits()
    assert outcome.view is not None
    assert "Somebody else changed the rules" in outcome.view.text
    assert stored(led).rules.min_gap == 1
    assert not lead.submits().errors
    assert stored(led).rules.min_gap == 2


def test_all_of_it_by_typing(led: World) -> None:
    led.couple(1)
    told = led.lead.types(COMMAND).text
    for part in ("2 of 2 places could get a partner", "max-gap 3", "Leads decide on every pair"):
        assert part in told
    asked = led.lead.types(f"{COMMAND} min-gap 7?").text
    assert "0 of 2 places" in asked
    assert stored(led).rules.min_gap == 1
    for line in (
        "min-gap 2",
        "max-gap 3 levels",
        "overlap 2 hours",
        "overlap none",
        "repeat at once",
        "departments on",
        "guests yes",
        "skill-fit a little",
        "level-gap much",
        "hours off",
        "other-department some",
        "ideal-gap 2",
        "waiting off",
        "approve-above 80",
        "approve-after 5 days",
    ):
        assert "Saved." in led.lead.types(f"{COMMAND} {line}").text, line
    rules = stored(led).rules
    assert (rules.min_gap, rules.max_gap, rules.min_overlap, rules.repeat_cycles) == (2, 3, 0, 0)
    assert (rules.other_department_only, rules.guests_allowed, rules.waiting_first) == (True, True, False)
    assert (rules.skill_fit, rules.gap, rules.hours_overlap, rules.other_department) == (10, 50, 0, 20)
    assert (rules.ideal_gap, rules.approve_above, rules.approve_after_days) == (2, 80, 5)
    assert "Saved." in led.lead.types(f"{COMMAND} ladder One, Two, Three, Four").text
    assert stored(led).ladder == ("One", "Two", "Three", "Four")
    assert "Saved." in led.lead.types(f"{COMMAND} max-gap none").text
    assert "whole number of levels from 1 to 3" in led.lead.types(f"{COMMAND} min-gap nine").text
    assert "There is no rule" in led.lead.types(f"{COMMAND} age 40").text
    assert led.complaints() == []


def test_only_leads_and_admins(led: World) -> None:
    somebody = led.joins("Somebody")
    for line in ("", " max-gap 3", " max-gap 3?", " nonsense"):
        assert "Only workspace admins and the program's leads" in somebody.types(COMMAND + line).text
    assert stored(led).rules.max_gap is None
