"""From the outbox to Slack: one worker renders each message from the present state, sends it, and records it.

1. Due rows are taken by lanes, what somebody waits for first, and only where the lane's calls may be made now
   (`rounds`); where one cannot go, its conversation rests for this round (`run_once`).
2. The present state is read: a row that makes no sense any more is closed, one whose readers are off work is held
   (`outgoing.prepare`), and one that stands and says the same is done (`_handle`).
3. It goes when the pace allows it, and the leads' channel only while it is fit for what they read.
4. A direct message that may have been sent before is looked for first (`_settled`).
5. Its conversation is opened if need be, and the row is leased: from here on it is on the wire (`_send`).
6. It is posted or updated, and recorded with what follows from it (`_put_on_screen`).
7. What fails is judged by the table in `verdicts`, and the verdict carried out (`_failed`, `_carry_out`).

Every message that was committed ends as sent, as moot, as refused by Slack for a reason on record, or as unknown with
a lead asked to look. `docs/decisions/` has the protocol and the windows that remain.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from slack_sdk import WebClient

from bot.delivery import copies, owners, ways
from bot.delivery.postmarks import Postmarks
from bot.delivery.rounds import Lanes
from bot.delivery.second_looks import SecondLooks
from bot.delivery.traffic import Traffic
from bot.delivery.turn import Alone, Turn
from bot.delivery.verdicts import Place, Step, Then, Verdict, culprits, decide, who
from bot.monitoring.metrics import Metrics
from bot.slack import errors as slack_errors
from bot.slack import post as slack_post
from bot.slack.channels import Channels
from bot.slack.errors import Failure, FailureKind
from bot.slack.waits import FIRST_RETRY, backoff
from handlers.views import Rendered, render
from mentoring.channels import OPEN_TO_OTHERS, Trouble
from program import acting, outgoing, people, queue
from program.context import Context
from program.outgoing import Letter, Mail, RowState

_log = logging.getLogger(__name__)

PARK_LEADS = 300.0
"""The leads' channel is looked at this often: whoever mends it does not want to wait for an hour."""

PARK_UNKNOWN = 30.0

A_ROUND = 25
"""Messages; a conversation that rests for a round does not rest for long."""

RECOVER_EVERY = 5.0
"""Seconds between two looks for messages whose sender vanished."""

SHORTEST_PAUSE = 0.005

OPEN, HISTORY = Step.OPEN.value, Step.LOOK.value


