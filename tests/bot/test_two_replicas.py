"""Two replicas behind nginx, as the page on the HTTP mode has it: one is killed, and nothing is lost or done twice."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from sandbox import Person, Sandbox
from storage.database import Database
from storage.keeping import schema
from tests.bot.process import BotProcess
from tests.bot.test_answered_in_time import CONFIG, delivers_to
from tests.bot.test_http_docs import NGINX, REPLICAS
from tests.patience import PATIENCE, soon
from tests.postgres import PostgresServer

FOUND = shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
PEOPLE, EACH = 8, 40

pytestmark = [pytest.mark.slow, pytest.mark.skipif(FOUND is None, reason="there is no nginx here")]


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def nginx(folder: Path, replicas: list[int]) -> Iterator[int]:
    """The proxy of the page, without TLS, in a folder of its own; gives its port."""
    port, folder = free(), folder / "nginx"
    (folder / "logs").mkdir(parents=True)
    upstream, location = REPLICAS.split("\n\n")
    for name, here in zip(("10.0.0.1:3000", "10.0.0.2:3000"), replicas, strict=True):
        upstream = upstream.replace(name, f"127.0.0.1:{here}")
    server = "\n".join(line for line in NGINX.splitlines() if "ssl" not in line)
    server = server.replace("server_name", f"listen 127.0.0.1:{port};\n    server_name")
    server = server.replace("proxy_pass http://127.0.0.1:3000;", location)
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{places}{upstream}\n{server}\n}}\n"
    )
    assert FOUND is not None
    process = subprocess.Popen([FOUND, "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(config)])
    try:
        soon(lambda: listens(port))
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def replica(slack: Sandbox, folder: Path, url: str, port: int) -> Iterator[BotProcess]:
    folder.mkdir()
    one = BotProcess(
        slack,
        folder,
        SLACK_APP_TOKEN="",
        SLACK_SIGNING_SECRET=slack.signing_secret,
        DATABASE_URL=url,
        HTTP_PORT=str(port),
        LOG_FORMAT="json",
    )
    one.begins()
    soon(lambda: listens(port))
    try:
        yield one
    finally:
        one.is_killed()


def handled(one: BotProcess) -> int:
    """How many commands it took on, by its log."""
    lines = [json.loads(line) for line in one.log.splitlines() if line.endswith("}")]
    return sum(line.get("event") == "act" and line["kind"] == "command" for line in lines)


def test_one_of_two_is_killed(postgres: PostgresServer, tmp_path: Path) -> None:
    url = postgres.create_database(f"two_{uuid4().hex}")
    database = Database(url)
    schema.upgrade(database)
    database.close()
    ports = [free(), free()]
    with Sandbox(replace(CONFIG, socket_mode=False)) as slack:
        people = [slack.add_person(f"Person {number}") for number in range(PEOPLE)]
        first = replica(slack, tmp_path / "first", url, ports[0])
        second = replica(slack, tmp_path / "second", url, ports[1])
        with first as one, second as other, nginx(tmp_path, ports) as port:
            delivers_to(slack, ("127.0.0.1", port))

            def talks(person: Person) -> int:
                return sum(person.types("/reverse-mentor status").ok for _ in range(EACH))

            with ThreadPoolExecutor(PEOPLE) as pool:
                answers = pool.map(talks, people)
                soon(lambda: handled(one) >= PEOPLE * EACH // 5)
                one.is_killed()
                answered = sum(answers)
            taken = handled(one) + handled(other)
    assert handled(other) > 0
    assert answered == PEOPLE * EACH
    assert taken <= PEOPLE * EACH, "one was done twice"
    assert taken >= PEOPLE * EACH - PEOPLE, "what was in hand at the death, its log may not have"
