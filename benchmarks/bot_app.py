"""The bot as a process of its own, as `python -m bot run` starts it, but without pacing.

Pacing keeps the bot below Slack's rate limits, which the stand-in has switched off for a measurement of speed.
"""

from __future__ import annotations

import gc
import os
import threading
import time
from datetime import UTC, datetime

from bot import settings
from bot.delivery import courier as delivery
from bot.delivery import rounds
from bot.monitoring import logs
from bot.wiring import Bot, Clocks

SPEED = 1e6
"""The clock of the pacing alone runs this much faster: every wait for a rate limit is over when it begins."""


def main() -> None:
    """Run the bot until somebody ends the process."""
    # What looks after other processes is no pacing, and keeps its real seconds.
    delivery.RECOVER_EVERY *= SPEED
    rounds.LOOK_EVERY *= SPEED
    loaded = settings.load(os.environ, env_file=None)
    logs.configure(loaded.log_level, loaded.log_format, loaded.secrets)
    gc.freeze()  # as `bot.command_line.run` does once everything is loaded
    Bot(loaded, Clocks(lambda: datetime.now(UTC), lambda: time.monotonic() * SPEED)).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