class Courier:
    """Delivers what the outbox holds; one per process, and several processes share a PostgreSQL outbox safely."""

    def __init__(
        self,
        ctx: Context,
        client: WebClient,
        monotonic: Callable[[], float],
        look_up: Callable[[str], object],
        channels: Channels | None = None,
        alone: bool = True,
        idle_seconds: float = 1.0,
        metrics: Metrics | None = None,
    ) -> None:
        """Deliver with this client, which must not retry by itself.

        `look_up` reads a person from Slack again; `channels` knows whether the leads' channel can be theirs. `alone`
        says that no other process works on this database, so that nobody waits for one that is gone. `idle_seconds` are
        the real seconds between two looks when nobody wakes the courier.
        """
        self._ctx = ctx
        self._client = client
        self._monotonic = monotonic
        self._traffic = Traffic(monotonic, client.auth_test)
        self._pacing = self._traffic.pacing
        self._lanes = Lanes(ctx, monotonic, self._traffic.wait)
        self._second_looks = SecondLooks(ctx, client, self._traffic, monotonic)
        self._marks = Postmarks(metrics or Metrics())
        self.moved_at = time.monotonic()
        """When it last began a round, or a message; real seconds."""
        self._recover_at = 0.0
        self._look_up = look_up
        self._channels = channels or Channels(client, ctx)
        self._alone = alone
        self._idle_seconds = idle_seconds
        self._owner = owners.of_this_process()
        self._turn = Alone(self._begins) if alone else Turn(ctx, self._owner, time.monotonic, self._begins)
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="courier", daemon=True)

    def start(self) -> None:
        """Take over what a vanished worker left, and begin to deliver."""
        outgoing.recover(self._ctx, owners.is_gone if self._alone else None)
        self._turn.start()
        self._thread.start()

    def stop(self) -> None:
        """End after the message that is on the wire."""
        self._stop.set()
        self._wake.set()
        self._thread.join()
        self._turn.stop()

    def wake(self) -> None:
        """There may be something to deliver."""
        self._wake.set()

    def doubt(self) -> str:
        """A sentence about what keeps all messages back; empty when nothing does."""
        return self._traffic.circuit.doubt()

    def run_once(self) -> int:
        """Send what may go now, what somebody waits for first; gives how many messages were handed to Slack."""
        sent = 0
        if self._traffic.circuit.allows():
            self._second_looks.run()
            copies.take_away(self._ctx, self._client)
        self._lanes.begin()
        for _ in range(A_ROUND):
            if self._stop.is_set() or not self._traffic.circuit.allows():
                break
            if self._wake.is_set():
                self._wake.clear()
                self._lanes.forget()
            if (chosen := self._lanes.next()) is None:
                break
            letter, self._traffic.claim = chosen
            if self._step(letter):
                sent += 1
            else:
                # Where one message cannot go now, the next would fail as well.
                self._lanes.hold(letter.conversation)
        return sent

    def _step(self, letter: Letter) -> bool:
        if (letter.channel, letter.ts) in self._ctx.in_hand:
            return False  # the answer to the press of its button shows it at this moment
        self.moved_at = time.monotonic()
        with acting.following(letter.act):
            try:
                return self._handle(letter)
            except Exception:  # noqa: BLE001 - one message that cannot be handled must not hold up the others
                _log.exception("message %d (%s) could not be handled yet", letter.id, letter.notice.kind)
                outgoing.postpone(self._ctx, letter, backoff(letter.attempts))
                return False

    def _work(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            self.moved_at = time.monotonic()
            pause = self._idle_seconds
            try:
                if self._turn.is_ours:
                    sent = self.run_once()
                    # A round that ended because nothing was due need not be followed by one that finds the same.
                    more = sent and not self._lanes.is_empty
                    pause = 0.0 if more else self._rest_of_round()
            except Exception:  # noqa: BLE001 - whatever it was, the other messages must still be delivered
                # Nothing of a failed transaction is kept, so the next round starts from the truth.
                _log.exception("The delivery stumbled and goes on")
            if pause:
                self._wake.wait(pause)

    def _begins(self) -> None:
        """Count in what was sent in the last minute, before a start or by another process."""
        self._traffic.recall(queue.lately(self._ctx))
        self._second_looks.recall(queue.sent_again(self._ctx))

    def _rest_of_round(self) -> float:
        """Nothing may go: take over what vanished workers left; gives the seconds until something may go."""
        now = self._monotonic()
        if now >= self._recover_at:
            self._recover_at = now + RECOVER_EVERY
            outgoing.recover(self._ctx)
        soonest = self._traffic.circuit.ready_in() or self._lanes.ready_in() or self._idle_seconds
        return max(SHORTEST_PAUSE, min(soonest, self._idle_seconds))

    def _handle(self, letter: Letter) -> bool:
        """Bring one message a step further; tells whether it is done with for now."""
        mail = outgoing.prepare(self._ctx, letter)
        if mail is None:
            return True
        if letter.posted and letter.digest == render(mail.content).digest:
            outgoing.unchanged(self._ctx, letter)
            return True
        if wait := self._traffic.ready_in(ways.method(letter), mail.place):
            return self._waits(letter, wait)
        if trouble := self._unfit(mail):
            return self._hold(mail, trouble)
        if not letter.posted and letter.fence and mail.is_direct:
            if wait := self._traffic.take(OPEN, HISTORY):
                return self._waits(letter, wait)
            if not self._settled(mail):
                return True
        return self._send(mail)

    def _unfit(self, mail: Mail) -> Trouble | None:
        """What keeps its channel from being written to: the leads' from theirs, an invited one from strangers."""
        if outgoing.is_for_leads(mail.letter):
            return self._channels.known(mail.place)
        trouble = self._channels.known_posting(mail.place) if outgoing.is_for_channel(mail.letter) else None
        return trouble if trouble in (Trouble.SHARED, Trouble.UNKNOWN) else None

    def _hold(self, mail: Mail, trouble: Trouble) -> bool:
        """Its channel is not fit for it: what is for leads waits, and they hear why; what others may read by now ends.

        Tells whether it is done with for now.
        """
        if trouble is Trouble.UNKNOWN:
            self._rest(mail.place, PARK_UNKNOWN)
            return False
        if outgoing.cannot_reach_leads(
            self._ctx, mail.workspace, mail.place, trouble, not mail.letter.patient
        ):
            # What holds it back is the pause of that channel, so that another channel has it at once.
            self._rest(mail.place, PARK_LEADS)
            return False
        if trouble in OPEN_TO_OTHERS:
            outgoing.vanished(self._ctx, mail.letter, f"its channel is {trouble}")
            return True
        # It stands in a channel that was the leads' before; Slack says whether it can still be changed.
        return self._send(mail)

    def _rest(self, place: str, seconds: float) -> None:
        for method in (Step.POST, Step.UPDATE):
            self._pacing.park(method.value, place, seconds)

    def _waits(self, letter: Letter, seconds: float) -> bool:
        """It cannot go for so long, and nothing else in its conversation; tells that it is not done with."""
        self._lanes.rest(letter.conversation, seconds)
        self._marks.waits(seconds)
        return False

    def _settled(self, mail: Mail) -> bool:
        """Look whether an earlier attempt arrived after all; tells whether the message is still to be sent."""
        letter = mail.letter
        try:
            channel = mail.channel or self._open(mail)
            with self._traffic.calling(Step.LOOK):
                since = letter.first_attempt_at or letter.created_at
                there = slack_post.find(self._client, channel, letter.token, since)
        except slack_errors.CALL_FAILED as problem:
            return self._cannot_look(mail, slack_errors.classify(problem))
        if there:
            outgoing.found(self._ctx, letter, self._owner, channel, *there)
            self._marks.found(letter, channel)
            self._second_looks.after(letter, channel)
        return not there

    def _cannot_look(self, mail: Mail, failure: Failure) -> bool:
        """The direct message cannot be read back; tells whether the message is sent all the same."""
        verdict = self._decide(mail, failure, Step.LOOK)
        self._marks.failed(mail.letter, failure, Step.LOOK, told=verdict.then is Then.GIVE_UP)
        if verdict.then is not Then.SEND:
            self._carry_out(verdict, mail, failure, Step.LOOK)
        return verdict.then is Then.SEND

    def _send(self, mail: Mail) -> bool:
        letter = mail.letter
        if letter.state is RowState.UNSURE and not mail.is_direct:
            self._give_up(letter, Failure(FailureKind.AMBIGUOUS, "no_answer"))
            return True
        if ways.opens(mail) and (wait := self._traffic.take(OPEN)):
            return self._waits(letter, wait)
        try:
            channel = self._open(mail) if ways.opens(mail) else ways.known(mail)
        except slack_errors.CALL_FAILED as problem:
            self._failed(mail, slack_errors.classify(problem), Step.OPEN)
            return False
        rendered = render(mail.content)
        leased = outgoing.lease(self._ctx, letter, self._owner, rendered.digest)
        if leased is None:
            return False
        self._traffic.take_one(ways.method(letter), mail.place)
        return self._put_on_screen(replace(mail, letter=leased), channel, rendered)

    def _open(self, mail: Mail) -> str:
        with self._traffic.calling(Step.OPEN):
            return slack_post.open_conversation(self._client, mail.people)

    def _put_on_screen(self, mail: Mail, channel: str, rendered: Rendered) -> bool:
        since = time.monotonic()
        try:
            place = self._call(mail, channel, rendered)
        except slack_errors.CALL_FAILED as problem:
            self._failed(mail, slack_errors.classify(problem), ways.step_of(mail.letter))
            return False
        outgoing.delivered(self._ctx, mail, *place, rendered.digest)
        took = time.monotonic() - since
        self._marks.shown(mail.letter, ways.step_of(mail.letter), place[0], took, self._ctx.now())
        self._second_looks.after(mail.letter, place[0])
        return True

    def _call(self, mail: Mail, channel: str, rendered: Rendered) -> tuple[str, str]:
        """Make the call, and once more where Slack said that it did nothing and why."""
        try:
            return self._show(mail, channel, rendered)
        except slack_errors.CALL_FAILED as problem:
            failure = slack_errors.classify(problem)
            if failure.error == "channel_not_found" and mail.is_direct and not mail.channel:
                # Not every workspace setting lets a user id stand for its direct message.
                channel = self._open(mail)
            elif failure.kind is FailureKind.OUR_BUG:
                what = "message %d (%s): Slack refused its layout (%s: %s)"
                _log.error(what, mail.letter.id, mail.letter.notice.kind, failure.error, failure.detail)
                rendered = replace(rendered, blocks=[])
            else:
                raise
        return self._show(mail, channel, rendered)

    def _show(self, mail: Mail, channel: str, rendered: Rendered) -> tuple[str, str]:
        letter = mail.letter
        with self._traffic.calling(ways.step_of(letter), mail.place):
            if letter.ts is None:
                return slack_post.post(self._client, channel, rendered, letter.token)
            slack_post.update(self._client, channel, letter.ts, rendered, letter.token, letter.wanted)
            return channel, letter.ts

    def _failed(self, mail: Mail, failure: Failure, step: Step) -> None:
        """A conversation could not be opened, or a leased message did not get onto the screen, or may have."""
        verdict = self._decide(mail, failure, step)
        self._marks.failed(mail.letter, failure, step, told=verdict.then is Then.GIVE_UP)
        self._carry_out(verdict, mail, failure, step)

    def _decide(self, mail: Mail, failure: Failure, step: Step) -> Verdict:
        return decide(failure, mail.letter, step, ways.place_of(mail), self._ctx.now())

    def _carry_out(self, verdict: Verdict, mail: Mail, failure: Failure, step: Step) -> None:
        self._traffic.rest(verdict, mail.place)
        self._marks.asked_to_wait(failure)
        match verdict.then:
            case Then.AGAIN | Then.SLOWER | Then.TOKEN | Then.LOOK:
                self._later(verdict, mail.letter, failure, step)
            case Then.WAIT:
                self._wait(mail, failure, step, verdict.seconds)
            case Then.GONE:
                self._gone(mail, failure)
            case Then.GIVE_UP:
                self._give_up(mail.letter, failure)
            case Then.VANISHED:
                outgoing.vanished(self._ctx, mail.letter, failure.error)
            case _:
                self._refused(mail, failure)

    def _later(self, verdict: Verdict, letter: Letter, failure: Failure, step: Step) -> None:
        if step in ways.BEFORE_THE_LEASE:
            outgoing.postpone(self._ctx, letter, verdict.seconds)
        elif verdict.then is Then.LOOK:
            outgoing.doubt(self._ctx, letter, failure.error, verdict.seconds)
        else:
            counts = verdict.then is not Then.SLOWER
            outgoing.put_back(self._ctx, letter, verdict.seconds, failure.error, counts)

    def _gone(self, mail: Mail, failure: Failure) -> None:
        people.gone(self._ctx, mail.workspace, mail.recipient)
        outgoing.fail(self._ctx, mail.letter, failure.error)

    def _refused(self, mail: Mail, failure: Failure) -> None:
        """Look at everybody whom a conversation is for, since they may be gone, and say who of them is refused."""
        about_people = failure.kind in (FailureKind.GONE_PERSON, FailureKind.REFUSED_PERSON)
        seen = [self._look_up(one) for one in mail.people] if about_people else []
        side = who(failure.error, seen)
        outgoing.refuse(
            self._ctx, mail.letter, failure.error, side, mail.people, culprits(failure.error, seen)
        )

    def _wait(self, mail: Mail, failure: Failure, step: Step, seconds: float) -> None:
        """A setting stands in the way: it waits for it, and the leads hear why."""
        letter = mail.letter
        if ways.place_of(mail) is not Place.CHANNEL:
            outgoing.wait_for_settings(self._ctx, letter, seconds, failure.error, step is Step.OPEN)
        elif outgoing.cannot_reach_leads(
            self._ctx, mail.workspace, mail.place, failure.error, not letter.patient
        ):
            self._channels.forget(mail.place)
            self._rest(mail.place, PARK_LEADS if letter.attempts <= 1 else seconds)
            outgoing.put_back(self._ctx, letter, FIRST_RETRY, failure.error)
        elif letter.posted:
            outgoing.vanished(self._ctx, letter, failure.error)
        else:
            outgoing.put_back(self._ctx, letter, FIRST_RETRY, failure.error)

    def _give_up(self, letter: Letter, failure: Failure) -> None:
        what = "message %d (%s): it is unknown whether it arrived (%s); the leads are asked to look"
        _log.error(what, letter.id, letter.notice.kind, failure.error)
        outgoing.give_up(self._ctx, letter, failure.error)
