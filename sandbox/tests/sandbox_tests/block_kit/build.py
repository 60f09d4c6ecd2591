"""Small builders of Block Kit JSON, a legal sample of every element and block, and one call to judge them."""

from __future__ import annotations

from typing import Any

from sandbox.block_kit import check_message, check_view

Json = dict[str, Any]


def plain(text: str = "Text") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Text") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "v", text: Json | None = None, **more: Any) -> Json:
    return {"text": text or plain(f"Option {value}"), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(f"v{number}") for number in range(count)]


def group(label: str = "Group", count: int = 1) -> Json:
    return {"label": plain(label), "options": options(count)}


def confirm(**changes: Any) -> Json:
    return {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **changes}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Go"), **more}


def image(**more: Any) -> Json:
    return {"type": "image", "alt_text": "A tree", "image_url": "https://example.com/tree.png", **more}


def select(kind: str = "static_select", **more: Any) -> Json:
    return {"type": kind, "options": options(2), **more}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def context(*elements: Json, **more: Any) -> Json:
    return {"type": "context", "elements": list(elements), **more}


def input_block(element: Json | None = None, **more: Any) -> Json:
    return {
        "type": "input",
        "label": plain("Label"),
        "element": element or {"type": "plain_text_input"},
        **more,
    }


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def rich_section(*inline: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(inline)}


def inline_text(text: str = "Text", **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def modal(*blocks: Json, **changes: Any) -> Json:
    view = {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": list(blocks)}
    return view | changes


def home(*blocks: Json, **changes: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **changes}


def judge(block: Json, surface: str = "message") -> list[str]:
    """Return the complaints about one block alone on a surface."""
    if surface == "message":
        return check_message([block])
    return check_view(modal(block) if surface == "modal" else home(block))


def held_by(block: str, element: Json) -> Json:
    """Return a block of the named type that holds `element`."""
    if block == "section":
        return section(accessory=element)
    if block == "input":
        return input_block(element)
    return {"type": block, "elements": [element]}


def judge_accessory(element: Json) -> list[str]:
    return judge(section(accessory=element))


def judge_input(element: Json) -> list[str]:
    return judge(input_block(element), "modal")


WORKFLOW = {"trigger": {"url": "https://slack.com/shortcuts/Ft0001/xyz"}}

ELEMENTS: dict[str, Json] = {
    "button": button(),
    "checkboxes": {"type": "checkboxes", "options": options(2)},
    "datepicker": {"type": "datepicker"},
    "datetimepicker": {"type": "datetimepicker"},
    "email_text_input": {"type": "email_text_input"},
    "feedback_buttons": {
        "type": "feedback_buttons",
        "positive_button": {"text": plain("Good"), "value": "good"},
        "negative_button": {"text": plain("Bad"), "value": "bad"},
    },
    "file_input": {"type": "file_input"},
    "icon_button": {"type": "icon_button", "icon": "trash", "text": plain("Delete")},
    "image": image(),
    "number_input": {"type": "number_input", "is_decimal_allowed": False},
    "overflow": {"type": "overflow", "options": options(2)},
    "plain_text_input": {"type": "plain_text_input"},
    "radio_buttons": {"type": "radio_buttons", "options": options(2)},
    "rich_text_input": {"type": "rich_text_input"},
    "timepicker": {"type": "timepicker"},
    "url_text_input": {"type": "url_text_input"},
    "workflow_button": {"type": "workflow_button", "text": plain("Run"), "workflow": WORKFLOW},
    "static_select": select(),
    "multi_static_select": select("multi_static_select"),
} | {
    kind: {"type": kind}
    for source in ("external", "users", "conversations", "channels")
    for kind in (f"{source}_select", f"multi_{source}_select")
}

CARD = {"type": "card", "title": plain("Card")}


def cell(text: str = "Cell") -> Json:
    return {"type": "raw_text", "text": text}


def data_table(rows: int = 2, columns: int = 1, **more: Any) -> Json:
    """A table of so many rows, its header among them."""
    return {"type": "data_table", "caption": "Table", "rows": [[cell()] * columns] * rows, **more}


def pie(*values: float, **more: Any) -> Json:
    segments = [{"label": f"Part {number}", "value": value} for number, value in enumerate(values)]
    return {
        "type": "data_visualization",
        "title": "Chart",
        "chart": {"type": "pie", "segments": segments},
        **more,
    }


def plot(kind: str = "bar", series: int = 1, categories: int = 1, **axes: Any) -> Json:
    """A chart of so many series over so many categories."""
    names = [f"c{number}" for number in range(categories)]
    data = [{"label": name, "value": 1} for name in names]
    drawn = [{"name": f"s{number}", "data": data} for number in range(series)]
    chart = {"type": kind, "series": drawn, "axis_config": {"categories": names, **axes}}
    return {"type": "data_visualization", "title": "Chart", "chart": chart}


BLOCKS: dict[str, Json] = {
    "actions": actions(button()),
    "alert": {"type": "alert", "text": plain("Careful")},
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD]},
    "context": context(mrkdwn()),
    "data_table": data_table(),
    "data_visualization": plot(),
    "context_actions": {"type": "context_actions", "elements": [ELEMENTS["icon_button"]]},
    "divider": {"type": "divider"},
    "header": {"type": "header", "text": plain("Header")},
    "image": image(),
    "input": input_block(),
    "markdown": {"type": "markdown", "text": "**Bold**"},
    "rich_text": rich(rich_section(inline_text())),
    "section": section(),
    "table": {"type": "table", "rows": [[{"type": "raw_text", "text": "Cell"}]]},
    "video": {
        "type": "video",
        "alt_text": "A talk",
        "title": plain("Talk"),
        "video_url": "https://example.com/talk",
        "thumbnail_url": "https://example.com/talk.png",
    },
}
