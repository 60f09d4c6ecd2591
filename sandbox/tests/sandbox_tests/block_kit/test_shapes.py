"""Required and additional keys, types of values, and the texts each place takes."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.block_kit import check_message, check_view
from sandbox_tests.block_kit.build import (
    BLOCKS,
    ELEMENTS,
    WORKFLOW,
    Json,
    button,
    confirm,
    context,
    held_by,
    home,
    image,
    input_block,
    judge,
    judge_accessory,
    judge_input,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    select,
)
from sandbox_tests.block_kit.test_placement import ELEMENT_PLACES, surfaces_of_block

REQUIRED_IN_BLOCKS = {
    "actions": ["elements"],
    "alert": ["text"],
    "carousel": ["elements"],
    "context": ["elements"],
    "context_actions": ["elements"],
    "data_table": ["caption", "rows"],
    "data_visualization": ["title", "chart"],
    "header": ["text"],
    "image": ["alt_text"],
    "input": ["label", "element"],
    "markdown": ["text"],
    "rich_text": ["elements"],
    "table": ["rows"],
    "video": ["alt_text", "title", "video_url", "thumbnail_url"],
}

REQUIRED_IN_ELEMENTS = {
    "button": ["text"],
    "checkboxes": ["options"],
    "feedback_buttons": ["positive_button", "negative_button"],
    "icon_button": ["icon", "text"],
    "image": ["alt_text"],
    "number_input": ["is_decimal_allowed"],
    "overflow": ["options"],
    "radio_buttons": ["options"],
    "workflow_button": ["text", "workflow"],
}


def without(value: Json, key: str) -> Json:
    return {name: part for name, part in value.items() if name != key}


def judge_element(element: Json) -> list[str]:
    surfaces, blocks = ELEMENT_PLACES[ELEMENTS[element["type"]]["type"]]
    return judge(held_by(blocks[0], element), surfaces[0])


@pytest.mark.parametrize("kind", BLOCKS)
def test_each_sample_block_is_taken(kind: str) -> None:
    for surface in surfaces_of_block(kind):
        assert judge(BLOCKS[kind], surface) == []


@pytest.mark.parametrize("kind", ELEMENTS)
def test_each_sample_element_is_taken(kind: str) -> None:
    assert judge_element(ELEMENTS[kind]) == []


@pytest.mark.parametrize(
    ("kind", "key"), [(k, key) for k, keys in REQUIRED_IN_BLOCKS.items() for key in keys]
)
def test_a_block_without_a_required_key_is_refused(kind: str, key: str) -> None:
    complaints = judge(without(BLOCKS[kind], key), surfaces_of_block(kind)[0])
    assert any(f"missing required field: {key} [" in line for line in complaints)


@pytest.mark.parametrize(
    ("kind", "key"), [(k, key) for k, keys in REQUIRED_IN_ELEMENTS.items() for key in keys]
)
def test_an_element_without_a_required_key_is_refused(kind: str, key: str) -> None:
    complaints = judge_element(without(ELEMENTS[kind], key))
    assert any(f"missing required field: {key} [" in line for line in complaints)


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_with_an_unknown_key_is_refused(kind: str) -> None:
    """Slack's schema says additionalProperties: false (gist bmorton/735dc806)."""
    complaints = judge(BLOCKS[kind] | {"color": "red"}, surfaces_of_block(kind)[0])
    assert any("invalid additional property: color [" in line for line in complaints)


@pytest.mark.parametrize("kind", ELEMENTS)
def test_an_element_with_an_unknown_key_is_refused(kind: str) -> None:
    complaints = judge_element(ELEMENTS[kind] | {"color": "red"})
    assert any("invalid additional property: color [" in line for line in complaints)


@pytest.mark.parametrize("key", ["title", "text", "confirm", "deny"])
def test_a_confirmation_needs_all_four_texts(key: str) -> None:
    """https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object"""
    assert judge_accessory(button(confirm=confirm(style="danger"))) == []
    assert judge_accessory(button(confirm=without(confirm(), key)))


