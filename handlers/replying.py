"""How an answer reaches the person who typed or clicked: in the ack, privately, or as a small modal."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient, WebhookResponse

from handlers.ids import ANSWER_BLOCK
from handlers.in_time import Answer
from handlers.marks import has_buttons
from handlers.metadata import FromHome, written
from handlers.payloads import Act, Kind
from handlers.services import Services
from handlers.views import Rendered
from handlers.wording import notice
from program.context import Context

SLACK_TROUBLE = (SlackClientError, OSError, HTTPException, UnicodeDecodeError)
"""What a call to Slack raises: its refusals, everything that can happen to a connection, and answers of any bytes."""

RESPOND_SECONDS = 10

REPLACE_SECONDS = 3
"""A message that is not replaced within these is brought up to date by the delivery, which has to wait so long."""

REFUSED_BLOCKS = "invalid_blocks"
"""How Slack's answer begins where it does not know a block."""

_OK = 200
_TAKEN = ("ok", "")
_SERVER_ERROR = 500

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
        _where_they_are(client, act, reply)


def _where_they_are(client: WebClient, act: Act, reply: Rendered) -> None:
    """Answer in the conversation where they act, or in their direct message where the bot may not speak there."""
    try:
        client.chat_postEphemeral(
            channel=act.channel, user=act.person_id, text=reply.text, blocks=reply.blocks
        )
    except SlackApiError as refused:
        if slack_error(refused) not in _NOT_THERE:
            raise
        client.chat_postMessage(channel=act.person_id, text=reply.text, blocks=as_answer(reply.blocks))


_NOT_THERE = frozenset(
    {
        *("channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived"),
        *(
            "restricted_action",
            "restricted_action_read_only_channel",
            "method_not_supported_for_channel_type",
        ),
    }
)
"""Refusals with which nothing was shown, and that are about the conversation alone."""


def privately_or_plainly(client: WebClient, act: Act, rich: Rendered, plain: Rendered) -> None:
    """Show an answer with a block that not every Slack has yet; where it is refused, the plain one."""
    try:
        _show(client, act, plain if act.view is not None else rich, replace=False)
    except SlackApiError as refused:
        if not slack_error(refused).startswith(REFUSED_BLOCKS):
            log.warning("an answer could not be shown: %s", trouble_words(refused))
            return
        privately(client, act, plain)
    except SLACK_TROUBLE as trouble:
        log.warning("an answer could not be shown: %s", trouble_words(trouble))


