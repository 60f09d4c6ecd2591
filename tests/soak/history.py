"""The history of a run: what the database was asked to say, what stands on screens, and what people did."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import text

from sandbox import Sandbox
from storage.database import Database

ENDED = frozenset({"sent", "moot", "failed", "unknown"})
"""States of a row in which nothing more is to be done."""

QUESTION = "unconfirmed"
"""The kind of message that asks leads about others of unknown fate."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One message that was committed: a row of the outbox. `held` says that its readers are off work."""

    id: int
    token: str
    kind: str
    recipient: str
    state: str
    channel: str | None = None
    ts: str | None = None
    behind: int = 0
    held: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One message of the bot that stands on a screen: in which conversation, and who can read it there."""

    token: str
    channel: str
    ts: str
    readers: frozenset[str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call that posts: its token, whether Slack did it, and what the bot saw."""

    token: str
    effect: bool
    error: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody did and Slack said was heard, and whether it shows."""

    what: str
    shows: bool


@dataclass
class History:
    """Everything that the checker looks at."""

    seed: int
    intents: list[Intent]
    effects: list[Effect]
    attempts: list[Attempt] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    pairs: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """Who reads what is said to each pair."""
    leads: frozenset[str] = frozenset()
    leads_channel: str = ""
    given_up: frozenset[str] = frozenset()
    """Tokens of messages that a lead settled, which may stand beside their successors."""
    settled: frozenset[int] = frozenset()
    """The rows of these messages."""

    def told(self) -> str:
        """The history as text, for whoever looks into a failure."""
        return json.dumps(asdict(self), default=_plain, indent=1, ensure_ascii=False)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, Iterable) else str(value)


_ROWS = text(
    "SELECT id, token, kind, recipient, state, channel, ts, wanted - shown AS behind, trouble,"
    " patient, held_until IS NOT NULL AND held_until >= not_before AS held FROM outbox ORDER BY id"
)


def intents(database: Database) -> list[Intent]:
    """Every row of the outbox, in the order in which they were queued."""
    with database.read() as tx:
        return [
            Intent(
                one.id,
                one.token,
                one.kind,
                one.recipient,
                one.state,
                one.channel,
                one.ts,
                one.behind,
                bool(one.patient and one.held),
                one.trouble,
            )
            for one in tx.execute(_ROWS)
        ]


_OPEN = text(
    "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'moot', 'failed', 'unknown')"
    " AND NOT (patient AND held_until IS NOT NULL AND held_until >= not_before)"
)


def open_rows(database: Database) -> int:
    """How many messages are not where they should be yet."""
    with database.read() as tx:
        return int(tx.execute(_OPEN).scalar_one())


def pairs(database: Database) -> dict[int, frozenset[str]]:
    """Who reads what is said to each pair: its two people, or all whom its introduction brought together."""
    with database.read() as tx:
        two = {
            one.id: frozenset((one.mentor_id, one.mentee_id))
            for one in tx.execute(text("SELECT id, mentor_id, mentee_id FROM pairs"))
        }
        brought = tx.execute(text("SELECT intro_of, pair_id FROM groups")).all()
    several: dict[int, frozenset[str]] = {}
    for one in brought:
        several[one.intro_of] = several.get(one.intro_of, frozenset()) | two[one.pair_id]
    return two | several


def effects(slack: Sandbox) -> list[Effect]:
    """Every message of the bot that stands in a conversation and carries a token, in the order of the posts."""
    workspace, found = slack.backend.ws, []
    with workspace.lock:
        for conversation in workspace.conversations.values():
            readers = frozenset(conversation.members) - {slack.bot_user_id}
            for post in conversation.posts.values():
                if post.by_app and post.metadata is not None:
                    token = str(post.metadata["event_payload"].get("id"))
                    found.append(Effect(token, conversation.id, post.ts, readers, post.text))
    return found


def attempts(slack: Sandbox) -> list[Attempt]:
    """Every call that posted or tried to."""
    found = []
    for call in slack.calls.to("chat.postMessage"):
        metadata = call.args.get("metadata") or {}
        if isinstance(metadata, str):
            metadata = json.loads(metadata)
        token = str(metadata.get("event_payload", {}).get("id", ""))
        found.append(Attempt(token, call.effect, call.error))
    return found


def tally(history: History) -> dict[str, int]:
    """How many messages of each kind were shown."""
    kinds = {one.token: one.kind for one in history.intents}
    return dict(Counter(kinds.get(one.token, "unknown") for one in history.effects))
