"""The modals: taken by Slack, filled in with what is known, and with fields that errors can land on."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.ids import Action, Callback, DeclineField, ProfileField, RuleOption, SetupField
from handlers.metadata import OfProfile
from handlers.views.decline import REASON_MAX, decline_modal
from handlers.views.options import option
from handlers.views.profile import profile_modal
from handlers.views.review import PAIRS_A_PAGE, review_modal
from handlers.views.setup import setup_modal
from mentoring.for_leads import PairCard
from mentoring.pairings import PairState
from mentoring.people import ProfileDraft, Role
from mentoring.programs import ASKED, ProgramDraft, RuleSettings
from program import approvals
from program.forms import ProfileForm, ReviewPage, SetupForm
from tests.handlers.views.checks import assert_good_view, buttons, texts
from tests.handlers.views.samples import (
    LARGEST,
    WHEN,
    a_card,
    a_pair,
    a_program,
    hostile,
    ids,
)

View = dict[str, Any]

FULL_PROFILE = ProfileDraft(
    role=Role.LEARN,
    shares=[f"{index}{hostile(58)}" for index in range(10, 30)],
    wants=[f"{index}{hostile(58)}" for index in range(30, 50)],
    level=3,
    department=hostile(80),
    languages=[f"{index}{hostile(78)}" for index in range(10, 20)],
    starts="06:30",
    ends="23:45",
    manager_id="U0000000001",
    avoid=ids(20),
    mentor_capacity=5,
    mentee_capacity=2,
    working_days=(5, 6),
)
FULL_SETUP = replace(
    ProgramDraft(),
    name=hostile(80),
    leads=ids(10),
    leads_channel="C0000000001",
    time_zone="America/Argentina/Buenos_Aires",
    cycle_weeks=52,
    first_start="2026-12-01",
    intro_weekday=6,
    intro_time="23:45",
    checkin_weekday="0",
    checkin_time="00:00",
    proposal_days=7,
    working_days=(0, 2, "6"),
    min_gap=7,
    meetings=52,
    rhythm="1",
    **dict.fromkeys(map(str, RuleOption), True),
)


def elements(view: View) -> dict[str, View]:
    """The input elements by block id."""
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def hints(view: View) -> dict[str, str]:
    """The hints by block id."""
    return {block["block_id"]: block["hint"]["text"] for block in view["blocks"] if block["type"] == "input"}


TOPICS = ("My way here", "A second language")


def form(draft: ProfileDraft | None = None, *, enrolled: bool = False, **program: Any) -> ProfileForm:
    return ProfileForm(
        a_program(**program), draft or ProfileDraft(), enrolled, experiences=TOPICS, cycle_number=3
    )


def profile(draft: ProfileDraft | None = None, *, details: bool = True, **more: Any) -> View:
    return profile_modal(form(draft, **more), OfProfile(details))


def test_fields_are_named_as_in_the_drafts() -> None:
    assert {*ProfileField} == {one.name for one in fields(ProfileDraft)}
    assert {*SetupField} - {SetupField.RULES} | {*RuleOption} == {one.name for one in fields(ProgramDraft)}


@pytest.mark.parametrize("draft", [ProfileDraft(), FULL_PROFILE])
def test_profile_is_taken_and_each_field_has_one_name_for_block_and_element(draft: ProfileDraft) -> None:
    view = profile(draft, name=hostile(80))
    assert_good_view(view)
    assert view["callback_id"] == Callback.PROFILE
    shown = elements(view)
    assert [*shown] == [one["action_id"] for one in shown.values()]
    gone = {"shares", "mentor_capacity", "opens"} if draft.role == Role.LEARN else set()
    assert set(shown) == {*ProfileField} - gone


def test_profile_is_filled_in() -> None:
    draft = replace(
        FULL_PROFILE,
        role=Role.BOTH,
        shares=["AI tools", "Video"],
        wants=["Budgets"],
        languages=["English"],
        department="R&D",
        opens=["My way here", "Not offered any more"],
        asks=["A second language"],
    )
    shown = elements(profile(draft))
    assert shown["role"]["initial_option"]["value"] == "both"
    assert [one["value"] for one in shown["opens"]["initial_options"]] == ["My way here"]
    assert [one["value"] for one in shown["asks"]["initial_options"]] == ["A second language"]
    assert [one["value"] for one in shown["shares"]["initial_options"]] == ["AI tools", "Video"]
    assert shown["wants"]["initial_options"] == [option("Budgets").to_dict()]
    assert shown["level"]["initial_option"]["text"]["text"] == "Professional"
    assert shown["department"]["initial_value"] == "R&D"
    assert [one["value"] for one in shown["languages"]["initial_options"]] == ["English"]
    assert (shown["starts"]["initial_time"], shown["ends"]["initial_time"]) == ("06:30", "23:45")
    assert shown["manager_id"]["initial_user"] == "U0000000001"
    assert shown["avoid"]["initial_users"] == [*ids(20)]
    assert shown["mentor_capacity"]["initial_option"]["value"] == "5"
    assert shown["mentee_capacity"]["initial_option"]["value"] == "2"


MINIMUM = {
    Role.SHARE: ["role", "shares", "level"],
    Role.LEARN: ["role", "wants", "level"],
    Role.BOTH: ["role", "shares", "wants", "level"],
}


@pytest.mark.parametrize("role", Role)
def test_profile_asks_about_four_questions_for_a_role_and_none_of_them_is_optional(role: Role) -> None:
    blocks = {
        block["block_id"]: block
        for block in profile(ProfileDraft(role=role), details=False)["blocks"]
        if block["type"] == "input"
    }
    assert [*blocks] == MINIMUM[role]
    assert not any(block.get("optional") for block in blocks.values())
    assert blocks["role"]["dispatch_action"] is True
    known = profile(ProfileDraft(role=role, level=2), details=False)
    assert [*elements(known)] == [one for one in MINIMUM[role] if one != "level"]
    assert "Level: Associate. " in str(known["blocks"])


def test_profile_calls_optional_only_what_nobody_needs() -> None:
    blocks = {block.get("block_id"): block for block in profile()["blocks"]}
    optional = {name for name, block in blocks.items() if block.get("optional")}
    assert optional == {"department", "manager_id", "avoid", "opens", "asks"}
    strict = profile(rules=RuleSettings(other_department_only=True), details=False)
    assert [*elements(strict)] == [*MINIMUM[Role.BOTH], "department"]
    for name in ("shares", "wants", "languages"):
        assert blocks[name]["element"]["min_query_length"] == 0


def test_what_is_too_long_to_be_carried_is_shown_and_nobody_has_to_fill_it_in() -> None:
    view = profile_modal(form(replace(FULL_PROFILE, role=Role.SHARE)), beside_it=[ProfileField.WANTS])
    assert_good_view(view)
    (kept,) = [block for block in view["blocks"] if block.get("block_id") == "wants"]
    assert kept["optional"] is True
    assert "Your role has no use for this" in kept["hint"]["text"]


def test_what_keeps_it_from_being_saved_stands_on_top() -> None:
    view = profile_modal(form(), OfProfile(True), trouble=["Choose <one>.", "And another."])
    assert_good_view(view)
    assert view["blocks"][0]["text"]["text"] == "*Not saved yet.* Choose &lt;one&gt;. And another."


def test_profile_says_who_sees_each_answer() -> None:
    said, view = hints(profile()), profile()
    assert "Your role and your skills are seen by the program's leads" in str(view["blocks"][0])
    above = {"role", "shares", "wants"}
    assert all(re.search("see|reads it", hint) for name, hint in said.items() if name not in above)
    sentences = [one for hint in said.values() for one in re.split(r"(?<=[.]) ", hint) if " see" in one]
    assert all(sentences.count(one) <= 2 for one in sentences), "not the same sentence again and again"
    assert said["manager_id"].startswith(
        "Only used so that you are not paired inside your own reporting line."
    )
    assert said["avoid"].startswith("Private.")
    assert "Your age is never asked." in said["level"]
    assert "The order in which you choose is your ranking." in said["wants"]


def test_profile_shows_the_minimum_first_and_the_rest_below_a_line() -> None:
    blocks = profile()["blocks"]
    line = [block["type"] for block in blocks].index("divider")
    above = [block["block_id"] for block in blocks[:line] if block["type"] == "input"]
    assert above == MINIMUM[Role.BOTH]
    assert "profile_details" not in str(blocks)
    assert "profile_details" in str(profile(details=False)["blocks"])


def test_profile_asks_for_the_department_where_the_rules_need_it() -> None:
    assert "it needs yours" in hints(profile(rules=RuleSettings(other_department_only=True)))["department"]
    assert "it needs yours" not in hints(profile())["department"]


def test_profile_button_says_what_happens() -> None:
    assert profile(enrolled=False)["submit"]["text"] == "Join"
    assert profile(enrolled=True)["submit"]["text"] == "Save"


def test_profile_shows_what_is_not_legal_as_empty_and_keeps_long_words() -> None:
    draft = ProfileDraft(
        role="x", level=99, starts="9 o'clock", ends="", mentor_capacity="many", shares=["x" * 400, BLANK]
    )
    view = profile(draft)
    assert_good_view(view)
    shown = elements(view)
    assert set(shown) == {*ProfileField}, "whoever chose no role is asked everything"
    for name in ("role", "level", "starts", "ends", "mentor_capacity"):
        assert not any(key.startswith("initial") for key in shown[name]), name
    assert [one["value"] for one in shown["shares"]["initial_options"]] == ["x" * 150]


BLANK = "\u200b \n"


def test_the_longest_ladder_fits() -> None:
    ladder = tuple(f"{index}{hostile(90)}" for index in range(10, 110))
    view = profile(ProfileDraft(level=99), ladder=ladder)
    assert_good_view(view)
    assert elements(view)["level"]["initial_option"]["value"] == "99"


@settings(max_examples=60)
@given(
    st.builds(
        ProfileDraft,
        role=st.text(),
        shares=st.lists(st.text(max_size=200), max_size=25),
        wants=st.lists(st.text(max_size=200), max_size=25),
        level=st.none() | st.integers(),
        department=st.text(max_size=200),
        languages=st.lists(st.text(max_size=200), max_size=25),
        starts=st.text(),
        ends=st.text(),
        mentor_capacity=st.none() | st.integers() | st.text(),
        mentee_capacity=st.none() | st.integers() | st.text(),
    )
)
def test_profile_takes_any_draft(draft: ProfileDraft) -> None:
    assert_good_view(profile(draft))


@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize("draft", [ProgramDraft(), FULL_SETUP])
def test_setup_is_taken_and_each_field_has_one_name_for_block_and_element(
    draft: ProgramDraft, running: bool
) -> None:
    view = setup_modal(SetupForm(draft, running, running))
    assert_good_view(view)
    assert view["callback_id"] == Callback.SETUP
    shown = elements(view)
    assert [*shown] == [one["action_id"] for one in shown.values()]
    assert set(shown) == {*SetupField} - {SetupField.CYCLE_WEEKS}


def test_setup_is_filled_in() -> None:
    shown = elements(setup_modal(SetupForm(replace(FULL_SETUP, name="R & D"), True, False)))
    assert shown["name"]["initial_value"] == "R & D"
    assert shown["leads"]["initial_users"] == [*ids(10)]
    assert shown["leads_channel"]["initial_conversation"] == "C0000000001"
    assert shown["leads_channel"]["filter"] == {"include": ["public", "private"], "exclude_bot_users": True}
    assert shown["time_zone"]["initial_option"]["value"] == "America/Argentina/Buenos_Aires"
    assert shown["first_start"]["initial_date"] == "2026-12-01"
    assert shown["intro_weekday"]["initial_option"]["text"]["text"] == "Sunday"
    assert shown["checkin_weekday"]["initial_option"]["text"]["text"] == "Monday"
    assert (shown["intro_time"]["initial_time"], shown["checkin_time"]["initial_time"]) == ("23:45", "00:00")
    assert (shown["meetings"]["initial_value"], shown["proposal_days"]["initial_value"]) == ("52", "7")
    assert shown["rhythm"]["initial_option"]["text"]["text"] == "Every week"
    assert [one["value"] for one in shown["working_days"]["initial_options"]] == ["0", "2", "6"]
    assert (shown["min_gap"]["min_value"], shown["min_gap"]["max_value"]) == ("1", "7")
    assert [one["value"] for one in shown["rules"]["initial_options"]] == [*RuleOption]


@pytest.mark.parametrize("chosen", [[], *([one] for one in RuleOption)], ids=str)
def test_setup_checks_the_rules_that_stand(chosen: list[str]) -> None:
    switches: dict[str, Any] = {one.value: one in chosen for one in RuleOption}
    draft = replace(FULL_SETUP, **switches)
    boxes = elements(setup_modal(SetupForm(draft, True, False)))["rules"]
    assert [one["value"] for one in boxes.get("initial_options", [])] == chosen


def test_setup_asks_for_what_can_be_stored_of_it() -> None:
    assert {*map(str, RuleOption)} == {*ASKED}


def test_settings_of_a_program_in_weeks_show_that_and_keep_it() -> None:
    in_weeks = replace(FULL_SETUP, meetings=None, rhythm=None, cycle_weeks=9)
    view = setup_modal(SetupForm(in_weeks, exists=True, running=True))
    shown = elements(view)
    assert shown["rhythm"]["initial_option"]["text"]["text"] == "As it is: a cycle of 9 weeks"
    assert "initial_value" not in shown["meetings"]
    assert [one["optional"] for one in view["blocks"] if one.get("block_id") == "meetings"] == [True]
    planned = elements(setup_modal(SetupForm(FULL_SETUP, exists=True, running=True)))
    assert all("As it is" not in one["text"]["text"] for one in planned["rhythm"]["options"])


def test_setup_of_a_running_program_says_that_its_first_start_stays() -> None:
    running = setup_modal(SetupForm(FULL_SETUP, exists=True, running=True))
    assert hints(running)["first_start"].startswith("This date stays")
    assert "stays" not in hints(setup_modal(SetupForm(FULL_SETUP, True, running=False)))["first_start"]


@settings(max_examples=60)
@given(
    st.builds(
        ProgramDraft,
        name=st.text(max_size=200),
        time_zone=st.text(max_size=200),
        cycle_weeks=st.none() | st.integers() | st.text(),
        first_start=st.text() | st.dates().map(str),
        intro_weekday=st.none() | st.integers() | st.text(),
        intro_time=st.text(),
        checkin_weekday=st.none() | st.integers() | st.text(),
        checkin_time=st.text(),
        proposal_days=st.none() | st.integers() | st.text(),
        working_days=st.none() | st.lists(st.integers() | st.text()),
        min_gap=st.none() | st.integers() | st.text(),
        meetings=st.none() | st.integers() | st.text(),
        rhythm=st.none() | st.text(),
    )
)
def test_setup_takes_any_draft(draft: ProgramDraft) -> None:
    assert_good_view(setup_modal(SetupForm(draft, False, False)))


def test_decline_carries_its_pair_and_says_who_reads_the_reason() -> None:
    view = decline_modal(a_card())
    assert_good_view(view)
    assert (view["callback_id"], view["private_metadata"]) == (Callback.DECLINE, "12")
    assert elements(view)[DeclineField.REASON]["multiline"] is True
    assert hints(view)[DeclineField.REASON].startswith("Only the program's leads see this.")
    assert view["blocks"][1]["optional"] is True
    assert REASON_MAX == approvals.MAX_REASON


def test_decline_with_hostile_people() -> None:
    card = next(content for content in LARGEST if isinstance(content, PairCard))
    assert_good_view(decline_modal(card))


@pytest.mark.parametrize(
    ("page", "pages", "turns"),
    [
        (0, 1, {}),
        (0, 3, {"Next page": Action.REVIEW_PAGE_NEXT}),
        (1, 3, {"Previous page": Action.REVIEW_PAGE_PREVIOUS, "Next page": Action.REVIEW_PAGE_NEXT}),
        (2, 3, {"Previous page": Action.REVIEW_PAGE_PREVIOUS}),
    ],
)
def test_review_turns_its_pages(page: int, pages: int, turns: dict[str, str]) -> None:
    view = review_modal(ReviewPage(3, 1, (a_card(),) * PAIRS_A_PAGE, page, pages))
    assert_good_view(view)
    assert (view["callback_id"], view["private_metadata"]) == (Callback.REVIEW, str(page))
    shown = buttons(view["blocks"])
    assert {name: shown[name]["action_id"] for name in turns} == turns
    assert all(shown[name]["value"] == "3" for name in turns)
    assert set(shown) == {"Approve", "Decline", "Swap", *turns}
    assert shown["Approve"]["action_id"] == Action.REVIEW_APPROVE
    assert shown["Decline"]["action_id"] == Action.REVIEW_DECLINE
    assert shown["Approve"]["value"] == "12"


def test_review_shows_who_decided_instead_of_buttons() -> None:
    decided = a_card(a_pair(PairState.APPROVED, decided_by="U9", decided_at=WHEN))
    view = review_modal(ReviewPage(3, 1, (decided,), 0, 1))
    assert {name: one["action_id"] for name, one in buttons(view["blocks"]).items()} == {"Undo": Action.UNDO}
    (told,) = [one["text"] for one in texts(view) if "Approved by" in one["text"]]
    assert told.startswith("~Pair 12: <@UMENTOR> teaches <@UMENTEE> “AI tools”~\nApproved by <@U9> on <!date")


def test_review_with_nothing_and_with_the_most() -> None:
    nothing = review_modal(ReviewPage(0, 0, (), 0, 1))
    assert_good_view(nothing)
    assert [block["text"]["text"] for block in nothing["blocks"]] == [
        "No pairs have been proposed yet.",
        "`/reverse-mentor match` looks for pairs now.",
    ]
    card = next(content for content in LARGEST if isinstance(content, PairCard))
    assert_good_view(review_modal(ReviewPage(10**9, 10**6, (card,) * PAIRS_A_PAGE, 1, 9)))
