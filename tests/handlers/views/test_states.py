"""Each view that leads or members get, in four states each, is taken by Slack: a new one has to join."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any, get_type_hints

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers import views
from handlers.views import Rendered, parting
from mentoring.messages import Content
from tests.handlers.views import lead_states, member_states
from tests.handlers.views.checks import assert_good_message, assert_good_view
from tests.handlers.views.lead_states import PARTS, States
from tests.handlers.views.samples import LARGEST, SMALLEST

BUILDING = {"options"}
"""Parts of forms."""

VIEWS: dict[tuple[str, Callable[..., Any]], States] = {
    (who, view): given
    for who, those in (("lead", lead_states.VIEWS), ("member", member_states.VIEWS))
    for view, given in those.items()
}
ALWAYS_THE_SAME: dict[Callable[..., Any], Any] = {
    **lead_states.ALWAYS_THE_SAME,
    **member_states.ALWAYS_THE_SAME,
}


def _name(one: object) -> str:
    return f"{one.__module__.rpartition('.')[2]}.{one.__name__}" if inspect.isfunction(one) else str(one)


def every_view() -> set[Callable[..., Any]]:
    """The functions that give a message or a view."""
    found = set()
    for module in pkgutil.iter_modules(views.__path__):
        if module.name in BUILDING:
            continue
        inside = importlib.import_module(f"handlers.views.{module.name}")
        for name, one in vars(inside).items():
            public = (
                inspect.isfunction(one) and one.__module__ == inside.__name__ and not name.startswith("_")
            )
            if public and get_type_hints(one).get("return") in (Rendered, dict[str, Any]):
                found.add(one)
    return found


def of_contents() -> set[Callable[..., Any]]:
    """Those that a delivered message is made with: `samples` holds them in their states."""
    return {views.render.dispatch(type(one)) for one in SMALLEST}


def test_every_view_has_its_states() -> None:
    assert every_view() - of_contents() - PARTS == {*(view for _, view in VIEWS), *ALWAYS_THE_SAME}
    assert parting.misfit in of_contents()


def taken(shown: Rendered | dict[str, Any]) -> None:
    """Slack takes it within its limits, as the sandbox knows them, and as slack_sdk's own models do."""
    if isinstance(shown, Rendered):
        assert_good_message(shown)
    else:
        assert_good_view(shown)
        View(
            **{name: value for name, value in shown.items() if name != "blocks"}, blocks=shown["blocks"]
        ).validate_json()
    for block in shown.blocks if isinstance(shown, Rendered) else shown["blocks"]:
        model = Block.parse(block)
        if model is not None:
            model.validate_json()


@pytest.mark.parametrize("state", States._fields)
@pytest.mark.parametrize(("who", "view"), VIEWS, ids=_name)
def test_each_view_in_each_state(who: str, view: Callable[..., Any], state: str) -> None:
    taken(view(*getattr(VIEWS[who, view], state)))


@pytest.mark.parametrize("view", ALWAYS_THE_SAME, ids=lambda one: one.__name__)
def test_what_is_always_the_same(view: Callable[..., Any]) -> None:
    taken(view(*ALWAYS_THE_SAME[view]))


@pytest.mark.parametrize("content", [*SMALLEST, *LARGEST], ids=lambda one: type(one).__name__)
def test_each_message_by_slacks_own_models(content: Content) -> None:
    taken(views.render(content))
