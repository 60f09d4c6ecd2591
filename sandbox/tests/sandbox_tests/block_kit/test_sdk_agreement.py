"""Agreement with slack_sdk.models 3.47.0: what it builds legally passes, what it refuses is refused here."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks import RichTextElementParts as Parts
from slack_sdk.models.blocks.basic_components import (
    DispatchActionConfig,
    SlackFile,
    Workflow,
    WorkflowTrigger,
)
from slack_sdk.models.blocks.block_elements import FileInputElement, WorkflowButtonElement
from slack_sdk.models.views import View

from sandbox.block_kit import check_view
from sandbox_tests.block_kit.build import (
    Json,
    actions,
    button,
    confirm,
    context,
    home,
    image,
    input_block,
    judge,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
    select,
)
from sandbox_tests.block_kit.test_placement import surfaces_of_block

CONFIRM = sdk.ConfirmObject(title="Sure?", text="It is final.", confirm="Yes", deny="No", style="danger")
OPTIONS = [sdk.Option(value="a", text="A", description="First"), sdk.Option(value="b", text="B")]
GROUPS = [sdk.OptionGroup(label="Letters", options=OPTIONS)]
FILTER = sdk.ConversationFilter(include=["im"], exclude_bot_users=True)
DISPATCH = DispatchActionConfig(trigger_actions_on=["on_enter_pressed"])
PICTURE = sdk.ImageElement(image_url="https://example.com/a.png", alt_text="A tree")
FEEDBACK = sdk.FeedbackButtonObject(text="Good", value="good", accessibility_label="Good answer")
WORKFLOW = Workflow(
    trigger=WorkflowTrigger(
        url="https://slack.com/shortcuts/Ft0001/xyz",
        customizable_input_parameters=[{"name": "who", "value": "U1"}],
    )
)
HELD: dict[str, Any] = {"placeholder": "Pick", "confirm": CONFIRM, "focus_on_load": True}

SECTION_OR_ACTIONS: list[sdk.InteractiveElement] = [
    sdk.ButtonElement(text="Go", action_id="go", value="1", style="primary", confirm=CONFIRM),
    sdk.LinkButtonElement(text="Read", url="https://example.com", action_id="read"),
    WorkflowButtonElement(text="Run", workflow=WORKFLOW, action_id="run", style="danger"),
    sdk.OverflowMenuElement(action_id="more", options=OPTIONS, confirm=CONFIRM),
]

SELECTS: list[Any] = [
    sdk.StaticSelectElement(action_id="a", options=OPTIONS, initial_option=OPTIONS[0], **HELD),
    sdk.StaticSelectElement(action_id="a", option_groups=GROUPS, initial_option=OPTIONS[1]),
    sdk.StaticMultiSelectElement(
        action_id="a", options=OPTIONS, initial_options=OPTIONS, max_selected_items=2
    ),
    sdk.SelectElement(action_id="a", options=OPTIONS, placeholder="Pick"),
    sdk.ExternalDataSelectElement(action_id="a", min_query_length=1, initial_option=OPTIONS[0], **HELD),
    sdk.ExternalDataMultiSelectElement(action_id="a", min_query_length=1, max_selected_items=3, **HELD),
    sdk.UserSelectElement(action_id="a", initial_user="U1", **HELD),
    sdk.UserMultiSelectElement(action_id="a", initial_users=["U1"], max_selected_items=2, **HELD),
    sdk.ConversationSelectElement(action_id="a", default_to_current_conversation=True, filter=FILTER, **HELD),
    sdk.ConversationMultiSelectElement(action_id="a", initial_conversations=["C1"], filter=FILTER, **HELD),
    sdk.ChannelSelectElement(action_id="a", initial_channel="C1", **HELD),
    sdk.ChannelMultiSelectElement(action_id="a", initial_channels=["C1"], max_selected_items=1, **HELD),
    sdk.CheckboxesElement(action_id="a", options=OPTIONS, initial_options=OPTIONS[:1], confirm=CONFIRM),
    sdk.RadioButtonsElement(action_id="a", options=OPTIONS, initial_option=OPTIONS[1], focus_on_load=True),
    sdk.DatePickerElement(action_id="a", initial_date="2026-01-31", **HELD),
    sdk.TimePickerElement(action_id="a", initial_time="09:30", timezone="Europe/Lisbon", **HELD),
]

INPUTS: list[Any] = [
    sdk.PlainTextInputElement(
        action_id="a",
        placeholder="Write",
        initial_value="So far",
        multiline=True,
        min_length=1,
        max_length=300,
        dispatch_action_config=DISPATCH,
        focus_on_load=True,
    ),
    sdk.NumberInputElement(
        action_id="a", is_decimal_allowed=True, min_value="0.5", max_value="9", initial_value="1"
    ),
    sdk.EmailInputElement(action_id="a", initial_value="ana@example.com", dispatch_action_config=DISPATCH),
    sdk.UrlInputElement(action_id="a", initial_value="https://example.com", placeholder="Link"),
    FileInputElement(action_id="a", filetypes=["pdf"], max_files=3),
    sdk.DateTimePickerElement(action_id="a", initial_date_time=1_800_000_000, confirm=CONFIRM),
    sdk.RichTextInputElement(
        action_id="a",
        initial_value=sdk.RichTextBlock(
            elements=[sdk.RichTextSectionElement(elements=[Parts.Text(text="Hi")])]
        ),
        min_lines=1,
        max_lines=10,
    ),
]

INLINE = [
    Parts.Text(text="Hi", style=Parts.TextStyle(bold=True, underline=True)),
    Parts.Link(url="https://example.com", text="Example", style={"italic": True}),
    Parts.User(user_id="U1"),
    Parts.UserGroup(usergroup_id="S1"),
    Parts.Channel(channel_id="C1"),
    Parts.Team(team_id="T1"),
    Parts.Emoji(name="wave", unicode="1f44b", skin_tone=3),
    Parts.Date(timestamp=1720710212, format="{date}", fallback="July", url="https://example.com"),
    Parts.Broadcast(range="channel"),
    Parts.Color(value="#F405B3"),
]

RICH_TEXT = sdk.RichTextBlock(
    block_id="r",
    elements=[
        sdk.RichTextSectionElement(elements=INLINE),
        sdk.RichTextListElement(
            style="bullet", indent=1, border=1, elements=[sdk.RichTextSectionElement(elements=[])]
        ),
        sdk.RichTextPreformattedElement(elements=[Parts.Text(text="code")], border=0),
        sdk.RichTextQuoteElement(elements=INLINE),
    ],
)

CARD = sdk.CardBlock(
    block_id="c",
    hero_image=PICTURE,
    icon=PICTURE,
    title="Title",
    subtitle="Subtitle",
    body="Body",
    actions=[sdk.ButtonElement(text="Go", action_id="go")],
)

BLOCKS: list[sdk.Block] = [
    sdk.SectionBlock(text="Text", fields=["*a*", sdk.PlainTextObject(text="b", emoji=True)], expand=True),
    sdk.SectionBlock(
        text=sdk.MarkdownTextObject(text="Text", verbatim=True), accessory=PICTURE, block_id="s"
    ),
    *[sdk.SectionBlock(text="Text", accessory=element) for element in SECTION_OR_ACTIONS + SELECTS],
    *[sdk.ActionsBlock(elements=[element]) for element in SECTION_OR_ACTIONS + SELECTS],
    *[
        sdk.InputBlock(label="Label", hint="Hint", optional=True, element=element)
        for element in SELECTS + INPUTS
    ],
    sdk.ContextBlock(elements=[PICTURE, sdk.MarkdownTextObject(text="a"), sdk.PlainTextObject(text="b")]),
    sdk.DividerBlock(block_id="d"),
    sdk.HeaderBlock(text="Header", block_id="h"),
    sdk.ImageBlock(alt_text="A tree", image_url="https://example.com/a.png", title="Tree"),
    sdk.ImageBlock(alt_text="A tree", slack_file=SlackFile(id="F1")),
    sdk.MarkdownBlock(text="**Bold**"),
    sdk.VideoBlock(
        alt_text="A talk",
        video_url="https://example.com/talk",
        thumbnail_url="https://example.com/talk.png",
        title="Talk",
        title_url="https://example.com",
        description="About trees",
        provider_name="Example",
        provider_icon_url="https://example.com/i.png",
        author_name="Ana Example",
    ),
    RICH_TEXT,
    sdk.TableBlock(
        rows=[[sdk.RawTextObject(text="a"), sdk.RawNumberObject(value=2, text="2"), RICH_TEXT]],
        column_settings=[None, sdk.TableBlockColumnSettings(align="right", is_wrapped=True)],
    ),
    sdk.ContextActionsBlock(
        elements=[
            sdk.FeedbackButtonsElement(action_id="f", positive_button=FEEDBACK, negative_button=FEEDBACK),
            sdk.IconButtonElement(action_id="i", icon="trash", text="Delete", value="1", confirm=CONFIRM),
        ]
    ),
    sdk.AlertBlock(text="Careful", level="warning"),
    CARD,
    sdk.CarouselBlock(elements=[CARD]),
]

NOT_IN_MESSAGES = ("email_text_input", "url_text_input", "number_input", "file_input", "rich_text_input")


def surfaces_of(block: Json) -> tuple[str, ...]:
    held = block.get("element", block.get("accessory", (block.get("elements") or [{}])[0]))
    if held.get("type") in NOT_IN_MESSAGES:
        return ("modal",)
    if held.get("type") == "workflow_button":
        return ("message",)
    if held.get("type") == "datetimepicker":
        return ("message", "modal")
    return surfaces_of_block(block["type"])


@pytest.mark.parametrize("model", BLOCKS, ids=lambda block: block.type)
def test_blocks_built_by_the_sdk_are_taken(model: sdk.Block) -> None:
    block = model.to_dict()
    for surface in surfaces_of(block):
        assert judge(block, surface) == []


@pytest.mark.parametrize("kind", ["modal", "home"])
def test_views_built_by_the_sdk_are_taken(kind: str) -> None:
    modal_only: dict[str, Any] = {
        "title": "Title",
        "submit": "Send",
        "close": "Cancel",
        "notify_on_close": True,
    }
    view = View(
        type=kind,
        blocks=[sdk.HeaderBlock(text="Header"), sdk.InputBlock(label="Label", element=SELECTS[0])],
        callback_id="c",
        external_id="e",
        private_metadata="{}",
        **(modal_only if kind == "modal" else {}),
    )
    assert check_view(view.to_dict()) == []


def build_block(block: Json) -> None:
    parsed = sdk.Block.parse(block)
    assert parsed is not None
    parsed.to_dict()


REFUSED_BLOCKS: dict[str, Json] = {
    "header 151": {"type": "header", "text": plain("x" * 151)},
    "section text 3001": section(text=mrkdwn("x" * 3001)),
    "section without text or fields": {"type": "section"},
    "section 11 fields": section(fields=[plain()] * 11),
    "context 11 elements": context(*[mrkdwn()] * 11),
    "actions 26 elements": actions(*[button()] * 26),
    "button text 76": actions(button(text=plain("x" * 76))),
    "button value 2001": actions(button(value="x" * 2001)),
    "button url 3001": actions(button(url="x" * 3001)),
    "button style default": actions(button(style="default")),
    "action_id 256": actions(button(action_id="x" * 256)),
    "block_id 256": section(block_id="x" * 256),
    "101 options": actions(select(options=options(101))),
    "neither options nor groups": actions({"type": "static_select", "placeholder": plain()}),
    "options and groups": actions(select(option_groups=[{"label": plain(), "options": options(1)}])),
    "overflow 6 options": actions({"type": "overflow", "options": options(6)}),
    "placeholder 151": actions(select(placeholder=plain("x" * 151))),
    "confirm title 101": actions(button(confirm=confirm(title=plain("x" * 101)))),
    "confirm text 301": actions(button(confirm=confirm(text=plain("x" * 301)))),
    "confirm button 31": actions(button(confirm=confirm(confirm=plain("x" * 31)))),
    "image alt_text 2001": image(alt_text="x" * 2001),
    "image url 3001": image(image_url="x" * 3001),
    "input label 2001": input_block(label=plain("x" * 2001)),
    "input hint 2001": input_block(hint=plain("x" * 2001)),
    "input with a button": input_block(button()),
    "bad initial_date": input_block({"type": "datepicker", "initial_date": "01/02/2026"}),
    "bad initial_time": input_block({"type": "timepicker", "initial_time": "25:00"}),
    "video title 200": {
        "type": "video",
        "alt_text": "A talk",
        "video_url": "https://example.com/talk",
        "thumbnail_url": "https://example.com/t.png",
        "title": plain("x" * 200),
    },
    "empty carousel": {"type": "carousel", "elements": []},
    "card without content": {"type": "card", "subtitle": plain()},
    "alert level": {"type": "alert", "text": plain(), "level": "loud"},
    "empty table": {"type": "table", "rows": []},
}

REFUSED_VIEWS: dict[str, Json] = {
    "title 25": modal(section(), title=plain("x" * 25)),
    "submit 25": modal(section(), submit=plain("x" * 25)),
    "close 25": modal(section(), close=plain("x" * 25)),
    "0 blocks": modal(),
    "101 blocks": modal(*[section()] * 101),
    "private_metadata 3001": modal(section(), private_metadata="x" * 3001),
    "callback_id 256": modal(section(), callback_id="x" * 256),
    "home with submit": home(section(), submit=plain()),
    "unknown type": home(section()) | {"type": "window"},
}


@pytest.mark.parametrize("name", REFUSED_BLOCKS)
def test_blocks_the_sdk_refuses_are_refused(name: str) -> None:
    block = REFUSED_BLOCKS[name]
    with pytest.raises(SlackObjectFormationError):
        build_block(block)
    for surface in ("message", "modal", "home"):
        assert judge(block, surface)


@pytest.mark.parametrize("name", REFUSED_VIEWS)
def test_views_the_sdk_refuses_are_refused(name: str) -> None:
    with pytest.raises(SlackObjectFormationError):
        View(**REFUSED_VIEWS[name]).to_dict()
    assert check_view(REFUSED_VIEWS[name])


REFUSED_OPTIONS: dict[str, tuple[sdk.Option | sdk.OptionGroup, Json]] = {
    "text 76": (
        sdk.Option(value="a", text="x" * 76),
        select(options=[option(text=plain("x" * 76))]),
    ),
    "value 151": (
        sdk.Option(value="x" * 151, text="A"),
        select(options=[option("x" * 151, plain())]),
    ),
    "label 76": (
        sdk.OptionGroup(label="x" * 76, options=OPTIONS),
        {"type": "static_select", "option_groups": [{"label": plain("x" * 76), "options": options(1)}]},
    ),
}


@pytest.mark.parametrize("name", REFUSED_OPTIONS)
def test_options_the_sdk_refuses_are_refused(name: str) -> None:
    """The SDK checks its own option objects, but not plain dicts inside an element."""
    model, element = REFUSED_OPTIONS[name]
    with pytest.raises(SlackObjectFormationError):
        model.to_dict()
    assert judge(actions(element))


def test_an_image_needs_alt_text_for_both() -> None:
    bare = {"type": "image", "image_url": "https://example.com/a.png"}
    with pytest.raises(TypeError):
        build_block(bare)
    assert judge(bare)


MISSED_BY_THE_SDK: dict[str, Json] = {
    "header in mrkdwn": {"type": "header", "text": mrkdwn()},
    "section field 2001": section(fields=[plain("x" * 2001)]),
    "text input as accessory": section(accessory={"type": "plain_text_input"}),
    "text input in actions": actions({"type": "plain_text_input"}),
    "option description 76": actions(select(options=[option(description=plain("x" * 76))])),
    "11 checkboxes": actions({"type": "checkboxes", "options": options(11)}),
    "mrkdwn option": actions(select(options=[option(text=mrkdwn())])),
    "option url": actions(select(options=[option(url="https://example.com")])),
    "initial_option not offered": actions(select(initial_option=option("other"))),
    "max_length 3001": input_block({"type": "plain_text_input", "max_length": 3001}),
    "initial_value 3001": input_block({"type": "plain_text_input", "initial_value": "x" * 3001}),
    "max_selected_items 0": actions({"type": "multi_users_select", "max_selected_items": 0}),
    "min_query_length -1": actions({"type": "external_select", "min_query_length": -1}),
    "two equal action ids": actions(button(action_id="a"), button(action_id="a")),
}


@pytest.mark.parametrize("name", MISSED_BY_THE_SDK)
def test_what_the_sdk_lets_through_is_refused_here(name: str) -> None:
    """The SDK is no oracle for these: sent as they are, Slack itself refuses them."""
    block: Any = MISSED_BY_THE_SDK[name]
    build_block(block)
    assert judge(block)
