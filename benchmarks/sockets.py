"""Which Socket Mode client: each of the SDK's and the bot's own, in the same troubles, side by side.

`python -m benchmarks.sockets` prints the table of docs/decisions/0017-socket-mode-client.md; it takes
seven minutes or so.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from benchmarks.socket_clients import CLIENTS
from sandbox import AppConfig, Sandbox, Settings

LONGEST = 90.0
"""Seconds after which a client that has not come back is given up."""

OUTAGE = 60.0
NEEDS = {"websocket_client": "websocket", "aiohttp": "aiohttp", "websockets": "websockets"}

CONFIG = AppConfig.from_manifest(
    {
        "display_information": {"name": "Tiny"},
        "features": {
            "bot_user": {"display_name": "Tiny"},
            "slash_commands": [{"command": "/tiny", "description": "does tiny things"}],
        },
        "oauth_config": {"scopes": {"bot": ["commands"]}},
        "settings": {"socket_mode_enabled": True},
    }
)


@dataclass(frozen=True, slots=True)
class Client:
    """A client that is connected to a workspace of its own."""

    slack: Sandbox
    process: subprocess.Popen[bytes]

    @property
    def opened(self) -> int:
        """How often it asked for an address."""
        return self.slack.calls.counts().get("apps.connections.open", 0)

    def used(self) -> float:
        """Processor seconds so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def comes_back(self, since: float) -> str:
        """How long it took until a person's command was answered again."""
        person = self.slack.add_person("Ana Example", announce=False)
        while time.monotonic() - since < LONGEST:
            self.slack.wait_for(lambda: self.slack.connections > 0 or None, 1.0)
            if self.slack.connections and person.types("/tiny again").ok:
                return f"{time.monotonic() - since:.0f} s"
        return f"not in {LONGEST:.0f} s"


def _breaks(how: Literal["reset", "eof", "deaf", "half_frame"]) -> Callable[[Client], str]:
    def measure(client: Client) -> str:
        time.sleep(1)
        since, used = time.monotonic(), client.used()
        client.slack.faults.break_sockets(how)
        took = client.comes_back(since)
        share = (client.used() - used) / (time.monotonic() - since)
        return f"{took}, {share:.0%} of a core"

    return measure


def _clock_steps(client: Client) -> str:
    person = client.slack.add_person("Ana Example", announce=False)
    before, lost = client.opened, 0
    client.process.send_signal(signal.SIGUSR1)
    ends, asked = time.monotonic() + 25, 0
    while time.monotonic() < ends:
        lost += not person.types(f"/tiny {asked}").ok
        asked += 1
        time.sleep(0.1)
    return f"{client.opened - before} new sockets, {lost} of {asked} lost"


def _refreshes(client: Client) -> str:
    people = [client.slack.add_person(f"Person {n} Example", announce=False) for n in range(8)]
    with ThreadPoolExecutor(8) as at_once:
        replies = []
        for number in range(240):
            if number % 80 == 20:
                client.slack.faults.disconnect("refresh_requested")
            replies.append(at_once.submit(people[number % 8].types, f"/tiny {number}"))
            time.sleep(0.05)
        return f"{sum(not one.result().ok for one in replies)} of 240 lost"


def _large(client: Client) -> str:
    person = client.slack.add_person("Ana Example", announce=False)
    return "whole" if person.types("/tiny " + "x" * 1_000_000).ok else "lost"


def _outage(client: Client) -> str:
    time.sleep(1)
    before = client.opened
    client.slack.faults.http_error("apps.connections.open", status=503, seconds=OUTAGE)
    since = time.monotonic()
    client.slack.faults.cut_sockets()
    client.slack.wait_for(lambda: client.slack.connections == 0 or None, 5.0)
    back = client.comes_back(since)
    return f"{client.opened - before} calls, back after {back}"


TROUBLES: dict[str, Callable[[Client], str]] = {
    "silent, TCP open": _breaks("deaf"),
    "half a frame, then silence": _breaks("half_frame"),
    "end of file": _breaks("eof"),
    "reset": _breaks("reset"),
    "wall clock + 2 h": _clock_steps,
    "three refreshes": _refreshes,
    "1 MB in fragments": _large,
    f"outage of {OUTAGE:.0f} s": _outage,
}


def _measured(name: str, trouble: str) -> str:
    if not _installed(name):
        return "not installed"
    settings = Settings(rate_clock="off", fragment_characters=5_000 if trouble == "1 MB in fragments" else 0)
    with Sandbox(CONFIG, settings=settings) as slack:
        environ = os.environ | {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.socket_clients", name],
            env=environ,
            stderr=subprocess.PIPE,
        )
        try:
            slack.wait_for_connection(30)
            result = TROUBLES[trouble](Client(slack, process))
        finally:
            ended = _ended(process)
    return f"{result}{ended}"


def _installed(name: str) -> bool:
    return name not in NEEDS or find_spec(NEEDS[name]) is not None


def _ended(process: subprocess.Popen[bytes]) -> str:
    """What is wrong with how it ended."""
    process.terminate()
    try:
        _, told = process.communicate(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return "; did not stop"
    return "; traceback" if b"Traceback" in told else ""


def main() -> None:
    """Print the table, as Markdown."""
    rows = []
    for trouble in TROUBLES:
        with ThreadPoolExecutor(len(CLIENTS)) as side_by_side:
            found = list(side_by_side.map(lambda name, trouble=trouble: _measured(name, trouble), CLIENTS))
        rows.append([trouble, *found])
        print(rows[-1], file=sys.stderr, flush=True)
    head = ["", *(f"SDK {name}" if name != "bot" else "the bot's own" for name in CLIENTS)]
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
