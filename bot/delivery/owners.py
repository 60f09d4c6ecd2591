"""Who holds a lease: the name of a process, from which others on the same machine can tell that it is gone.

A process id alone is used again, and names another process in every container. So the name has the machine's start and
the container's own list of processes in it, and when the process began: only where the first two are the same can the
third be looked at. For everybody else, and where there is no `/proc`, nobody is gone before the lease is over.
"""

from __future__ import annotations

import os
import uuid
from hashlib import sha256
from pathlib import Path

_PROC = Path("/proc")
_STATE, _BEGAN = 0, 19
"""Where a process's `stat` has its state and when it began, counted behind its name (proc_pid_stat(5))."""


def of_this_process() -> str:
    """A new name for somebody who works in this process; at most 64 characters."""
    place, process = _place(), os.getpid()
    began = _began(process)
    known = f"{place}.{process}.{began}" if place and began else "somewhere"
    return f"{known}.{uuid.uuid4().hex[:12]}"


def is_gone(owner: str) -> bool:
    """Whether the process of that name is known to have ended; False for whatever cannot be told from here."""
    place, _, rest = owner.partition(".")
    process, _, rest = rest.partition(".")
    began, _, _ = rest.partition(".")
    if not (place and process.isdecimal() and began.isdecimal() and place == _place()):
        return False
    return _began(int(process)) != began


def _place() -> str:
    """A short name for this machine since its start and for the processes that can be seen from here.

    Those of another user may be hidden, so they are somewhere else.
    """
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text()
        seen = f"{boot} {(_PROC / 'self/ns/pid').readlink()} {os.getuid()}"
        return sha256(seen.encode()).hexdigest()[:16]
    except OSError:
        return ""


def _began(process: int) -> str:
    """When a process began, in the kernel's ticks since the machine's start; empty where there is none."""
    try:
        stat = (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return ""
    except OSError:
        return "unknown"
    return "" if stat[_STATE] in ("Z", "X") else stat[_BEGAN]
