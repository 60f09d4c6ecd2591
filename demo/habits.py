"""Habits: what the two of a pair do around their meetings: sign, say when they meet, and tap how it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from demo import rates
from handlers.ids import Action
from handlers.plan_ids import REFLECTIONS
from mentoring.reflections import Reflection
from sandbox import Message, Person

SIGN = "I agree"
TAKE, DONE = "I take it", "Done"
LOOKS_BACK = 8
"""So many messages."""

PLANNED, REFLECTED = "planned", "reflected"
MEETS_AT = 14
"""The local hour of the cast's meetings."""

DAYS_AHEAD = (5, 6, 7)
"""So many days after the question; whoever answers its reminder is still in time."""

MENTION = re.compile(r"<@(\w+)>")
WORKING_DAYS = 5
LIKED = (Reflection.LEARNED, Reflection.WENT_WELL)
LESS = (Reflection.SLOW, Reflection.NOT_FOR_ME)
_BUTTONS = dict(zip(Reflection, REFLECTIONS, strict=True))


class Habits:
    """What people do about a meeting; each decision depends on the seed, the people and the week alone."""

    def __init__(self, chance: Callable[..., Random]) -> None:
        """Nobody has done anything yet."""
        self._chance = chance
        self._met: set[tuple[str, str]] = set()
        """Whose agreement in which conversation has been decided on."""
        self._seen: set[tuple[str, str, str]] = set()
        self.done: Counter[str] = Counter()
        """How often people said when they meet, and how it was."""

    def signs(self, person: Person) -> None:
        """Let somebody sign in each conversation of theirs that is new to them, or leave it."""
        for group in person.group_dms():
            key = (person.id, group.id)
            intro = None if key in self._met else _to_sign(person.messages(group))
            if intro is None:
                continue
            self._met.add(key)
            if self._draws(rates.SIGNS, "signs", person.name, len(self._of(person))):
                person.clicks(SIGN, intro)

    def looks_after(self, lead: Person) -> None:
        """Let a lead take the calls for help that came to them, and say later that they are done."""
        for message in lead.messages()[-LOOKS_BACK:]:
            found = next((each for each in (TAKE, DONE) if each in message.buttons), None)
            if found:
                lead.clicks(found, message)

    def follows_up(self, person: Person, zone: str, message: Message) -> bool:
        """Let somebody do what an answered question offers; whether it offered anything that is new."""
        asked = _offers(message)
        key = (person.id, message.ts, asked or "")
        if asked is None or key in self._seen:
            return False
        self._seen.add(key)
        if asked == REFLECTED:
            self._reflects(person, message, week_of(sent(message)))
        else:
            self._plans(person, zone, message, asked, week_of(sent(message)))
        return True

    def _of(self, person: Person) -> set[tuple[str, str]]:
        return {each for each in self._met if each[0] == person.id}

    def _reflects(self, person: Person, message: Message, week: str) -> None:
        if self._draws(rates.REFLECTS, "reflects", person.name, week):
            liked = self._draws(rates.LIKED_IT, "liked", person.name, week)
            choice = self._chance("how", person.name, week).choice(LIKED if liked else LESS)
            person.clicks(_BUTTONS[choice], message)
            self.done[REFLECTED] += 1

    def _plans(self, person: Person, zone: str, message: Message, field: str, week: str) -> None:
        """Say when, if it is this one of the two who does so in that week."""
        two = sorted({person.id, *MENTION.findall(message.text)[:1]})
        teller = self._chance("tells when", two, week).choice(two)
        if teller == person.id and self._draws(rates.SAYS_WHEN, "says when", person.name, week):
            days = self._chance("when", person.name, week).choice(DAYS_AHEAD)
            person.selects(field, _afternoon(sent(message), zone, days), message)
            self.done[PLANNED] += 1

    def _draws(self, chance: float, *occasion: object) -> bool:
        return self._chance(*occasion).random() < chance


def sent(message: Message) -> datetime:
    """When a message was sent."""
    return datetime.fromtimestamp(float(message.ts), UTC)


def week_of(moment: datetime) -> str:
    """The name of a week."""
    year, week, _day = moment.isocalendar()
    return f"{year}-W{week:02}"


def _to_sign(messages: list[Message]) -> Message | None:
    return next((each for each in messages if SIGN in each.buttons), None)


def _offers(message: Message) -> str | None:
    """The field in which to say when, if nobody has said it; that it asks how a meeting was; or neither."""
    for element in (each for block in message.blocks for each in block.get("elements", ())):
        action = str(element.get("action_id", ""))
        if action in REFLECTIONS:
            return REFLECTED
        if action.startswith(f"{Action.PLAN_AT}.") and "initial_date_time" not in element:
            return action
    return None


def _afternoon(moment: datetime, zone: str, days: int) -> datetime:
    """Some days later in the afternoon, and not at a weekend."""
    local = moment.astimezone(ZoneInfo(zone)) + timedelta(days=days)
    while local.weekday() >= WORKING_DAYS:
        local += timedelta(days=1)
    return local.replace(hour=MEETS_AT, minute=0, second=0, microsecond=0)
