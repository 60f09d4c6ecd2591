"""From the outbox to Slack: one worker renders each message from the present state, sends it, and records it.

Every message that was committed ends as sent, as moot, as refused by Slack for a reason on record, or as unknown with
a lead asked to look. `docs/decisions/` has the protocol and the windows that remain.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from slack_sdk import WebClient

from bot import slack_errors, slack_post
from bot.pacing import Pacing
from bot.slack_errors import Failure, Kind
from handlers.views import Rendered, render
from mentoring.errors import ProgramError
from program import outgoing, people
from program.context import Context
from program.outgoing import Letter, Mail, RowState

_log = logging.getLogger(__name__)

FIRST_RETRY = 2.0
LONGEST_RETRY = 3600.0
FEWEST_ATTEMPTS = 6
"""A bot that was down for a day has not tried for a day."""

DAILY_LIMIT = timedelta(hours=24)
"""A message that Slack has kept failing for so long is given up, and the leads are asked to look."""

PARK_CONFIG = 3600.0
PARK_LEADS = 300.0
"""The leads' channel is tried this often, with one message: whoever mends it does not want to wait for an hour."""

PARK_TOKEN = 300.0

OPEN = "conversations.open"
HISTORY = "conversations.history"


class Courier:
    """Delivers what the outbox holds; one per process, and several processes share a PostgreSQL outbox safely."""

    def __init__(
        self,
        ctx: Context,
        client: WebClient,
        monotonic: Callable[[], float],
        look_up: Callable[[str], object],
        alone: bool = True,
        idle_seconds: float = 1.0,
    ) -> None:
        """Deliver with this client, which must not retry by itself.

        `look_up` reads a person from Slack again. `alone` says that no other process works on this database.
        `idle_seconds` are the real seconds between two looks when nobody wakes the courier.
        """
        self._ctx = ctx
        self._client = client
        self._pacing = Pacing(monotonic)
        self._look_up = look_up
        self._alone = alone
        self._idle_seconds = idle_seconds
        self._owner = uuid.uuid4().hex
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="courier", daemon=True)

    def start(self) -> None:
        """Take over what a vanished worker left, and begin to deliver."""
        outgoing.recover(self._ctx, self._owner, self._alone)
        self._thread.start()

    def stop(self) -> None:
        """End after the message that is on the wire."""
        self._stop.set()
        self._wake.set()
        self._thread.join()

    def wake(self) -> None:
        """There may be something to deliver."""
        self._wake.set()

    def run_once(self) -> int:
        """Work through everything that is due; gives how many messages were handed to Slack."""
        sent = 0
        held: set[tuple[str, str]] = set()
        for letter in outgoing.due(self._ctx):
            if self._stop.is_set():
                break
            # Where one message cannot go now, the next would fail as well: such a conversation rests for this round.
            if (conversation := (str(letter.program_id), letter.notice.recipient)) not in held:
                outcome = self._step(letter)
                sent += outcome
                if not outcome:
                    held.add(conversation)
        return sent

    def _step(self, letter: Letter) -> bool:
        try:
            return self._handle(letter)
        except Exception:  # noqa: BLE001 - one message that cannot be handled must not hold up the others
            _log.exception("Message %d (%s) could not be handled yet", letter.id, letter.notice.kind)
            outgoing.postpone(self._ctx, letter, _backoff(letter))
            return False

    def _work(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                sent = self.run_once()
                if not sent:
                    outgoing.recover(self._ctx, self._owner, alone=False)
            except Exception:  # noqa: BLE001 - whatever it was, the other messages must still be delivered
                # Nothing of a failed transaction is kept, so the next round starts from the truth.
                _log.exception("The delivery stumbled and goes on")
                sent = 0
            if not sent:
                self._wake.wait(self._idle_seconds)

    def _handle(self, letter: Letter) -> bool:
        """Bring one message a step further; tells whether it is done with for now."""
        mail = outgoing.prepare(self._ctx, letter)
        if mail is None:
            return True
        if self._pacing.ready_in(_method(letter), mail.place):
            return False
        if not letter.posted and letter.fence and mail.is_direct:
            if not self._may_call(OPEN, HISTORY):
                return False
            if not self._settled(mail):
                return True
        return self._send(mail)

    def _may_call(self, *methods: str) -> bool:
        """Count a call of each method in, if all of them may be made now."""
        ready = not any(self._pacing.ready_in(method) for method in methods)
        return ready and not any(self._pacing.take(method) for method in methods)

    def _settled(self, mail: Mail) -> bool:
        """Look whether an earlier attempt arrived after all; tells whether the message is still to be sent."""
        letter = mail.letter
        try:
            channel = mail.channel or slack_post.open_conversation(self._client, mail.people)
            ts = slack_post.find(
                self._client, channel, letter.token, letter.first_attempt_at or letter.created_at
            )
        except slack_errors.CALL_FAILED as problem:
            return self._cannot_look(letter, slack_errors.classify(problem))
        if ts is not None:
            outgoing.found(self._ctx, letter, self._owner, channel, ts)
            return False
        return True

    def _cannot_look(self, letter: Letter, failure: Failure) -> bool:
        """The direct message cannot be read back: send what Slack refused, ask about what it never answered."""
        if failure.kind is Kind.RATE_LIMITED:
            # Slack limits each method in the whole workspace; either may have been the one.
            for method in (OPEN, HISTORY):
                self._pacing.park(method, None, self._delay(letter, failure))
        if failure.kind in _TRY_LATER:
            outgoing.postpone(self._ctx, letter, self._delay(letter, failure))
            return False
        if letter.state is RowState.UNSURE:
            self._give_up(letter, failure)
            return False
        return True

    def _send(self, mail: Mail) -> bool:
        letter = mail.letter
        if letter.state is RowState.UNSURE and not mail.is_direct:
            self._give_up(letter, Failure(Kind.AMBIGUOUS, "no_answer"))
            return True
        if _opens(mail) and not self._may_call(OPEN):
            return False
        try:
            channel = (
                slack_post.open_conversation(self._client, mail.people) if _opens(mail) else _known(mail)
            )
        except slack_errors.CALL_FAILED as problem:
            self._failed_before(mail, slack_errors.classify(problem))
            return False
        rendered = render(mail.content)
        leased = outgoing.lease(self._ctx, letter, self._owner)
        if leased is None:
            return False
        self._pacing.take(_method(letter), mail.place)
        return self._put_on_screen(replace(mail, letter=leased), channel, rendered)

    def _put_on_screen(self, mail: Mail, channel: str, rendered: Rendered) -> bool:
        try:
            place = self._call(mail, channel, rendered)
        except slack_errors.CALL_FAILED as problem:
            self._failed(mail, slack_errors.classify(problem))
            return False
        outgoing.delivered(self._ctx, mail.letter, *place)
        return True

    def _call(self, mail: Mail, channel: str, rendered: Rendered) -> tuple[str, str]:
        """Make the call, and once more where Slack said that it did nothing and why."""
        try:
            return self._show(mail.letter, channel, rendered)
        except slack_errors.CALL_FAILED as problem:
            failure = slack_errors.classify(problem)
            if failure.error == "channel_not_found" and mail.is_direct and not mail.channel:
                # Not every workspace setting lets a user id stand for its direct message.
                channel = slack_post.open_conversation(self._client, mail.people)
            elif failure.kind is Kind.OUR_BUG:
                _log.error("Slack refused the layout of a message (%s: %s)", failure.error, failure.detail)
                rendered = replace(rendered, blocks=[])
            else:
                raise
        return self._show(mail.letter, channel, rendered)

    def _show(self, letter: Letter, channel: str, rendered: Rendered) -> tuple[str, str]:
        if letter.ts is None:
            return slack_post.post(self._client, channel, rendered, letter.token)
        slack_post.update(self._client, channel, letter.ts, rendered)
        return channel, letter.ts

    def _failed_before(self, mail: Mail, failure: Failure) -> None:
        """The conversation could not be opened: nothing was posted, so every failure is safe to try again."""
        letter, kind = mail.letter, failure.kind
        _log.warning("A conversation could not be opened (%s). %s", failure.error, failure.advice)
        if kind is Kind.OUR_BUG:
            outgoing.fail(self._ctx, letter, failure.error)
        elif kind not in _TRY_LATER and self._ctx.now() - letter.created_at > DAILY_LIMIT:
            self._give_up(letter, failure)
        else:
            if kind is Kind.GONE_PERSON:
                self._look_at_each(mail)
            if kind is Kind.RATE_LIMITED:
                self._pacing.park(OPEN, None, self._delay(letter, failure))
            outgoing.postpone(self._ctx, letter, self._delay(letter, failure))

    def _failed(self, mail: Mail, failure: Failure) -> None:
        """A leased message did not get onto the screen, or nobody knows whether it did."""
        letter, kind = mail.letter, failure.kind
        _log.warning("A message could not be delivered (%s). %s", failure.error, failure.advice)
        if kind in (Kind.AMBIGUOUS, Kind.UNKNOWN) and not letter.posted:
            outgoing.doubt(self._ctx, letter, failure.error)
        elif kind is Kind.GONE_MESSAGE and letter.posted:
            outgoing.vanished(self._ctx, letter, failure.error)
        elif kind is Kind.OUR_BUG:
            outgoing.fail(self._ctx, letter, failure.error)
        elif kind is Kind.GONE_PERSON and mail.is_direct:
            people.gone(self._ctx, mail.workspace, mail.recipient)
            outgoing.fail(self._ctx, letter, failure.error)
        elif kind is Kind.REFUSED_RETRY and self._is_overdue(letter):
            self._give_up(letter, failure)
        else:
            self._wait_for_better(mail, failure)

    def _wait_for_better(self, mail: Mail, failure: Failure) -> None:
        letter, kind = mail.letter, failure.kind
        seconds = self._delay(letter, failure)
        if kind in (Kind.CONFIG, Kind.GONE_CONVERSATION) and outgoing.is_for_leads(letter):
            outgoing.cannot_reach_leads(self._ctx, mail.workspace, mail.place)
            # What holds it back is the pause of that channel, so that another channel has it at once.
            self._pacing.park(_method(letter), mail.place, PARK_LEADS)
            seconds = FIRST_RETRY
        elif kind in (Kind.RATE_LIMITED, Kind.DEAD_TOKEN):
            self._pacing.park(_method(letter), _reach(mail, kind), seconds)
        elif kind is Kind.GONE_PERSON:
            self._look_at_each(mail)
        elif kind is Kind.REFUSED_RETRY and mail.is_direct and not letter.posted:
            # Before the next attempt comes a look, and that needs a history that has settled.
            seconds = max(seconds, outgoing.SETTLE.total_seconds())
        outgoing.put_back(self._ctx, letter, seconds, failure.error, counts=kind is not Kind.RATE_LIMITED)

    def _look_at_each(self, mail: Mail) -> None:
        """Slack does not know one of several people: look who; the program then carries on without them."""
        for person_id in mail.people:
            with suppress(ProgramError):  # Slack does not say, and the next attempt asks again
                self._look_up(person_id)

    def _give_up(self, letter: Letter, failure: Failure) -> None:
        _log.error("It is unknown whether a message arrived (%s); the leads are asked to look", failure.error)
        outgoing.give_up(self._ctx, letter, failure.error)

    def _is_overdue(self, letter: Letter) -> bool:
        """An update may be repeated for as long as it takes; only a post is given up, and not after a mere pause."""
        first = letter.first_attempt_at
        tried = not letter.posted and letter.attempts >= FEWEST_ATTEMPTS
        return tried and first is not None and self._ctx.now() - first > DAILY_LIMIT

    def _delay(self, letter: Letter, failure: Failure) -> float:
        """Seconds until the next attempt: what Slack asked for, or what fits the failure."""
        if failure.retry_after is not None:
            return failure.retry_after
        if failure.kind in (Kind.CONFIG, Kind.GONE_CONVERSATION):
            return PARK_CONFIG
        if failure.kind is Kind.DEAD_TOKEN:
            return PARK_TOKEN
        return _backoff(letter)


_TRY_LATER = frozenset(
    {Kind.RATE_LIMITED, Kind.NO_EFFECT, Kind.REFUSED_RETRY, Kind.AMBIGUOUS, Kind.DEAD_TOKEN}
)


def _backoff(letter: Letter) -> float:
    """Seconds until the next attempt: twice as long each time, up to an hour."""
    doubled = min(max(0, letter.attempts - 1), 20)  # 20 is far beyond any wait already
    return min(FIRST_RETRY * (1 << doubled), LONGEST_RETRY)


def _method(letter: Letter) -> str:
    return "chat.update" if letter.posted else "chat.postMessage"


def _opens(mail: Mail) -> bool:
    """Whether its conversation has to be opened first, which is so for a pair's group DM."""
    return mail.channel is None and not mail.is_direct


def _known(mail: Mail) -> str:
    """Where to post: Slack takes a person's id for the direct message with them, and opens it itself."""
    return mail.channel or mail.recipient


def _reach(mail: Mail, kind: Kind) -> str | None:
    """The conversation in which a method is held back; None when it is held back in the whole workspace.

    Slack limits posting by conversation, and every other method by workspace.
    """
    return mail.place if kind is Kind.RATE_LIMITED and not mail.letter.posted else None
