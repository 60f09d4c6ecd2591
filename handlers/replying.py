"""How an answer reaches the person who typed or clicked: in the ack, privately, or as a small modal."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from handlers.ids import ANSWER_BLOCK
from handlers.metadata import FromHome, written
from handlers.payloads import Act, Kind
from handlers.services import Services
from handlers.views import Rendered
from handlers.wording import notice

SLACK_TROUBLE = (SlackClientError, OSError, HTTPException)
"""What a call to Slack raises: its refusals, and everything that can happen to a connection."""

RESPOND_SECONDS = 10

log = logging.getLogger(__name__)


def privately(client: WebClient, act: Act, reply: Rendered, *, replace: bool = False) -> None:
    """Show an answer to that person alone, where they are; `replace` puts it in place of the answer they clicked in.

    An answer that cannot be shown is logged: whatever was done stays done, and nothing can be told more than once.
    """
    try:
        _show(client, act, reply, replace)
    except SLACK_TROUBLE as trouble:
        log.warning("an answer could not be shown: %s", trouble_words(trouble))


def _show(client: WebClient, act: Act, reply: Rendered, replace: bool) -> None:
    if act.view is not None:
        opens = client.views_open if act.view.is_home else client.views_push
        opens(trigger_id=act.trigger_id, view=remembered(notice(reply), act))
        return
    if replace and act.in_reply:
        client.chat_update(
            channel=act.channel, ts=act.message_ts, text=reply.text, blocks=as_answer(reply.blocks)
        )
        return
    by_url = act.response_url and (act.ephemeral or act.kind is Kind.COMMAND)
    if by_url and _respond(client, act.response_url, reply, replace and act.ephemeral):
        return
    if act.channel:
        client.chat_postEphemeral(
            channel=act.channel, user=act.person_id, text=reply.text, blocks=reply.blocks
        )


def as_answer(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks of an answer that stays in the direct message, so that a press of its buttons replaces it."""
    return [
        {**block, "block_id": f"{ANSWER_BLOCK}{place}"} if block["type"] == "actions" else block
        for place, block in enumerate(blocks)
    ]


def _respond(client: WebClient, url: str, reply: Rendered, replace: bool) -> bool:
    """Answer through the address that came with the act; tells whether it was taken."""
    # The SDK would repeat an answer whose acknowledgment was lost.
    hook = WebhookClient(url, proxy=client.proxy, ssl=client.ssl, timeout=RESPOND_SECONDS, retry_handlers=[])
    message = {"text": reply.text, "blocks": reply.blocks, "response_type": "ephemeral"}
    try:
        shown = hook.send_dict(message | ({"replace_original": True} if replace else {}))
    except SLACK_TROUBLE as trouble:
        log.warning("an answer did not get through: %s", trouble_words(trouble))
        return False
    return shown.status_code == 200


def open_form(client: WebClient, act: Act, view: dict[str, Any]) -> None:
    """Open a form from a button; a small modal in which the button stands becomes the form."""
    if act.view is not None and not act.view.is_home:
        client.views_update(view_id=act.view.id, view=view)
    else:
        client.views_open(trigger_id=act.trigger_id, view=view)


def remembered(view: dict[str, Any], act: Act) -> dict[str, Any]:
    """A modal that knows whether it was opened from the Home tab, which is then shown anew once it is used."""
    return {**view, "private_metadata": written(FromHome())} if act.from_home else view


def update_modal(client: WebClient, view_id: str, view: dict[str, Any]) -> None:
    """Show a modal as it is now; somebody who has closed it in the meantime misses nothing."""
    try:
        client.views_update(view_id=view_id, view=view)
    except SLACK_TROUBLE as trouble:
        log.info("a modal was not updated: %s", trouble_words(trouble))


def trouble_words(trouble: Exception) -> str:
    """A refusal by its name, anything else by its kind: neither holds what people wrote."""
    if isinstance(trouble, SlackApiError):
        return slack_error(trouble)
    return type(trouble).__name__


def slack_error(refusal: SlackApiError) -> str:
    """Slack's name for a refusal, like `expired_trigger_id`."""
    response: Any = refusal.response
    return str(response.get("error") or "") if hasattr(response, "get") else ""


@dataclass(slots=True)
class Asked:
    """A typed command on its way to an answer: what follows its word is `rest`."""

    services: Services
    client: WebClient
    ack: Ack
    act: Act
    rest: str

    @property
    def person_id(self) -> str:
        """Who typed it."""
        return self.act.person_id

    def takes_longer(self) -> None:
        """Tell Slack at once that the command arrived; the answer follows."""
        self.ack()

    def say(self, reply: Rendered) -> None:
        """Answer, in the ack where it is still to be given."""
        if self.ack.response is None:
            self.ack(text=reply.text, blocks=reply.blocks, response_type="ephemeral")
        else:
            privately(self.client, self.act, reply)

    def open(self, view: dict[str, Any]) -> None:
        """Open a modal. The ack comes after it, so that a refusal can still be told."""
        self.client.views_open(trigger_id=self.act.trigger_id, view=view)
        self.ack()
