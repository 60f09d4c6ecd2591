"""What a running bot shows of itself: its signs of life, the port for monitors, and what systemd hears."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from slack_sdk import WebClient

from bot import starting
from bot.delivery.courier import Courier
from bot.monitoring import health
from bot.monitoring.metrics import Metrics
from bot.monitoring.systemd import Watchdog
from bot.monitoring.vital_signs import Beat, Kept, Look, VitalSigns
from bot.settings import Settings
from program.context import Context

if TYPE_CHECKING:
    from bot.monitoring.health_port import HealthServer


class Watching:
    """Put together with the bot; `listen` before it starts, `begin` when it has, `end` when it stops."""

    def __init__(
        self,
        settings: Settings,
        ctx: Context,
        client: WebClient,
        metrics: Metrics,
        courier: Courier,
        line: Look,
    ) -> None:
        """`line` says what is wrong with the way on which Slack's requests come."""
        self._settings, self._metrics = settings, metrics
        self._ticked_at = monotonic()
        ticks = Beat("the clock", lambda: self._ticked_at, health.TICK_WITHIN + settings.tick_seconds)
        self.signs = VitalSigns(
            {"ticks": ticks},
            {
                "line": line,
                "database": partial(health.database, ctx),
                "courier": Beat("the delivery", lambda: courier.moved_at, health.COURIER_WITHIN),
                "token": Kept(partial(health.token, client), health.ASK_SLACK_EVERY),
            },
        )
        metrics.look_at(lambda: health.figures(ctx, self.signs))
        self._server: HealthServer | None = None
        self._watchdog = Watchdog(lambda: not self.signs.dead())
        self._begun = threading.Event()

    @property
    def address(self) -> tuple[str, int] | None:
        """Where monitors ask; None where none may."""
        return self._server.address if self._server else None

    def listen(self) -> None:
        """Open the port, if the operator wants one. Raises `CannotStart`."""
        host, port = self._settings.health_host, self._settings.health_port
        if port is None:
            return
        # The web server's library is loaded only where there is one.
        from bot.monitoring import health_port

        try:
            self._server = health_port.HealthServer(
                health_port.HealthApp(self.signs, self._metrics), host, port
            )
        except OSError as problem:
            raise starting.port_taken(host, port, problem, "HEALTH_HOST and HEALTH_PORT") from None

    def begin(self) -> None:
        """The bot runs."""
        self._begun.set()
        self._watchdog.start()

    def end(self) -> None:
        """The bot stops, or has not come to run."""
        if self._begun.is_set():
            self._watchdog.stop()
        if self._server is not None:
            self._server.stop()
            self._server = None
        self.signs.stop()

    @contextmanager
    def tick(self, now: Callable[[], float]) -> Iterator[None]:
        """A tick goes on within this."""
        self._ticked_at = monotonic()
        try:
            with self._metrics.tick(now):
                yield
        finally:
            self._ticked_at = monotonic()
