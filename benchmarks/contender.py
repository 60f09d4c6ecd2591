"""A contender: one of the apps that are measured, connected to a workplace of its own."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import script, seed
from benchmarks.process import AppProcess, Used
from benchmarks.script import Script
from benchmarks.workplace import Workplace
from mentoring.programs import Program
from program.context import Context
from storage.database import Database

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Contender:
    """What is measured: the bare app, or the bot with so many people enrolled."""

    enrolled: int | None = None

    @property
    def name(self) -> str:
        """A name for tables."""
        return "bare app" if self.enrolled is None else f"bot, {self.enrolled:,} enrolled"


BARE = Contender()


@dataclass(frozen=True, slots=True)
class Props:
    """What contenders are made from: seeded databases by the number of people enrolled, and what is said."""

    folder: Path
    programs: dict[int, Program]
    script: Script


@dataclass(frozen=True, slots=True)
class Start:
    """How a start went: seconds from making the process to its open socket, and to its answer to who acts just then.

    `used` is what it had used by that answer.
    """

    connected: float
    answered: float
    used: Used


@dataclass(frozen=True, slots=True)
class Running:
    """An app that is connected: when its process was made and when its socket was open, by `time.perf_counter`."""

    process: AppProcess
    began: float
    connected: float


@dataclass(frozen=True, slots=True)
class Staged:
    """A workplace whose app is not running yet, and what the app needs to connect."""

    place: Workplace
    environ: dict[str, str]
    folder: Path

    @contextmanager
    def running(self, *module: str) -> Iterator[Running]:
        """Run `python -m` that module as the app, from the start of the process until after its end."""
        began = time.perf_counter()
        with AppProcess(module, self.environ, self.folder) as process:
            try:
                self.place.slack.wait_for_connection(PATIENCE)
            except TimeoutError:
                raise process.failure("it did not connect") from None
            yield Running(process, began, time.perf_counter())
        self.place.slack.wait_for(lambda: not self.place.slack.connections, PATIENCE)


def prepare(folder: Path, enrolled: tuple[int, ...], waiting: int) -> Props:
    """Seed a database for each number of people, with so many pairs of the cast waiting, and write the script."""
    place = Workplace()
    programs: dict[int, Program] = {}
    for number in enrolled:
        database = Database(_url(folder / f"{number}.db"))
        programs[number] = seed.fill(database, _now(), place.cast, place.channel.id, number, waiting)
        database.close()
    database = Database(_url(folder / f"{enrolled[0]}.db"))
    written = script.write(Context(database, _now), programs[enrolled[0]], waiting)
    database.close()
    return Props(folder, programs, written)


@contextmanager
def staged(props: Props, contender: Contender) -> Iterator[Staged]:
    """A fresh workplace for that contender, with the cards of the waiting pairs in the leads' channel."""
    with TemporaryDirectory(dir=props.folder) as name, Workplace() as place:
        folder = Path(name)
        posted = place.post_cards(props.script.cards)
        if contender.enrolled is None:
            path = folder / "script.json"
            path.write_text(json.dumps(props.script.lines), encoding="utf-8")
            yield Staged(place, place.environ | {"SCRIPT": str(path)}, folder)
        else:
            path = folder / "bot.db"
            shutil.copy(props.folder / f"{contender.enrolled}.db", path)
            database = Database(_url(path))
            seed.show(database, props.programs[contender.enrolled], _now(), posted)
            database.close()
            yield Staged(place, place.environ | {"DATABASE_URL": _url(path)}, folder)


def _url(path: Path) -> str:
    return f"sqlite:///{path}"


def _now() -> datetime:
    return datetime.now(UTC)
