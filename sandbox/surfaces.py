"""Surfaces: where a person meets interactive elements - a message, a modal or the Home tab."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox import form
from sandbox.blocks import Spot, spots
from sandbox.messages import post_json
from sandbox.places import payload_name
from sandbox.settings import Json
from sandbox.views import View, view_json
from sandbox.workspace import Conversation, Post, Workspace


@dataclass(frozen=True, slots=True)
class ViewSurface:
    """A modal or the Home tab."""

    view: View

    @property
    def spots(self) -> list[Spot]:
        """The interactive elements."""
        return list(spots(self.view.blocks))

    @property
    def values(self) -> form.Values:
        """What is filled in."""
        return self.view.values

    def payload(self, ws: Workspace) -> Json:
        """The part of an interaction payload that says where it happened."""
        return {
            "container": {"type": "view", "view_id": self.view.id},
            "view": view_json(ws, self.view),
        }


@dataclass(frozen=True, slots=True)
class MessageSurface:
    """A message, with what this person chose in its menus."""

    conversation: Conversation
    post: Post
    values: form.Values

    @property
    def spots(self) -> list[Spot]:
        """The interactive elements."""
        return list(spots(self.post.blocks))

    def payload(self, ws: Workspace) -> Json:
        """The part of an interaction payload that says where it happened; ephemeral ones carry no message."""
        channel = {"id": self.conversation.id, "name": payload_name(self.conversation)}
        found: Json = {
            "container": {
                "type": "message",
                "message_ts": self.post.ts,
                "channel_id": self.conversation.id,
                "is_ephemeral": self.post.audience is not None,
            },
            "channel": channel,
            "state": form.state_json(self.values),
        }
        if self.post.audience is None:
            found["message"] = post_json(ws, self.post)
        return found


Surface = ViewSurface | MessageSurface
