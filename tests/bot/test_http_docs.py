"""The page about the HTTP mode names the limits that the code has, and its proxies fit them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from bot.settings import Settings
from bot.transport.connections import CONNECTIONS, HEALTH_PATH, OTHER_FILES, REQUEST_SECONDS
from bot.transport.http import EVENTS_PATH, IN_MEMORY, LARGEST_BODY, LARGEST_HEADERS
from bot.transport.seen import KEPT

PAGE: Final = (Path(__file__).parents[2] / "docs" / "http-mode.md").read_text("utf-8")
NGINX: Final = PAGE.partition("```nginx\n")[2].partition("```")[0]
REPLICAS: Final = PAGE.partition("```nginx replicas\n")[2].partition("```")[0]
CADDY: Final = PAGE.partition("```caddyfile\n")[2].partition("```")[0]
DEFAULTS: Final = Settings(bot_token="x")


def directive(config: str, name: str) -> str:
    """What a directive, which stands there once, is set to."""
    (value,) = re.findall(rf"^\s*{name}\s+(.+?);?$", config, re.MULTILINE)
    return str(value)


def size(text: str) -> int:
    number, unit = re.fullmatch(r"(\d+)(m|MiB)", text).groups()  # type: ignore[union-attr]  # anything else fails the test
    assert unit
    return int(number) * 1024 * 1024


def seconds(text: str) -> float:
    return float(text.removesuffix("s"))


@pytest.mark.parametrize(
    "words",
    [
        f"{LARGEST_BODY} bytes",
        f"{LARGEST_HEADERS // 1024} KiB of headers",
        f"above {IN_MEMORY // 1024} KiB",
        f"within {REQUEST_SECONDS:g} seconds",
        f"idle for {REQUEST_SECONDS:g} seconds",
        f"{CONNECTIONS} at once",
        f"fewer than {2 * CONNECTIONS + OTHER_FILES} open files",
        f"for {KEPT.total_seconds() / 60:g} minutes",
        f"by default {DEFAULTS.http_host} and {DEFAULTS.http_port}",
        f"`{EVENTS_PATH}`",
        f"`{HEALTH_PATH}`",
    ],
)
def test_it_names_the_limits(words: str) -> None:
    assert words in PAGE


def test_nginx_fits() -> None:
    assert size(directive(NGINX, "client_max_body_size")) == LARGEST_BODY
    assert seconds(directive(NGINX, "client_header_timeout")) <= REQUEST_SECONDS
    assert seconds(directive(NGINX, "client_body_timeout")) <= REQUEST_SECONDS
    assert directive(NGINX, "proxy_pass") == f"http://{DEFAULTS.http_host}:{DEFAULTS.http_port}"
    assert directive(NGINX, "proxy_set_header") == "Connection close"
    assert directive(NGINX, "proxy_request_buffering") == "on"
    assert seconds(directive(NGINX, "proxy_read_timeout")) > REQUEST_SECONDS
    assert f"location = {EVENTS_PATH} {{" in NGINX
    assert NGINX.count("{") == NGINX.count("}")


def test_caddy_fits() -> None:
    assert size(directive(CADDY, "max_size")) == size(directive(CADDY, "request_buffers")) == LARGEST_BODY
    assert seconds(directive(CADDY, "read_header")) <= REQUEST_SECONDS
    assert seconds(directive(CADDY, "read_body")) <= REQUEST_SECONDS
    assert directive(CADDY, "keepalive") == "off"
    assert f"reverse_proxy {DEFAULTS.http_host}:{DEFAULTS.http_port} {{" in CADDY
    assert f"handle {EVENTS_PATH} {{" in CADDY
    assert CADDY.count("{") == CADDY.count("}")
