"""Screens: what one person sees now, as JSON for the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sandbox import form
from sandbox.backend import Backend
from sandbox.errors import SlackError
from sandbox.files import file_json
from sandbox.finder import Finder
from sandbox.page.reads import Reads
from sandbox.settings import Json
from sandbox.views import View
from sandbox.workspace import Conversation, Post, User

_Replies = dict[str, list[Post]]


class Screens:
    """Looks at the workspace through one person's eyes; call it with the workspace's lock held."""

    def __init__(self, backend: Backend, reads: Reads) -> None:
        self._backend, self._ws, self._reads = backend, backend.ws, reads
        self._finders: dict[str, Finder] = {}

    def finder(self, user: str) -> Finder:
        """Return the eyes of that person."""
        return self._finders.setdefault(user, Finder(self._backend, user))

    def app(self) -> Json:
        """The installed app: its name, commands and tabs."""
        app = self._ws.app
        return {
            "name": app.config.bot_name,
            "bot": app.bot_user,
            "installed": app.installed,
            "socket_mode": app.config.socket_mode,
            "home_tab": app.config.home_tab,
            "messages_tab": app.config.messages_tab,
            "read_only": app.config.messages_read_only,
            "commands": [
                {"name": c.command, "description": c.description, "usage": c.usage_hint}
                for c in app.config.commands
            ],
        }

    def people(self) -> list[Json]:
        """Everybody, bots included, with what waits for them to be read."""
        return [self._person(u) for u in self._ws.users.values()]

    def _person(self, user: User) -> Json:
        places = self._ws.conversations_of(user.id)
        unread = 0 if user.is_bot else sum(self._reads.counts(user.id, c)[1] for c in places)
        return {
            "id": user.id,
            "name": user.real_name,
            "handle": user.handle,
            "title": user.title,
            "tz": user.tz,
            "bot": user.is_bot,
            "admin": user.admin or user.owner,
            "guest": user.guest,
            "deleted": user.deleted,
            "unread": unread,
        }

    def places(self, user: str) -> list[Json]:
        """The sidebar: that person's conversations, and the public channels they could join."""
        own = self._ws.conversations_of(user)
        public = (c for c in self._ws.conversations.values() if c.kind == "public")
        found = {c.id: c for c in (*own, *public)}
        return [self._place(user, c) for c in found.values() if not self._is_only_opened(user, c)]

    def _is_only_opened(self, user: str, conversation: Conversation) -> bool:
        """Whether somebody else means to write there and has not done so yet."""
        direct = conversation.kind in ("im", "mpim") and self._ws.bot not in conversation.members
        return direct and not conversation.posts and conversation.creator != user

    def _place(self, user: str, conversation: Conversation) -> Json:
        unread, mentions = self._reads.counts(user, conversation) if user in conversation.members else (0, 0)
        return {
            "id": conversation.id,
            "kind": conversation.kind,
            "name": conversation.name,
            "members": conversation.members,
            "joined": user in conversation.members,
            "archived": conversation.archived,
            "unread": unread,
            "mentions": mentions,
        }

    def messages(self, user: str, conversation: Conversation, limit: int) -> Json:
        """The newest ``limit`` messages of a conversation with what that person chose in their menus."""
        posts = self.finder(user).visible(conversation)
        replies = _replies(posts)
        top = [p for p in posts if p.thread_ts in (None, p.ts) or p.broadcast]
        shown = [self._message(user, p, replies) for p in top[-limit:]]
        return {"id": conversation.id, "messages": shown, "earlier": max(0, len(top) - limit)}

    def thread(self, user: str, conversation: Conversation, ts: str) -> Json | None:
        """A message and its replies, or None when it is gone."""
        posts = self.finder(user).visible(conversation)
        replies = _replies(posts)
        root = next((p for p in posts if p.ts == ts), None)
        if root is None:
            return None
        shown = [self._message(user, p, replies) for p in (root, *replies.get(ts, ()))]
        return {"id": conversation.id, "ts": ts, "messages": shown}

    def _message(self, user: str, post: Post, replies: _Replies) -> Json:
        below = replies.get(post.ts, [])
        return {
            "ts": post.ts,
            "channel": post.channel,
            "user": post.user,
            "text": post.text,
            "blocks": post.blocks,
            "attachments": post.attachments,
            "by_app": post.by_app,
            "ephemeral": post.audience is not None,
            "edited": post.edited is not None,
            "subtype": post.subtype,
            "thread_ts": post.thread_ts,
            "reactions": [{"name": n, "users": u} for n, u in post.reactions.items()],
            "files": self._files(post.files),
            "replies": {"count": len(below), "last": below[-1].ts, "users": _users(below)} if below else None,
            "values": form.state_json(self.finder(user).on_message(post).values)["values"],
        }

    def _files(self, ids: Iterable[str]) -> list[Json]:
        found = []
        for file_id in ids:
            try:
                found.append(file_json(self._backend.files.get(file_id)))
            except SlackError:
                found.append({"id": file_id, "deleted": True})
        return found

    def home(self, user: str) -> Json | None:
        """The Home tab as published last."""
        view = self._backend.views.homes.get(user)
        return view_screen(view) if view else None

    def modals(self, user: str) -> list[Json]:
        """The open modals, the one on top last."""
        return [view_screen(v) for v in self._backend.views.stacks.get(user, ())]


def view_screen(view: View) -> Json:
    """Return a view with what is filled in and what is wrong with it."""
    body = view.body
    return {
        "id": view.id,
        "kind": view.kind,
        **{key: (body.get(key) or {}).get("text") for key in ("title", "submit", "close")},
        "blocks": view.blocks,
        "values": form.state_json(view.values)["values"],
        "errors": view.errors,
        "version": view.version,
    }


def _replies(posts: Iterable[Post]) -> _Replies:
    found: _Replies = defaultdict(list)
    for post in posts:
        if post.thread_ts and post.thread_ts != post.ts:
            found[post.thread_ts].append(post)
    return found


def _users(posts: Iterable[Post]) -> list[str]:
    return list(dict.fromkeys(p.user for p in posts))[:4]
