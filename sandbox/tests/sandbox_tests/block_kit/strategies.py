"""Hypothesis strategies for legal messages and views, written without the package's own tables."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from sandbox_tests.block_kit.build import WORKFLOW, Json

Strategy = SearchStrategy[Any]


def words(limit: int) -> Strategy:
    """Mostly short strings, sometimes one that just fits."""
    return st.one_of(st.text(min_size=1, max_size=min(limit, 12)), st.just("x" * limit))


def shape(required: dict[str, Strategy], /, **optional: Strategy) -> Strategy:
    return st.fixed_dictionaries(required, optional=optional)


def typed(kind: str, required: dict[str, Strategy] | None = None, /, **optional: Strategy) -> Strategy:
    return shape({"type": st.just(kind), **(required or {})}, **optional)


def plain(limit: int) -> Strategy:
    return typed("plain_text", {"text": words(limit)}, emoji=st.booleans())


def mrkdwn(limit: int) -> Strategy:
    return typed("mrkdwn", {"text": words(limit)}, verbatim=st.booleans())


def texts(limit: int) -> Strategy:
    return plain(limit) | mrkdwn(limit)


def lists(item: Strategy, most: int, least: int = 1) -> Strategy:
    return st.lists(item, min_size=least, max_size=min(most, 4))


STYLE = st.sampled_from(["primary", "danger"])
URL = st.just("https://example.com/page")
USER_IDS = lists(st.sampled_from(["U1", "U2", "U3"]), 3)
CONFIRM = shape(
    {"title": plain(100), "text": texts(300), "confirm": plain(30), "deny": plain(30)},
    style=STYLE,
)
FILTER = shape(
    {"include": lists(st.sampled_from(["im", "mpim", "private", "public"]), 4)},
    exclude_bot_users=st.booleans(),
)
DISPATCH = shape({"trigger_actions_on": st.just(["on_enter_pressed"])})
COMMON = {"confirm": CONFIRM, "placeholder": plain(150)}
IMAGE = typed("image", {"alt_text": words(2000), "image_url": URL}) | typed(
    "image", {"alt_text": words(2000), "slack_file": shape({"id": st.just("F1")})}
)


def options(text: Strategy, most: int) -> Strategy:
    return lists(shape({"text": text, "value": words(150)}, description=plain(75)), most)


@st.composite
def with_initial(draw: st.DrawFn, element: Strategy, key: str) -> Json:
    """Add a choice made at first, taken from what the element offers."""
    value: Json = draw(element)
    offered = value.get("options") or [one for group in value["option_groups"] for one in group["options"]]
    if draw(st.booleans()):
        value[key] = offered[:1] if key == "initial_options" else draw(st.sampled_from(offered))
    return value


GROUPS = lists(shape({"label": plain(75), "options": options(plain(75), 100)}), 100)


def static(kind: str, key: str, **more: Strategy) -> Strategy:
    offers = typed(kind, {"options": options(plain(75), 100)}, **COMMON, **more) | typed(
        kind, {"option_groups": GROUPS}, **COMMON, **more
    )
    return with_initial(offers, key)


SOME = st.integers(min_value=1, max_value=20)
TEXT_BOUNDS = {"min_length": st.integers(0, 10), "max_length": st.integers(10, 3000)}
ZONES = st.sampled_from(["Europe/Lisbon", "Asia/Tokyo"])
DATES = st.dates().map(lambda day: day.isoformat())
TIMES = st.times().map(lambda time: f"{time:%H:%M}")
CHECKED = options(texts(75), 10)

SELECTS: list[Strategy] = [
    static("static_select", "initial_option"),
    static("multi_static_select", "initial_options", max_selected_items=SOME),
    with_initial(typed("checkboxes", {"options": CHECKED}, confirm=CONFIRM), "initial_options"),
    with_initial(typed("radio_buttons", {"options": CHECKED}, confirm=CONFIRM), "initial_option"),
    typed("external_select", min_query_length=st.integers(0, 5), **COMMON),
    typed("multi_external_select", max_selected_items=SOME, **COMMON),
    typed("users_select", initial_user=st.just("U1"), **COMMON),
    typed("multi_users_select", initial_users=USER_IDS, **COMMON),
    typed("conversations_select", default_to_current_conversation=st.booleans(), filter=FILTER, **COMMON),
    typed("multi_conversations_select", filter=FILTER, max_selected_items=SOME, **COMMON),
    typed("channels_select", initial_channel=st.just("C1"), **COMMON),
    typed("multi_channels_select", max_selected_items=SOME, **COMMON),
    typed("datepicker", initial_date=DATES, **COMMON),
    typed("timepicker", initial_time=TIMES, timezone=ZONES, **COMMON),
]
BUTTONS: list[Strategy] = [
    typed("button", {"text": plain(75)}, value=words(2000), url=URL, style=STYLE, confirm=CONFIRM),
    typed("overflow", {"options": options(plain(75), 5)}, confirm=CONFIRM),
]
MESSAGE_BUTTONS = [
    *BUTTONS,
    typed("workflow_button", {"text": plain(75), "workflow": st.just(WORKFLOW)}, style=STYLE),
]
MODAL_INPUTS: list[Strategy] = [
    typed(
        "number_input", {"is_decimal_allowed": st.booleans()}, min_value=st.just("-1"), max_value=st.just("9")
    ),
    typed("email_text_input", initial_value=words(20), placeholder=plain(150)),
    typed("url_text_input", dispatch_action_config=DISPATCH),
    typed("file_input", max_files=st.integers(1, 10), filetypes=st.just(["pdf"])),
]
WRITTEN = typed(
    "plain_text_input",
    multiline=st.booleans(),
    initial_value=words(3000),
    placeholder=plain(150),
    **TEXT_BOUNDS,
)
WHEN = typed("datetimepicker", initial_date_time=st.integers(1_000_000_000, 9_999_999_999))

INLINE = st.one_of(
    typed("text", {"text": words(100)}, style=shape({}, bold=st.booleans(), code=st.booleans())),
    typed("link", {"url": URL}, text=words(50)),
    typed("user", {"user_id": st.just("U1")}),
    typed("emoji", {"name": st.just("wave")}),
    typed("broadcast", {"range": st.just("here")}),
)
RICH_SECTION = typed("rich_text_section", {"elements": lists(INLINE, 4, 0)})
RICH_PARTS = st.one_of(
    RICH_SECTION,
    typed("rich_text_quote", {"elements": lists(INLINE, 4, 0)}, border=st.integers(0, 1)),
    typed(
        "rich_text_list",
        {"style": st.sampled_from(["bullet", "ordered"]), "elements": lists(RICH_SECTION, 4, 0)},
        indent=st.integers(0, 8),
    ),
)


def with_action_ids(elements: list[Json]) -> list[Json]:
    """Give every interactive element of a block its own action_id."""
    return [
        element
        if element["type"] in ("image", "plain_text", "mrkdwn")
        else {**element, "action_id": f"a{number}"}
        for number, element in enumerate(elements)
    ]


def holding(kind: str, elements: list[Strategy], most: int) -> Strategy:
    return typed(kind, {"elements": lists(st.one_of(elements), most).map(with_action_ids)})


def everywhere(
    accessories: list[Strategy], in_actions: list[Strategy], inputs: list[Strategy]
) -> list[Strategy]:
    accessory = st.one_of([IMAGE, *accessories])
    return [
        typed("section", {"text": texts(3000)}, accessory=accessory, expand=st.booleans()),
        typed("section", {"fields": lists(texts(2000), 10)}, accessory=accessory),
        typed("header", {"text": plain(150)}),
        typed("divider"),
        typed("image", {"alt_text": words(2000), "image_url": URL}, title=plain(2000)),
        holding("context", [IMAGE, texts(3000)], 10),
        holding("actions", in_actions, 25),
        typed("rich_text", {"elements": lists(RICH_PARTS, 4)}),
        typed(
            "input",
            {"label": plain(2000), "element": st.one_of(inputs)},
            hint=plain(2000),
            optional=st.booleans(),
        ),
    ]


CELL = typed("raw_text", {"text": words(20)}) | typed(
    "raw_number", {"value": st.integers(-99, 99) | st.just(2.5), "text": words(9)}
)
BUTTON = typed("button", {"text": plain(75)}, value=words(20), style=STYLE)
CARD = typed(
    "card",
    {"title": texts(150)},
    subtitle=texts(150),
    body=texts(200),
    hero_image=IMAGE,
    icon=IMAGE,
    actions=lists(BUTTON, 3).map(with_action_ids),
)
CARDS = [CARD, typed("carousel", {"elements": lists(CARD, 10)})]


@st.composite
def data_tables(draw: st.DrawFn) -> Json:
    """A table whose rows are all as long as its header."""
    columns = draw(st.integers(1, 3))
    row = st.lists(CELL, min_size=columns, max_size=columns)
    rows = draw(st.lists(row, min_size=2, max_size=8))
    more = draw(shape({}, page_size=st.integers(1, 100), row_header_column_index=st.integers(0, columns - 1)))
    return {"type": "data_table", "caption": draw(words(60)), "rows": rows, **more}


@st.composite
def charts(draw: st.DrawFn) -> Json:
    """A chart of any kind, with one point of each series for each category."""
    kind = draw(st.sampled_from(["pie", "bar", "line", "area"]))
    names = draw(st.lists(words(20), min_size=1, max_size=6, unique=True))
    block = {"type": "data_visualization", "title": draw(words(50))}
    if kind == "pie":
        segments = [{"label": name, "value": draw(st.integers(0, 99))} for name in names]
        return {**block, "chart": {"type": kind, "segments": segments}}
    series = [
        {"name": each, "data": [{"label": name, "value": draw(st.integers(-99, 99))} for name in names]}
        for each in draw(st.lists(words(20), min_size=1, max_size=6, unique=True))
    ]
    axes = draw(shape({"categories": st.just(names)}, x_label=words(50), y_label=words(50)))
    return {**block, "chart": {"type": kind, "series": series, "axis_config": axes}}


MESSAGE_BLOCKS = [
    *everywhere(MESSAGE_BUTTONS + SELECTS, [*MESSAGE_BUTTONS, *SELECTS, WHEN], [*SELECTS, WRITTEN, WHEN]),
    typed("markdown", {"text": words(100)}),
    typed("table", {"rows": lists(lists(typed("raw_text", {"text": words(20)}), 3), 4)}),
    *CARDS,
    data_tables(),
    charts(),
]
MODAL_BLOCKS = everywhere(
    BUTTONS + SELECTS, [*BUTTONS, *SELECTS, WHEN], [*SELECTS, *MODAL_INPUTS, WRITTEN, WHEN]
)
HOME_BLOCKS = [
    *everywhere(BUTTONS + SELECTS, [*BUTTONS, *SELECTS], [*SELECTS, WRITTEN]),
    *CARDS,
    charts(),
]


def with_block_ids(blocks: list[Json], name: str = "b") -> list[Json]:
    """Give every block its own block_id, and the cards of a carousel one below it."""
    return [
        {**block, "block_id": f"{name}{number}"}
        | (
            {"elements": with_block_ids(block["elements"], f"{name}{number} ")}
            if block["type"] == "carousel"
            else {}
        )
        for number, block in enumerate(blocks)
    ]


def with_few_charts(blocks: list[Json]) -> list[Json]:
    """The blocks that a message may hold together: it takes two charts.

    Further ones are left out here, because a filter that refuses a list names its whole strategy, and this one is too
    long to be named.
    """
    charts = [place for place, block in enumerate(blocks) if block["type"] == "data_visualization"]
    return [block for place, block in enumerate(blocks) if place not in charts[2:]]


def blocks_of(kinds: list[Strategy]) -> Strategy:
    return st.lists(st.one_of(kinds), min_size=1, max_size=4).map(with_few_charts).map(with_block_ids)


VIEW_PARTS = {"private_metadata": words(3000), "callback_id": words(255), "external_id": words(255)}

messages: Strategy = blocks_of(MESSAGE_BLOCKS)
modals: Strategy = typed(
    "modal",
    {"title": plain(24), "submit": plain(24), "blocks": blocks_of(MODAL_BLOCKS)},
    close=plain(24),
    clear_on_close=st.booleans(),
    notify_on_close=st.booleans(),
    **VIEW_PARTS,
)
homes: Strategy = typed("home", {"blocks": blocks_of(HOME_BLOCKS)}, **VIEW_PARTS)
