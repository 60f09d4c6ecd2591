"""What is left when a process that changes a database is killed: at each line of what does it, one child for each.

Run as `python -m tests.storage.killed WHAT FOLDER [URL]`; it prints how many children were killed, and fails where one
left something that is neither old nor new.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

from alembic import command

from storage.database import Database
from storage.keeping import backups, moving, schema
from storage.tables import metadata

OLD, LATE, NEW = "Old", "Late", "New"


def names(path: Path) -> set[str]:
    """Which of the two databases a file is: the names of the people in it, with what was not yet in the main file."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {name for (name,) in connection.execute("SELECT name FROM people")}


def filled(path: Path, name: str) -> None:
    with closing(Database(f"sqlite:///{path}")) as database:
        schema.upgrade(database)
        with database.write() as tx:
            tx.exec_driver_sql(
                "INSERT INTO people (workspace, id, name, admin, deactivated, guest, bot, seen_at)"
                " VALUES ('T1', 'U1', ?, 0, 0, 0, 0, '2026-03-02 09:00:00.000000')",
                (name,),
            )
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def killed_after(lines: int, work: Callable[[], object], module: str) -> bool:
    """Do it in a child that is killed before its n-th line in this module; tells whether it lived to the end."""
    child = os.fork()
    if child == 0:
        left = lines

        def trace(frame: FrameType, event: str, _argument: Any) -> Any:
            nonlocal left
            if frame.f_code.co_filename != module:
                return None
            left -= event == "line"
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        work()
        sys.settrace(None)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.waitstatus_to_exitcode(status) in {0, -signal.SIGKILL}, status
    return status == 0


def everywhere(work: Callable[[], object], look: Callable[[bool], None], module: Any, step: int) -> int:
    """Kill it at every n-th line until it gets to its end; `look` is told whether it did."""
    number, done = 0, False
    while not done:
        done = killed_after(number * step, work, str(module.__file__))
        look(done)
        number += 1
    return number - 1


def backup(folder: Path, step: int) -> int:
    source, target = folder / "mentor.db", folder / "copy.db"
    filled(source, NEW)
    filled(target, OLD)

    def look(done: bool) -> None:
        assert names(target) in ([{NEW}] if done else [{OLD}, {NEW}])
        assert names(source) == {NEW}

    killed = everywhere(lambda: backups.back_up(source, target), look, backups, step)
    assert not list(folder.glob("*.partial*"))
    return killed


def restore(folder: Path, step: int) -> int:
    database, good, kept = folder / "mentor.db", folder / "copy.db", folder / "kept.db"
    filled(good, NEW)

    def begin() -> None:
        for old in folder.glob("mentor.db*"):
            old.unlink()
        filled(database, OLD)
        # A bot that was killed has left its log, without which the file alone is older.
        child = os.fork()
        if child == 0:
            late = sqlite3.connect(database)
            late.execute("PRAGMA journal_mode=WAL")
            late.execute(f"UPDATE people SET name = '{LATE}'")  # noqa: S608 - our own words
            late.commit()
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)

    def work() -> None:
        with backups.prepared(good, database) as copy:
            backups.exchange(copy, database, kept)

    def look(done: bool) -> None:
        found = names(database)
        assert found in ([{NEW}] if done else [{LATE}, {NEW}])
        if found == {NEW}:
            assert names(kept) == {LATE}
        begin()

    begin()
    return everywhere(work, look, backups, step)


def migration(folder: Path, step: int) -> int:
    path = folder / "mentor.db"
    filled(path, OLD)
    with closing(Database(f"sqlite:///{path}")) as database, database.rebuild() as tx:
        command.downgrade(schema.config(tx), "0027")

    def work() -> None:
        with closing(Database(f"sqlite:///{path}")) as database:
            schema.upgrade(database)

    def look(done: bool) -> None:
        with closing(Database(f"sqlite:///{path}")) as database, database.read() as tx:
            assert schema.revision(tx) == (schema.NEWEST if done else "0027")
        assert names(path) == {OLD}
        copy = path.with_name("mentor.db.revision-0027")
        assert names(copy) == {OLD} if done or copy.exists() else True

    return everywhere(work, look, backups, step)


def move(folder: Path, step: int) -> int:
    path = folder / "mentor.db"
    filled(path, OLD)

    def look(done: bool) -> None:
        assert names(path) == {OLD}
        with closing(Database(sys.argv[3])) as target, target.read() as tx:
            there = tx.dialect.get_table_names(tx)
            assert set(there) == ({*metadata.tables, "alembic_version"} if done else set())

    def work() -> None:
        with closing(Database(f"sqlite:///{path}")) as source, closing(Database(sys.argv[3])) as target:
            moving.move(source, target)

    return everywhere(work, look, moving, step)


if __name__ == "__main__":
    doing = {"backup": backup, "restore": restore, "migration": migration, "move": move}[sys.argv[1]]
    print(doing(Path(sys.argv[2]), int(os.environ.get("STEP", "1"))))
