"""Rules between fields and between blocks: unique ids, one focus, submit, initial choices, bounds."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.block_kit import MAX_VIEW_BYTES, check_message, check_options_answer, check_view, view_bytes
from sandbox_tests.block_kit.build import (
    CARD,
    Json,
    actions,
    button,
    group,
    home,
    input_block,
    judge,
    judge_accessory,
    judge_input,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
    select,
)


def test_block_ids_are_unique_in_a_message() -> None:
    """NT Block: unique for each message; blog.kinto-technologies.com 2024-12-04 saw the refusal."""
    assert check_message([section(block_id="a"), section(block_id="b"), section(), section()]) == []
    assert check_message([section(block_id="a"), section(), section(block_id="a")]) == [
        '[ERROR] `block_id` "a" already exists [json-pointer:/blocks/2/block_id]'
    ]


@pytest.mark.parametrize("view_of", [modal, home])
def test_block_ids_are_unique_in_a_view(view_of: Any) -> None:
    assert check_view(view_of(section(block_id="a"), section(block_id="a"))) == [
        '[ERROR] `block_id` "a" already exists [json-pointer:/view/blocks/1/block_id]'
    ]


def test_cards_of_a_carousel_count_as_blocks() -> None:
    cards = [CARD | {"block_id": "a"}, CARD | {"block_id": "b"}]
    assert judge({"type": "carousel", "elements": cards}) == []
    assert check_message([section(block_id="b"), {"type": "carousel", "elements": cards}])


def test_action_ids_are_unique_within_a_block() -> None:
    """NT Actionable: unique among the elements of the containing block; another block may repeat it."""
    one, other = actions(button(action_id="a")), actions(button(action_id="a"))
    assert check_message([one, other]) == []
    assert judge(actions(button(action_id="a"), select(action_id="a"))) == [
        '[ERROR] `action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]'
    ]
    assert judge(CARD | {"actions": [button(action_id="a"), button(action_id="a")]})


def test_one_element_has_the_focus() -> None:
    """NT Focusable: only one element of a view may set it to true."""
    focused = {"type": "plain_text_input", "focus_on_load": True}
    calm = {"type": "plain_text_input", "focus_on_load": False}
    assert check_view(modal(input_block(focused), input_block(calm))) == []
    pointer = "/view/blocks/1/elements/0/focus_on_load"
    assert check_view(modal(input_block(focused), actions(select(focus_on_load=True)))) == [
        f"[ERROR] only one element may set `focus_on_load` [json-pointer:{pointer}]"
    ]


def test_inputs_need_submit_in_a_modal_only() -> None:
    """node-slack-sdk#875; an input block is legal in messages and Home, which have no submit."""
    bare = {"type": "modal", "title": plain(), "blocks": [section(), input_block()]}
    assert check_view(bare) == [
        "[ERROR] must define `submit` to use `input` block [json-pointer:/view/blocks/1/input]"
    ]
    assert check_view(bare | {"submit": plain("Send")}) == []
    assert check_view(bare | {"blocks": [section()]}) == []
    assert check_view(home(input_block())) == []
    assert check_message([input_block()]) == []


@pytest.mark.parametrize("kind", ["conversations_select", "channels_select"])
def test_response_url_is_for_inputs_of_modals(kind: str) -> None:
    """NT ConversationsSelect: `response_url_enabled` only in modals, in an input block."""
    element = {"type": kind, "response_url_enabled": True}
    assert judge(input_block(element), "modal") == []
    assert judge(actions(element), "modal")
    assert judge(input_block(element), "home")
    assert judge(section(accessory=element))
    assert judge(section(accessory=element | {"response_url_enabled": False})) == []


INITIALS: dict[str, Json] = {
    "static_select": select(),
    "static_select with groups": {
        "type": "static_select",
        "option_groups": [group("A"), {"label": plain("B"), "options": options(2)}],
    },
    "multi_static_select": select("multi_static_select"),
    "checkboxes": {"type": "checkboxes", "options": options(2)},
    "radio_buttons": {"type": "radio_buttons", "options": options(2)},
}


@pytest.mark.parametrize("name", INITIALS)
def test_what_is_chosen_first_is_offered(name: str) -> None:
    """NT: `initial_option` must exactly match one of the options, in text, value and description."""
    element = INITIALS[name]
    many = name in ("multi_static_select", "checkboxes")
    key = "initial_options" if many else "initial_option"

    def choose(chosen: Json) -> list[str]:
        return judge_accessory(element | {key: [chosen] if many else chosen})

    offered = options(2)[1]
    assert choose(offered) == []
    for stranger in (
        offered | {"value": "other"},
        offered | {"text": plain("Other")},
        offered | {"description": plain("More")},
    ):
        assert choose(stranger) == [
            f"[ERROR] `{key}` must match one of the options [json-pointer:/blocks/0/accessory/{key}]"
        ]


