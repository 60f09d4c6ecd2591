"""Acts: what a person does on the page, named by the ids the page shows."""

from __future__ import annotations

import base64
from typing import Any

from sandbox import conversations as ops
from sandbox import screen
from sandbox.blocks import Spot, options_of
from sandbox.errors import PersonError, SlackError
from sandbox.files import file_json
from sandbox.page.choices import chosen, option_valued
from sandbox.page.screens import Screens
from sandbox.people import Person, Stage
from sandbox.places import place
from sandbox.settings import Json
from sandbox.shown import Reply, message_of
from sandbox.surfaces import MessageSurface, Surface, ViewSurface
from sandbox.views import View
from sandbox.workspace import Conversation

MOST_BYTES = 10_000_000
"""The sandbox keeps files in memory; Slack itself takes larger ones."""
GONE = "That is not there any more."
_CANNOT_WRITE = {
    "cannot_dm_bot": "Apps are written to under Apps.",
    "user_disabled": "Somebody among them has left.",
    "too_many_users": f"Choose at most {ops.MAX_OPEN_USERS} people.",
}
_BUTTON_PARTS = ("text", "value", "style")


class Acts:
    """The hands of everybody at the page; every act blocks until the app has answered.

    Raises PersonError with a sentence for the person when something cannot be done.
    """

    def __init__(self, stage: Stage, screens: Screens) -> None:
        self._stage, self._backend, self._ws = stage, stage.backend, stage.backend.ws
        self._screens = screens
        self._offers: dict[str, dict[tuple[str, str], list[Json]]] = {}

    # Talking

    def say(self, user: str, channel: str, text: str, thread_ts: str | None) -> Reply:
        """Write a message, or a slash command when the text begins with one."""
        person = self._person(user)
        if text.startswith("/") and not thread_ts:
            return person.types(text, channel)
        person.says(text, channel, thread_ts)
        return Reply(True)

    def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """Put an emoji on a message, or take it off again."""
        person = self._person(user)
        with self._ws.lock:
            conversation = self.conversation(user, channel)
            if ts not in conversation.posts:
                raise PersonError(GONE)
            person.reacts(name, message_of(self._ws, conversation.posts[ts]))

    def join(self, user: str, channel: str) -> None:
        """Join a public channel."""
        self._may_act(user)
        with self._ws.lock:
            conversation = self.conversation(user, channel)
            if conversation.kind != "public":
                raise PersonError("Only public channels can be joined.")
            ops.join(self._ws, conversation, user)

    def write_to(self, user: str, others: list[str]) -> Json:
        """Open the conversation with these people; a person alone writes to themselves."""
        self._may_act(user)
        with self._ws.lock:
            for other in others:
                self._person(other)
            try:
                found = ops.among(self._ws, [user, *others])
            except SlackError as error:
                raise PersonError(_CANNOT_WRITE[error.error]) from None
            self._ws.touch()
            return {"channel": found.id}

    def open_tab(self, user: str, tab: str) -> None:
        """Open the app's Home or Messages tab; the app is told."""
        self._may_act(user)
        if tab == "home":
            self._stage.interactions.open_home(user)
        else:
            self._stage.interactions.open_messages(user)

    # Blocks

    def press(self, user: str, at: Json, option: str | None) -> Reply:
        """Press a button or choose from an overflow menu."""
        self._may_act(user)
        with self._ws.lock:
            surface, spot = self._spot(user, at)
            self._tell(user, f"clicked {_pressed_text(spot, option)!r}", surface)
        return self._send(user, surface, spot, _pressed(spot, option))

    def fill(self, user: str, at: Json, raw: Any) -> Reply:
        """Put a value into a field and tell the app unless the field waits for a submit button."""
        self._may_act(user)
        with self._ws.lock:
            surface, spot = self._spot(user, at)
            state = self._put(surface, spot, raw)
            if spot.is_input and not spot.block.get("dispatch_action"):
                return Reply(True)
            self._tell(user, f"chose in {screen.label_of(spot)!r}", surface)
        return self._send(user, surface, spot, {k: v for k, v in state.items() if k != "type"})

    def keep(self, user: str, drafts: list[Json]) -> None:
        """Remember what was typed so far (``at`` and ``value`` of each field); the app is not told.

        A field that is gone by now keeps no other from being remembered.
        """
        problems = []
        with self._ws.lock:
            for draft in drafts:
                try:
                    surface, spot = self._spot(user, draft["at"])
                    self._put(surface, spot, draft["value"])
                except PersonError as problem:
                    problems.append(problem)
        if problems:
            raise problems[0]

    def upload(self, user: str, name: str, content: str) -> Json:
        """Take a file (``content`` in base64); it is nowhere yet but in that person's hands."""
        self._may_act(user)
        try:
            data = base64.b64decode(content, validate=True)
        except ValueError:
            raise PersonError("The file did not arrive whole.") from None
        if len(data) > MOST_BYTES:
            raise PersonError(f"A file may have {MOST_BYTES // 1_000_000} MB here.")
        with self._ws.lock:
            return file_json(self._backend.files.upload(name, data, user, self._backend.base_url))

    def _put(self, surface: Surface, spot: Spot, raw: Any) -> Json:
        current = surface.values.get(spot.key, {})
        offered = self._offers.get(_surface_id(surface), {}).get(spot.key, [])
        surface.values[spot.key] = state = chosen(self._backend, spot, raw, current, offered)
        return state

    def _send(self, user: str, surface: Surface, spot: Spot, detail: Json) -> Reply:
        complaint = self._stage.interactions.action(user, surface, spot, detail)
        return Reply(complaint is None, error=complaint)

    def suggest(self, user: str, at: Json, query: str) -> list[Json]:
        """Ask the app for the options of an external menu; gives groups."""
        self._may_act(user)
        with self._ws.lock:
            surface, spot = self._spot(user, at)
        groups = self._stage.interactions.suggest_groups(user, surface, spot, query)
        known = self._offers.setdefault(_surface_id(surface), {}).setdefault(spot.key, [])
        known.extend(o for group in groups for o in group["options"] if o not in known)
        return groups

    # Modals

    def submit(self, user: str, view_id: str) -> Json:
        """Press the modal's submit button; gives what went wrong, if anything."""
        self._may_act(user)
        result = self._stage.interactions.submit(self._modal(user, view_id))
        return {"closed": result.closed, "errors": result.errors, "problem": result.problem}

    def close(self, user: str, view_id: str, *, whole_stack: bool) -> None:
        """Close a modal by its button, or the whole stack by the cross."""
        self._stage.interactions.close(self._modal(user, view_id), whole_stack=whole_stack)
        self._offers.pop(view_id, None)

    def _modal(self, user: str, view_id: str) -> View:
        top = self._backend.views.top(user)
        if top is None or top.id != view_id:
            raise PersonError("That form is not open any more.")
        return top

    # Where things are

    def conversation(self, user: str, channel: str) -> Conversation:
        """Return a conversation that person may look into."""
        found = self._ws.conversations.get(channel)
        if found is None or (found.kind != "public" and user not in found.members):
            raise PersonError(GONE)
        return found

    def _spot(self, user: str, at: Json) -> tuple[Surface, Spot]:
        surface = self._surface(user, at)
        for spot in surface.spots:
            if spot.key == (at.get("block_id"), at.get("action_id")):
                return surface, spot
        # A block that the app gave no id has another one each time a view is shown anew, also under somebody's finger.
        alike = [spot for spot in surface.spots if spot.action_id == at.get("action_id")]
        if at.get("view") and len(alike) == 1:
            return surface, alike[0]
        raise PersonError(GONE)

    def _surface(self, user: str, at: Json) -> Surface:
        if at.get("view"):
            return ViewSurface(self._view(user, str(at["view"])))
        conversation = self.conversation(user, str(at.get("channel")))
        for post in self._screens.finder(user).visible(conversation):
            if post.ts == at.get("ts"):
                return self._screens.finder(user).on_message(post)
        raise PersonError(GONE)

    def _view(self, user: str, view_id: str) -> View:
        try:
            view = self._backend.views.find(view_id, None)
        except SlackError:
            raise PersonError(GONE) from None
        if view.user != user:
            raise PersonError(GONE)
        return view

    def _person(self, user: str) -> Person:
        if user not in self._ws.users:
            raise PersonError("Nobody here has that id.")
        return Person(self._stage, user)

    def _may_act(self, user: str) -> None:
        self._stage.interactions.may_act(self._person(user).id)

    def _tell(self, user: str, what: str, surface: Surface) -> None:
        where = place(self._ws, surface.conversation) if isinstance(surface, MessageSurface) else ""
        self._ws.record.happened(self._ws.users[user].real_name, what, where)


def _surface_id(surface: Surface) -> str:
    return surface.post.ts if isinstance(surface, MessageSurface) else surface.view.id


def _pressed(spot: Spot, option: str | None) -> Json:
    element = spot.element
    if element["type"] == "overflow":
        return {"selected_option": option_valued(options_of(element), option)}
    if element["type"] == "feedback_buttons":
        return {k: v for k, v in element[f"{option}_button"].items() if k in _BUTTON_PARTS}
    return {k: v for k, v in element.items() if k in _BUTTON_PARTS}


def _pressed_text(spot: Spot, option: str | None) -> str:
    return str((_pressed(spot, option).get("selected_option") or _pressed(spot, option))["text"]["text"])