def as_answer(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks of an answer that stays in the direct message, so that a press of its buttons replaces it."""
    return [
        {**block, "block_id": f"{ANSWER_BLOCK}{place}"} if has_buttons(block) else block
        for place, block in enumerate(blocks)
    ]


def _respond(client: WebClient, url: str, reply: Rendered, replace: bool) -> bool:
    """Answer through the address that came with the act; tells whether it was taken."""
    hook = _hook(client, url, RESPOND_SECONDS)
    message = {"text": reply.text, "blocks": reply.blocks, "response_type": "ephemeral"}
    try:
        shown = hook.send_dict(message | ({"replace_original": True} if replace else {}))
    except SLACK_TROUBLE as trouble:
        log.warning("an answer did not get through: %s", trouble_words(trouble))
        return False
    return _taken(shown) is True


def _hook(client: WebClient, url: str, seconds: int) -> WebhookClient:
    """An address that came with an act. The SDK would repeat an answer whose acknowledgment was lost."""
    return WebhookClient(url, proxy=client.proxy, ssl=client.ssl, timeout=seconds, retry_handlers=[])


def replaced(client: WebClient, url: str, reply: Rendered) -> bool | None:
    """Put this in the place of the message in which somebody clicked, by the address that came with the click.

    Tells whether it stands there; None where nobody can say, because Slack gave no answer.
    """
    message = {"text": reply.text, "blocks": reply.blocks, "replace_original": True}
    try:
        shown = _hook(client, url, REPLACE_SECONDS).send_dict(message)
    except SLACK_TROUBLE as trouble:
        log.info("a message was not replaced at once: %s", trouble_words(trouble))
        return None
    return _taken(shown)


def _taken(shown: WebhookResponse) -> bool | None:
    """Whether Slack took what was sent to such an address; None where the answer is none of Slack's."""
    if shown.status_code != _OK:
        return None if shown.status_code >= _SERVER_ERROR else False
    if shown.body.strip() in _TAKEN:
        return True
    try:
        said = json.loads(shown.body)
    except ValueError:
        return None
    return bool(said.get("ok")) if isinstance(said, dict) else None


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
    said = getattr(response, "data", response)
    return str(said.get("error") or "") if isinstance(said, dict) else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, clicked, submitted or searched for, and how they are answered: every listener gets this.

    A listener does what was asked for, and then answers: before the first thing that it shows comes the acknowledgment,
    so that whatever was acknowledged is kept. What follows a typed word is `rest`. The surroundings of `services` know
    what the person has in front of them.
    """

    services: Services
    client: WebClient
    ack: Answer
    act: Act
    rest: str = ""

    @property
    def person_id(self) -> str:
        """Who asks."""
        return self.act.person_id

    @property
    def ctx(self) -> Context:
        """The surroundings of a use case."""
        return self.services.ctx

    @property
    def workspace(self) -> str:
        """The Slack team id."""
        return self.services.workspace

    @property
    def by(self) -> tuple[Context, str, str]:
        """The surroundings, the workspace and who asks, as use cases take them."""
        return self.ctx, self.workspace, self.person_id

    def takes_longer(self) -> None:
        """Tell Slack that this is kept; the answer follows."""
        self.ack.arrived()

    def say(self, reply: Rendered, *, instead: bool = False) -> None:
        """Answer, in a command's ack where it is still to be given; `instead` of the answer that was clicked in."""
        if self.act.kind is Kind.COMMAND:
            self.ack(text=reply.text, blocks=reply.blocks, response_type="ephemeral")
        else:
            self.takes_longer()
            privately(self.client, self.act, reply, replace=instead)

    def say_or_plainly(self, rich: Rendered, plain: Rendered) -> None:
        """Answer with a block that not every Slack has, or else plainly; a modal, which takes none, is plain too."""
        self.takes_longer()
        privately_or_plainly(self.client, self.act, rich, plain)

    def wait(self, reply: Rendered, title: str) -> str:
        """Open a modal that says to wait for what takes long, on top of one that is open; gives its id."""
        self.takes_longer()
        on_top = self.act.view is not None and not self.act.on_home
        opens = self.client.views_push if on_top else self.client.views_open
        shown = opens(trigger_id=self.act.trigger_id, view=notice(reply, title))
        view = shown.get("view")
        found = view.get("id") if isinstance(view, dict) else None
        if not isinstance(found, str):
            raise SlackClientError("a modal without an id")
        return found

    def open(self, view: dict[str, Any]) -> None:
        """Open a form; a small modal in which a button for it was clicked becomes the form.

        A command's ack comes after it, so that a refusal can still be told.
        """
        if self.act.kind is Kind.CLICK:
            self.takes_longer()
        if self.act.view is not None and not self.act.on_home:
            self.client.views_update(view_id=self.act.view.id, view=view)
        else:
            self.client.views_open(trigger_id=self.act.trigger_id, view=view)
        self.takes_longer()

    def push(self, view: dict[str, Any]) -> None:
        """Open a form on top of the modal in which a button for it was clicked."""
        self.takes_longer()
        self.client.views_push(trigger_id=self.act.trigger_id, view=view)

    def update(self, view: dict[str, Any], view_id: str = "") -> None:
        """Show a modal as it is now, the one that was clicked in if no other is named."""
        self.takes_longer()
        update_modal(self.client, view_id or self.act.view_id, view)
