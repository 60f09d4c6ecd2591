"""Switches: the faults a visitor may turn on, to see how the app copes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.errors import PersonError
from sandbox.faults import ANY, Fault, Faults
from sandbox.settings import Json

SLOW_SECONDS = 5.0
MOST_TIMES = 1000

_Switch = Callable[[Faults, str, int], None]

SWITCHES: dict[str, _Switch] = {
    "ratelimited": lambda faults, method, times: faults.ratelimit(method, times=times, retry_after=2),
    "http": lambda faults, method, times: faults.http_error(method, status=500, times=times),
    "slow": lambda faults, method, times: faults.slow(method, delay=SLOW_SECONDS, times=times),
    "reset": lambda faults, method, times: faults.reset(method, times=times),
    "disconnect": lambda faults, _method, _times: faults.disconnect(),
    "cut": lambda faults, _method, _times: faults.cut_sockets(),
    "clear": lambda faults, _method, _times: faults.clear(),
}


def switch(faults: Faults, kind: Any, method: Any, times: Any) -> None:
    """Turn on one fault for the next ``times`` calls of ``method`` (empty: any), or do ``clear`` and its kin."""
    if kind not in SWITCHES:
        raise PersonError("There is no such switch.")
    if not isinstance(times, int) or not 1 <= times <= MOST_TIMES:
        raise PersonError(f"Choose between 1 and {MOST_TIMES} calls.")
    SWITCHES[kind](faults, str(method or "").strip() or ANY, times)


def standing(faults: Faults) -> list[Json]:
    """The faults that wait for calls."""
    return [_shown(f) for f in faults.standing()]


def _shown(fault: Fault) -> Json:
    return {"kind": fault.kind, "method": fault.method, "left": fault.left}
