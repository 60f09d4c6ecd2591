"""Letting go of what nobody needs any more, after a time that whoever runs the bot has set."""

from __future__ import annotations

from program.context import Context
from program.subjects import OfProgram
from storage import programs
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
        found = [program.id for program in programs.every(act.tx)]
    return sum(_of_program(ctx, program_id) for program_id in found)


def _of_program(ctx: Context, program_id: int) -> int:
    assert ctx.keeps is not None, "asked a line before this is called"
    with ctx.act(about=OfProgram(program_id)) as act:
        # The week itself may still be asked about in a later one; those that are older are over for good.
        year, week, _ = (act.now - ctx.keeps).isocalendar()
        return retention.take_out(act.tx, program_id, f"{year}-W{week:02}")
