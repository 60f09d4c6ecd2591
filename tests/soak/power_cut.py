"""Power cuts: what was written and not synced is lost by sectors, at any moment, and nothing that was acknowledged.

strace tells every write and sync of a process in their order, and so what a disk that keeps its word has at each
moment. From there, any part of what was not synced may have got there too. Directories are taken to be kept at once.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.house.sources import ROOT
from tests.soak.measured import Measured, Plan, flaws_of
from tests.soak.power_writer import ROWS

SECTOR: Final = 512
CALLS: Final = "pwrite64,write,fsync,fdatasync,ftruncate"
_CALL: Final = re.compile(r"(?:\d+ +)?(\w+)\((\d+)<([^>]*)>(?:, (.*))?\) += (\d+)")
_BYTES: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(?:, \d+(?:, (\d+))?)?')


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that a process did: it wrote, cut or synced a file by that name, or acknowledged a batch."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


def read(trace: str) -> Iterator[Event]:
    """What strace saw, in its order."""
    for line in trace.splitlines():
        found = _CALL.match(line)
        if found is None:
            continue
        call, descriptor, path, rest = found[1], int(found[2]), _plain(found[3]), found[4] or ""
        name = Path(path).name
        if call in ("fsync", "fdatasync"):
            yield Event("sync", name)
        elif call == "ftruncate":
            yield Event("cut", name, int(rest))
        elif given := _BYTES.match(rest):
            data = bytes.fromhex(given[1].replace("\\x", ""))
            if descriptor == 1:
                yield Event("acknowledged", at=int(data))
            elif call == "pwrite64":
                yield Event("write", name, int(given[2]), data)


def _plain(path: str) -> str:
    """A path, of which strace may have written every letter as a number."""
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


@dataclass
class Disk:
    """The files of a database as a disk has them, and what was written to them and not synced."""

    kept: dict[str, bytearray]
    pending: dict[str, list[Event]]

    def sees(self, event: Event) -> None:
        """Take in what was done."""
        if event.kind == "sync":
            for one in self.pending.pop(event.file, []):
                _apply(self.kept.setdefault(event.file, bytearray()), one)
        elif event.kind in ("write", "cut"):
            self.pending[event.file].append(event)

    def after_a_cut(self, rng: random.Random) -> dict[str, bytes]:
        """What is in the files when the power is back: of what was not synced, all, nothing, or any sectors."""
        files = {name: bytearray(data) for name, data in self.kept.items()}
        share = rng.choice((0.0, 0.5, 0.9, 1.0))
        for name, events in self.pending.items():
            for event in events:
                for part in _sectors(event):
                    if rng.random() < share:
                        _apply(files.setdefault(name, bytearray()), part)
        return {name: bytes(data) for name, data in files.items()}


def _sectors(event: Event) -> Iterator[Event]:
    if event.kind == "cut":
        yield event
        return
    start = event.at
    while start < event.at + len(event.data):
        end = min((start // SECTOR + 1) * SECTOR, event.at + len(event.data))
        yield Event("write", event.file, start, event.data[start - event.at : end - event.at])
        start = end


def _apply(file: bytearray, event: Event) -> None:
    if event.kind == "cut":
        del file[event.at :]
        file.extend(bytes(event.at - len(file)))
        return
    end = event.at + len(event.data)
    file.extend(bytes(max(0, end - len(file))))
    file[event.at : end] = event.data


def traced(folder: Path, count: int, synchronous: str = "") -> tuple[bytes, list[Event]]:
    """The file before, and all that a process did that committed so many batches."""
    path = folder / "power.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute(
            "CREATE TABLE batches (id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, bytes BLOB NOT NULL)"
        )
        made.commit()
    before, trace = path.read_bytes(), folder / "trace"
    writer = [sys.executable, "-m", "tests.soak.power_writer", str(path), str(count), synchronous]
    watch = ["strace", "-f", "-y", "-xx", "-s", "70000", "-e", f"trace={CALLS}", "-o", str(trace)]
    subprocess.run([*watch, *writer], cwd=ROOT, check=True, capture_output=True)
    return before, list(read(trace.read_text("ascii", "replace")))


def lost(before: bytes, events: Sequence[Event], times: int, seed: int, folder: Path) -> list[str]:
    """Cut the power so often, and tell what is wrong with what is left."""
    rng, flaws = random.Random(seed), []
    moments = sorted(rng.randrange(len(events) + 1) for _ in range(times))
    disk, acknowledged, done = Disk({"power.db": bytearray(before)}, defaultdict(list)), 0, 0
    for moment in moments:
        for event in events[done:moment]:
            disk.sees(event)
            acknowledged = event.at if event.kind == "acknowledged" else acknowledged
        done = moment
        flaw = _opened(disk.after_a_cut(rng), acknowledged, folder)
        flaws += [f"at event {moment}: {flaw}"] if flaw else []
    return flaws


def _opened(files: dict[str, bytes], acknowledged: int, folder: Path) -> str:
    """What is wrong with a database that is opened after a cut, where so many batches were acknowledged before it."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for name in ("power.db", "power.db-wal"):
            if name in files:
                (Path(place) / name).write_bytes(files[name])
        try:
            with closing(sqlite3.connect(Path(place) / "power.db")) as opened:
                if (said := opened.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                    return f"damaged: {said}"[:200]
                there = dict(opened.execute("SELECT batch, count(*) FROM batches GROUP BY batch"))
        except sqlite3.DatabaseError as problem:
            return f"damaged: {problem}"
    if any(number != ROWS for number in there.values()):
        return "a batch is there in part"
    if sorted(there) != list(range(1, len(there) + 1)):
        return "a batch is missing between others"
    return f"{acknowledged - len(there)} acknowledged batches are lost" if len(there) < acknowledged else ""


def power_cuts(plan: Plan) -> Measured:
    """Commit through the bot's own database, and cut the power at any moment; as a control, with less syncing."""
    if not shutil.which("strace"):
        return Measured("", "", left_out="needs strace, which tells what was written and what was synced")
    with tempfile.TemporaryDirectory(prefix="soak-power-") as name:
        found: dict[str, list[str]] = {}
        batches = plan["batches"]
        for synchronous in ("", "NORMAL"):
            folder = Path(name) / f"as{synchronous}"
            folder.mkdir()
            before, events = traced(folder, batches, synchronous)
            found[synchronous] = lost(before, events, plan["times"], plan.seed, folder)
            synced = sum(event.kind == "sync" for event in events)
            plan.tell(f"{len(events)} events, {synced} of them syncs: {len(found[synchronous])} flaws")
    return Measured(
        f"{plan['times']} cuts at any moment of {batches} commits, of what was not synced any sectors kept",
        f"{len(found[''])} lose or damage anything; as a control, with synchronous=NORMAL {len(found['NORMAL'])} do",
        flaws_of((bool(found["NORMAL"]), "the control loses nothing, so that this shows nothing"))
        + tuple(found[""]),
    )
