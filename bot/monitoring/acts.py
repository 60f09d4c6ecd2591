"""One line of the log for each thing that somebody does: what, who by their id, what came of it, and how soon."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic

from bot.monitoring.metrics import Metrics
from handlers import acts
from handlers.payloads import Act, Kind
from program import acting

_log = logging.getLogger(__name__)


class WatchedActs:
    """Writes the lines, and counts."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def begun(self, act_id: str, act: Act) -> Callable[[str], None]:
        """An act begins; what it gives is to be called with what came of it, and takes the first word."""
        since = monotonic()
        told: list[str] = []

        def noted(outcome: str) -> None:
            if not told:
                told.append(outcome)
                with acting.following(act_id):
                    self._note(act, outcome, monotonic() - since)

        return noted

    def _note(self, act: Act, outcome: str, seconds: float) -> None:
        kind, name = acts.kind_of(act), acts.name_of(act)
        self._metrics.act(kind, outcome, seconds)
        # What is typed into a search field asks anew at each letter.
        level = logging.DEBUG if act.kind is Kind.SEARCH else logging.INFO
        facts = {"kind": kind, "name": name, "person": act.person_id, "outcome": outcome}
        _log.log(
            level,
            "%s %s by %s: %s in %.3f s",
            *(kind, name, act.person_id, outcome, seconds),
            extra={"facts": {"event": "act", **facts, "seconds": round(seconds, 3)}},
        )
