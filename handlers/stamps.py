"""Slack's time stamps, which name messages and events: seconds since 1970 with six digits behind the point."""

from __future__ import annotations

import re

_STAMP = re.compile(r"0*([0-9]{1,12})(?:\.([0-9]{0,6})0*)?")
_MICROS = 1_000_000


def canonical(stamp: object) -> str:
    """The one form of a stamp, whether it came with fewer digits, with more zeros or as a number; "" for what is none.

    What has another shape is left as it is: a name that is not understood is still a name.
    """
    text = _plain(stamp)
    found = _STAMP.fullmatch(text)
    return f"{found[1]}.{(found[2] or '').ljust(6, '0')}" if found else text


def micros(stamp: object) -> int | None:
    """The same as microseconds since 1970, by which stamps are put in order; None for what has another shape."""
    found = _STAMP.fullmatch(_plain(stamp))
    return int(found[1]) * _MICROS + int((found[2] or "").ljust(6, "0")) if found else None


def second(said: object) -> int | None:
    """A second since 1970, which some of Slack's clocks tell in milliseconds; None for what is none."""
    if isinstance(said, bool) or not isinstance(said, int) or said <= 0:
        return None
    return said if said < _MICROS * _MICROS else said // 1000


def _plain(stamp: object) -> str:
    if isinstance(stamp, bool):
        return ""
    if isinstance(stamp, float):
        return f"{stamp:.6f}"
    return str(stamp) if isinstance(stamp, str | int) else ""
