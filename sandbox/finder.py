"""Finder: what one person can see now, and where on her screen a button or field is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from sandbox import form, screen
from sandbox.backend import Backend
from sandbox.blocks import Spot
from sandbox.shown import Channel, Message, message_of
from sandbox.surfaces import MessageSurface, Surface, ViewSurface
from sandbox.workspace import Conversation, Post

Where = Literal["home", "modal", "messages"]
Found = tuple[Surface, Spot]


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look: in one message, in messages that contain a text, on the Home tab, in the modal."""

    message: Message | None = None
    containing: str | None = None
    where: Where | None = None


ANYWHERE = Place()
IN_MODAL = Place(where="modal")


class Finder:
    """The eyes of one person; call it with the workspace's lock held."""

    def __init__(self, backend: Backend, user_id: str) -> None:
        self._ws, self._views, self._user = backend.ws, backend.views, user_id
        self._chosen: dict[tuple[str, str], form.Values] = {}

    def conversation(self, channel: Channel | str | None) -> Conversation:
        """Return that conversation, by default her DM with the app."""
        if channel is None:
            return self._ws.dm(self._user)
        return self._ws.conversations[channel if isinstance(channel, str) else channel.id]

    def visible(self, conversation: Conversation) -> list[Post]:
        """Return what she sees in a conversation, oldest first; nothing in private ones she is not in."""
        if conversation.kind != "public" and self._user not in conversation.members:
            return []
        own = [p for p in conversation.ephemerals.values() if p.audience == self._user]
        return sorted([*conversation.posts.values(), *own], key=_age)

    def newest_first(self) -> list[Post]:
        """Return everything she sees in all her conversations, newest first."""
        seen = [p for c in self._ws.conversations_of(self._user) for p in self.visible(c)]
        return sorted(seen, key=_age, reverse=True)

    def button(self, wanted: str, place: Place) -> Found | None:
        """Return the button with that text, action id or value."""
        return self._look(lambda spots: screen.find_button(spots, wanted), place)

    def field(self, wanted: str, place: Place) -> Found | None:
        """Return the field or menu with that label, placeholder or id."""
        return self._look(lambda spots: screen.find_field(spots, wanted), place)

    def _look(self, find: Callable[[Iterable[Spot]], Spot | None], place: Place) -> Found | None:
        for surface in self.surfaces(place):
            spot = find(surface.spots)
            if spot is not None:
                return surface, spot
        return None

    def surfaces(self, place: Place) -> list[Surface]:
        """Return what she may act on, most likely first; an open modal covers everything else."""
        modal, home = self._views.top(self._user), self._views.homes.get(self._user)
        if place.message is not None:
            return [s for s in self._messages(None) if s.post.ts == place.message.ts]
        if place.where == "modal" or (place.where is None and modal is not None):
            return [ViewSurface(modal)] if modal else []
        homes: list[Surface] = [ViewSurface(home)] if home is not None else []
        if place.where == "home":
            return homes
        found: list[Surface] = [*self._messages(place.containing)]
        return found if place.where == "messages" or place.containing else found + homes

    def _messages(self, containing: str | None) -> list[MessageSurface]:
        return [
            self.on_message(p)
            for p in self.newest_first()
            if p.blocks and (containing is None or containing in message_of(self._ws, p))
        ]

    def on_message(self, post: Post) -> MessageSurface:
        """Return that message as she may act on it, with what she chose in its menus so far."""
        key = (post.channel, post.ts)
        self._chosen[key] = form.carried_over(self._chosen.get(key, {}), post.blocks)
        return MessageSurface(self._ws.conversations[post.channel], post, self._chosen[key])

    def buttons(self) -> list[str]:
        """Return the texts of all buttons she could press."""
        spots = [s for surface in self.surfaces(ANYWHERE) for s in surface.spots]
        return [screen.button_text(s) for s in spots if s.element["type"] == "button"]

    def fields(self) -> list[str]:
        """Return the labels of all fields and menus she could use."""
        spots = [s for surface in self.surfaces(ANYWHERE) for s in surface.spots]
        return [screen.label_of(s) for s in spots if s.element["type"] != "button"]

    def newest_texts(self) -> list[str]:
        """Return what her three newest messages say."""
        return [message_of(self._ws, p).full_text for p in self.newest_first()[:3]]


def _age(post: Post) -> tuple[int, int]:
    seconds, micros = post.ts.split(".")
    return int(seconds), int(micros)
