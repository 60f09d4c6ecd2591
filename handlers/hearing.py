"""Who hears what: the listener to the command, each button, form and search, found by its name.

Bolt asks one listener after another whether something is for it, and looks every ten milliseconds whether there is an
answer. So what people do is heard on the way to Bolt's listeners, which are left with the events.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from slack_bolt import App, BoltContext, BoltResponse
from slack_sdk import WebClient

from handlers import in_time
from handlers.errors import Listener, heard
from handlers.payloads import Act, Kind
from handlers.services import Services

_ANY: Final = ""
"""The app has one command, whatever it is called in a workspace."""


class Hearing:
    """The listeners of one app; every name has one."""

    def __init__(self, app: App, services: Services) -> None:
        """Listen to nothing yet; `services` are those of all listeners, which work where the app's own do."""
        self._services = services
        self._executor = app.listener_runner.listener_executor
        self._listeners: dict[tuple[Kind, str], Listener] = {}
        # As a method it would have a `self`, which Bolt takes away at its first call, and twice where two come at once.
        app.middleware(partial(Hearing._hear, self))

    def command(self, listener: Listener) -> None:
        """Who hears the command, whatever is typed behind it."""
        self._add(Kind.COMMAND, _ANY, listener)

    def action(self, name: str, listener: Listener) -> None:
        """Who hears a press of a button, or a choice; what stands behind a point in its name, says what it is about."""
        self._add(Kind.CLICK, name, listener)

    def view(self, name: str, listener: Listener) -> None:
        """Who hears that a form was submitted."""
        self._add(Kind.SUBMISSION, name, listener)

    def options(self, name: str, listener: Listener) -> None:
        """Who hears what is typed into a field to search in it."""
        self._add(Kind.SEARCH, name, listener)

    def _add(self, kind: Kind, name: str, listener: Listener) -> None:
        if (kind, str(name)) in self._listeners:
            raise ValueError(f"two listeners for {kind} {name}")
        self._listeners[kind, str(name)] = listener

    def of(self, act: Act) -> Listener | None:
        """Who hears this; None for what nothing listens to, such as a button of an older version."""
        return self._listeners.get((act.kind, _name(act)))

    def _hear(
        self, context: BoltContext, client: WebClient, next_: Callable[[], None]
    ) -> BoltResponse | None:
        """Let its listener do what somebody did, and answer Slack; everything else goes on to Bolt's listeners."""
        answer = in_time.of(context)
        listener = self.of(answer.act) if answer is not None else None
        if answer is None or listener is None:
            next_()
            return None
        self._executor.submit(heard, self._services, listener, answer, client)
        return answer.waited_for(self._services.watch.answer_within)


def _name(act: Act) -> str:
    match act.kind:
        case Kind.SUBMISSION if act.view is not None:
            return str(act.view.whole.get("callback_id"))
        case Kind.COMMAND:
            return _ANY
        case _:
            return act.action
