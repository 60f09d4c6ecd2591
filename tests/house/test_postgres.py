"""The throwaway PostgreSQL server starts, serves and stops, as root and as anyone else."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.postgres import PORT, PostgresServer, anyone_can_run, start_postgres


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"))


def test_a_database_of_its_own_keeps_what_is_written(postgres_url: str) -> None:
    with connect(postgres_url) as connection:
        connection.execute("CREATE TABLE pair (mentor text)")
        connection.execute("INSERT INTO pair VALUES ('Ana')")
    with connect(postgres_url) as connection:
        assert connection.execute("SELECT mentor FROM pair").fetchall() == [("Ana",)]


def test_the_server_listens_on_no_network_address(postgres: PostgresServer) -> None:
    with connect(postgres.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


@pytest.mark.slow
def test_stop_ends_it(postgres: PostgresServer) -> None:
    with tempfile.TemporaryDirectory(prefix="reverse-mentor-postgres-") as name:
        folder = Path(name)
        server = start_postgres(folder)
        connect(server.url()).close()
        server.stop()
        assert not (folder / f".s.PGSQL.{PORT}").exists()
        with pytest.raises(psycopg.OperationalError):
            connect(server.url())


def test_a_program_in_a_private_folder_is_not_for_anyone() -> None:
    with tempfile.TemporaryDirectory() as name:
        program = Path(name) / "program"
        program.touch()
        program.chmod(0o755)
        assert not anyone_can_run(program)
        Path(name).chmod(0o755)
        assert anyone_can_run(program) == all(parent.stat().st_mode & 1 for parent in program.parents)
        program.chmod(0o750)
        assert not anyone_can_run(program)


def test_as_root_the_server_runs_as_somebody_else(postgres: PostgresServer) -> None:
    owner = (postgres.folder / "data").stat().st_uid
    assert owner != 0
    assert owner == os.geteuid() or os.geteuid() == 0
