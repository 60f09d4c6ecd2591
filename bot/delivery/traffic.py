"""The courier's calls to Slack: which may be made now, what each one costs, and what its answer tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from bot.delivery.circuit import Circuit
from bot.delivery.pacing import Earlier, Pacing
from bot.delivery.rounds import Rule
from bot.delivery.verdicts import Step, Then, Verdict
from bot.delivery.windows import Claim
from bot.slack import errors as slack_errors
from program.queue import Sent

CAUTION = 1.0
"""Seconds until it is looked again whether posts are answered."""


class Traffic:
    """Pacing and circuit breaker together; for one thread."""

    def __init__(self, monotonic: Callable[[], float], ask: Callable[[], object]) -> None:
        """`ask` is a harmless call, as for `Circuit`."""
        self.pacing = Pacing(monotonic)
        self.circuit = Circuit(monotonic, ask)
        self.claim = Claim.WHOLE
        """How much of the limits the message may use that is being sent."""

    def wait(self, rule: Rule) -> float:
        """Seconds until a message of such a lane may go, as far as its lane tells."""
        if rule.risky and not self.circuit.allows_risk():
            return CAUTION
        return max(self.pacing.ready_in(call, None, rule.claim) for call in rule.calls)

    def ready_in(self, method: str, place: str) -> float:
        """Seconds until that call may be made there for the message that is being sent."""
        return self.pacing.ready_in(method, place, self.claim)

    def take(self, *methods: str) -> float:
        """Count a call of each method in if all of them may be made now, and give 0; else the seconds until then."""
        wait = max(self.pacing.ready_in(method, None, self.claim) for method in methods)
        return wait or max(self.pacing.take(method, None, self.claim) for method in methods)

    def take_one(self, method: str, place: str) -> None:
        """Count in a call that may be made now."""
        self.pacing.take(method, place, self.claim)

    @contextmanager
    def calling(self, step: Step, place: str | None = None) -> Iterator[None]:
        """A call on the wire: it counts from its answer, and tells whether Slack answers at all."""
        try:
            yield
        except slack_errors.CALL_FAILED as problem:
            self.pacing.answered(step.value, place)
            self.circuit.failed(slack_errors.classify(problem), step is Step.POST)
            raise
        self.pacing.answered(step.value, place)
        self.circuit.answered(step is Step.POST)

    def rest(self, verdict: Verdict, place: str) -> None:
        """Let the calls rest that a verdict names."""
        where = None if verdict.everywhere else place
        for call in verdict.rests:
            if verdict.then is Then.SLOWER:
                self.pacing.refused(call.value, where, verdict.seconds)
            else:
                self.pacing.park(call.value, where, verdict.seconds)

    def recall(self, calls: Iterable[Sent]) -> None:
        """Count in what another process sent, or this one before it was started."""
        earlier = []
        for sent in calls:
            method = Step.POST if sent.posted else Step.UPDATE
            earlier.append(Earlier(method.value, sent.place, sent.ago))
            if sent.opened:
                earlier.append(Earlier(Step.OPEN.value, None, sent.ago))
        self.pacing.recall(earlier)
