"""The bot as a process of its own, which can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from sandbox import Sandbox
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]


def environment(slack: Sandbox, **changes: str) -> dict[str, str]:
    """What `python -m bot` needs to know of this workspace, and nothing of the machine's own settings."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        **changes,
    }


def run(folder: Path, command: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command of the bot to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", command],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


class BotProcess:
    """`python -m bot run` in a folder; `log` is all that it wrote."""

    def __init__(self, slack: Sandbox, folder: Path, **changes: str) -> None:
        self._slack, self._folder = slack, folder
        self._environ = environment(slack, **changes)
        self._log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return self._log.read_text() if self._log.exists() else ""

    def starts(self) -> None:
        """Start, and wait until it is connected."""
        self.begins()
        self._slack.wait_for_connection(PATIENCE)

    def begins(self, *how: str) -> None:
        """Start, and wait for nothing; `how` is what Python runs in the place of `-m bot`."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *(how or ("-m", "bot")), "run"],
                cwd=self._folder,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def is_suspended(self, seconds: float) -> None:
        """Be stopped and continued, as by a laptop that sleeps."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)

    def processor_seconds(self) -> float:
        """The processor time it has used (Linux)."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def is_killed(self) -> None:
        """Die at once, without a word."""
        self._ends(signal.SIGKILL)

    def is_stopped(self) -> int:
        """Stop as a service manager does it; gives the exit status."""
        return self._ends(signal.SIGTERM)

    def _ends(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(how)
        status = self._process.wait(PATIENCE)
        self._process = None
        assert self._slack.wait_for(lambda: not self._slack.connections, PATIENCE) is not None, (
            "a socket is left"
        )
        return status
