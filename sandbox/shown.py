"""Shown: what people see, as plain values - messages, modals, the Home tab, replies and outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sandbox import screen
from sandbox.blocks import Spot
from sandbox.settings import Json
from sandbox.surfaces import ViewSurface
from sandbox.views import View
from sandbox.workspace import Conversation, Post, Workspace


@dataclass(frozen=True, slots=True)
class Message:
    """A message as one person sees it now; ``channel`` and ``user`` are ids, ``text`` is raw."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: tuple[Json, ...]
    full_text: str
    buttons: tuple[str, ...]
    edited: bool
    ephemeral: bool
    thread_ts: str | None
    by_app: bool
    metadata: Json | None

    def __contains__(self, text: str) -> bool:
        """Return whether the text can be read in the message."""
        return text in self.full_text or text in self.text


def message_of(ws: Workspace, post: Post) -> Message:
    """Return a snapshot of a stored message."""
    pieces = [screen.readable(ws, post.text), screen.text_of(ws, post.blocks)]
    return Message(
        ts=post.ts,
        channel=post.channel,
        user=post.user,
        text=post.text,
        blocks=tuple(post.blocks),
        full_text="\n".join(p for p in pieces if p),
        buttons=tuple(screen.button_text(s) for s in screen.buttons(post.blocks)),
        edited=post.edited is not None,
        ephemeral=post.audience is not None,
        thread_ts=post.thread_ts,
        by_app=post.by_app,
        metadata=post.metadata,
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of typing a command or pressing something; ``error`` is Slack's notice to the person."""

    ok: bool
    text: str = ""
    blocks: tuple[Json, ...] = ()
    full_text: str = ""
    ephemeral: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """A modal or Home tab as it is shown now; ``text`` is everything readable on it."""

    id: str
    kind: str
    title: str
    text: str
    labels: tuple[str, ...]
    buttons: tuple[str, ...]
    errors: dict[str, str]
    blocks: tuple[Json, ...]
    values: dict[str, Json]
    callback_id: str
    private_metadata: str
    version: int

    def __contains__(self, text: str) -> bool:
        """Return whether the text can be read on it."""
        return text in self.text


def screen_of(ws: Workspace, view: View) -> Screen:
    """Return a snapshot of an open view."""
    body, fields = view.body, ViewSurface(view).spots
    return Screen(
        id=view.id,
        kind=view.kind,
        title=(body.get("title") or {}).get("text", ""),
        text=screen.text_of(ws, view.blocks),
        labels=tuple(screen.label_of(s) for s in fields if s.element["type"] != "button"),
        buttons=tuple(screen.button_text(s) for s in screen.buttons(view.blocks)),
        errors=labelled(fields, view.errors),
        blocks=tuple(view.blocks),
        values={screen.label_of(s): view.values[s.key] for s in fields if s.keeps_state},
        callback_id=str(body.get("callback_id", "")),
        private_metadata=str(body.get("private_metadata", "")),
        version=view.version,
    )


def labelled(fields: Iterable[Spot], errors: dict[str, str]) -> dict[str, str]:
    """Return errors keyed by field label instead of block id."""
    names = {s.block_id: screen.label_of(s) for s in fields}
    return {names.get(block_id, block_id): text for block_id, text in errors.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a submission; ``error`` is Slack's notice when the app failed to answer properly."""

    closed: bool
    errors: dict[str, str] = field(default_factory=dict)
    view: Screen | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation, by id; its other attributes are as of now."""

    id: str
    ws: Workspace = field(repr=False, compare=False)

    @property
    def _conversation(self) -> Conversation:
        return self.ws.conversations[self.id]

    @property
    def name(self) -> str:
        """Its name without #."""
        return self._conversation.name

    @property
    def kind(self) -> str:
        """``public``, ``private``, ``im`` or ``mpim``."""
        return self._conversation.kind

    @property
    def archived(self) -> bool:
        """Whether it is archived."""
        return self._conversation.archived

    @property
    def members(self) -> tuple[str, ...]:
        """User ids in the order they joined, the bot's included."""
        return tuple(self._conversation.members)

    @property
    def messages(self) -> list[Message]:
        """Its messages, oldest first, without ephemeral ones."""
        with self.ws.lock:
            return [message_of(self.ws, p) for p in self._conversation.posts.values()]
