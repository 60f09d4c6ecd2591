"""Objects of slack_sdk check the same as ever, only quicker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec, module_from_spec

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import ConfirmObject, Option, SectionBlock

from handlers.views import render, self_checks
from tests.handlers.views.samples import LARGEST, SMALLEST
from tests.house import spoken


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


@pytest.fixture
def as_ever(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets objects be written out in the SDK's own way from now on."""
    spec = find_spec("slack_sdk.models.basic_objects")
    assert spec is not None
    assert spec.loader is not None
    anew = module_from_spec(spec)
    spec.loader.exec_module(anew)
    own = anew.JsonObject
    return lambda: monkeypatch.setattr(JsonObject, "get_non_null_attributes", own.get_non_null_attributes)


def test_messages_and_forms_are_written_as_ever(as_ever: Callable[[], None]) -> None:
    """To the last letter, and in the same order: by that, a message is known to show what it should."""
    contents = [*SMALLEST, *LARGEST, *spoken.contents()]
    messages, forms = [repr(render(one)) for one in contents], repr(spoken.modals())
    as_ever()
    assert [repr(render(one)) for one in contents] == messages
    assert repr(spoken.modals()) == forms


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
