"""Objects of slack_sdk check the same as ever, only quicker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import ConfirmObject, Option, SectionBlock

from handlers.views import render, self_checks
from tests.handlers.views.samples import LARGEST


def kinds(of: type[JsonObject] = JsonObject) -> Iterator[type[JsonObject]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def all_that_could_be_one(one: object) -> list[str]:
    """The SDK's own way, which asks an object for everything it has."""
    names = (name for name in dir(one) if not name.startswith("__"))
    return [
        name
        for name in names
        if callable(getattr(one, name, None)) and hasattr(getattr(one, name), "validator")
    ]


@pytest.mark.parametrize("kind", sorted(set(kinds()), key=str))
def test_no_check_is_left_out(kind: type[JsonObject]) -> None:
    assert list(self_checks.names(kind)) == all_that_could_be_one(kind)


@pytest.mark.parametrize(
    "wrong",
    [
        SectionBlock(),
        SectionBlock(text="a" * 3001),
        blocks.ActionsBlock(elements=[blocks.ButtonElement(text="a" * 76, action_id="a")]),
        blocks.OverflowMenuElement(action_id="a", options=[Option(value="1", label="a" * 76)]),
        ConfirmObject(title="a" * 101, text="why"),
    ],
    ids=str,
)
def test_what_slack_would_refuse_is_refused(wrong: JsonObject) -> None:
    with pytest.raises(SlackObjectFormationError):
        wrong.to_dict()


def test_each_object_of_a_message_makes_its_checks_and_is_written_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Or the SDK has found another way to write objects out, and is slow again."""
    quick = [render(content) for content in LARGEST]
    made: list[str] = []
    monkeypatch.setattr(
        JsonObject, "validate_json", lambda one: made.extend(map(str, all_that_could_be_one(one)))
    )
    assert [render(content) for content in LARGEST] == quick
    assert made
