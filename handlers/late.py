"""What people see when an act takes longer than Slack waits: a word that it goes on, and then what came of it."""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient

from handlers.in_time import Answer, How, Watch
from handlers.payloads import Act, Kind
from handlers.refill import refilled
from handlers.replying import privately, update_modal
from handlers.views import Rendered, replies
from handlers.views.text import clip, plain, typed
from handlers.wording import notice

_COMMAND = (
    "This takes a moment. What comes of it follows here. "
    "If nothing has come in a minute, please send it again{said}."
)
_CLICK = "This takes a moment. What comes of it shows here. If nothing has changed in a minute, please press again."
_SAVING = (
    "I am still saving this. Please leave this window open: it changes as soon as it is done. "
    "If it has not changed in a minute, close it and open the form again, which shows what is kept."
)
_DONE = "That is done. You can close this window."
_NOT_DONE = "This is not saved yet. Everything that you filled in is still here."

_SAID_BACK_MAX = 2_000


def first_word(act: Act) -> How:
    """What the acknowledgment says when time runs out before anything is known."""
    match act.kind:
        case Kind.COMMAND:
            words = clip(plain(act.value).replace("`", "'"), _SAID_BACK_MAX)
            said = f": {typed(words)}" if words else ""
            return {"response_type": "ephemeral", **_text(replies.sentence(_COMMAND.format(said=said)))}
        case Kind.SUBMISSION:
            return {"response_action": "update", "view": notice(replies.sentence(_SAVING))}
        case Kind.SEARCH:
            return {"options": []}
        case _:
            return ""


def after_it(client: WebClient, answer: Answer) -> None:
    """Tell whoever pressed a button of a message that it goes on, which the acknowledgment cannot."""
    act = answer.act
    if act.kind is Kind.CLICK and act.view is None:
        privately(client, act, replies.sentence(_CLICK))


def tell(watch: Watch, client: WebClient, act: Act, how: How) -> None:
    """Say afterwards what the acknowledgment would have said."""
    said: dict[str, Any] = {"text": how} if isinstance(how, str) else dict(how)
    if act.kind is Kind.COMMAND and said.get("text"):
        privately(client, act, Rendered(said["text"], said.get("blocks") or []))
    elif act.kind is Kind.SUBMISSION and act.view is not None:
        watch.settle()
        update_modal(client, act.view.id, _modal(act, said))


def _modal(act: Act, said: dict[str, Any]) -> dict[str, Any]:
    """The modal in the place of the one that says to wait; only people can close that."""
    match said.get("response_action"):
        case "update" | "push":
            view: dict[str, Any] = said["view"]
            return view
        case "errors" if act.view is not None:
            return refilled(act.view, said["errors"], _NOT_DONE)
        case _:
            return notice(replies.sentence(_DONE))


def _text(reply: Rendered) -> dict[str, Any]:
    return {"text": reply.text, "blocks": reply.blocks}
