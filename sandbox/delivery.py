"""Delivery: how payloads reach the app, by Socket Mode or signed HTTP, and how events are sent again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from uuid import uuid4

from sandbox.backend import Backend
from sandbox.settings import Json

Channel = Literal["events_api", "slash_commands", "interactive", "options"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One payload on its way; redeliveries keep the envelope id and count ``attempt`` up from 0."""

    channel: Channel
    payload: Json
    envelope_id: str
    accepts_answer: bool = False
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app did with a payload: acknowledged it or not, with what, and what went wrong."""

    acked: bool
    payload: Json | None = None
    problem: str = ""
    retry: bool = True


class Transport(Protocol):
    """A way to the app."""

    async def deliver(self, parcel: Parcel) -> Answer:
        """Hand one parcel over and wait for its acknowledgement, at most ``Settings.ack_seconds``."""
        ...


class Deliveries:
    """Sends interactions at once and events until acknowledged, on the server's event loop."""

    def __init__(self, backend: Backend, loop: asyncio.AbstractEventLoop, transport: Transport) -> None:
        self._backend, self._loop, self._transport = backend, loop, transport
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_flight = 0
        self._quiet = threading.Condition()

    def send_event(self, payload: Json) -> None:
        """Send an event in the background until it is acknowledged (docs.slack.dev, Events API)."""
        if self._backend.faults.drops(payload["event"]["type"]):
            return
        with self._quiet:
            self._in_flight += 1
        self._loop.call_soon_threadsafe(self._start, self._event(payload))

    def ask(self, channel: Channel, payload: Json, *, accepts_answer: bool) -> Answer:
        """Send an interaction and block until it is acknowledged or Slack's patience ends."""
        parcel = Parcel(channel, payload, str(uuid4()), accepts_answer)
        return asyncio.run_coroutine_threadsafe(self._sent(parcel), self._loop).result()

    def wait_until_quiet(self, timeout: float) -> bool:
        """Wait until no event is on its way (redeliveries included); return whether that came true."""
        with self._quiet:
            return self._quiet.wait_for(lambda: self._in_flight == 0, timeout)

    async def stop(self) -> None:
        """Forget every event on its way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        with self._quiet:
            self._in_flight -= 1
            self._quiet.notify_all()

    async def _event(self, payload: Json) -> None:
        settings, envelope_id, reason = self._backend.ws.settings, str(uuid4()), ""
        delays = (None, *settings.redelivery_seconds)
        for attempt, delay in enumerate(delays):
            if delay is not None:
                await asyncio.sleep(delay * settings.time_scale)
            parcel = Parcel("events_api", payload, envelope_id, attempt=attempt, reason=reason)
            answer = await self._sent(parcel)
            if answer.acked or not answer.retry:
                return
            reason = answer.problem

    async def _sent(self, parcel: Parcel) -> Answer:
        answer = await self._transport.deliver(parcel)
        self._backend.ws.record.delivered(
            parcel.channel, parcel.payload, parcel.attempt, answer.acked, answer.payload, answer.problem
        )
        return answer
