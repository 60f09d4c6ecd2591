"""`python -m tests.soak.power_writer DATABASE COUNT SYNCHRONOUS`: commits batches, and says each that was acknowledged.

It writes as the bot does, through `Database.write`; its parent sees every byte that goes to a file.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from typing import Final

from sqlalchemy import text

from storage import database

ROWS: Final = 3
"""Of a batch, which is there whole or not at all."""

LARGEST: Final = 6000
"""Bytes of a row: more than a page, so that a commit is several writes."""


def main() -> None:
    """Commit so many batches."""
    path, count, synchronous = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    usual = database.PRAGMAS
    database.PRAGMAS = tuple(  # for this process alone, where a control asks for less
        f"synchronous={synchronous}" if synchronous and one.startswith("synchronous") else one
        for one in usual
    )
    rng = random.Random(count)
    there = database.Database(f"sqlite:///{path}")
    for batch in range(1, count + 1):
        with there.write() as tx:
            for _ in range(ROWS):
                row = {"batch": batch, "bytes": rng.randbytes(rng.randrange(LARGEST))}
                tx.execute(text("INSERT INTO batches (batch, bytes) VALUES (:batch, :bytes)"), row)
        os.write(1, f"{batch}\n".encode())
    os._exit(0)  # as a power cut leaves it: nobody closes anything


if __name__ == "__main__":
    main()