def test_external_selects_choose_what_only_the_app_knows() -> None:
    assert judge_accessory({"type": "external_select", "initial_option": option("far")}) == []
    assert judge_accessory({"type": "external_select", "initial_option": option(text=mrkdwn())})


DATES: list[tuple[str, str, bool]] = [
    ("initial_date", "2026-02-28", True),
    ("initial_date", "2030-10-05", True),
    ("initial_date", "2026-02-30", False),
    ("initial_date", "2026-2-8", False),
    ("initial_date", "20260228", False),
    ("initial_date", "28.02.2026", False),
    ("initial_time", "00:00", True),
    ("initial_time", "23:59", True),
    ("initial_time", "20:10", True),
    ("initial_time", "10:60", False),
    ("initial_time", "24:00", False),
    ("initial_time", "9:30", False),
    ("initial_time", "09:30:00", False),
    ("timezone", "Europe/Lisbon", True),
    ("timezone", "Mars/Olympus", False),
]


@pytest.mark.parametrize(("key", "written", "fine"), DATES)
def test_dates_times_and_zones(key: str, written: str, fine: bool) -> None:
    """NT Datepicker (YYYY-MM-DD), Timepicker (HH:mm, 24 hours, IANA zone)."""
    kind = "datepicker" if key == "initial_date" else "timepicker"
    assert (judge_accessory({"type": kind, key: written}) == []) is fine


NUMBERS: list[tuple[Json, bool]] = [
    ({"min_value": "1", "max_value": "5", "initial_value": "5"}, True),
    ({"min_value": "-1.5", "is_decimal_allowed": True}, True),
    ({"min_value": "0.05", "is_decimal_allowed": True}, True),
    ({"min_value": "1.", "is_decimal_allowed": True}, False),
    ({"min_value": "-1.5"}, False),
    ({"min_value": 1}, False),
    ({"min_value": "one"}, False),
    ({"min_value": ""}, False),
    ({"min_value": "6", "max_value": "5"}, False),
    ({"min_value": "10", "max_value": "9"}, False),
    ({"min_value": "2", "initial_value": "1"}, False),
    ({"max_value": "5", "initial_value": "6"}, False),
]


@pytest.mark.parametrize(("changes", "fine"), NUMBERS)
def test_numbers_are_strings_within_their_bounds(changes: Json, fine: bool) -> None:
    """NT NumberInput: bounds and the initial value are strings of numbers."""
    number = {"type": "number_input", "is_decimal_allowed": False} | changes
    assert (judge_input(number) == []) is fine


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [("plain_text_input", "min_length", "max_length"), ("rich_text_input", "min_lines", "max_lines")],
)
def test_lower_bounds_do_not_pass_upper_ones(kind: str, low: str, high: str) -> None:
    assert judge_input({"type": kind, low: 5, high: 5}) == []
    assert judge_input({"type": kind, low: 6, high: 5})


@pytest.mark.parametrize(
    ("answer", "fine"),
    [
        ({"options": []}, True),
        ({"options": [option()]}, True),
        ({"option_groups": [group()]}, True),
        ({"option_groups": []}, True),
        ({}, False),
        (None, False),
        ([option()], False),
        ({"options": None}, False),
        ({"options": [option()], "option_groups": [group()]}, False),
        ({"options": [option()], "more": True}, False),
        ({"options": [option(text=mrkdwn())]}, False),
        ({"options": [option(text=plain("x" * 76))]}, False),
        ({"options": [option("x" * 151, plain())]}, False),
        ({"options": [{"text": plain()}]}, False),
        ({"option_groups": [group("x" * 76)]}, False),
        ({"option_groups": [group() | {"options": []}]}, False),
    ],
)
def test_answers_to_a_search(answer: Any, fine: bool) -> None:
    """NT ExternalSelect: options or option groups, never both, under the limits of options."""
    assert (check_options_answer(answer) == []) is fine


def test_answers_point_into_themselves() -> None:
    assert check_options_answer({"options": [option(text=plain("x" * 76))]}) == [
        "[ERROR] failed to match all allowed schemas [json-pointer:/options/0/text]",
        "[ERROR] must be less than 76 characters [json-pointer:/options/0/text/text]",
    ]


def test_the_size_of_a_view_is_its_compact_json() -> None:
    """views.open: 250 kB, above which the answer is `view_too_large`; that is the method's to say."""
    assert view_bytes({"a": [1, "é"]}) == len('{"a":[1,"é"]}'.encode())
    assert view_bytes("\ud800") > 0
    large = modal(*[section(text=mrkdwn("x" * 3000)) for _ in range(90)])
    assert view_bytes(large) > MAX_VIEW_BYTES
    assert check_view(large) == []
