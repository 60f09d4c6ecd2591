"""The workspace: every value the stand-in holds, behind one lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from sandbox import ids
from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.manifest import AppConfig
from sandbox.record import Record
from sandbox.settings import Json, Settings

T = TypeVar("T")
Kind = Literal["public", "private", "im", "mpim"]
Sharing = Literal["", "ext", "pending", "org"]
SLACKBOT = "USLACKBOT"


@dataclass(slots=True)
class User:
    """A member of the workspace; ``guest`` is Slack's ``is_restricted``.

    ``home`` is the workspace where they are at home (empty: this one), ``teams`` are the workspaces of an
    organization that they are in, ``stranger`` is Slack's ``is_stranger`` (None: left out).
    """

    id: str
    handle: str
    real_name: str
    tz: str = "UTC"
    email: str | None = None
    title: str = ""
    admin: bool = False
    owner: bool = False
    guest: bool = False
    is_bot: bool = False
    deleted: bool = False
    home: str = ""
    teams: tuple[str, ...] = ()
    org_admin: bool = False
    stranger: bool | None = None
    locale: str = "en-US"
    updated: int = 0
    profile: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The organization (Enterprise Grid) that the workspace is part of."""

    id: str
    name: str
    domain: str


@dataclass(slots=True)
class Post:
    """One message; ``audience`` is the only person who sees it when it is ephemeral."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    by_app: bool = False
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    edited: str | None = None
    audience: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    subtype: str | None = None


@dataclass(slots=True)
class Conversation:
    """A channel, DM or group DM; ``members`` keeps the order in which people came.

    ``sharing`` tells with whom: ``ext`` another company, ``pending`` one that was invited, ``org`` the organization.
    """

    id: str
    kind: Kind
    name: str
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    archived: bool = False
    posts: dict[str, Post] = field(default_factory=dict)
    ephemerals: dict[str, Post] = field(default_factory=dict)
    previous_names: list[str] = field(default_factory=list)
    is_open: bool = True
    sharing: Sharing = ""

    def replies(self, thread_ts: str) -> list[Post]:
        """Return the replies of a thread, oldest first."""
        return [p for p in self.posts.values() if p.thread_ts == thread_ts and p.ts != thread_ts]


@dataclass(slots=True)
class Installation:
    """The app in this workspace: its tokens, its bot user and the scopes it holds."""

    config: AppConfig
    app_id: str
    bot_id: str
    bot_user: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str = field(default_factory=ids.signing_secret)
    scopes: set[str] = field(default_factory=set)
    installed: bool = True
    dead_tokens: dict[str, str] = field(default_factory=dict)


EventSink = Callable[[Json], None]


def _nobody_listens(_payload: Json) -> None:
    """Stand in for the way to the app until the server runs."""


class Workspace:
    """People, conversations and one installed app; hold ``lock`` while reading or changing it.

    ``changed`` is notified after every change, so that waiting needs no polling.
    """

    def __init__(self, config: AppConfig, settings: Settings, clock: Clock, tokens: ids.Tokens) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.watchers: list[Callable[[], None]] = []
        """Called after every change, with the lock held; they must return at once."""
        self.settings, self.clock = settings, clock
        self.ids = ids.Ids()
        self.record = Record(clock)
        self.team_id, self.team_name, self.domain = self.ids.next("T"), "Sandbox", "sandbox"
        self.enterprise: Enterprise | None = None
        self.users: dict[str, User] = {}
        self.profile_fields: list[Json] = []
        self.conversations: dict[str, Conversation] = {}
        self._memberships: dict[str, dict[str, None]] = {}
        self._groups: dict[tuple[str, ...], str] = {}
        self.send_event: EventSink = _nobody_listens
        self.app = self._install(config, tokens)

    def _install(self, config: AppConfig, tokens: ids.Tokens) -> Installation:
        self.add_user(User(SLACKBOT, "slackbot", "Slackbot", is_bot=True))
        bot = User(self.ids.next("U"), handle_of(config.bot_name), config.bot_name, is_bot=True)
        self.add_user(bot)
        app = Installation(
            config,
            self.ids.next("A"),
            self.ids.next("B"),
            bot.id,
            tokens.bot,
            tokens.app,
            tokens.signing_secret,
        )
        app.scopes.update(config.scopes)
        return app

    @property
    def bot(self) -> str:
        """The user id of the app's bot."""
        return self.app.bot_user

    def touch(self) -> None:
        """Wake everybody who waits for a change."""
        with self.lock:
            self.changed.notify_all()
            for watcher in self.watchers:
                watcher()

    def wait_for(self, look: Callable[[], T | None], timeout: float) -> T | None:
        """Return what ``look`` finds, looking again after every change; None after ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        with self.changed:
            while True:
                found = look()
                remaining = deadline - time.monotonic()
                if found or remaining <= 0:
                    return found or None
                self.changed.wait(remaining)

    def add_user(self, user: User) -> User:
        """Add a member."""
        user.updated = self.clock.epoch()
        self.users[user.id] = user
        return user

    def home_of(self, user: User) -> str:
        """The workspace where somebody is at home."""
        return user.home or self.team_id

    def user(self, user_id: str) -> User:
        """Return that member, or answer ``user_not_found``."""
        if user_id not in self.users:
            raise SlackError("user_not_found")
        return self.users[user_id]

    def add_conversation(self, kind: Kind, name: str, creator: str, members: list[str]) -> Conversation:
        """Create a conversation; ids start with D for DMs and C for everything else, as Slack's do."""
        prefix = "D" if kind == "im" else "C"
        conversation = Conversation(self.ids.next(prefix), kind, name, creator, self.clock.epoch())
        self.conversations[conversation.id] = conversation
        for member in members:
            self.join(conversation, member)
        if kind in ("im", "mpim"):
            self._groups[group_key(members)] = conversation.id
        return conversation

    def group_of(self, members: list[str]) -> Conversation | None:
        """Return the DM or group DM of exactly these members; order does not matter."""
        found = self._groups.get(group_key(members))
        return self.conversations[found] if found else None

    def join(self, conversation: Conversation, user_id: str) -> None:
        """Put a member into a conversation; nothing happens if they are in it."""
        if user_id not in conversation.members:
            conversation.members.append(user_id)
        self._memberships.setdefault(user_id, {})[conversation.id] = None

    def part(self, conversation: Conversation, user_id: str) -> None:
        """Take a member out of a conversation."""
        conversation.members.remove(user_id)
        self._memberships[user_id].pop(conversation.id, None)

    def conversations_of(self, user_id: str) -> Iterator[Conversation]:
        """Yield that member's conversations in the order they joined."""
        return (self.conversations[c] for c in list(self._memberships.get(user_id, ())))

    def dm(self, user_id: str) -> Conversation:
        """Return the DM between the app and that member, opening it if needed."""
        pair = [self.bot, user_id]
        return self.group_of(pair) or self.add_conversation("im", "directmessage", self.bot, pair)


def group_key(members: list[str]) -> tuple[str, ...]:
    """Return the identity of a DM or group DM: its set of members."""
    return tuple(sorted(set(members)))


def handle_of(name: str) -> str:
    """Return the Slack handle made from a full name (``Ana Example`` becomes ``ana.example``)."""
    return "".join(c for c in name.lower().replace(" ", ".") if c.isalnum() or c in "._-") or "someone"
