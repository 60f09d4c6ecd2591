"""What the tests of modals share: fields with options, and what stands in a field of the modal that is open."""

from __future__ import annotations

from typing import Any

from sandbox import Person, Sandbox
from sandbox_tests.kit import Json, modal, option, plain, web_client

TEXT = {"type": "plain_text_input"}
RED, BLUE, GREEN = option("Red"), option("Blue"), option("Green")
GROUPS = [{"label": plain("Warm"), "options": [RED]}, {"label": plain("Cold"), "options": [BLUE, GREEN]}]
STORED_RED = {"text": {"type": "plain_text", "text": "Red", "emoji": True}, "value": "red"}
STORED_BLUE = {"text": {"type": "plain_text", "text": "Blue", "emoji": True}, "value": "blue"}


def show(slack: Sandbox, person: Person, *blocks: Json, **more: Any) -> None:
    """Open a modal for a person."""
    trigger = slack.backend.triggers.mint(person.id)
    web_client(slack).views_open(trigger_id=trigger, view=modal(*blocks, **more))


def value_of(slack: Sandbox, person: Person, block: str = "b") -> Json:
    """Return the state of the field in that block."""
    view = slack.backend.views.top(person.id)
    assert view is not None
    return view.values[(block, "it")]
