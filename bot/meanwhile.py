"""What is done while the bot is still being loaded: a line to Slack is opened, and the database file looked through.

To load everything takes longer than both, and they need a quarter of it. Nothing is told here and nothing changed:
whatever goes wrong comes up again in its turn of the start, which has its sentence.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from slack_bolt import App, BoltRequest, BoltResponse

from bot.client import START_SECONDS, certificates, slack_client
from bot.settings import Settings
from bot.transport.socket_mode import DISPATCHERS, SocketMode, silent_logger
from storage.opening import damage, files
from storage.opening.single import SingleBot
from storage.opening.unusable import Unusable

LONGEST_CHECK: Final = 0.5
"""Seconds for looking at a file's pages; SQLite ends with the table that it is at. `doctor` looks at all of them."""

WAITS_FOR_THE_APP: Final = 2.0
"""Seconds in which an act may wait for what is to hear it: Slack waits for three."""

_Result = TypeVar("_Result")


class AppToCome:
    """Stands where the app is going to be; acts that come before it wait. Safe to use from any thread."""

    def __init__(self) -> None:
        self._app: Future[App] = Future()

    def comes(self, app: App) -> None:
        """Here it is."""
        self._app.set_result(app)

    def never_comes(self) -> None:
        """Nobody need wait any more."""
        self._app.cancel()

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Let the app handle a request, as Bolt's own do; what waits in vain is not answered."""
        try:
            app = self._app.result(WAITS_FOR_THE_APP)
        except (TookTooLong, CancelledError):
            return BoltResponse(status=503)
        return app.dispatch(req)


class Meanwhile:
    """Both, begun in threads of their own; at the end, what nobody took over is given up."""

    def __init__(self, settings: Settings) -> None:
        """Begin."""
        self._app = AppToCome()
        self._sound: Future[bool] | None = None
        self._lock: SingleBot | None = None
        self._line: tuple[SocketMode, Future[None]] | None = None
        file = files.plainly_named(settings.database_url)
        if file is None or not file.is_file() or files.trouble(file):
            return
        self._sound = _beside(partial(_is_sound, file))
        self._lock = _alone(file) if settings.mode == "socket" else None
        if self._lock is not None:
            socket = self._socket(settings)
            self._line = socket, _beside(socket.connect)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._app.never_comes()
        if self._line is not None:
            self._line[0].close()
        if self._lock is not None:
            self._lock.release()

    def is_sound(self) -> bool:
        """Whether the database file was looked through and nothing found; waits for the end of that."""
        if self._sound is None:
            return False
        with suppress(Exception):  # whatever it was, the next look tells
            return self._sound.result()
        return False

    def line(self, app: App) -> SocketMode | None:
        """The line, from now on for that app, once it is open; None where none was begun. Raises what kept it shut."""
        if self._line is None:
            return None
        socket, is_open = self._line
        is_open.result()
        self._line = None
        self._app.comes(app)
        return socket

    def _socket(self, settings: Settings) -> SocketMode:
        client = slack_client(settings, logger=silent_logger(), timeout=START_SECONDS)
        token = settings.app_token or ""
        return SocketMode(self._app, client, token, workers=DISPATCHERS, certificates=certificates())


def _alone(file: Path) -> SingleBot | None:
    """The lock of a database on which no other bot is at work: where one is, acts have to go to that."""
    try:
        return SingleBot(file)
    except (Unusable, OSError):
        return None


def _is_sound(file: Path) -> bool:
    until = time.monotonic() + LONGEST_CHECK
    with closing(files.opened(file)) as driver:
        return not damage.look(driver, lambda: time.monotonic() >= until)


def _beside(do: Callable[[], _Result]) -> Future[_Result]:
    """Do it in a thread that nobody waits for at the end of the process."""
    done: Future[_Result] = Future()

    def work() -> None:
        try:
            done.set_result(do())
        except BaseException as problem:  # noqa: BLE001 - whoever asks for the result gets it
            done.set_exception(problem)

    threading.Thread(target=work, name="meanwhile", daemon=True).start()
    return done
