"""Files that come in whole, and files that appear all together or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

PRIVATE = 0o600
"""Who may read what is written: its owner alone, because it says who was paired with whom, and who was not."""

LARGEST = 256 * 1024 * 1024
"""The most bytes that are read: a million people take about 200 MB."""


class FileProblem(Exception):
    """A file cannot be read or written; the message is a plain sentence."""


def read(path: Path) -> bytes:
    """Return what is in a file, or raise `FileProblem`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as problem:
        raise FileProblem(f"{path} cannot be read: {_reason(problem)}.") from None
    if len(data) > LARGEST:
        raise FileProblem(f"{path} has more than {LARGEST // 1024 // 1024} MB, which is too much.")
    return data


class Drafts:
    """Files being written under other names beside their places, until `publish` puts all of them there."""

    def __init__(self, paths: Iterable[Path], inputs: Iterable[Path]) -> None:
        """Check that each place can be written, before any work is done. Raises `FileProblem`."""
        taken = {path.resolve() for path in inputs}
        self._drafts: dict[Path, Path] = {}
        for path in paths:
            place = _checked(path)
            if place in taken:
                raise FileProblem(f"{path} is named twice. Give each file a name of its own.")
            taken.add(place)
            self._drafts[place] = place.with_name(f".{place.name[:100]}.{os.getpid()}.draft")

    def __enter__(self) -> Drafts:
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what was not published."""
        for draft in self._drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    @contextmanager
    def open(self, path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
        """Give the draft of one of the files, to write text into. Raises `FileProblem`."""
        with self.open_binary(path) as file, TextIOWrapper(file, encoding, newline="") as text:
            yield text
            text.flush()
            os.fsync(file.fileno())

    @contextmanager
    def open_binary(self, path: Path) -> Iterator[BinaryIO]:
        """Give the draft of one of the files, to write bytes into. Raises `FileProblem`."""
        place = path.resolve()
        try:
            self._drafts[place].unlink(missing_ok=True)
            with open(self._drafts[place], "xb", opener=_private) as file:
                yield file
                if not file.closed:
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as problem:
            raise FileProblem(f"{path} cannot be written: {_reason(problem)}.") from None

    def publish(self) -> None:
        """Put all files in their places. Raises `FileProblem`."""
        for place, draft in self._drafts.items():
            try:
                draft.replace(place)
            except OSError as problem:
                raise FileProblem(f"{place} cannot be written: {_reason(problem)}.") from None


def _private(path: str, flags: int) -> int:
    """Open a new file that only its owner can read, from its first moment and whatever the umask is."""
    descriptor = os.open(path, flags, PRIVATE)
    os.fchmod(descriptor, PRIVATE)
    return descriptor


def _checked(path: Path) -> Path:
    """Return where the file really is, behind links, if a file can be written there."""
    try:
        place = path.resolve()
        if place.exists() and not place.is_file():
            raise FileProblem(f"{path} is not a file that can be replaced.")
        if not place.parent.is_dir():
            raise FileProblem(f"{path} cannot be written: there is no folder {place.parent}.")
        if not os.access(place.parent, os.W_OK):
            raise FileProblem(f"{path} cannot be written: its folder is read-only.")
    except (OSError, ValueError, RuntimeError) as problem:
        raise FileProblem(f"{path} cannot be written: {_reason(problem)}.") from None
    return place


def _reason(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem)
