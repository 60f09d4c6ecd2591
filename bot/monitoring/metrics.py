"""What the bot counts about itself, for Prometheus; no label names a person or holds what people wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from handlers.acts import DONE, TROUBLES

PREFIX: Final = "reverse_mentor"

_ACT_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10)
"""Slack waits for three seconds, and the bot answers within two."""

_WORK_SECONDS: Final = (0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300)

Look = Callable[[], Iterable[tuple[str, dict[str, str], float]]]
"""Reads figures that stand somewhere else: the name without the prefix, the labels, and the value."""

FOUND: Final = {
    "outbox_messages": "Messages by their state.",
    "outbox_oldest_seconds": "How long the oldest message of a state could have been on screen, where it waits.",
    "database_bytes": "The size of the database.",
    "up": "Whether a part of the bot works: 1 or 0.",
}
"""The figures that are read when they are asked for."""


class Metrics:
    """The counters of one bot, in a registry of their own. Safe to use from any thread."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._acts = self._histogram(
            "act_seconds", "What people did, and how long it took.", ("kind", "outcome"), _ACT_SECONDS
        )
        self._messages = self._counter("messages", "Messages that came onto a screen.", ("kind", "how"))
        self._errors = self._counter(
            "slack_errors", "Calls to Slack for a message that failed.", ("kind", "step")
        )
        self._waits = self._counter(
            "rate_limit_waits", "Times that a message had to wait for a limit.", ("whose",)
        )
        self._waited = self._counter(
            "rate_limit_wait_seconds", "Seconds that messages had to wait for a limit.", ("whose",)
        )
        self._ticks = self._histogram("tick_seconds", "Looks at what is due.", (), _WORK_SECONDS)
        self._broken_ticks = self._counter("tick_failures", "Looks at what is due that failed.", ())
        self._last_tick = Gauge(
            f"{PREFIX}_last_tick_timestamp_seconds", "When the last tick ended.", registry=self.registry
        )
        self._work = self._histogram("matching_seconds", "Searches for the best pairs.", (), _WORK_SECONDS)

    def _counter(self, name: str, words: str, labels: tuple[str, ...]) -> Counter:
        return Counter(f"{PREFIX}_{name}", words, labels, registry=self.registry)

    def _histogram(
        self, name: str, words: str, labels: tuple[str, ...], buckets: tuple[float, ...]
    ) -> Histogram:
        return Histogram(f"{PREFIX}_{name}", words, labels, buckets=buckets, registry=self.registry)

    def look_at(self, look: Look) -> None:
        """Read these figures too, each time that somebody asks."""
        self.registry.register(_Found(look))

    def act(self, kind: str, outcome: str, seconds: float) -> None:
        """Somebody did something."""
        told = outcome if outcome == DONE or outcome in TROUBLES else "refused"
        self._acts.labels(kind, told).observe(seconds)

    def message(self, kind: str, how: str) -> None:
        """A message was posted, updated or found on its screen."""
        self._messages.labels(kind, how).inc()

    def slack_error(self, kind: str, step: str) -> None:
        """A call to Slack failed."""
        self._errors.labels(kind, step).inc()

    def waits(self, whose: str, seconds: float) -> None:
        """A message waits: because Slack asked for it ("slack"), or so that Slack need not ask ("own")."""
        self._waits.labels(whose).inc()
        self._waited.labels(whose).inc(seconds)

    @contextmanager
    def tick(self, now: Callable[[], float]) -> Iterator[None]:
        """A tick goes on within this; `now` gives seconds since the epoch at its end."""
        with self._broken_ticks.count_exceptions(), self._ticks.time():
            yield
        self._last_tick.set(now())

    def tick_failed(self) -> None:
        """A part of a tick failed, and the others went on."""
        self._broken_ticks.inc()

    @contextmanager
    def timed(self, _what: str) -> Iterator[None]:
        """A search for pairs goes on within this."""
        since = monotonic()
        try:
            yield
        finally:
            self._work.observe(monotonic() - since)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)


class _Found(Collector):
    """Figures that are read when somebody asks."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def describe(self) -> list[GaugeMetricFamily]:
        """Name them without reading them: a registry asks for the names when it is put together."""
        return [GaugeMetricFamily(f"{PREFIX}_{name}", words) for name, words in FOUND.items()]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read them; a name comes once, with all of its labels."""
        families: dict[str, GaugeMetricFamily] = {}
        for name, labels, value in self._look():
            family = families.get(name) or GaugeMetricFamily(
                f"{PREFIX}_{name}", FOUND[name], labels=tuple(labels)
            )
            family.add_metric(tuple(labels.values()), value)
            families[name] = family
        yield from families.values()
