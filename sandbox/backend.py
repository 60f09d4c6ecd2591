"""The backend: all parts of the stand-in's state, as the Web API and the people on screen share them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.ids import Tokens
from sandbox.manifest import AppConfig
from sandbox.rate_limits import RateLimits
from sandbox.schedule import Schedule
from sandbox.settings import Settings
from sandbox.triggers import ResponseUrls, Triggers
from sandbox.views import Views
from sandbox.workspace import Workspace


def _no_socket() -> str:
    raise RuntimeError("the server has not been started")


@dataclass(slots=True)
class Backend:
    """One workspace with everything that lives in it; ``base_url`` is set when the server starts."""

    ws: Workspace
    views: Views
    triggers: Triggers
    urls: ResponseUrls
    files: Files
    schedule: Schedule
    limits: RateLimits
    faults: Faults = field(default_factory=Faults)
    base_url: str = ""
    new_socket_url: Callable[[], str] = _no_socket

    @classmethod
    def create(
        cls, config: AppConfig, settings: Settings, clock: Clock, tokens: Tokens | None = None
    ) -> Backend:
        """Return the state of a fresh workspace in which that app is installed."""
        ws = Workspace(config, settings, clock, tokens or Tokens())
        return cls(
            ws=ws,
            views=Views(ws),
            triggers=Triggers(settings.trigger_seconds),
            urls=ResponseUrls(),
            files=Files(ws),
            schedule=Schedule(ws),
            limits=RateLimits(settings, clock),
        )