PLAIN_TEXT_ONLY: dict[str, Json] = {
    "header (NT HeaderBlock)": {"type": "header", "text": mrkdwn()},
    "button": section(accessory=button(text=mrkdwn())),
    "placeholder": section(accessory=select(placeholder=mrkdwn())),
    "option of a select": section(accessory=select(options=[option(text=mrkdwn())])),
    "option of an overflow menu": section(accessory={"type": "overflow", "options": [option(text=mrkdwn())]}),
    "description": section(accessory=select(options=[option(description=mrkdwn())])),
    "label": input_block(label=mrkdwn()),
    "hint": input_block(hint=mrkdwn()),
    "image title": image(title=mrkdwn()),
    "confirm title": section(accessory=button(confirm=confirm(title=mrkdwn()))),
    "confirm deny": section(accessory=button(confirm=confirm(deny=mrkdwn()))),
}


@pytest.mark.parametrize("place", PLAIN_TEXT_ONLY)
def test_mrkdwn_is_refused_where_only_plain_text_goes(place: str) -> None:
    complaints = judge(PLAIN_TEXT_ONLY[place])
    assert complaints[-1].startswith("[ERROR] unsupported type: mrkdwn [json-pointer:")


@pytest.mark.parametrize("kind", ["checkboxes", "radio_buttons"])
def test_checks_take_mrkdwn_options(kind: str) -> None:
    """NT Checkboxes and RadioButtons: their options may be written in mrkdwn."""
    assert judge_accessory({"type": kind, "options": [option(text=mrkdwn("*Bold*"))]}) == []


@pytest.mark.parametrize(
    "text",
    [
        plain() | {"verbatim": True},
        mrkdwn() | {"emoji": True},
        plain() | {"emoji": "yes"},
        {"type": "plain_text"},
        {"text": "No type"},
        {"type": "raw_text", "text": "Cells only"},
        "Not an object",
        [plain()],
        None,
    ],
)
def test_malformed_text_objects_are_refused(text: Any) -> None:
    """https://docs.slack.dev/reference/block-kit/composition-objects/text-object"""
    assert judge(section(text=text))
    assert judge(context(text))


def test_text_objects_take_their_own_switches() -> None:
    assert judge(section(text=plain() | {"emoji": False})) == []
    assert judge(section(text=mrkdwn() | {"verbatim": True})) == []


def test_a_section_needs_text_or_fields() -> None:
    """NT SectionBlock: `text` may go when there are `fields`."""
    assert judge({"type": "section", "fields": [plain()]}) == []
    assert judge({"type": "section"}) == [
        "[ERROR] must define either `text` or `fields` [json-pointer:/blocks/0]"
    ]


@pytest.mark.parametrize("place", ["block", "accessory"])
def test_an_image_has_one_source(place: str) -> None:
    """NT ImageBlock, ImageElement: `image_url` or `slack_file`, not both, and a file is named once."""

    def judge_image(picture: Json) -> list[str]:
        return judge(picture) if place == "block" else judge_accessory(picture)

    by_file = without(image(slack_file={"id": "F0001"}), "image_url")
    assert judge_image(by_file) == []
    assert judge_image(image(slack_file={"id": "F0001"}))
    assert judge_image(without(image(), "image_url"))
    assert judge_image(by_file | {"slack_file": {}})
    assert judge_image(by_file | {"slack_file": {"id": "F0001", "url": "https://example.com/f"}})


@pytest.mark.parametrize("kind", ["static_select", "multi_static_select"])
def test_a_static_select_has_options_or_groups(kind: str) -> None:
    """NT StaticSelect, SDK: exactly one of the two."""
    groups = [{"label": plain("G"), "options": [option()]}]
    assert judge_accessory({"type": kind, "option_groups": groups}) == []
    assert judge_accessory({"type": kind})
    assert judge_accessory({"type": kind, "options": [option()], "option_groups": groups})


