"""Backups of PostgreSQL, which its own commands make: how they are called, and whether a file of theirs is whole."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url

from storage import tables as t

_HEADER = b"PGDMP"


def dump_command(address: str, file: Path) -> str:
    """What makes a backup; the password is not in it, since others on a machine can read commands."""
    return f"pg_dump --format=custom --file={shlex.quote(str(file))} --dbname={_address(address)}"


def restore_command(address: str, file: Path) -> str:
    """What puts a backup back, all of it or nothing."""
    return (
        f"pg_restore --clean --if-exists --no-owner --single-transaction --dbname={_address(address)} "
        f"{shlex.quote(str(file))}"
    )


def is_dump(file: Path) -> bool:
    """Whether a file is one that `pg_dump --format=custom` makes."""
    with file.open("rb") as begin:
        return begin.read(len(_HEADER)) == _HEADER


def trouble(file: Path) -> tuple[str, str] | None:
    """What is wrong with such a file, and what to do; None when it can be read to its end and has every table."""
    program = shutil.which("pg_restore")
    if program is None:
        return "pg_restore is not here, which reads such files.", "Install PostgreSQL's client programs."
    listed = subprocess.run([program, "--list", file], capture_output=True, text=True, check=False)
    whole = subprocess.run(
        [program, "--file=/dev/null", file],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode or whole.returncode:
        return f"pg_restore cannot read {file} to its end.", "Make another backup."
    there = {
        line.split(" TABLE DATA ")[1].split()[1]
        for line in listed.stdout.splitlines()
        if " TABLE DATA " in line
    }
    if missing := sorted({*t.metadata.tables, "alembic_version"} - there):
        some = ", ".join(missing[:3])
        return (
            f"{file} lacks tables of this version of the bot ({some}).",
            "Check that it is of the right database.",
        )
    return None


def _address(address: str) -> str:
    url = make_url(address)._replace(drivername="postgresql", password=None)
    return shlex.quote(url.render_as_string())
