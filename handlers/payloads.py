"""The only reader of raw Slack JSON: it turns payloads into values, whatever a payload leaves out.

Shapes: https://docs.slack.dev/reference/interaction-payloads and
https://docs.slack.dev/interactivity/implementing-slash-commands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from handlers import stamps
from handlers.entries import SLACKBOT
from handlers.ids import ANSWER_BLOCK, row_id
from handlers.marks import name_in
from handlers.metadata import Carried, from_home, read
from mentoring.channels import ChannelFacts

Body = Mapping[str, Any]

HOME = "home"
"""The name of the Home tab."""

_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_ANSWER_KEYS = (
    *("value", "selected_date", "selected_time", "selected_user"),
    *("selected_conversation", "selected_channel"),
)
_LIST_KEYS = ("selected_users", "selected_conversations", "selected_channels")


class Kind(StrEnum):
    """What a person did, or that Slack itself reports something."""

    COMMAND = "command"
    CLICK = "block_actions"
    SUBMISSION = "view_submission"
    CLOSING = "view_closed"
    SEARCH = "block_suggestion"
    EVENT = "event_callback"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was filled into a form, by field name."""

    values: Body

    def one(self, field: str, missing: str = "") -> str:
        """A field's answer, empty when it was left empty; `missing` when the payload has no such field."""
        state = self._state(field)
        if state is None:
            return missing
        chosen = _text(_part(state, "selected_option").get("value"))
        given = filter(None, (chosen, *(_text(state.get(key)) for key in _ANSWER_KEYS)))
        return next(given, str(state.get("selected_date_time") or ""))

    def many(self, field: str) -> tuple[str, ...]:
        """A field's answers in the order in which they were chosen."""
        state = self._state(field) or {}
        chosen = [_text(option.get("value")) for option in _parts(state, "selected_options")]
        ids = [_text(one) for key in _LIST_KEYS for one in _list(state, key)]
        return tuple(filter(None, [*chosen, *ids]))

    def checked(self, field: str) -> tuple[str, ...] | None:
        """The boxes checked in a field; None when the payload does not say, as from a form without it."""
        state = self._state(field)
        return self.many(field) if state and "selected_options" in state else None

    def _state(self, field: str) -> Body | None:
        block = self.values.get(field)
        if not isinstance(block, Mapping):
            return None
        state = block.get(field)
        return state if isinstance(state, Mapping) else {}


@dataclass(frozen=True, slots=True)
class ShownView:
    """The modal or Home tab in which something happened; `root` is the view at the bottom of its stack.

    `whole` is what Slack says of it.
    """

    id: str
    root: str
    is_home: bool
    carried: Carried | None
    fields: tuple[str, ...]
    answers: Answers
    whole: Body

    @property
    def shown(self) -> Answers:
        """What stood in the form's fields when it was opened, as if somebody had answered just that."""
        found: dict[str, Body] = {}
        for block in _parts(self.whole, "blocks"):
            name, element = _text(block.get("block_id")), _part(block, "element")
            given = {key.replace("initial_", "selected_"): value for key, value in element.items()}
            found[name] = {name: {**given, "value": element.get("initial_value")}}
        return Answers(found)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person did in Slack, and where they can be answered.

    `value` is a button's value, a typed command's text, or what was typed into a search field. `message_ts` is set
    for a click in a message, and `ephemeral` tells whether only that person sees it. `in_reply` is set for a click in
    an answer to what they wrote in the direct message, and `thread` where they wrote in a thread. `name` is that of the
    message whose button was clicked, where it carries one.
    """

    kind: Kind
    person_id: str
    team_id: str = ""
    trigger_id: str = ""
    channel: str = ""
    channel_name: str = ""
    message_ts: str = ""
    ephemeral: bool = False
    response_url: str = ""
    action: str = ""
    value: str = ""
    view: ShownView | None = None
    in_reply: bool = False
    thread: str = ""
    name: str = ""

    @property
    def row_id(self) -> int:
        """The database id in a button's value; 0, which nothing has, when there is none."""
        return row_id(self.value)

    @property
    def answers(self) -> Answers:
        """What was filled into the form."""
        return self.view.answers if self.view else Answers({})

    @property
    def view_id(self) -> str:
        """The modal or Home tab in which it happened, empty for a message."""
        return self.view.id if self.view else ""

    @property
    def carried(self) -> Carried | None:
        """What the view carries; None where it carries nothing."""
        return self.view.carried if self.view else None

    @property
    def typed_in_channel(self) -> str | None:
        """The channel in which a command was typed; None for a direct message or a group's, which have no leads."""
        direct = self.channel_name == "directmessage" or self.channel_name.startswith("mpdm-")
        typed = self.kind is Kind.COMMAND and not direct and self.channel.startswith(("C", "G"))
        return self.channel if typed else None

    @property
    def on_home(self) -> bool:
        """Whether this happened on the Home tab."""
        return self.view is not None and self.view.is_home

    @property
    def from_home(self) -> bool:
        """Whether this began on the Home tab: on itself, or in a modal that was opened from it."""
        return self.on_home or from_home(self.carried)

    @property
    def in_message(self) -> bool:
        """Whether a button of a message that stays, and that is kept up to date, was clicked."""
        return bool(self.message_ts) and not self.in_answer

    @property
    def in_answer(self) -> bool:
        """Whether a button was clicked in an answer to that person alone, which only another answer replaces."""
        return self.ephemeral or self.in_reply


