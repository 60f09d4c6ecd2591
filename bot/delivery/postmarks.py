"""One line of the log for each message that is posted or updated, and one for each failure, with the message's id."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from bot.delivery.verdicts import Step
from bot.monitoring.metrics import Metrics
from bot.slack.errors import Failure, FailureKind
from program.outgoing import Letter

_log = logging.getLogger(__name__)

_WHAT: Final = {Step.OPEN: "its conversation could not be opened", Step.LOOK: "it could not be looked for"}
_HOW: Final = {Step.POST: "posted", Step.UPDATE: "updated"}


class Postmarks:
    """Writes the lines, and counts."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def shown(self, letter: Letter, step: Step, channel: str, seconds: float, now: datetime) -> None:
        """It is on screen, by a call that took so long; a new one was waited for since it could go."""
        how, waited = _HOW[step], (now - letter.could_go_at).total_seconds()
        since = f", {waited:.1f} s after it could go" if step is Step.POST else ""
        self._note(letter, how, channel, f" in {seconds:.3f} s{since}", seconds=round(seconds, 3))

    def found(self, letter: Letter, channel: str) -> None:
        """It was there already, from an attempt to which nobody answered."""
        self._note(letter, "found", channel, "")

    def _note(self, letter: Letter, how: str, channel: str, more: str, **facts: float) -> None:
        kind = letter.notice.kind.value
        self._metrics.message(kind, how)
        told = {"event": "message", "message_id": letter.id, "kind": kind, "outcome": how, "channel": channel}
        _log.info(
            "message %d (%s) %s in %s%s", letter.id, kind, how, channel, more, extra={"facts": told | facts}
        )

    def failed(self, letter: Letter, failure: Failure, step: Step, told: bool) -> None:
        """A call for it failed; `told` says that what follows from it is told anyway, so that it is told once."""
        self._metrics.slack_error(failure.kind.name.lower(), step.value)
        if told:
            return
        what = _WHAT.get(step, "it could not be delivered")
        facts = {
            "event": "message",
            "message_id": letter.id,
            "kind": letter.notice.kind.value,
            "outcome": "failed",
        }
        _log.warning(
            "message %d (%s): %s (%s). %s",
            *(letter.id, letter.notice.kind, what, failure.error, failure.advice),
            extra={"facts": facts | {"error": failure.error}},
        )

    def waits(self, seconds: float) -> None:
        """A message waits, so that Slack need not ask for it."""
        self._metrics.waits("own", seconds)

    def asked_to_wait(self, failure: Failure) -> None:
        """Slack asked to wait."""
        if failure.kind is FailureKind.RATE_LIMITED:
            self._metrics.waits("slack", failure.retry_after or 0.0)
