"""Fields of a modal: the state of every element, what Slack checks itself, and what comes while somebody types.

Sources: docs.slack.dev/reference/views/view-state-values, /reference/block-kit/block-elements.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from datetime import time as clock_time
from typing import Any

import pytest

from sandbox import NoSuchOption, Person, PersonError, Sandbox
from sandbox_tests.kit import (
    Json,
    acknowledge,
    bolt,
    field_block,
    meanwhile,
    option,
    plain,
    raw_socket,
    received,
)
from sandbox_tests.modals import BLUE, GREEN, GROUPS, RED, STORED_BLUE, STORED_RED, TEXT, show, value_of

_ELEMENTS: list[tuple[Json, Any, Json, Json]] = [
    (TEXT, "words", {"value": "words"}, {"value": None}),
    ({"type": "number_input", "is_decimal_allowed": False}, 3, {"value": "3"}, {"value": None}),
    ({"type": "email_text_input"}, "a@b.co", {"value": "a@b.co"}, {"value": None}),
    ({"type": "url_text_input"}, "https://a.b", {"value": "https://a.b"}, {"value": None}),
    (
        {"type": "static_select", "options": [RED, BLUE]},
        "Red",
        {"selected_option": STORED_RED},
        {"selected_option": None},
    ),
    (
        {"type": "static_select", "option_groups": GROUPS},
        "blue",
        {"selected_option": STORED_BLUE},
        {"selected_option": None},
    ),
    (
        {"type": "multi_static_select", "option_groups": GROUPS},
        ["Blue", "Red"],
        {"selected_options": [STORED_BLUE, STORED_RED]},
        {"selected_options": []},
    ),
    (
        {"type": "radio_buttons", "options": [RED, BLUE]},
        "Blue",
        {"selected_option": STORED_BLUE},
        {"selected_option": None},
    ),
    (
        {"type": "checkboxes", "options": [RED, BLUE]},
        ["Red"],
        {"selected_options": [STORED_RED]},
        {"selected_options": []},
    ),
    ({"type": "datepicker"}, date(2026, 3, 2), {"selected_date": "2026-03-02"}, {"selected_date": None}),
    ({"type": "timepicker"}, clock_time(9, 5), {"selected_time": "09:05"}, {"selected_time": None}),
    (
        {"type": "datetimepicker"},
        datetime(2026, 3, 2, tzinfo=UTC),
        {"selected_date_time": 1772409600},
        {"selected_date_time": None},
    ),
]


@pytest.mark.parametrize(
    ("element", "given", "filled", "empty"), _ELEMENTS, ids=[str(e[0]["type"]) for e in _ELEMENTS]
)
def test_state_values(
    slack: Sandbox, ana: Person, element: Json, given: Any, filled: Json, empty: Json
) -> None:
    show(slack, ana, field_block("Field", "b", element))
    assert value_of(slack, ana) == {"type": element["type"], **empty}
    ana.fills("Field", given)
    assert value_of(slack, ana) == {"type": element["type"], **filled}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("users_select", "selected_user"),
        ("multi_users_select", "selected_users"),
        ("conversations_select", "selected_conversation"),
        ("multi_conversations_select", "selected_conversations"),
        ("channels_select", "selected_channel"),
        ("multi_channels_select", "selected_channels"),
    ],
)
def test_people_and_places(slack: Sandbox, ana: Person, ben: Person, kind: str, key: str) -> None:
    room = slack.add_channel("room", [ana])
    show(slack, ana, field_block("Field", "b", {"type": kind}))
    chosen, name = (ben, "Ben Example") if "users" in kind else (room, "#room")
    many = kind.startswith("multi_")
    for given in (chosen, name):
        ana.fills("Field", [given] if many else given)
        assert value_of(slack, ana)[key] == ([chosen.id] if many else chosen.id)
    with pytest.raises(NoSuchOption):
        ana.fills("Field", ["nobody"] if many else "nobody")


def test_rich_text_input(slack: Sandbox, ana: Person) -> None:
    show(slack, ana, field_block("Field", "b", {"type": "rich_text_input"}))
    ana.fills("Field", "words")
    value = value_of(slack, ana)["rich_text_value"]
    assert value["elements"][0]["elements"] == [{"type": "text", "text": "words"}]


def test_initial_values_are_there_from_the_start(slack: Sandbox, ana: Person) -> None:
    element = {"type": "multi_static_select", "options": [RED, BLUE], "initial_options": [BLUE]}
    show(
        slack,
        ana,
        field_block("Field", "b", element),
        field_block("Name", "n", {**TEXT, "initial_value": "A"}),
    )
    assert value_of(slack, ana)["selected_options"] == [STORED_BLUE]
    assert value_of(slack, ana, "n")["value"] == "A"
    ana.fills("Name", None)
    assert value_of(slack, ana, "n")["value"] is None


def test_choices_that_are_not_on_offer(slack: Sandbox, ana: Person) -> None:
    element = {"type": "multi_static_select", "options": [RED, BLUE, GREEN], "max_selected_items": 2}
    show(slack, ana, field_block("Field", "b", element))
    with pytest.raises(NoSuchOption, match="Red"):
        ana.fills("Field", ["Pink"])
    with pytest.raises(PersonError, match="2 choices"):
        ana.fills("Field", ["Red", "Blue", "Green"])


_CHECKED: list[tuple[Json, Any, str | None]] = [
    (TEXT, None, "Please complete this required field."),
    ({**TEXT, "min_length": 3}, "ab", "Please enter at least 3 characters."),
    ({**TEXT, "max_length": 3}, "abcd", "Please enter at most 3 characters."),
    (TEXT, "x" * 3001, "Please enter at most 3000 characters."),
    ({"type": "number_input", "is_decimal_allowed": False}, "many", "Please enter a number."),
    ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
    ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.5", "at least 2"),
    ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2.5", "at most 2"),
    ({"type": "email_text_input"}, "nonsense", "Please enter a valid email address."),
    ({"type": "url_text_input"}, "nonsense", "Please enter a valid URL."),
    ({"type": "checkboxes", "options": [RED]}, [], "Please complete this required field."),
]


@pytest.mark.parametrize(("element", "given", "sentence"), _CHECKED)
def test_slack_checks_fields_before_the_app_hears_of_them(
    slack: Sandbox, ana: Person, element: Json, given: Any, sentence: str
) -> None:
    """Nothing is sent: with no socket open a sent submission would fail differently."""
    show(slack, ana, field_block("Field", "b", element))
    ana.fills("Field", given)
    outcome = ana.submits()
    assert (outcome.closed, outcome.error) == (False, None)
    assert sentence in outcome.errors["Field"]
    assert ana.modal is not None
    assert ana.modal.errors == outcome.errors


def test_type_ahead(slack: Sandbox, ana: Person) -> None:
    """block_suggestion from min_query_length on, options or option_groups back (external select docs)."""
    many = {"type": "multi_external_select", "min_query_length": 2}
    with bolt(slack) as app:
        asked: list[str] = []

        @app.options("it")
        def options(ack: Any, payload: Json) -> None:
            asked.append(payload["value"])
            found = [option(f"{payload['value']} {n}") for n in ("one", "two")]
            if payload["value"] == "grouped":
                ack(option_groups=[{"label": plain("G"), "options": found}])
            elif payload["value"] == "broken":
                ack(options=[{"text": plain("x" * 76), "value": "v"}])
            else:
                ack(options=found[:1] if payload["value"] == "sole" else found)

        show(slack, ana, field_block("Field", "b", many))
        assert ana.searches("Field", "a") == []
        assert asked == []
        assert ana.searches("Field", "ab") == ["ab one", "ab two"]
        assert ana.searches("Field", "grouped") == ["grouped one", "grouped two"]
        assert ana.searches("Field", "broken") == []
        assert "76 characters" in slack.refusals[-1]
        ana.fills("Field", ["sole", "ab"], pick=lambda texts: texts[-1])
        texts = [o["text"]["text"] for o in value_of(slack, ana)["selected_options"]]
        assert texts == ["sole one", "ab two"]
        with pytest.raises(NoSuchOption):
            ana.fills("Field", "ab")


def test_type_ahead_starts_at_three_characters_by_default(slack: Sandbox, ana: Person) -> None:
    show(slack, ana, field_block("Field", "b", {"type": "external_select"}))
    with raw_socket(slack) as socket:
        received(socket)
        assert ana.searches("Field", "ab") == []
        asking = meanwhile(lambda: ana.searches("Field", "abc"))
        envelope = received(socket)
        assert (envelope["payload"]["type"], envelope["payload"]["value"]) == ("block_suggestion", "abc")
        acknowledge(socket, envelope, {"options": [option("abcd")]})
        assert asking.result() == ["abcd"]