def act(body: Body) -> Act:
    """What happened, from any payload that a person's doing brings."""
    kind = _kind(body)
    if kind is Kind.EVENT:
        return _happened(event(body))
    action = next(iter(_parts(body, "actions")), {})
    user = body.get("user")
    view = _part(body, "view")
    shown = _view(view) if view else None
    container = _part(body, "container")
    name, _, about = (_text(action.get("action_id")) or _text(body.get("action_id"))).partition(".")
    typed = _plain(_text(body.get("text"))) if kind is Kind.COMMAND else _text(body.get("value"))
    return Act(
        kind=kind,
        person_id=_id(user) or _text(body.get("user_id")),
        team_id=_text(user.get("team_id")) if isinstance(user, Mapping) else "",
        trigger_id=_text(body.get("trigger_id")),
        channel=_id(body.get("channel"))
        or _text((body if "channel_id" in body else container).get("channel_id")),
        channel_name=_text(body.get("channel_name")),
        message_ts=stamps.canonical(container.get("message_ts") or _part(body, "message").get("ts")),
        ephemeral=kind is Kind.CLICK
        and not shown
        and bool(container.get("is_ephemeral", "message" not in body)),
        response_url=_text(body.get("response_url")),
        action=name,
        value=_text(action.get("value")) or _chosen(action, about) or typed,
        view=shown,
        in_reply=_text(action.get("block_id")).startswith(ANSWER_BLOCK),
        name=name_in(_text(action.get("block_id")), _part(body, "message").get("metadata")),
    )


def _chosen(action: Body, about: str) -> str:
    """What was chosen in a menu or a calendar; a moment comes behind what it is `about`."""
    if isinstance(moment := action.get("selected_date_time"), int):
        return f"{about} {moment}"
    return Answers({"": {"": action}}).one("")


def _happened(event: Body) -> Act:
    """An event; who did it is read of messages alone, because other events name people for other reasons."""
    if event.get("type") != "message":
        return Act(Kind.EVENT, "")
    return Act(
        kind=Kind.EVENT,
        person_id=_id(event.get("user")),
        team_id=_text(event.get("user_team")) or _text(event.get("team")),
        channel=_id(event.get("channel")),
        value=_plain(_text(event.get("text"))),
        thread=stamps.canonical(event.get("thread_ts")),
    )


_OF_PEOPLE = frozenset({"", "file_share", "me_message", "thread_broadcast"})
"""The subtypes of what a person writes; all others tell of changes, or come from apps and from Slack itself."""


def written(body: Body) -> tuple[Act, str, int | None] | None:
    """What a person wrote to the bot alone, by which name, and in which microsecond; None for all other events.

    Shapes: https://docs.slack.dev/reference/events/message.im.
    """
    said = event(body)
    by_app = said.get("bot_id") or said.get("bot_profile") or said.get("app_id") or said.get("hidden")
    act = _happened(said)
    direct = said.get("channel_type", "im") == "im" and act.channel.startswith("D")
    bots = [_text(one.get("user_id")) for one in _parts(body, "authorizations") if one.get("is_bot")]
    nobody = by_app or act.person_id in ("", SLACKBOT, *bots)
    if nobody or not direct or _text(said.get("subtype")) not in _OF_PEOPLE:
        return None
    ts = stamps.canonical(said.get("ts"))
    return act, f"{act.channel} {ts}" if ts else _text(body.get("event_id")), stamps.micros(ts)


def day(text: str) -> date | None:
    """The day in a button's value, like `2027-01-31`; None for anything else."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def channel_facts(found: object) -> ChannelFacts:
    """A conversation from Slack's object for it (https://docs.slack.dev/reference/objects/conversation-object).

    What it leaves out counts as fine. A channel shared inside one organization says `is_org_shared`, and that alone.
    """
    about: Body = found if isinstance(found, Mapping) else {}
    shared = about.get("is_shared") and not about.get("is_org_shared")
    waits = about.get("is_pending_ext_shared", about.get("pending_shared"))
    return ChannelFacts(
        private=about.get("is_private") is not False,
        outside=bool(about.get("is_ext_shared") or shared or waits),
        direct=bool(about.get("is_im") or about.get("is_mpim")),
        archived=bool(about.get("is_archived")),
        member=about.get("is_member") is not False,
    )


def is_elsewhere(body: Body, workspace: str) -> bool:
    """Whether an event tells of another workspace of the organization, where the same person may be somebody else."""
    return _text(body.get("team_id")) not in ("", workspace)


def event(body: Body) -> Body:
    """The event inside an Events API payload."""
    return _part(body, "event")


def event_text(body: Body, name: str) -> str:
    """One id of an event, such as its `user` or `channel`."""
    return _id(event(body).get(name))


def _kind(body: Body) -> Kind:
    if "command" in body:
        return Kind.COMMAND
    try:
        return Kind(_text(body.get("type")))
    except ValueError:
        return Kind.OTHER


def _view(view: Body) -> ShownView:
    values = _part(_part(view, "state"), "values")
    inputs = [
        _text(block.get("block_id")) for block in _parts(view, "blocks") if block.get("type") == "input"
    ]
    view_id = _text(view.get("id"))
    return ShownView(
        id=view_id,
        root=_text(view.get("root_view_id")) or view_id,
        is_home=view.get("type") == HOME,
        carried=read(_text(view.get("callback_id")), _text(view.get("private_metadata"))),
        fields=tuple(filter(None, inputs)) or tuple(map(str, values)),
        answers=Answers(values),
        whole=view,
    )


def _plain(text: str) -> str:
    """A command's text as it was typed: Slack escapes three characters in it."""
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return text


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _id(value: object) -> str:
    """An id that comes alone or inside an object."""
    return _text(value.get("id")) if isinstance(value, Mapping) else _text(value)


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, Mapping) else {}


def _list(body: Body, name: str) -> list[Any]:
    found = body.get(name)
    return found if isinstance(found, list) else []


def _parts(body: Body, name: str) -> list[Body]:
    return [part for part in _list(body, name) if isinstance(part, Mapping)]
