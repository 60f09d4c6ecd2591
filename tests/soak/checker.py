"""The checker: compares what was to be said with what stands on screens, whatever was done to the bot meanwhile."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mentoring.readers import BothOfPair, Conversation, LeadsChannel, OnePerson, read
from tests.soak.history import ENDED, QUESTION, History, Intent


@dataclass(frozen=True, slots=True)
class Flaw:
    """One promise that was not kept: `what` names the kind, `about` tells the message."""

    what: str
    about: str

    def __str__(self) -> str:
        return f"{self.what}: {self.about}"


def check(history: History) -> list[Flaw]:
    """Everything that is wrong; nothing when every promise was kept."""
    return [flaw for look in LOOKS for flaw in look(history)]


def lost(history: History) -> Iterator[Flaw]:
    """What is recorded as sent, and stands nowhere."""
    there = {effect.token for effect in history.effects}
    places = {(effect.channel, effect.ts) for effect in history.effects}
    for one in history.intents:
        if one.state == "sent" and one.token not in there and (one.channel, one.ts) not in places:
            yield Flaw("lost", _named(one))


def doubled(history: History) -> Iterator[Flaw]:
    """What stands there more than once, without the excuse of decision 2: Slack said that it failed, and had posted."""
    kinds = {one.token: _named(one) for one in history.intents}
    excused = in_the_window(history)
    for token, copies in Counter(one.token for one in history.effects).items():
        if copies > 1 + excused[token]:
            yield Flaw("doubled", f"{kinds.get(token, token)} stands {copies} times")


def in_the_window(history: History) -> Counter[str]:
    """How often each message was posted by a call that Slack answered with an error of its own."""
    return Counter(
        one.token
        for one in history.attempts
        if one.effect and one.error and (one.error.startswith("http_5") or one.error in FAILED_BUT_DID)
    )


FAILED_BUT_DID = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})


def stuck(history: History) -> Iterator[Flaw]:
    """What has not come to an end, though nothing stands in the way any more, or shows an old state."""
    for one in history.intents:
        if one.state not in ENDED and not one.held:
            yield Flaw("stuck", f"{_named(one)} is {one.state} ({one.trouble})")
        elif one.state == "sent" and one.ts and one.behind:
            yield Flaw("stuck", f"{_named(one)} shows what was true before")


def wrong_order(history: History) -> Iterator[Flaw]:
    """Two messages of a kind in one conversation, of which the second to be queued came first.

    What Slack failed to take at first, or was in doubt, comes later than its neighbors: it is no part of the order.
    """
    tried = Counter(one.token for one in history.attempts)
    calm = {
        one.token: one for one in history.intents if tried[one.token] <= 1 and one.id not in history.settled
    }
    last: dict[tuple[str, str], Intent] = {}
    for effect in sorted(history.effects, key=lambda one: one.ts):
        intent = calm.get(effect.token)
        if intent is None:
            continue
        before = last.get((intent.kind, effect.channel))
        if before is not None and before.id > intent.id:
            yield Flaw("wrong order", f"{_named(intent)} came behind {_named(before)}")
        last[intent.kind, effect.channel] = intent


def unauthorized(history: History) -> Iterator[Flaw]:
    """What nobody asked for, or what stands where others can read it than those it is for."""
    known = {one.token: one for one in history.intents}
    for effect in history.effects:
        intent = known.get(effect.token)
        if intent is None:
            if effect.token not in history.given_up:
                yield Flaw("unauthorized", f"nobody asked for {effect.text[:60]!r}")
        elif not _may_read(history, intent, effect.channel, effect.readers):
            yield Flaw("unauthorized", f"{_named(intent)} stands in {effect.channel}")


def _may_read(history: History, intent: Intent, channel: str, readers: frozenset[str]) -> bool:
    match read(intent.recipient):
        case OnePerson(person_id):
            return readers == {person_id}
        case BothOfPair(pair_id):
            return readers == history.pairs.get(pair_id)
        case LeadsChannel():
            return channel == history.leads_channel
        case Conversation(invited):
            return channel == invited


def unasked(history: History) -> Iterator[Flaw]:
    """What is unknown, and no lead was asked about."""
    unknown = [one for one in history.intents if one.state == "unknown" and one.kind != QUESTION]
    tokens = {one.token for one in history.intents if one.kind == QUESTION}
    asked: dict[str, set[str]] = defaultdict(set)
    for effect in history.effects:
        if effect.token in tokens:
            asked[effect.token] |= effect.readers & history.leads
    if unknown and not any(asked.values()):
        yield Flaw("unasked", f"{len(unknown)} messages are of unknown fate, and no lead reads so")


def forgotten(history: History) -> Iterator[Flaw]:
    """What somebody did and Slack said was heard, and that does not show."""
    for act in history.acts:
        if not act.shows:
            yield Flaw("forgotten", act.what)


def _named(one: Intent) -> str:
    return f"message {one.id} ({one.kind} to {one.recipient})"


LOOKS: tuple[Callable[[History], Iterator[Flaw]], ...] = (
    lost,
    doubled,
    stuck,
    wrong_order,
    unauthorized,
    unasked,
    forgotten,
)
