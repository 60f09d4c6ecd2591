"""Letting go of what nobody needs any more, after a time that whoever runs the bot has set."""

from __future__ import annotations

from mentoring.cadence import week_of
from program.context import Context
from program.subjects import OfProgram
from storage.keeping import retention


def let_go(ctx: Context) -> int:
    """Take the next few finished messages out that are older than the operator keeps them; gives how many went.

    Only what is about a week goes: the question to each person, the note that nobody answered, the leads' digest. What
    they led to, the answers and everything that is counted, is not in the message and stays. Every other message is
    said once in a lifetime because it is on record.
    """
    if ctx.keeps is None:
        return 0
    with ctx.read() as act:
        # The week itself may still be asked about in a later one; those that are older are over for good.
        week = week_of((act.now - ctx.keeps).date())
        due = [one.id for one in act.every_program() if retention.is_anything(act.tx, one.id, week)]
    return sum(_of_program(ctx, program_id, week) for program_id in due)


def _of_program(ctx: Context, program_id: int, before_week: str) -> int:
    with ctx.act(about=OfProgram(program_id)) as act:
        return retention.take_out(act.tx, program_id, before_week)
