"""A workspace in the sandbox, its cast, and a watch on what its app shows them."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

from benchmarks.seed import Cast, Posted
from bot import manifest
from bot.client import slack_client
from bot.settings import Settings
from bot.slack import post as slack_post
from handlers.views import Rendered
from mentoring import people
from mentoring.cards import pairs_in
from mentoring.messages import Notice
from sandbox import AppConfig, Call, Happening, Message, Person, Sandbox

MENTORS = MENTEES = 50
LEADS = 8
PATIENCE = 60.0

Effect = tuple[str, str]
"""What an app shows: the method it called, and the view, conversation or message that this was about."""

_ABOUT: dict[str, Callable[[Call], list[str]]] = {
    "views.open": lambda call: [str(call.answer.get("view", {}).get("id"))],
    "chat.postMessage": lambda call: [str(call.args.get("channel"))],
    "response_url": lambda call: re.findall(r"\*Pair (\d+):\*", str(call.args.get("text"))),
}
"""What an app shows, and which form, which person or which pairs, decided by then, that is about."""


class Workplace:
    """A stand-in for Slack with people in it; use it as a context manager. Its app connects from outside."""

    def __init__(self) -> None:
        """Build the workspace. The same people get the same ids in each one, so they can share a database."""
        # No rate limits: what is measured is speed.
        self.slack = Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off")
        self.leads = self._add("Lead", LEADS)
        self.mentors = self._add("Mentor", MENTORS)
        self.mentees = self._add("Mentee", MENTEES)
        self.channel = self.slack.add_channel("mentoring-leads", members=self.leads, private=True, bot=True)
        self.cards: list[tuple[tuple[int, ...], Message]] = []
        self._shown: dict[Effect, float] = {}
        self._changed = threading.Condition()
        self._here = threading.local()

    def __enter__(self) -> Self:
        self.slack.start()
        self.slack.calls.subscribe(self._called)
        self.slack.responses.subscribe(self._called)
        self.slack.timeline.subscribe(self._happened)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.slack.stop()

    @property
    def cast(self) -> Cast:
        """Its people as the program knows them."""
        return Cast(
            self.slack.team_id,
            *(tuple(map(known, group)) for group in (self.leads, self.mentors, self.mentees)),
        )

    @property
    def environ(self) -> dict[str, str]:
        """What an app needs to connect."""
        return {
            "SLACK_API_URL": self.slack.api_url,
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
        }

    def newcomer(self) -> Person:
        """A person who has not been seen before."""
        return self.slack.add_person("New Comer", announce=False)

    def post_cards(self, cards: Iterable[tuple[Notice, Rendered]]) -> list[Posted]:
        """Post the messages with cards into the leads' channel, as the app itself would."""
        settings = Settings(self.slack.bot_token, self.slack.app_token, api_url=self.slack.api_url)
        client = slack_client(settings)
        posted = [
            Posted(notice, *slack_post.post(client, self.channel.id, card, f"{n:032}"))
            for n, (notice, card) in enumerate(cards, 1)
        ]
        numbers = [pairs_in(one.notice.subject) for one in posted]
        self.cards = list(zip(numbers, self.slack.messages(self.channel), strict=True))
        return posted

    @property
    def clicked_at(self) -> float:
        """When this thread's last click was made: finding the button takes time that is not the app's."""
        return float(self._here.clicked_at)

    def seen_at(self, effect: Effect) -> float:
        """When that call of the app came in; waits for it, and raises TimeoutError after a minute."""
        with self._changed:
            if not self._changed.wait_for(lambda: effect in self._shown, PATIENCE):
                raise TimeoutError(f"the app did not call {effect[0]} for {effect[1]}")
            return self._shown[effect]

    def complaints(self) -> list[str]:
        """What Slack refused; after a good run nothing."""
        return [
            *self.slack.refusals,
            *(f"{call.method}: {call.error}" for call in self.slack.calls if call.error),
        ]

    def _add(self, name: str, number: int) -> list[Person]:
        return [self.slack.add_person(f"{name} {n}", announce=False) for n in range(1, number + 1)]

    def _called(self, call: Call) -> None:
        about = _ABOUT.get(call.method)
        if about is not None:
            now = time.perf_counter()
            with self._changed:
                for one in about(call):
                    self._shown.setdefault((call.method, one), now)
                self._changed.notify_all()

    def _happened(self, happening: Happening) -> None:
        if happening.what.startswith("clicked"):
            self._here.clicked_at = time.perf_counter()


def known(person: Person) -> people.Person:
    """A person of the workspace as the program knows them."""
    return people.Person(person.id, person.user.handle, person.user.tz, stranger=False)
