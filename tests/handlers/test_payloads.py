"""Reading Slack's JSON, complete or with parts left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handlers import drafts, entries, payloads
from handlers.ids import RuleOption, row_id
from handlers.payloads import Answers, Kind
from mentoring.people import Person, ProfileDraft
from mentoring.programs import ProgramDraft


def test_a_command_is_read() -> None:
    act = payloads.act(
        {
            "command": "/reverse-mentor",
            "text": "share R&amp;D, &lt;b&gt;",
            "user_id": "U1",
            "channel_id": "C1",
            "channel_name": "leads",
            "trigger_id": "1.2.3",
            "response_url": "http://x",
        }
    )
    assert (act.kind, act.person_id, act.value) == (Kind.COMMAND, "U1", "share R&D, <b>")
    assert (act.channel, act.trigger_id, act.response_url) == ("C1", "1.2.3", "http://x")
    assert act.typed_in_channel == "C1"


@pytest.mark.parametrize(("channel", "name"), [("D1", "directmessage"), ("C1", "mpdm-a--b-1"), ("", "")])
def test_a_command_in_a_conversation_of_people_proposes_no_channel(channel: str, name: str) -> None:
    body = {"command": "/x", "user_id": "U1", "channel_id": channel, "channel_name": name}
    assert payloads.act(body).typed_in_channel is None


CLICK: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": "U1", "team_id": "T1"},
    "actions": [{"action_id": "approve", "value": "12"}],
}


@pytest.mark.parametrize(
    "where",
    [
        {
            "channel": {"id": "C1"},
            "container": {"message_ts": "1700000000.2"},
            "message": {"ts": "1700000000.2"},
        },
        {"channel": "C1", "message": {"ts": "1700000000.2"}},
        {"container": {"channel_id": "C1", "message_ts": "1700000000.2", "is_ephemeral": False}},
        {"container": {"channel_id": "C1"}, "message": {"ts": "1700000000.2"}},
    ],
)
def test_a_click_in_a_message_is_read_from_whatever_is_there(where: dict[str, Any]) -> None:
    act = payloads.act(CLICK | where)
    assert (act.person_id, act.team_id, act.action, act.row_id) == ("U1", "T1", "approve", 12)
    assert (act.channel, act.message_ts, act.ephemeral, act.in_message) == (
        "C1",
        "1700000000.200000",
        False,
        True,
    )


def test_an_ephemeral_message_is_known_by_its_flag_or_by_its_missing_message() -> None:
    told = CLICK | {
        "container": {"channel_id": "C1", "message_ts": "1700000000.2", "is_ephemeral": True},
        "message": {},
    }
    assert payloads.act(told).ephemeral
    assert payloads.act(CLICK | {"container": {"channel_id": "C1", "message_ts": "1700000000.2"}}).ephemeral


def test_a_click_on_home_or_in_a_modal_has_a_view() -> None:
    home = payloads.act(CLICK | {"view": {"id": "V1", "type": "home"}, "container": {"type": "view"}})
    assert home.on_home
    assert not home.ephemeral
    modal = payloads.act(CLICK | {"view": {"id": "V2", "type": "modal", "root_view_id": "V1"}})
    assert modal.view is not None
    assert (modal.view.id, modal.view.root, modal.on_home) == ("V2", "V1", False)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("12", 12),
        (" 7 ", 7),
        ("", 0),
        ("-1", 0),
        ("1.5", 0),
        ("12; DROP", 0),
        ("²", 0),
        ("9" * 10, 0),
        ("9" * 400, 0),
    ],
)
def test_only_a_plain_number_is_an_id(value: str, number: int) -> None:
    assert row_id(value) == number


@pytest.mark.parametrize(
    "junk",
    [
        {},
        {"type": 7},
        {"user": []},
        {"actions": [None, 3]},
        {"view": {"state": {"values": []}}},
        {"container": "x"},
    ],
)
def test_junk_reads_as_nothing(junk: dict[str, Any]) -> None:
    act = payloads.act(junk)
    assert (act.person_id, act.row_id) == ("", 0)
    drafts.profile_draft(act.answers)
    drafts.program_draft(act.answers)


def values(**states: Any) -> Answers:
    return Answers({name: {name: state} for name, state in states.items()})


def options(*chosen: str) -> dict[str, Any]:
    return {
        "selected_options": [{"value": one, "text": {"type": "plain_text", "text": one}} for one in chosen]
    }


def option(chosen: str) -> dict[str, Any]:
    return {"selected_option": {"value": chosen}}


def test_the_profile_form_is_read() -> None:
    draft = drafts.profile_draft(
        values(
            role=option("share"),
            shares=options("Video editing", "AI tools"),
            wants=options(),
            level=option("3"),
            department={"value": "Sales"},
            languages=options("English"),
            starts={"selected_time": "08:00"},
            ends={"selected_time": "16:30"},
            manager_id={"selected_user": "U9"},
            avoid={"selected_users": ["U7", "U8"]},
            mentor_capacity=option("2"),
            mentee_capacity=option("1"),
        )
    )
    assert draft == ProfileDraft(
        role="share",
        shares=("Video editing", "AI tools"),
        wants=(),
        level=3,
        department="Sales",
        languages=("English",),
        starts="08:00",
        ends="16:30",
        manager_id="U9",
        avoid=("U7", "U8"),
        mentor_capacity="2",
        mentee_capacity="1",
    )


def test_fields_left_empty_stay_empty_and_fields_left_out_keep_their_defaults() -> None:
    empty = drafts.profile_draft(values(starts={"selected_time": None}, level={"selected_option": None}))
    assert (empty.starts, empty.level, empty.manager_id) == ("", None, None)
    assert (empty.ends, empty.mentor_capacity) == ("17:00", 1)
    on_file = ProfileDraft(role="learn", department="Sales", avoid=("U7",), opens=("My way here",))
    kept = drafts.profile_draft(values(role=option("both"), department={"value": None}), on_file)
    assert kept == replace(on_file, role="both", department="")


def test_a_level_that_is_no_number_is_not_taken_for_none() -> None:
    assert drafts.profile_draft(values(level=option("boss"))).level == 0


def test_the_settings_form_is_read() -> None:
    draft = drafts.program_draft(
        values(
            name={"value": "Upside Down"},
            leads={"selected_users": ["U1"]},
            leads_channel={"selected_conversation": "C1"},
            time_zone=option("Europe/Lisbon"),
            meetings={"value": "5"},
            rhythm=option("monthly"),
            first_start={"selected_date": "2026-12-01"},
            intro_weekday=option("1"),
            intro_time={"selected_time": "10:00"},
            checkin_weekday=option("3"),
            checkin_time={"selected_time": "11:00"},
            proposal_days={"value": "3"},
            working_days=options("0", "6"),
            min_gap={"value": "2"},
            rules=options(*RuleOption),
        )
    )
    assert draft == replace(
        ProgramDraft(),
        name="Upside Down",
        leads=("U1",),
        leads_channel="C1",
        time_zone="Europe/Lisbon",
        cycle_weeks="12",
        meetings="5",
        rhythm="monthly",
        first_start="2026-12-01",
        intro_weekday="1",
        intro_time="10:00",
        checkin_weekday="3",
        checkin_time="11:00",
        proposal_days="3",
        working_days=("0", "6"),
        min_gap="2",
        **dict.fromkeys(map(str, RuleOption), True),
    )


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({}, None),
        ({"working_days": {"type": "checkboxes"}}, None),
        ({"working_days": {"selected_options": []}}, ()),
        ({"working_days": {"selected_options": [{"value": "2"}]}}, ("2",)),
    ],
)
def test_working_days_that_nobody_was_asked_for_are_not_none_at_all(
    fields: dict[str, Any], days: tuple[str, ...] | None
) -> None:
    assert drafts.program_draft(values(**fields)).working_days == days
    assert drafts.profile_draft(values(**fields)).working_days == days


def test_a_directory_entry_is_read() -> None:
    user = {
        "id": "U1",
        "name": "ana",
        "deleted": False,
        "tz": "Europe/Lisbon",
        "is_owner": True,
        "is_restricted": True,
        "profile": {"real_name": "Ana Example", "display_name": ""},
    }
    assert entries.person(user) == Person("U1", "Ana Example", "Europe/Lisbon", admin=True, guest=True)
    assert entries.person({"id": "U1", "tz": "Mars/Olympus", "deleted": True}) == Person(
        "U1", "U1", deactivated=True
    )
    assert entries.person({"name": "nobody"}) is None
