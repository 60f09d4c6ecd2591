"""Stream: one connection per open page that carries whatever changed on its screen (server-sent events)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

TOGETHER_SECONDS = 0.03
"""Changes this close together travel as one."""
HEARTBEAT_SECONDS = 1.0
"""How often the screen is looked at when nothing seems to happen: the clock moves by itself."""

Sections = dict[str, Any]


class Pulse:
    """Wakes every open stream; ``beat`` may be called from any thread."""

    def __init__(self) -> None:
        self.ended = False
        self._listeners: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def beat(self) -> None:
        """Tell all streams that something changed."""
        for loop, event in tuple(self._listeners):
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    def end(self, seconds: float = 1.0) -> None:
        """End every stream and wait until they have ended, at most that long."""
        self.ended = True
        self.beat()
        deadline = time.monotonic() + seconds
        while self._listeners and time.monotonic() < deadline:
            time.sleep(0.005)

    def listen(self) -> tuple[asyncio.Event, Callable[[], None]]:
        """Return an event that every beat sets, and the way to stop listening."""
        listener = (asyncio.get_running_loop(), asyncio.Event())
        self._listeners.append(listener)
        return listener[1], lambda: self._listeners.remove(listener)


async def changes(pulse: Pulse, look: Callable[[], Sections]) -> AsyncIterator[str]:
    """Yield the sections of a screen as events, each at first and then whenever it changed."""
    beat, stop = pulse.listen()
    sent: dict[str, str] = {}
    try:
        while not pulse.ended:
            beat.clear()
            for name, section in (await asyncio.to_thread(look)).items():
                text = json.dumps(section, separators=(",", ":"))
                if sent.get(name) != text:
                    sent[name] = text
                    yield f"event: {name}\ndata: {text}\n\n"
            await _next(beat)
    finally:
        stop()


async def ended_after(events: AsyncIterator[str], end: Callable[[], None]) -> AsyncIterator[str]:
    """Yield the same events, and call ``end`` once nobody reads them any more."""
    try:
        async for event in events:
            yield event
    finally:
        end()


async def _next(beat: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(beat.wait(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return
    await asyncio.sleep(TOGETHER_SECONDS)
