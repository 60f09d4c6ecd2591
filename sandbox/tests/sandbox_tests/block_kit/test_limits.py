"""Every limit of Block Kit, one step inside and one step outside, with the source of each.

Sources: NT is the types of slackapi/node-slack-sdk (packages/types/src), whose comments mirror
docs.slack.dev; SDK is slack_sdk 3.47.0; DOCS is docs.slack.dev/reference; GIST is
bmorton/735dc80697359afd4a0c7d52b901844e, a copy of Slack's own JSON schema.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sandbox.block_kit import check_message, check_options_answer, check_view
from sandbox_tests.block_kit.build import (
    CARD,
    ELEMENTS,
    Json,
    actions,
    button,
    confirm,
    context,
    group,
    home,
    image,
    inline_text,
    input_block,
    judge,
    judge_accessory,
    judge_input,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    rich,
    rich_section,
    section,
    select,
)


@dataclass(frozen=True)
class Limit:
    """A thing whose size Slack limits: what judges a size, the last size inside and the first outside."""

    name: str
    source: str
    judge: Callable[[int], list[str]]
    inside: int
    outside: int
    complaint: str


def at_most(name: str, source: str, limit: int, judge_size: Callable[[int], list[str]]) -> Limit:
    return Limit(name, source, judge_size, limit, limit + 1, f"must be less than {limit + 1} characters")


def at_least_one(name: str, source: str, judge_size: Callable[[int], list[str]]) -> Limit:
    return Limit(f"{name}, empty", source, judge_size, 1, 0, "must be more than 0 characters")


def items(name: str, source: str, limit: int, judge_count: Callable[[int], list[str]]) -> Limit:
    return Limit(name, source, judge_count, limit, limit + 1, f"no more than {limit} items allowed")


def some(name: str, source: str, judge_count: Callable[[int], list[str]]) -> Limit:
    return Limit(f"{name}, none", source, judge_count, 1, 0, "no less than 1 items allowed")


def bound(
    name: str, source: str, inside: int, outside: int, judge_number: Callable[[int], list[str]]
) -> Limit:
    side = "less" if outside > inside else "more"
    return Limit(f"{name} {side}", source, judge_number, inside, outside, f"must be {side} than {outside}")


def words(size: int) -> str:
    return "x" * size


def text(size: int) -> Json:
    return plain(words(size))


def buttons(count: int) -> list[Json]:
    return [button() for _ in range(count)]


TEXTS = [
    at_most("section text", "NT SectionBlock", 3000, lambda n: judge(section(text=mrkdwn(words(n))))),
    at_least_one("section text", "NT", lambda n: judge(section(text=mrkdwn(words(n))))),
    at_most("section field", "NT SectionBlock", 2000, lambda n: judge(section(fields=[text(n)]))),
    at_least_one(
        "section field",
        "mozilla-iam/sso-dashboard-configuration#718",
        lambda n: judge(section(fields=[text(n)])),
    ),
    at_most("header", "NT HeaderBlock", 150, lambda n: judge({"type": "header", "text": text(n)})),
    at_most("context text", "NT text object", 3000, lambda n: judge(context(mrkdwn(words(n))))),
    at_most("input label", "NT InputBlock", 2000, lambda n: judge(input_block(label=text(n)))),
    at_most("input hint", "NT InputBlock", 2000, lambda n: judge(input_block(hint=text(n)))),
    at_most("image alt text", "NT, SDK", 2000, lambda n: judge(image(alt_text=words(n)))),
    at_most("image url", "NT, SDK", 3000, lambda n: judge(image(image_url=words(n)))),
    at_most("image title", "NT", 2000, lambda n: judge(image(title=text(n)))),
    at_most("image element alt text", "SDK", 2000, lambda n: judge_accessory(image(alt_text=words(n)))),
    at_most("markdown", "NT MarkdownBlock", 12_000, lambda n: judge({"type": "markdown", "text": words(n)})),
    at_most("video title", "NT: less than 200", 199, lambda n: judge(video(title=text(n)))),
    at_most("video author", "NT: less than 50", 49, lambda n: judge(video(author_name=words(n)))),
    at_most("card title", "NT CardBlock", 150, lambda n: judge(CARD | {"title": text(n)})),
    at_most("card subtitle", "NT CardBlock", 150, lambda n: judge(CARD | {"subtitle": text(n)})),
    at_most("card body", "NT CardBlock", 200, lambda n: judge(CARD | {"body": text(n)})),
    at_most(
        "alert", "java-slack-sdk#1624", 200, lambda n: judge({"type": "alert", "text": text(n)}, "modal")
    ),
    at_most("block_id", "NT Block", 255, lambda n: judge({"type": "divider", "block_id": words(n)})),
    at_most(
        "rich text block_id", "NT Block", 255, lambda n: judge(rich(rich_section()) | {"block_id": words(n)})
    ),
    at_most("action_id", "NT Actionable", 255, lambda n: judge_accessory(button(action_id=words(n)))),
    at_most("button text", "NT Button", 75, lambda n: judge_accessory(button(text=text(n)))),
    at_least_one("button text", "NT text object", lambda n: judge_accessory(button(text=text(n)))),
    at_most("button value", "NT Button", 2000, lambda n: judge_accessory(button(value=words(n)))),
    at_most("button url", "NT Button", 3000, lambda n: judge_accessory(button(url=words(n)))),
    at_most("button label", "NT Button", 75, lambda n: judge_accessory(button(accessibility_label=words(n)))),
    at_most("confirm title", "NT ConfirmationDialog", 100, lambda n: judge_confirm(title=text(n))),
    at_most("confirm text", "NT ConfirmationDialog", 300, lambda n: judge_confirm(text=text(n))),
    at_most("confirm button", "NT ConfirmationDialog", 30, lambda n: judge_confirm(confirm=text(n))),
    at_most("confirm deny", "NT ConfirmationDialog", 30, lambda n: judge_confirm(deny=text(n))),
    at_most("option text", "NT Option", 75, lambda n: judge_option(option(text=text(n)))),
    at_most("checkbox text", "NT Option", 75, lambda n: judge_check(option(text=mrkdwn(words(n))))),
    at_most("overflow text", "NT Option", 75, lambda n: judge_overflow(option(text=text(n)))),
    at_most("option value", "DOCS option-object", 150, lambda n: judge_option(option(words(n), text(1)))),
    at_most("option description", "NT Option", 75, lambda n: judge_option(option(description=text(n)))),
    at_most("feedback value", "SDK FeedbackButtonObject", 2000, lambda n: judge_feedback(value=words(n))),
    at_most("feedback text", "SDK FeedbackButtonObject", 75, lambda n: judge_feedback(text=text(n))),
    at_most("option url", "NT OverflowOption", 3000, lambda n: judge_overflow(option(url=words(n)))),
    at_most("option group label", "NT OptionGroup", 75, lambda n: judge_group(group(words(n)))),
    at_most("placeholder", "NT Placeholdable", 150, lambda n: judge_accessory(select(placeholder=text(n)))),
    at_most("text input initial", "SDK, blockkit", 3000, lambda n: judge_text_input(initial_value=words(n))),
    at_most("modal title", "NT ModalView", 24, lambda n: check_view(modal(section(), title=text(n)))),
    at_least_one("modal title", "SDK View", lambda n: check_view(modal(section(), title=text(n)))),
    at_most("modal submit", "NT ModalView", 24, lambda n: check_view(modal(section(), submit=text(n)))),
    at_most("modal close", "NT ModalView", 24, lambda n: check_view(modal(section(), close=text(n)))),
    at_most(
        "metadata", "NT BaseView", 3000, lambda n: check_view(modal(section(), private_metadata=words(n)))
    ),
    at_most("callback_id", "NT BaseView", 255, lambda n: check_view(modal(section(), callback_id=words(n)))),
    at_most("external_id", "views.open", 255, lambda n: check_view(home(section(), external_id=words(n)))),
    at_least_one("rich text", "NT", lambda n: judge(rich(rich_section(inline_text(words(n)))))),
]

COUNTS = [
    items("message blocks", "DOCS blocks", 50, lambda n: check_message([section()] * n)),
    items("modal blocks", "DOCS blocks", 100, lambda n: check_view(modal(*[section()] * n))),
    some("modal blocks", "SDK View", lambda n: check_view(modal(*[section()] * n))),
    items("home blocks", "DOCS blocks", 100, lambda n: check_view(home(*[section()] * n))),
    some("home blocks", "SDK View", lambda n: check_view(home(*[section()] * n))),
    items("section fields", "NT", 10, lambda n: judge(section(fields=[text(1)] * n))),
    some("section fields", "python-slack-sdk#1576", lambda n: judge(section(fields=[text(1)] * n))),
    items("context elements", "NT ContextBlock", 10, lambda n: judge(context(*[mrkdwn()] * n))),
    some("context elements", "python-slack-sdk#1576", lambda n: judge(context(*[mrkdwn()] * n))),
    items("actions elements", "GIST, SDK", 25, lambda n: judge(actions(*buttons(n)))),
    some("actions elements", "GIST", lambda n: judge(actions(*buttons(n)))),
    items("select options", "NT StaticSelect", 100, lambda n: judge_accessory(select(options=options(n)))),
    some("select options", "blockkit", lambda n: judge_accessory(select(options=options(n)))),
    items("option groups", "NT StaticSelect", 100, lambda n: judge_groups([group() for _ in range(n)])),
    some("option groups", "python-slack-sdk#1576", lambda n: judge_groups([group() for _ in range(n)])),
    items("initial options", "as options", 100, lambda n: judge_multi(initial_options=options(n))),
    items("options in a group", "NT OptionGroup", 100, lambda n: judge_group(group(count=n))),
    items("checkboxes", "NT Checkboxes", 10, lambda n: judge_checks("checkboxes", n)),
    some("checkboxes", "NT Checkboxes", lambda n: judge_checks("checkboxes", n)),
    items("radio buttons", "NT RadioButtons", 10, lambda n: judge_checks("radio_buttons", n)),
    items("overflow options", "NT Overflow, SDK", 5, lambda n: judge_checks("overflow", n)),
    some("overflow options", "SDK, yhatt/jsx-slack#85", lambda n: judge_checks("overflow", n)),
    items("table rows", "NT TableBlock", 100, lambda n: judge(table([[cell()]] * n))),
    items("table cells", "NT TableBlock", 20, lambda n: judge(table([[cell()] * n]))),
    items("table column settings", "NT", 20, lambda n: judge(table([[cell()]], column_settings=[None] * n))),
    items("context actions", "NT, SDK", 5, lambda n: judge(context_actions(n))),
    some("context actions", "SDK", lambda n: judge(context_actions(n))),
    items("card actions", "docs.rs slackblocks", 3, lambda n: judge(CARD | {"actions": buttons(n)})),
    items("carousel cards", "NT, SDK", 10, lambda n: judge({"type": "carousel", "elements": [CARD] * n})),
    some("carousel cards", "NT, SDK", lambda n: judge({"type": "carousel", "elements": [CARD] * n})),
    items("answered options", "NT", 100, lambda n: check_options_answer({"options": options(n)})),
    items("answered groups", "NT", 100, lambda n: check_options_answer({"option_groups": [group()] * n})),
    some("rich text elements", "python-slack-sdk#1576", lambda n: judge(rich(*[rich_section()] * n))),
]

NUMBERS = [
    bound("text min_length", "NT PlainTextInput", 3000, 3001, lambda n: judge_text_input(min_length=n)),
    bound("text min_length", "NT PlainTextInput", 0, -1, lambda n: judge_text_input(min_length=n)),
    bound("text max_length", "NT PlainTextInput", 3000, 3001, lambda n: judge_text_input(max_length=n)),
    bound("text max_length", "NT PlainTextInput", 1, 0, lambda n: judge_text_input(max_length=n)),
    bound("max_files", "NT FileInput", 10, 11, lambda n: judge_input({"type": "file_input", "max_files": n})),
    bound("max_files", "NT FileInput", 1, 0, lambda n: judge_input({"type": "file_input", "max_files": n})),
    bound("max_selected_items", "NT", 1, 0, lambda n: judge_multi(max_selected_items=n)),
    bound("min_query_length", "NT ExternalSelect", 0, -1, lambda n: judge_multi(min_query_length=n)),
    bound("max_lines", "NT RichTextInput", 100, 101, lambda n: judge_lines(max_lines=n)),
    bound("max_lines", "NT RichTextInput", 1, 0, lambda n: judge_lines(max_lines=n)),
    bound("min_lines", "NT RichTextInput", 100, 101, lambda n: judge_lines(min_lines=n)),
    bound("min_lines", "NT RichTextInput", 1, 0, lambda n: judge_lines(min_lines=n)),
    bound("list indent", "NT RichTextList", 8, 9, lambda n: judge(rich_list(indent=n))),
    bound("list indent", "NT RichTextList", 0, -1, lambda n: judge(rich_list(indent=n))),
    bound("list offset", "NT RichTextList", 0, -1, lambda n: judge(rich_list(offset=n))),
    bound(
        "date",
        "NT RichTextDate: Unix time",
        0,
        -1,
        lambda n: judge_inline("date", timestamp=n, format="{date}"),
    ),
    bound("skin tone", "NT RichTextEmoji", 1, 0, lambda n: judge_inline("emoji", name="wave", skin_tone=n)),
    bound("list border", "NT RichTextBorderable", 1, 2, lambda n: judge(rich_list(border=n))),
    bound(
        "date and time",
        "NT DateTimepicker: 10 digits",
        9_999_999_999,
        10_000_000_000,
        lambda n: judge_when(n),
    ),
    bound(
        "date and time", "NT DateTimepicker: 10 digits", 1_000_000_000, 999_999_999, lambda n: judge_when(n)
    ),
]

LIMITS = TEXTS + COUNTS + NUMBERS


def video(**changes: object) -> Json:
    return {
        "type": "video",
        "alt_text": "A talk",
        "title": plain("Talk"),
        "video_url": "https://example.com/talk",
        "thumbnail_url": "https://example.com/talk.png",
        **changes,
    }


def cell() -> Json:
    return {"type": "raw_text", "text": "Cell"}


def table(rows: object, **more: object) -> Json:
    return {"type": "table", "rows": rows, **more}


def context_actions(count: int) -> Json:
    return {"type": "context_actions", "elements": [ELEMENTS["icon_button"]] * count}


def rich_list(**more: object) -> Json:
    return rich({"type": "rich_text_list", "style": "bullet", "elements": [rich_section()], **more})


def judge_inline(kind: str, **keys: object) -> list[str]:
    return judge(rich(rich_section({"type": kind, **keys})))


def judge_confirm(**changes: object) -> list[str]:
    return judge_accessory(button(confirm=confirm(**changes)))


def judge_option(one: Json) -> list[str]:
    return judge_accessory(select(options=[one]))


def judge_check(one: Json) -> list[str]:
    return judge_accessory({"type": "checkboxes", "options": [one]})


def judge_overflow(one: Json) -> list[str]:
    return judge_accessory({"type": "overflow", "options": [one]})


def judge_groups(groups: list[Json]) -> list[str]:
    return judge_accessory({"type": "static_select", "option_groups": groups})


def judge_group(one: Json) -> list[str]:
    return judge_groups([one])


def judge_checks(kind: str, count: int) -> list[str]:
    return judge_accessory({"type": kind, "options": options(count)})


def judge_text_input(**more: object) -> list[str]:
    return judge_input({"type": "plain_text_input", **more})


def judge_lines(**more: object) -> list[str]:
    return judge_input({"type": "rich_text_input", **more})


def judge_feedback(**changes: object) -> list[str]:
    buttons = ELEMENTS["feedback_buttons"]
    changed = buttons | {"positive_button": buttons["positive_button"] | changes}
    return judge({"type": "context_actions", "elements": [changed]})


def judge_multi(**more: object) -> list[str]:
    return judge_input({"type": "multi_external_select", **more})


def judge_when(seconds: int) -> list[str]:
    return judge_input({"type": "datetimepicker", "initial_date_time": seconds})


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit.name} ({limit.source})")
def test_the_last_size_inside_is_taken(limit: Limit) -> None:
    assert limit.judge(limit.inside) == []


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit.name} ({limit.source})")
def test_the_first_size_outside_is_refused(limit: Limit) -> None:
    complaints = limit.judge(limit.outside)
    assert complaints
    assert complaints[-1].startswith(f"[ERROR] {limit.complaint} [json-pointer:/")


def test_characters_are_code_points() -> None:
    """How Slack counts is not published; this project counts code points, so 24 faces fit a modal title."""
    assert check_view(modal(section(), title=plain("\N{GRINNING FACE}" * 24))) == []
    assert check_view(modal(section(), title=plain("\N{GRINNING FACE}" * 25)))


def test_markdown_blocks_share_one_limit() -> None:
    """NT MarkdownBlock: the limit of 12,000 characters counts all markdown blocks of a payload together."""
    half = {"type": "markdown", "text": words(6000)}
    assert check_message([half, half]) == []
    problem = "all markdown blocks together must be less than 12001 characters"
    assert check_message([half, section(), half | {"text": words(6001)}]) == [
        f"[ERROR] {problem} [json-pointer:/blocks/2/text]"
    ]
