"""Letting go of what nobody needs any more, after times that whoever runs the bot has set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from program.context import Context
from program.subjects import OfProgram
from storage.database import Tx
from storage.keeping import retention


def let_go(ctx: Context) -> int:
    """Take the next few things out that are older than the operator keeps them; gives how many went.

    What is about a week goes: the question to each person and the second one, the note that nobody answered, the
    leads' digest. So do the check-ins of pairs whose cycle is over and reported on. Everything that is counted of
    them stays as a number. Every other message is said once in a lifetime because it is on record.

    Entries of the audit log go only after a time of their own.
    """
    gone = _older(ctx, ctx.keeps, retention.is_anything, (retention.take_out, retention.fold))
    return gone + _older(ctx, ctx.keeps_audit, retention.is_any_entry, (retention.forget,))


def _older(
    ctx: Context,
    keeps: timedelta | None,
    is_anything: Callable[[Tx, int, datetime], bool],
    takes: tuple[Callable[[Tx, int, datetime], int], ...],
) -> int:
    if keeps is None:
        return 0
    with ctx.read() as act:
        before = act.now - keeps
        due = [one.id for one in act.every_program() if is_anything(act.tx, one.id, before)]
    gone = 0
    for program_id in due:
        for take in takes:
            # Each in a transaction of its own, so that nobody waits for long.
            with ctx.act(about=OfProgram(program_id)) as act:
                gone += take(act.tx, program_id, before)
    return gone
