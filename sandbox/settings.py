"""Settings: the few numbers of the stand-in that a test or a demo may want to change."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
"""A JSON object as it travels over Slack's wire."""

RateClock = Literal["real", "business", "off"]

PATIENCE = float(os.environ.get("SANDBOX_PATIENCE", "1"))
"""How many times as long as usual to wait for an app; more than 1 on a machine that is slow or busy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How strict and how fast the stand-in is; the defaults are Slack's documented values.

    Times are seconds. ``PATIENCE`` stretches how long an app may take by default; what is given is exact.
    ``time_scale`` multiplies the redelivery delays only (60 s becomes 0.6 s at 0.01).
    ``rate_clock`` says which clock the rate windows and ``Retry-After`` run on: real time, the business
    time given as ``now``, or no limits at all.
    ``fragment_characters`` sends envelopes in fragments of so many characters, with a ping between two; 0: whole.
    """

    ack_seconds: float = 3.0 * PATIENCE
    trigger_seconds: float = 3.0 * PATIENCE
    redelivery_seconds: tuple[float, ...] = (0.0, 60.0, 300.0)
    time_scale: float = 1.0
    rate_clock: RateClock = "real"
    max_sockets: int = 10
    ping_seconds: float = 5.0
    posts_per_minute: int = 300
    post_burst: int = 4
    host: str = "127.0.0.1"
    port: int = 0
    socket_port: int = 0
    fragment_characters: int = 0
