"""Power cuts, as far as copies of files can play them: the end of the log is cut off, zeroed or torn at any byte.

This shows that whatever is left of the log opens as one of the states that were committed, and `power_cut` that none
of those is lost.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import struct
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from tests.soak.bots import Life
from tests.soak.kills import CALM, HASTY, stages_of
from tests.soak.measured import Measured, Plan
from tests.soak.workload import Workload, workload

HEADER: Final = 32
FRAME: Final = 24
"""Bytes in front of the log and of each page in it (https://www.sqlite.org/fileformat2.html, section 4)."""

CHECKPOINTED_AT: Final = 96
"""Where the index of the log tells how many of its frames are in the database file already, and needed no more."""

SECTOR: Final = 512

Cut = Callable[[bytes, int, random.Random], bytes]
CUTS: Final[dict[str, Cut]] = {
    "cut off": lambda log, at, _rng: log[:at],
    "zeroed": lambda log, at, _rng: log[:at] + bytes(len(log) - at),
    "torn": lambda log, at, rng: log[:at] + rng.randbytes(SECTOR) + log[at + SECTOR :],
}
"""What is left of a log from a byte on: nothing, zeros, or all but one sector."""


def cuts(plan: Plan) -> Measured:
    """A bot delivers, and again and again what stands in its files at that moment loses the end of its log."""
    found: Counter[str] = Counter()
    flaws: list[str] = []
    with workload(plan.seed, ack_seconds=HASTY) as work, work.nursery() as nursery:
        stages = stages_of(work, plan["couples"])
        life: Life | None = None
        for number, stage in enumerate(stages):
            if life:
                work.behind(life, stage)
            else:
                stage()
                life = nursery.bears()
            for _ in range(plan["times"] // len(stages) + (number < plan["times"] % len(stages))):
                time.sleep(work.rng.uniform(0, 0.05))
                kind, flaw = _cut(work, life)
                found[kind] += 1
                flaws += flaw
            work.waits_until_quiet(CALM)
    kinds = ", ".join(f"{found[kind]} {kind}" for kind in CUTS)
    return Measured(
        f"{found.total()} logs: {kinds}",
        f"{len(flaws)} of them open damaged, or as anything but what was committed before the cut",
        tuple(flaws),
    )


def _cut(work: Workload, life: Life) -> tuple[str, list[str]]:
    """Cut the log of a running bot once; gives how, and what is wrong with what is left."""
    life.is_suspended()
    data, log, index = (_read(work.folder / f"soak.db{end}") for end in ("", "-wal", "-shm"))
    life.goes_on()
    ends = list(_ends(log))
    (checkpointed,) = struct.unpack_from("=I", index, CHECKPOINTED_AT) if index else (0,)
    # What is in the database file already was synced in the log before that, and is not lost by a cut.
    kept = ends[checkpointed - 1][0] if 0 < checkpointed <= len(ends) else HEADER
    kind = work.rng.choice(tuple(CUTS))
    left = CUTS[kind](log, work.rng.randrange(min(kept, len(log)), len(log) + 1), work.rng)
    damaged_at = next((at for at, (a, b) in enumerate(zip(left, log, strict=False)) if a != b), len(left))
    whole = max((end for end, commits in ends if commits and end <= damaged_at), default=HEADER)
    before = _opens(work.folder / "before", data, log[:whole])
    after = _opens(work.folder / "after", data, left)
    if after == before and not after.startswith("damaged"):
        return kind, []
    return kind, [f"{kind} at byte {damaged_at} of {len(log)}: {after}, and not {before}"]


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _ends(log: bytes) -> Iterator[tuple[int, bool]]:
    """Where each frame of a log ends, and whether it ends a transaction; older frames behind them are none of it."""
    if len(log) < HEADER:
        return
    page, salt = struct.unpack_from(">I", log, 8)[0], log[16:24]
    for at in range(HEADER, len(log) - FRAME - page + 1, FRAME + page):
        if log[at + 8 : at + 16] != salt:
            return
        yield at + FRAME + page, struct.unpack_from(">I", log, at + 4)[0] != 0


def _opens(folder: Path, data: bytes, log: bytes) -> str:
    """What a database with that log holds, in short, or how it is damaged."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    (folder / "cut.db").write_bytes(data)
    (folder / "cut.db-wal").write_bytes(log)
    with closing(sqlite3.connect(folder / "cut.db")) as connection:
        try:
            wrong = [
                *(one for (one,) in connection.execute("PRAGMA integrity_check") if one != "ok"),
                *(str(one) for one in connection.execute("PRAGMA foreign_key_check")),
            ]
            told = hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()[:16]
        except sqlite3.DatabaseError as problem:
            return f"damaged: {problem}"
    return f"damaged: {wrong[:3]}" if wrong else told
