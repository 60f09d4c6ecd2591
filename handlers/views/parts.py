"""The parts of a message: each is a block and, from the same words, its share of the text alternative."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
)

from handlers.ids import Action
from handlers.views.text import clip, escape, fitting, plain

TEXT_MAX = 3500
"""Slack refuses `chat.update` over 4,000 characters (`msg_too_long`) and may split longer posts in two."""

VALUE_ROOM = 2000
"""The most characters in a button's value (https://docs.slack.dev/reference/block-kit/block-elements/button-element)."""

PROGRAM_MAX = 400
"""Room for a program's name of 80 characters when each of them has to be escaped."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready for Slack: blocks, and a text that says the same where blocks are not shown."""

    text: str
    blocks: list[dict[str, Any]]

    @property
    def digest(self) -> str:
        """A short name for what it looks like: the same for the same contents."""
        return sha256(json.dumps([self.text, self.blocks]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """A block beside the words that stand for it in the text alternative."""

    block: Block
    text: str


def rendered(*parts: Part | None) -> Rendered:
    """One message of these parts; None is a part that this time has nothing to say."""
    present = [part for part in parts if part]
    lines = "\n".join(part.text for part in present if part.text).split("\n")
    return Rendered("\n".join(fitting(lines, TEXT_MAX)), [part.block.to_dict() for part in present])


def blocks_of(parts: Sequence[Part | None]) -> list[Block]:
    """The blocks of these parts alone, for a view."""
    return [part.block for part in parts if part]


def heading(words: str) -> Part:
    """A title; `words` may hold what somebody typed, and nothing in them is read as mrkdwn."""
    return Part(HeaderBlock(text=clip(plain(words), 150)), f"*{escape(words)}*")


def say(*sentences: str) -> Part:
    """A paragraph of mrkdwn, in which all user text has been escaped; empty sentences are left away."""
    text = " ".join(filter(None, sentences))
    return Part(SectionBlock(text=_mrkdwn(text)), text)


def note(*sentences: str) -> Part:
    """A paragraph in small type."""
    text = " ".join(filter(None, sentences))
    return Part(ContextBlock(elements=[_mrkdwn(text)]), text)


def line() -> Part:
    """A line between two things."""
    return Part(DividerBlock(), "")


def buttons(*elements: ButtonElement, instead: str = "", more: OverflowMenuElement | None = None) -> Part:
    """A row of buttons, and a menu with `more`; `instead` says, for the text alternative, how to do it by typing."""
    rare = [one["text"]["text"] for one in more.to_dict()["options"]] if more else []
    names = ", ".join([*(element.text.text for element in elements if element.text), *rare])
    row = ActionsBlock(elements=[*elements, more] if more else list(elements))
    return Part(row, f"Buttons: {names}. {instead}".rstrip())


def beside(words: str, element: ButtonElement, instead: str = "") -> Part:
    """A paragraph with a button beside it; `instead` is as in `buttons`."""
    name = element.text.text if element.text else ""
    return Part(
        SectionBlock(text=_mrkdwn(words), accessory=element), f"{words}\nButton: {name}. {instead}".rstrip()
    )


def button(
    words: str,
    action: Action,
    value: object = None,
    *,
    style: str | None = None,
    label: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """A button; `value` comes back as text when it is pressed, `label` is what a screen reader says."""
    return ButtonElement(
        text=words,
        action_id=action,
        value=None if value is None else str(value),
        style=style,
        accessibility_label=label,
        confirm=confirm,
    )


def confirmation(title: str, words: str, yes: str, style: str | None = None) -> ConfirmObject:
    """The question that Slack asks before it sends a click; what ends something has the style `danger`."""
    text = PlainTextObject(text=words)
    return ConfirmObject(title=title, text=text, confirm=yes, deny="Cancel", style=style)


def _mrkdwn(text: str) -> MarkdownTextObject:
    # verbatim: only what was written as a mention or a date is one; plain words never become links.
    return MarkdownTextObject(text=text, verbatim=True)
