"""The settings for where the bot listens: a host alone, and a port for each of the two who ask."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Final

_LABEL: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_NAME: Final = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*\.?")
_HERE: Final = "127.0.0.1"


def host(name: str, text: str, refuse: Callable[[str, str], str]) -> str:
    """A name or an address; this machine's own where nothing is set. An IPv6 address may stand in brackets."""
    bare = text[1:-1] if text[:1] == "[" and text[-1:] == "]" else text
    if not bare or _is_address(bare) or _NAME.fullmatch(bare):
        return bare or _HERE
    port = name.replace("HOST", "PORT")
    refuse(
        name,
        f"{name} is {text!r}. Use a name or an address alone, such as {_HERE}, or 0.0.0.0 for all of this machine's; "
        f"the port stands in {port}.",
    )
    return _HERE


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def same_port(http_port: int, health_port: int | None) -> str:
    """That both are asked for on one port, which only one of them can have; empty where they are not."""
    if not http_port or http_port != health_port:
        return ""
    return f"HTTP_PORT and HEALTH_PORT are both {http_port}. Give each a port of its own."
