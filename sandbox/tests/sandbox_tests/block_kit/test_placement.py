"""Which element stands in which block on which surface, over every combination.

The table is written out again here from https://docs.slack.dev/reference/block-kit/block-elements, so that
a slip in the package's own table cannot hide. Blocks: https://docs.slack.dev/blocks.json.
"""

from __future__ import annotations

import itertools

import pytest

from sandbox_tests.block_kit.build import BLOCKS, ELEMENTS, Json, held_by, input_block, judge

MESSAGE, MODAL, HOME = "message", "modal", "home"
ALL = (MESSAGE, MODAL, HOME)
SELECT_BLOCKS = ("section", "actions", "input")

ELEMENT_PLACES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "button": (ALL, ("section", "actions")),
    "checkboxes": (ALL, SELECT_BLOCKS),
    "datepicker": (ALL, SELECT_BLOCKS),
    "datetimepicker": ((MESSAGE, MODAL), ("actions", "input")),
    "email_text_input": ((MODAL,), ("input",)),
    "url_text_input": ((MODAL,), ("input",)),
    "number_input": ((MODAL,), ("input",)),
    "file_input": ((MODAL,), ("input",)),
    "image": (ALL, ("section", "context")),
    "multi_static_select": (ALL, SELECT_BLOCKS),
    "multi_external_select": (ALL, SELECT_BLOCKS),
    "multi_users_select": (ALL, SELECT_BLOCKS),
    "multi_conversations_select": (ALL, SELECT_BLOCKS),
    "multi_channels_select": (ALL, SELECT_BLOCKS),
    "overflow": (ALL, ("section", "actions")),
    "plain_text_input": (ALL, ("input",)),
    "radio_buttons": (ALL, SELECT_BLOCKS),
    "rich_text_input": ((MODAL, HOME), ("input", "actions")),
    "static_select": (ALL, SELECT_BLOCKS),
    "external_select": (ALL, SELECT_BLOCKS),
    "users_select": (ALL, SELECT_BLOCKS),
    "conversations_select": (ALL, SELECT_BLOCKS),
    "channels_select": (ALL, SELECT_BLOCKS),
    "timepicker": (ALL, SELECT_BLOCKS),
    "workflow_button": ((MESSAGE,), ("section", "actions")),
    "feedback_buttons": ((MESSAGE,), ("context_actions",)),
    "icon_button": ((MESSAGE,), ("context_actions",)),
}

ONLY_ON: dict[str, tuple[str, ...]] = {
    "markdown": (MESSAGE,),
    "table": (MESSAGE,),
    "context_actions": (MESSAGE,),
    "card": (MESSAGE, HOME),
    "carousel": (MESSAGE, HOME),
    "data_table": (MESSAGE,),
    "data_visualization": (MESSAGE, HOME),
    "alert": (MODAL,),
}

HOLDERS = ("section", "actions", "input", "context", "context_actions")

UNSUPPORTED: dict[str, Json] = {
    "file": {"type": "file", "source": "remote", "external_id": "F1"},
    "call": {"type": "call", "call_id": "R1"},
    "container": {"type": "container", "child_blocks": [BLOCKS["divider"]]},
    "task_card": {"type": "task_card", "task_id": "1", "title": "T", "status": "pending"},
    "plan": {"type": "plan", "title": "T"},
    "auth_provider": {"type": "auth_provider", "value": "v", "name": "n", "is_connected": True},
}


def surfaces_of_block(kind: str) -> tuple[str, ...]:
    """Return the surfaces that take a block of this kind."""
    return ONLY_ON.get(kind, ALL)


def test_the_table_names_every_element() -> None:
    assert set(ELEMENT_PLACES) == set(ELEMENTS)


@pytest.mark.parametrize("surface", ALL)
@pytest.mark.parametrize("block", HOLDERS)
@pytest.mark.parametrize("kind", ELEMENTS)
def test_elements_stand_only_where_the_table_says(kind: str, block: str, surface: str) -> None:
    surfaces, blocks = ELEMENT_PLACES[kind]
    complaints = judge(held_by(block, ELEMENTS[kind]), surface)
    if surface in surfaces and block in blocks:
        assert complaints == []
    else:
        assert any(f"unsupported type: {wrong} [" in line for line in complaints for wrong in (kind, block))


@pytest.mark.parametrize(("kind", "surface"), list(itertools.product(BLOCKS, ALL)))
def test_blocks_stand_only_on_their_surfaces(kind: str, surface: str) -> None:
    complaints = judge(BLOCKS[kind], surface)
    if surface in surfaces_of_block(kind):
        assert complaints == []
    else:
        assert f"unsupported type: {kind} [" in complaints[-1]


@pytest.mark.parametrize(("kind", "surface"), list(itertools.product(UNSUPPORTED, ALL)))
def test_unconfirmed_blocks_are_refused_everywhere(kind: str, surface: str) -> None:
    """Blocks that an app cannot add itself, or whose rules no public page settles yet."""
    assert f"unsupported type: {kind} [" in judge(UNSUPPORTED[kind], surface)[-1]


def test_a_file_input_cannot_dispatch_actions() -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/input-block"""
    block = input_block({"type": "file_input"})
    assert judge(block | {"dispatch_action": False}, MODAL) == []
    assert judge(block | {"dispatch_action": True}, MODAL)[-1] == (
        "[ERROR] unsupported type: file_input [json-pointer:/view/blocks/0/element/type]"
    )
