"""Block elements: the keys, sizes and inner relations of each, whatever block or surface holds it.

Limits: https://docs.slack.dev/reference/block-kit/block-elements and the types of slackapi/node-slack-sdk
(packages/types/src/block-kit/block-elements.ts). Where each may stand is in `surfaces`.
"""

from __future__ import annotations

from sandbox.block_kit.composition import (
    ALT_TEXT,
    CHECK_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    IMAGE_FIELDS,
    IMAGE_SOURCE,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SELECT_OPTION,
    STYLE,
    URL,
    WORKFLOW,
    initial_is_offered,
)
from sandbox.block_kit.engine import (
    Choice,
    Flag,
    Integer,
    ListOf,
    Object,
    Relation,
    Rule,
    String,
    Tagged,
    exactly_one,
    typed,
)
from sandbox.block_kit.forms import (
    DATE,
    DECIMAL,
    TIME,
    TIME_ZONE,
    initial_number_in_range,
    min_not_above_max,
    whole_numbers_when_required,
)
from sandbox.block_kit.rich_text import RICH_TEXT_BLOCK
from sandbox.block_kit.text import plain_text

ID = String(max=255)
BUTTON_LABEL = plain_text(75)
BUTTON_VALUE = String(min=0, max=2000)
ACCESSIBILITY_LABEL = String(max=75)

_CONFIRMABLE: dict[str, Rule] = {"confirm": CONFIRM}
_FOCUSABLE: dict[str, Rule] = {"focus_on_load": Flag()}
_PLACEHOLDER: dict[str, Rule] = {"placeholder": plain_text(150)}
_DISPATCHABLE: dict[str, Rule] = {"dispatch_action_config": DISPATCH_ACTION_CONFIG}
_PICKER = _CONFIRMABLE | _FOCUSABLE | _PLACEHOLDER
_TYPED_IN = _DISPATCHABLE | _FOCUSABLE | _PLACEHOLDER

_CHOICES: dict[str, Rule] = {
    "options": ListOf(SELECT_OPTION, max=100),
    "option_groups": ListOf(OPTION_GROUP, max=100),
}
_ONE_OPTION: dict[str, Rule] = {"initial_option": SELECT_OPTION}
_SOME_OPTIONS: dict[str, Rule] = {"initial_options": ListOf(SELECT_OPTION, max=100)}
_MULTI: dict[str, Rule] = {"max_selected_items": Integer(min=1)}
_SEARCH: dict[str, Rule] = {"min_query_length": Integer(min=0)}
_CONVERSATIONS: dict[str, Rule] = {
    "default_to_current_conversation": Flag(),
    "filter": CONVERSATION_FILTER,
}
_RESPONSE_URL: dict[str, Rule] = {"response_url_enabled": Flag()}
_CHECK_OPTIONS: dict[str, Rule] = {"options": ListOf(CHECK_OPTION, max=10)}


def _element(
    required: dict[str, Rule] | None = None,
    optional: dict[str, Rule] | None = None,
    *relations: Relation,
) -> Object:
    return typed(required, {"action_id": ID, **(optional or {})}, relations)


def _initial(key: str) -> dict[str, Rule]:
    return {key: String()}


def _initial_list(key: str) -> dict[str, Rule]:
    return {key: ListOf(String())}


BUTTON = _element(
    {"text": BUTTON_LABEL},
    {
        "value": BUTTON_VALUE,
        "url": URL,
        "style": STYLE,
        "accessibility_label": ACCESSIBILITY_LABEL,
        **_CONFIRMABLE,
    },
)

IMAGE_ELEMENT = typed({"alt_text": ALT_TEXT}, IMAGE_FIELDS, (IMAGE_SOURCE,))

_BUTTONS: dict[str, Rule] = {
    "button": BUTTON,
    "workflow_button": _element(
        {"text": BUTTON_LABEL, "workflow": WORKFLOW},
        {"style": STYLE, "accessibility_label": ACCESSIBILITY_LABEL},
    ),
    "overflow": _element({"options": ListOf(OVERFLOW_OPTION, max=5)}, _CONFIRMABLE),
}

_FEEDBACK_BUTTON = Object(
    {"text": BUTTON_LABEL, "value": String(max=2000)},
    {"accessibility_label": ACCESSIBILITY_LABEL},
)

