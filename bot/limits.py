"""What this machine lets the process have: open files and threads, looked at before anything else can fail for them."""

from __future__ import annotations

import errno
import resource
import threading
from contextlib import suppress
from typing import Final

LEAST_FILES: Final = 128
"""Open files: sixteen readers of a database with its log, a few lines to Slack, and some dozen requests."""

ENOUGH_FILES: Final = 4096

LEAST_THREADS: Final = 48
"""Threads at once in a bot that has a few things to do; more come with more people."""

FILES: Final = (
    "This machine lets the bot open too few files at once. Raise the limit: ulimit -n, LimitNOFILE= of systemd, "
    "or --ulimit nofile= of a container."
)
THREADS: Final = (
    "This machine lets the bot start too few threads, or gives it too little memory for them. Raise the limits: "
    "ulimit -u and -v, TasksMax= and MemoryMax= of systemd, or --pids-limit and --memory of a container."
)


def trouble() -> str:
    """Take as many files as may be had; gives the sentence for what is too little, or nothing."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = ENOUGH_FILES if hard == unlimited else min(hard, ENOUGH_FILES)
    if soft != unlimited and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != unlimited and soft < LEAST_FILES:
        return FILES
    return "" if _threads(LEAST_THREADS) else THREADS


def of(problem: BaseException | None) -> str:
    """The sentence for an error that is one of these limits, met later than at the start; empty for any other."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in (errno.EMFILE, errno.ENFILE):
            return FILES
        if isinstance(problem, MemoryError) or "start new thread" in str(problem):
            return THREADS
        problem = problem.__cause__ or problem.__context__
    return ""


def _threads(number: int) -> bool:
    """Whether so many can be had at once."""
    done, begun = threading.Event(), []
    try:
        for _ in range(number):
            one = threading.Thread(target=done.wait, daemon=True)
            one.start()
            begun.append(one)
    except RuntimeError:
        return False
    finally:
        done.set()
        for one in begun:
            one.join()
    return True
