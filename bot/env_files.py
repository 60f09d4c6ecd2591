"""The file `.env`: its variables as they are written, what nobody can read in it, and what stands in it twice."""

from __future__ import annotations

import io
import stat
from dataclasses import dataclass, field
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from bot import examples


@dataclass(frozen=True, slots=True)
class EnvFile:
    """What a file says, what is wrong with it, what stands in it twice, and that there is none; each may be empty."""

    values: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    missing: str = ""


def read(path: Path) -> EnvFile:
    """The variables of a `.env` file; a "$" in a value is a dollar sign, nothing is interpolated."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            return _unreadable(path, "it is no file")
        bindings = list(parse_stream(io.StringIO(path.read_text("utf-8-sig"))))
    except FileNotFoundError:
        return EnvFile(missing=examples.no_file(path))
    except (OSError, UnicodeDecodeError) as error:
        return _unreadable(path, reason(error))
    return EnvFile(
        {one.key: one.value or "" for one in bindings if one.key},
        tuple(
            f"Line {one.original.line} of {path} is not understood. Write NAME=value."
            for one in bindings
            if one.error
        ),
        _open_to_others(path, mode),
        tuple(_twice(path, bindings)),
    )


def reason(error: OSError | UnicodeDecodeError) -> str:
    """Why a file could not be read, without its contents."""
    return (error.strerror or "it cannot be opened") if isinstance(error, OSError) else "it is not text"


def _unreadable(path: Path, why: str) -> EnvFile:
    return EnvFile(problems=(f"{path} could not be read ({why}). Make it a text file the bot may read.",))


def _open_to_others(path: Path, mode: int) -> tuple[str, ...]:
    if not mode & (stat.S_IRWXG | stat.S_IRWXO):
        return ()
    return (f"{path} holds secrets, and other users of this machine can open it: chmod 600 {path}",)


def _twice(path: Path, bindings: list[Binding]) -> list[str]:
    """Whoever changed one of two lines believes that it counts."""
    lines: dict[str, list[Binding]] = {}
    for one in bindings:
        if one.key:
            lines.setdefault(one.key, []).append(one)
    return [
        f"{name} stands in {path} more than once, and not with the same value: only line "
        f"{_line(found[-1])} counts. Remove the others."
        for name, found in lines.items()
        if len({one.value for one in found}) > 1
    ]


def _line(binding: Binding) -> int:
    """The line of the name itself; a binding begins with the empty lines and remarks before it."""
    text = binding.original.string
    return binding.original.line + len(text[: len(text) - len(text.lstrip())].splitlines())
