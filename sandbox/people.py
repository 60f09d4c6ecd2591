"""People: members who read, type, click and fill in forms, the way they would in Slack's client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox import form, reactions, screen
from sandbox.backend import Backend
from sandbox.blocks import Spot
from sandbox.errors import NoModal, NoSuchButton, NoSuchField, NothingSeen, PersonError
from sandbox.finder import IN_MODAL, Finder, Found, Place, Where
from sandbox.interactions import Interactions
from sandbox.messages import add_post
from sandbox.places import place
from sandbox.settings import PATIENCE, Json
from sandbox.shown import Channel, Message, Outcome, Reply, Screen, labelled, message_of, screen_of
from sandbox.surfaces import MessageSurface, Surface, ViewSurface
from sandbox.views import View
from sandbox.workspace import Post, User

Pick = Callable[[list[str]], str]
LOOKS = 2.0 * PATIENCE
"""Real seconds a person looks for something that is not on the screen yet."""

WAITS = 5.0 * PATIENCE
"""Real seconds a person waits for a message."""


class Stage:
    """What everybody acts on; ``interactions`` is there once the server runs."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self._interactions: Interactions | None = None

    @property
    def interactions(self) -> Interactions:
        """The way from people to the app."""
        if self._interactions is None:
            raise RuntimeError("the sandbox has not been started")
        return self._interactions

    @interactions.setter
    def interactions(self, interactions: Interactions) -> None:
        self._interactions = interactions