_CONTEXT_ACTIONS: dict[str, Rule] = {
    "feedback_buttons": _element({"positive_button": _FEEDBACK_BUTTON, "negative_button": _FEEDBACK_BUTTON}),
    "icon_button": _element(
        {"icon": Choice(("trash",)), "text": BUTTON_LABEL},
        {
            "value": BUTTON_VALUE,
            "accessibility_label": ACCESSIBILITY_LABEL,
            "visible_to_user_ids": ListOf(String()),
            **_CONFIRMABLE,
        },
    ),
}

_CHECKS: dict[str, Rule] = {
    "checkboxes": _element(
        _CHECK_OPTIONS,
        {"initial_options": ListOf(CHECK_OPTION), **_CONFIRMABLE, **_FOCUSABLE},
        initial_is_offered("initial_options"),
    ),
    "radio_buttons": _element(
        _CHECK_OPTIONS,
        {"initial_option": CHECK_OPTION, **_CONFIRMABLE, **_FOCUSABLE},
        initial_is_offered("initial_option"),
    ),
}

_SELECTS: dict[str, Rule] = {
    "static_select": _element(
        {},
        _PICKER | _CHOICES | _ONE_OPTION,
        exactly_one("options", "option_groups"),
        initial_is_offered("initial_option"),
    ),
    "multi_static_select": _element(
        {},
        _PICKER | _CHOICES | _SOME_OPTIONS | _MULTI,
        exactly_one("options", "option_groups"),
        initial_is_offered("initial_options"),
    ),
    "external_select": _element({}, _PICKER | _SEARCH | _ONE_OPTION),
    "multi_external_select": _element({}, _PICKER | _SEARCH | _SOME_OPTIONS | _MULTI),
    "users_select": _element({}, _PICKER | _initial("initial_user")),
    "multi_users_select": _element({}, _PICKER | _MULTI | _initial_list("initial_users")),
    "conversations_select": _element(
        {}, _PICKER | _CONVERSATIONS | _RESPONSE_URL | _initial("initial_conversation")
    ),
    "multi_conversations_select": _element(
        {}, _PICKER | _CONVERSATIONS | _MULTI | _initial_list("initial_conversations")
    ),
    "channels_select": _element({}, _PICKER | _RESPONSE_URL | _initial("initial_channel")),
    "multi_channels_select": _element({}, _PICKER | _MULTI | _initial_list("initial_channels")),
}

_PICKERS: dict[str, Rule] = {
    "datepicker": _element({}, {**_PICKER, "initial_date": String(form=DATE)}),
    "timepicker": _element(
        {}, {**_PICKER, "initial_time": String(form=TIME), "timezone": String(form=TIME_ZONE)}
    ),
    "datetimepicker": _element(
        {},
        {
            **_CONFIRMABLE,
            **_FOCUSABLE,
            "initial_date_time": Integer(min=1_000_000_000, max=9_999_999_999),
        },
    ),
}

_INPUTS: dict[str, Rule] = {
    "plain_text_input": _element(
        {},
        {
            **_TYPED_IN,
            "multiline": Flag(),
            "min_length": Integer(min=0, max=3000),
            "max_length": Integer(min=1, max=3000),
            "initial_value": String(min=0, max=3000),
        },
        min_not_above_max("min_length", "max_length"),
    ),
    "number_input": _element(
        {"is_decimal_allowed": Flag()},
        {
            **_TYPED_IN,
            "min_value": String(form=DECIMAL),
            "max_value": String(form=DECIMAL),
            "initial_value": String(form=DECIMAL),
        },
        whole_numbers_when_required,
        min_not_above_max("min_value", "max_value"),
        initial_number_in_range,
    ),
    "email_text_input": _element({}, {**_TYPED_IN, "initial_value": String(min=0)}),
    "url_text_input": _element({}, {**_TYPED_IN, "initial_value": String(min=0)}),
    "file_input": _element({}, {"filetypes": ListOf(String()), "max_files": Integer(min=1, max=10)}),
    "rich_text_input": _element(
        {},
        {
            **_TYPED_IN,
            "initial_value": Tagged({"rich_text": RICH_TEXT_BLOCK}),
            "min_lines": Integer(min=1, max=100),
            "max_lines": Integer(min=1, max=100),
        },
        min_not_above_max("min_lines", "max_lines"),
    ),
}

ELEMENTS: dict[str, Rule] = {
    "image": IMAGE_ELEMENT,
    **_BUTTONS,
    **_CONTEXT_ACTIONS,
    **_CHECKS,
    **_SELECTS,
    **_PICKERS,
    **_INPUTS,
}
"""Every element by type."""
