"""Who is known to be gone: only a process that ended, on this machine, and that could be seen from here."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest

from bot.delivery import owners
from mentoring.messages import Kind
from program import outgoing
from program.outgoing import LEASE, RowState
from tests.bot.post_office import PostOffice
from tests.house.sources import ROOT

NAMED = "from bot.delivery.courier import owners; print(owners.of_this_process(), flush=True); input()"


def another() -> tuple[subprocess.Popen[str], str]:
    """A process that works here, and its name."""
    process = subprocess.Popen(
        [sys.executable, "-c", NAMED], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def test_a_process_is_gone_once_it_ended() -> None:
    process, name = another()
    assert len(name) <= 64
    assert not owners.is_gone(name)
    process.kill()
    process.communicate()
    assert owners.is_gone(name)


def test_two_who_work_in_one_process_have_names_of_their_own_and_are_there() -> None:
    one, two = owners.of_this_process(), owners.of_this_process()
    assert one != two
    assert not owners.is_gone(one)
    assert not owners.is_gone(two)


def test_another_process_with_the_same_number_is_not_the_one_that_ended() -> None:
    place, process, began, last = owners.of_this_process().split(".")
    assert process == str(os.getpid())
    assert owners.is_gone(f"{place}.{process}.{int(began) - 1}.{last}")


@pytest.mark.parametrize(
    "name",
    [
        "somewhere.0123",
        "0123456789abcdef.1.2.3",
        "a bot of an older version",
        "",
        "..",
        "\N{SUPERSCRIPT TWO}.1.2",
    ],
)
def test_of_whom_nothing_can_be_told_nobody_is_gone(name: str) -> None:
    assert not owners.is_gone(name)


def test_where_processes_cannot_be_seen_nobody_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    there = owners.of_this_process()
    monkeypatch.setattr(owners, "_PROC", ROOT / "no such folder")
    assert owners.of_this_process().startswith("somewhere.")
    assert not owners.is_gone(there)


def test_a_second_bot_on_the_same_file_leaves_the_first_ones_message_alone(office: PostOffice) -> None:
    office.joins("Ana", 2, shares=("Podcasting",))
    (row,) = office.letters(Kind.WELCOME)
    outgoing.lease(office.ctx, row, owners.of_this_process())
    second = office.hires()
    second.start()
    second.stop()
    assert office.states(Kind.WELCOME) == [RowState.SENDING]
    office.clock.time += LEASE + timedelta(seconds=1)
    outgoing.recover(office.ctx)
    assert office.states(Kind.WELCOME) == [RowState.UNSURE]


def test_a_bot_that_starts_again_does_not_wait_for_the_one_that_was_killed(office: PostOffice) -> None:
    office.joins("Ana", 2, shares=("Podcasting",))
    (row,) = office.letters(Kind.WELCOME)
    place, process, began, last = owners.of_this_process().split(".")
    outgoing.lease(office.ctx, row, f"{place}.{process}.{int(began) - 1}.{last}")
    again = office.hires()
    again.start()
    again.stop()
    assert office.states(Kind.WELCOME) == [RowState.UNSURE]