class Person:
    """One member at the screen. Every act blocks until the app has acknowledged it."""

    def __init__(self, stage: Stage, user_id: str) -> None:
        self._stage, self.id = stage, user_id
        self._ws, self._views = stage.backend.ws, stage.backend.views
        self._finder = Finder(stage.backend, user_id)

    def __repr__(self) -> str:
        return f"Person({self.id}, {self.name!r})"

    @property
    def user(self) -> User:
        """The stored member."""
        return self._ws.users[self.id]

    @property
    def name(self) -> str:
        """The full name."""
        return self.user.real_name

    # What is seen

    @property
    def dm(self) -> Channel:
        """Her DM with the app."""
        with self._ws.lock:
            return Channel(self._ws.dm(self.id).id, self._ws)

    def group_dms(self) -> list[Channel]:
        """Return her group DMs, oldest first."""
        with self._ws.lock:
            return [Channel(c.id, self._ws) for c in self._ws.conversations_of(self.id) if c.kind == "mpim"]

    def messages(self, channel: Channel | str | None = None) -> list[Message]:
        """Return what she sees in a conversation (default: her DM with the app), oldest first."""
        with self._ws.lock:
            conversation = self._finder.conversation(channel)
            return [message_of(self._ws, p) for p in self._finder.visible(conversation)]

    def sees(self, text: str, channel: Channel | str | None = None) -> Message | None:
        """Return the newest message she can see that contains the text, in any or one conversation."""
        with self._ws.lock:
            if channel is None:
                posts = self._finder.newest_first()
            else:
                posts = self._finder.visible(self._finder.conversation(channel))[::-1]
            found = (message_of(self._ws, p) for p in posts)
            return next((m for m in found if text in m), None)

    def waits_to_see(
        self, text: str, timeout: float = WAITS, channel: Channel | str | None = None
    ) -> Message:
        """Wait for a message with that text; NothingSeen after ``timeout`` real seconds."""
        found = self._ws.wait_for(lambda: self.sees(text, channel), timeout)
        if found is None:
            raise NothingSeen(f"{self.name} did not see {text!r}; the newest: {self._finder.newest_texts()}")
        return found

    @property
    def modal(self) -> Screen | None:
        """The modal on top of her screen."""
        with self._ws.lock:
            view = self._views.top(self.id)
            return screen_of(self._ws, view) if view else None

    def waits_for_modal(self, timeout: float = LOOKS, title: str | None = None) -> Screen:
        """Wait until a modal (with that title) is open; NoModal otherwise."""

        def open_now() -> Screen | None:
            modal = self.modal
            return modal if modal and title in (None, modal.title) else None

        found = self._ws.wait_for(open_now, timeout)
        if found is None:
            raise NoModal(
                f"{self.name} has no modal {title or ''} open; newest: {self._finder.newest_texts()}"
            )
        return found

    @property
    def home(self) -> Screen | None:
        """Her Home tab as published last, without opening it."""
        with self._ws.lock:
            view = self._views.homes.get(self.id)
            return screen_of(self._ws, view) if view else None

    def opens_home(self, timeout: float = LOOKS) -> Screen:
        """Open the Home tab and return it once the app has published it (anew)."""
        self._may_act()
        before = self.home
        self._stage.interactions.open_home(self.id)
        newer = self._ws.wait_for(lambda: self._home_after(before), timeout)
        shown = newer or self.home
        if shown is None:
            raise PersonError(f"the app published no Home tab for {self.name}")
        return shown

    def opens_messages(self) -> list[Message]:
        """Open the DM with the app, which tells the app (``app_home_opened``), and return what is there."""
        self._may_act()
        self._stage.interactions.open_messages(self.id)
        return self.messages()

    def _home_after(self, before: Screen | None) -> Screen | None:
        now = self.home
        return now if now and (before is None or now.version > before.version) else None

    # What is done

    def types(self, text: str, channel: Channel | str | None = None) -> Reply:
        """Type a slash command (default: in her DM with the app) and return what Slack shows at once."""
        self._may_act()
        with self._ws.lock:
            conversation = self._finder.conversation(channel)
            if self.id not in conversation.members:
                raise PersonError(f"{self.name} is not in {place(self._ws, conversation)}")
        result = self._stage.interactions.command(self.id, text, conversation)
        if result.post is None:
            return Reply(result.ok, error=result.error)
        return _reply(message_of(self._ws, result.post))

    def says(self, text: str, channel: Channel | str | None = None, thread_ts: str | None = None) -> Message:
        """Write a message (default: in her DM with the app)."""
        self._may_act()
        with self._ws.lock:
            conversation = self._finder.conversation(channel)
            config = self._ws.app.config
            with_app = conversation.kind == "im" and self._ws.bot in conversation.members
            if with_app and (config.messages_read_only or not config.messages_tab):
                raise PersonError("people cannot write to this app")
            if conversation.archived or self.id not in conversation.members:
                raise PersonError(f"{self.name} cannot write in {place(self._ws, conversation)}")
            post = Post(self._ws.clock.mint_ts(), conversation.id, self.id, text, thread_ts=thread_ts)
            return message_of(self._ws, add_post(self._ws, conversation, post))

    def reacts(self, name: str, message: Message) -> None:
        """Put an emoji on a message by its name, or take it off again."""
        self._may_act()
        with self._ws.lock:
            conversation = self._finder.conversation(message.channel)
            post = conversation.posts.get(message.ts)
            if post is None or self.id not in conversation.members or conversation.archived:
                raise PersonError(f"{self.name} cannot react to that message")
            change = reactions.remove if self.id in post.reactions.get(name, ()) else reactions.add
            change(self._ws, conversation, post, self.id, name)

    def clicks(
        self,
        button: str,
        message: Message | None = None,
        *,
        containing: str | None = None,
        where: Where | None = None,
        confirm: bool = True,
        wait: float = LOOKS,
    ) -> Reply:
        """Press a button, found by its text, action id or value.

        It is looked for in the open modal, else in the newest visible message (that contains a text), else
        on the Home tab; ``where`` narrows that. ``confirm=False`` declines a confirmation dialog.
        """
        self._may_act()
        surface, spot = self._button(button, Place(message, containing, where), wait)
        if "confirm" in spot.element and not confirm:
            return Reply(True)
        detail: Json = {k: v for k, v in spot.element.items() if k in ("text", "value", "style")}
        self._tell(f"clicked {screen.button_text(spot)!r}", surface)
        return self._acted(surface, spot, detail)

    def selects(
        self,
        menu: str,
        choice: Any,
        message: Message | None = None,
        *,
        containing: str | None = None,
        where: Where | None = None,
        pick: Pick | None = None,
        wait: float = LOOKS,
    ) -> Reply:
        """Choose in a menu, found by label, placeholder or action id; tells the app where Slack would.

        ``choice`` is what ``fills`` takes.
        """
        self._may_act()
        surface, spot = self._field(menu, Place(message, containing, where), wait)
        return self._puts(surface, spot, choice, pick)

    def fills(self, label: str, value: Any, *, pick: Pick | None = None, wait: float = LOOKS) -> Reply:
        """Fill in a field of the open modal.

        ``value`` fits the field: str, int, date, time, datetime, an option's text or several, people or
        channels, None to empty it. In an external menu each text is typed, and the option that equals it
        (or the only one, or what ``pick`` says) is taken.
        """
        self._may_act()
        self.waits_for_modal(wait)
        surface, spot = self._field(label, IN_MODAL, wait)
        return self._puts(surface, spot, value, pick)

    def searches(
        self, label: str, query: str, *, message: Message | None = None, where: Where | None = None
    ) -> list[str]:
        """Type into an external menu and return the texts of the options it offers."""
        self._may_act()
        surface, spot = self._field(label, Place(message, None, where), LOOKS)
        options = self._stage.interactions.suggest(self.id, surface, spot, query)
        return [o["text"]["text"] for o in options]

    def submits(self, wait: float = LOOKS) -> Outcome:
        """Press the modal's submit button."""
        self._may_act()
        view = self._open_view(wait)
        fields = ViewSurface(view).spots
        result = self._stage.interactions.submit(view)
        errors = labelled(fields, result.errors)
        return Outcome(result.closed, errors, self.modal, result.problem)

    def closes_modal(self) -> None:
        """Close all modals with the cross."""
        self._may_act()
        self._stage.interactions.close(self._open_view(0), whole_stack=True)

    def goes_back(self) -> Screen | None:
        """Close the top modal with its close button; return the one below."""
        self._may_act()
        self._stage.interactions.close(self._open_view(0), whole_stack=False)
        return self.modal

    # How things are found

    def _may_act(self) -> None:
        self._stage.interactions.may_act(self.id)

    def _button(self, button: str, place: Place, wait: float) -> Found:
        found = self._ws.wait_for(lambda: self._finder.button(button, place), wait)
        if found is None:
            with self._ws.lock:
                raise NoSuchButton(
                    f"{self.name} sees no button {button!r}; there are {self._finder.buttons()}"
                )
        return found

    def _field(self, label: str, place: Place, wait: float) -> Found:
        found = self._ws.wait_for(lambda: self._finder.field(label, place), wait)
        if found is None:
            with self._ws.lock:
                raise NoSuchField(f"{self.name} sees no field {label!r}; there are {self._finder.fields()}")
        return found

    def _open_view(self, wait: float) -> View:
        self.waits_for_modal(wait)
        view = self._views.top(self.id)
        if view is None:
            raise NoModal(f"the modal of {self.name} was closed meanwhile")
        return view

    # How a choice is made

    def _puts(self, surface: Surface, spot: Spot, value: Any, pick: Pick | None) -> Reply:
        """Put a value into a field; tell the app unless the field waits for a submit button."""
        offered = self._offers(surface, spot, value, pick) if spot.element["type"] in form.EXTERNAL else None
        if spot.element["type"] == "overflow":
            chosen = form.option_named(spot.element["options"], str(value))
            return self._acted(surface, spot, {"selected_option": chosen})
        with self._ws.lock:
            state = form.filled(self._ws, spot, _wanted(offered, value), offered)
            surface.values[spot.key] = state
            self._ws.touch()
        if spot.is_input and not spot.block.get("dispatch_action"):
            return Reply(True)
        self._tell(f"chose in {screen.label_of(spot)!r}", surface)
        return self._acted(surface, spot, {k: v for k, v in state.items() if k != "type"})

    def _offers(self, surface: Surface, spot: Spot, value: Any, pick: Pick | None) -> list[Json]:
        """Type each wanted text and return the options taken, in order."""
        items = value if isinstance(value, list | tuple) else [value]
        return [self._taken(surface, spot, str(item), pick) for item in items if item not in (None, "")]

    def _taken(self, surface: Surface, spot: Spot, wanted: str, pick: Pick | None) -> Json:
        options = self._stage.interactions.suggest(self.id, surface, spot, wanted)
        texts = [str(o["text"]["text"]) for o in options]
        if pick is not None and texts:
            wanted = pick(texts)
        elif wanted not in texts and len(texts) == 1:
            wanted = texts[0]
        return form.option_named(options, wanted)

    def _acted(self, surface: Surface, spot: Spot, detail: Json) -> Reply:
        complaint = self._stage.interactions.action(self.id, surface, spot, detail)
        return Reply(complaint is None, error=complaint)

    def _tell(self, what: str, surface: Surface) -> None:
        where = place(self._ws, surface.conversation) if isinstance(surface, MessageSurface) else ""
        self._ws.record.happened(self.name, what, where)


def _wanted(offered: list[Json] | None, value: Any) -> Any:
    if offered is None:
        return value
    texts = [o["text"]["text"] for o in offered]
    return texts if isinstance(value, list | tuple) else (texts[0] if texts else None)


def _reply(message: Message) -> Reply:
    return Reply(True, message.text, message.blocks, message.full_text, message.ephemeral)