@pytest.mark.parametrize("style", ["default", "", "Primary", 1])
def test_styles_are_primary_danger_or_absent(style: Any) -> None:
    """NT Button, ConfirmationDialog: leave the key out for the default style."""
    assert judge_accessory(button(style="primary")) == []
    assert judge_accessory(button(style=style))
    assert judge_accessory(button(confirm=confirm(style=style)))


def test_only_overflow_options_take_a_link() -> None:
    """NT OverflowOption."""
    linked = option(url="https://example.com")
    assert judge_accessory({"type": "overflow", "options": [linked]}) == []
    assert judge_accessory(select(options=[linked]))
    assert judge_accessory({"type": "checkboxes", "options": [linked]})


@pytest.mark.parametrize(
    ("config", "fine"),
    [
        ({"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}, True),
        ({"trigger_actions_on": ["on_blur"]}, False),
        ({"trigger_actions_on": []}, False),
        ({}, False),
    ],
)
def test_dispatch_action_config(config: Json, fine: bool) -> None:
    """NT DispatchActionConfig."""
    assert (judge_input({"type": "plain_text_input", "dispatch_action_config": config}) == []) is fine


@pytest.mark.parametrize(
    ("narrowed", "fine"),
    [
        ({"include": ["im", "mpim", "private", "public"]}, True),
        ({"exclude_bot_users": True, "exclude_external_shared_channels": False}, True),
        ({"include": []}, False),
        ({"include": ["channels"]}, False),
        ({}, False),
    ],
)
def test_conversation_filters(narrowed: Json, fine: bool) -> None:
    """NT ConversationsSelect: `include` cannot be empty, and a filter filters something."""
    assert (judge_accessory({"type": "conversations_select", "filter": narrowed}) == []) is fine
    assert (judge_accessory({"type": "multi_conversations_select", "filter": narrowed}) == []) is fine


def test_some_values_may_be_empty() -> None:
    """A value that holds nothing yet is no mistake: of a button, of an input, of a view's own fields."""
    assert judge_accessory(button(value="")) == []
    for kind in ("plain_text_input", "email_text_input", "url_text_input"):
        assert judge_input({"type": kind, "initial_value": ""}) == []
    parameters = [{"name": "who", "value": ""}]
    workflow = {"trigger": WORKFLOW["trigger"] | {"customizable_input_parameters": parameters}}
    assert judge_accessory(ELEMENTS["workflow_button"] | {"workflow": workflow}) == []
    assert check_view(home(section(), private_metadata="", callback_id="", external_id="")) == []


@pytest.mark.parametrize("key", ["title", "submit", "close", "clear_on_close", "notify_on_close"])
def test_home_takes_nothing_of_a_modal(key: str) -> None:
    """NT HomeView, SDK View: the Home tab has no title and no buttons of its own."""
    part = modal(section(), close=plain(), clear_on_close=True, notify_on_close=True)[key]
    complaints = check_view(home(section(), **{key: part}))
    assert complaints[-1] == f"[ERROR] invalid additional property: {key} [json-pointer:/view]"


@pytest.mark.parametrize("key", ["id", "team_id", "state", "hash", "root_view_id", "app_id", "bot_id"])
def test_what_slack_adds_to_a_view_cannot_be_sent_back(key: str) -> None:
    """The keys of a view that methods return are not keys of a view that they take (NT ModalView)."""
    assert check_view(modal(section(), **{key: "x"}))


@pytest.mark.parametrize("blocks", [None, {}, "[]", [None], [[]], ["section"], [{}], [{"type": None}]])
def test_what_is_no_array_of_blocks_is_refused(blocks: Any) -> None:
    assert check_message(blocks)
    assert check_view(modal() | {"blocks": blocks})


@pytest.mark.parametrize("view", [None, [], "{}", 1, {}, {"type": "workflow_step"}, {"type": {}}])
def test_what_is_no_view_is_refused(view: Any) -> None:
    assert check_view(view)


def test_no_blocks_take_the_blocks_off_a_message() -> None:
    """chat.update: an empty array removes the blocks."""
    assert check_message([]) == []
