"""Deaf sockets: the connection over which Slack talks dies without a word, and the bot notices."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from sandbox import PersonError
from tests.patience import PATIENCE
from tests.soak.bots import AS_SHIPPED
from tests.soak.measured import Measured, Plan, flaws_of
from tests.soak.workload import Workload, workload

ASKED_SECONDS = 20.0
ASKED_SHARE = 0.10
LONGEST = 150.0


class Wire:
    """Relays connections to the sandbox's socket, and can fall silent with them all open."""

    def __init__(self, port: int) -> None:
        self._to, self._mute, self._closes = port, False, False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._old: list[socket.socket] = []
        self._guard = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def falls_silent(self, end_of_file: bool) -> None:
        """Let nothing through any more on what is open now; or end it from this side only, without a close frame."""
        with self._guard:
            silent, self._old = self._old, []
        if end_of_file:
            for one in silent:
                one.shutdown(socket.SHUT_WR)

    def _accept(self) -> None:
        while True:
            try:
                app, _ = self._listener.accept()
            except OSError:
                return
            slack = socket.create_connection(("127.0.0.1", self._to))
            with self._guard:
                self._old.append(app)
            threading.Thread(target=self._relay, args=(app, slack), daemon=True).start()

    def _relay(self, app: socket.socket, slack: socket.socket) -> None:
        while True:
            ready, _, _ = select.select([app, slack], [], [], 1.0)
            with self._guard:
                silent = app not in self._old
            if silent:
                slack.close()  # Slack's end is gone; the bot's stays as it is
                return
            for one in ready:
                try:
                    data = one.recv(65536)
                except OSError:
                    data = b""
                if not data:
                    for end in (app, slack):
                        end.close()
                    return
                (slack if one is app else app).sendall(data)

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()


def silent_sockets(plan: Plan) -> Measured:
    """How long until the bot has another connection, what the wait costs, and that it hears again."""
    found: list[str] = []
    flaws: list[str] = []
    for end_of_file, words in ((False, "silence"), (True, "end of file")):
        waits, shares = [], []
        for _ in range(plan["times"]):
            wait, share = _deaf(plan.seed, end_of_file)
            waits.append(wait)
            shares.append(share)
        found.append(f"{words}: hears again after {max(waits):.0f} s, with {max(shares):.0%} of a core")
        flaws += flaws_of(
            (max(waits) <= ASKED_SECONDS, f"{words}: deaf for {max(waits):.0f} s"),
            (max(shares) <= ASKED_SHARE, f"{words}: {max(shares):.0%} of a core"),
        )
    return Measured(f"{plan['times']} times each, in real time", "; ".join(found), tuple(flaws))


def _deaf(seed: int, end_of_file: bool) -> tuple[float, float]:
    """Seconds until the bot answers again, and the share of a core it took meanwhile."""
    with workload(seed, speed=1.0) as work:
        usual = work.slack.backend.new_socket_url
        wire = Wire(urlsplit(usual()).port or 0)
        work.slack.backend.new_socket_url = _rerouted(usual, wire.port)
        with work.nursery(real=True, **AS_SHIPPED) as nursery:
            work.sets_up()
            life = nursery.bears()
            _answers(work)
            wire.falls_silent(end_of_file)
            began, used = time.monotonic(), life.cpu_seconds
            while not _answers(work) and time.monotonic() - began < LONGEST:
                time.sleep(0.5)
            wait = time.monotonic() - began
            share = (life.cpu_seconds - used) / wait
        wire.close()
        return wait, share


def _rerouted(usual: Callable[[], str], port: int) -> Callable[[], str]:
    def new_url() -> str:
        parts = urlsplit(usual())
        return urlunsplit(parts._replace(netloc=f"{parts.hostname}:{port}"))

    return new_url


def _answers(work: Workload) -> bool:
    """Whether the bot answers a command now."""
    try:
        if not work.slack.wait_for(lambda: work.slack.connections or None, min(1.0, PATIENCE)):
            return False
        return work.lead.types("/reverse-mentor help").ok
    except (PersonError, TimeoutError):
        return False
