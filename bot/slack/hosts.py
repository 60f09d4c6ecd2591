"""The parts of an address, and whether Slack's tokens may go there without being asked for."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import SplitResult, urlsplit

_SLACK_HOSTS: Final = ("slack.com", "slack-gov.com")


def split(url: str) -> SplitResult:
    """The parts of an address; all of them empty when it is not one."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks that the port is a number
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def may_have_tokens(parts: SplitResult) -> bool:
    """Whether tokens may go there without being asked for: Slack's own hosts over https, or this machine."""
    host = (parts.hostname or "").rstrip(".").lower()
    slack = any(host == known or host.endswith(f".{known}") for known in _SLACK_HOSTS)
    return (slack and parts.scheme == "https") or _is_loopback(host)


def _is_loopback(host: str) -> bool:
    """Loopback addresses, and the names RFC 6761 section 6.3 reserves for them."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
