"""What systemd is told: that the bot has started, that it lives, and that it stops.

The protocol is a datagram to the socket that the environment names
(https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html).
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Mapping

_log = logging.getLogger(__name__)


def notify(state: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Tell it, where somebody listens; whether that went out. Never raises: the bot does not live by it."""
    address = environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
            out.connect("\0" + address[1:] if address.startswith("@") else address)
            out.sendall(state.encode())
    except OSError as problem:
        _log.debug("systemd could not be told (%s)", problem.strerror)
        return False
    return True


class Watchdog:
    """Tells systemd that the bot lives, twice in the time in which it wants to hear so, and only while it does."""

    def __init__(self, lives: Callable[[], bool], environ: Mapping[str, str] = os.environ) -> None:
        self._lives, self._environ = lives, environ
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Say that the bot has started; go on saying that it lives, where that is wanted of this process."""
        notify("READY=1", self._environ)
        seconds = self._seconds()
        if seconds > 0:
            self._thread = threading.Thread(
                target=self._work, args=(seconds / 2,), name="watchdog", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Say that the bot stops."""
        notify("STOPPING=1", self._environ)
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _seconds(self) -> float:
        wanted, of = self._environ.get("WATCHDOG_USEC", ""), self._environ.get("WATCHDOG_PID", "")
        ours = not of or of == str(os.getpid())
        return int(wanted) / 1_000_000 if ours and wanted.isascii() and wanted.isdigit() else 0.0

    def _work(self, every: float) -> None:
        while True:
            if self._lives():
                notify("WATCHDOG=1", self._environ)
            if self._stop.wait(every):
                return
