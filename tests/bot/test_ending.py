"""A signal ends the run whichever thread the system gives it to, and whatever the main thread is doing then."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.bot.process import ROOT
from tests.patience import PATIENCE

HEARD_BY_ANOTHER = """
import signal, threading, time
from bot.ending import Signals, ToldToStopError

signals = Signals()
other = threading.Thread(target=time.sleep, args=(600,), daemon=True)
other.start()
threading.Timer(0.2, signal.pthread_kill, (other.ident, signal.{signal})).start()
"""
"""The main thread waits, and is not woken by it."""

RUNS = f"""{HEARD_BY_ANOTHER}
signals.stop.wait()
print("stopped", signals.told)
"""

STARTS = f"""{HEARD_BY_ANOTHER}
try:
    with signals.break_off():
        threading.Event().wait()
except ToldToStopError:
    print("stopped", signals.told)
"""

ON_THE_WAY_TO_THE_WAIT = """
import signal
from bot.ending import Signals

signals = Signals()
with signals.stop._cond:  # as `wait` holds it
    signal.raise_signal(signal.{signal})
signals.stop.wait()
print("stopped", signals.told)
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize(
    "moment", [RUNS, STARTS, ON_THE_WAY_TO_THE_WAIT], ids=["runs", "starts", "goes to wait"]
)
def test_a_signal_is_heard(moment: str, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", moment.format(signal=name)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("stopped True\n", 0), done.stderr
