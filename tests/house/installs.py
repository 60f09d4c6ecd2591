"""Each way to install the bot, from nothing to a bot that is connected to a stand-in for Slack, timed.

Run as `python -m tests.house.installs`; `--write` puts the figures into docs/operating.md. It needs Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.markdown import Marks, table, write_section
from bot import manifest
from sandbox import AppConfig, Sandbox
from tests.house.sources import ROOT
from tests.patience import PATIENCE

DOCUMENT: Final = ROOT / "docs" / "operating.md"
MARKS: Final = Marks("<!-- written by `python -m tests.house.installs --write` -->", "<!-- end -->")
WITH_TOKENS: Final = re.compile(r"^```sh needs=tokens\n(.*?)^```", re.MULTILINE | re.DOTALL)
HANDBOOK: Final = re.compile(r"^```sh\n(sh deploy/install\.sh .*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Installed:
    """How a bot that was installed is started, and what else is to be so once it is connected."""

    command: list[str]
    folder: Path
    environ: dict[str, str] = field(default_factory=dict)
    then: Callable[[dict[str, str]], None] = lambda _environ: None


Way = Callable[[Path], Installed]


def _runs(*command: str | Path, cwd: Path, **environ: str) -> str:
    passed = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PYTHON"))}
    done = subprocess.run(
        command, cwd=cwd, env={**passed, **environ}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{shlex.join(map(str, command))} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def _checkout(at: Path) -> Path:
    """The checkout as git has it, with what is not committed yet."""
    files = _runs("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", cwd=ROOT)
    target = at / "checkout"
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((ROOT / name).read_bytes())
    return target


def handbook(at: Path) -> Installed:
    """The first block of docs/operating.md, line by line."""
    checkout = _checkout(at)
    (block,) = HANDBOOK.findall(DOCUMENT.read_text())
    for line in block.splitlines():
        _runs("sh", "-c", line, cwd=checkout)
    (doctor, command) = WITH_TOKENS.findall(DOCUMENT.read_text())[0].splitlines()

    def is_fine(running: dict[str, str]) -> None:
        assert "The bot token works" in _runs("sh", "-c", doctor, cwd=checkout, **running)

    return Installed(shlex.split(command), checkout, then=is_fine)


def make_run(at: Path) -> Installed:
    """`make run` in a checkout with nothing but a Python."""
    return Installed(["make", "run", f"PYTHON={sys.executable}"], _checkout(at))


def wheel(at: Path) -> Installed:
    """The wheel in an environment of its own, as pipx and uvx put it there: with the newest packages it takes."""
    _runs(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", at, ROOT, cwd=at)
    _runs(sys.executable, "-m", "venv", at / "venv", cwd=at)
    (file,) = at.glob("*.whl")
    _runs(at / "venv" / "bin" / "pip", "install", "--quiet", file, cwd=at)
    return Installed([str(at / "venv" / "bin" / "reverse-mentor"), "run"], at)


def image(at: Path) -> Installed:
    """The steps of the Dockerfile, on this machine's Python and in folders of `at`, and its question how the bot is."""
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    told = {
        word: [line.removeprefix(f"{word} ") for line in lines if line.startswith(f"{word} ")]
        for word in _WORDS
    }
    (script,) = (line for line in told["RUN"] if "install.sh" in line)
    places = {"/src": str(ROOT), "/opt": str(at / "opt"), "/data": str(at / "data")}

    def here(words: str) -> str:
        return re.sub(r"(?<![\w.])(/src|/opt|/data)\b", lambda found: places[found[1]], words)

    (at / "data").mkdir()
    (at / "opt").mkdir()
    _runs("sh", "-c", f"{here(script)} {sys.executable}", cwd=at)
    pairs = (one.partition("=") for one in shlex.split(" ".join(told["ENV"])))
    environ = {name: here(value) for name, _, value in pairs}
    environ["DATABASE_URL"] = f"sqlite:///{at / 'data' / 'reverse-mentor.db'}"
    environ["PATH"] = environ["PATH"].replace("$PATH", os.defpath)
    command = [*json.loads(told["ENTRYPOINT"][0]), *json.loads(told["CMD"][0])]
    asks = json.loads(told["HEALTHCHECK"][0].partition("CMD ")[2])
    # A free port in the place of the image's, which somebody on this machine may have.
    environ["HEALTH_PORT"] = str(_free_port())

    def is_healthy(running: dict[str, str]) -> None:
        assert _runs(*asks, cwd=at / "data", **running) == "The bot is well.\n"

    return Installed(command, at / "data", environ, then=is_healthy)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


_WORDS: Final = ("RUN", "ENV", "ENTRYPOINT", "CMD", "HEALTHCHECK")


def unit(at: Path) -> Installed:
    """The start of the systemd unit, with somebody who listens to what it tells systemd."""
    lines = (ROOT / "deploy" / "reverse-mentor.service").read_text().splitlines()
    told = dict(line.split("=", 1) for line in lines if re.match("[A-Z]", line))
    _runs("sh", ROOT / "deploy" / "install.sh", ROOT, at / "reverse-mentor", sys.executable, cwd=at)
    state = at / "state"
    state.mkdir(0o700)
    ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ear.bind(str(at / "notify"))
    ear.settimeout(PATIENCE)

    def has_started(_running: dict[str, str]) -> None:
        with ear:
            assert [ear.recv(64), ear.recv(64)] == [b"READY=1", b"WATCHDOG=1"]

    assert told["Type"] == "notify"
    command = shlex.split(told["ExecStart"].replace("/opt", str(at)))
    environ = {
        "NOTIFY_SOCKET": str(at / "notify"),
        "WATCHDOG_USEC": f"{int(told['WatchdogSec'])}000000",
    }
    return Installed(command, state, environ, then=has_started)


WAYS: Final[dict[str, tuple[str, Way]]] = {
    "checkout": ("`deploy/install.sh`, as above", handbook),
    "make": ("`make run` in a checkout", make_run),
    "wheel": ("the wheel in an environment of its own, as `pipx` and `uvx` do it", wheel),
    "unit": ("the systemd unit", unit),
    "image": ("the steps of the Dockerfile", image),
}


def seconds(way: Way) -> float:
    """From an empty folder to a bot that Slack's stand-in is connected to, and that ends as it is told to."""
    # Not in pytest's folders, which would keep it for three runs.
    with (
        tempfile.TemporaryDirectory(prefix="reverse-mentor-install-") as name,
        Sandbox(AppConfig.from_manifest(dict(manifest.load())), rate_clock="off") as slack,
    ):
        began = time.monotonic()
        installed = way(Path(name))
        tokens = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
        }
        environ = {"PATH": os.environ["PATH"], "HOME": name, **installed.environ, **tokens}
        with (Path(name) / "log").open("wb") as log:
            bot = subprocess.Popen(
                installed.command,
                cwd=installed.folder,
                env=environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            try:
                slack.wait_for_connection(20 * PATIENCE)
                took = time.monotonic() - began
                installed.then(environ)
            finally:
                os.killpg(bot.pid, signal.SIGTERM)
                bot.wait(PATIENCE)
        return took


def main() -> int:
    """Print how long each way takes; `--write` puts it into the document."""
    parser = argparse.ArgumentParser(description="Take each way to install, and time it to a connected bot.")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [["From nothing to a connected bot", "seconds"]]
    for words, way in WAYS.values():
        rows.append([words, f"{seconds(way):.0f}"])
        print(*rows[-1], sep=": ", flush=True)
    if options.write:
        write_section(DOCUMENT, MARKS, table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
