"""Messages that are made anew by the answer to a press of their own button, before the delivery comes to them."""

from __future__ import annotations

from dataclasses import dataclass

from mentoring.messages import Content
from program import arrivals, outgoing, screens
from program.context import Context
from program.in_hand import Place
from program.outgoing import Letter, RowState
from program.subjects import OfProgram
from storage.outbox import letters, outbox


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message that stands on a screen and is to look different, with what it shows now."""

    letter: Letter
    shown: screens.Shown

    @property
    def content(self) -> Content:
        """What it shows now."""
        assert self.shown.content is not None, "what has nothing to show is not drawn"
        return self.shown.content


def to_redraw(ctx: Context, place: Place) -> Drawn | None:
    """What the message at a place is to show; None where it shows that already, or is none of ours."""
    with ctx.read() as act:
        letter = letters.at(act.tx, *place)
    if letter is None or letter.state is not RowState.READY:
        return None  # what is on the wire at this moment is brought up to date by whoever sends it
    with ctx.read(about=OfProgram(letter.program_id)) as act:
        now = screens.shown(act.tx, act.program, letter.notice, act.admins)
    return Drawn(letter, now) if now.content is not None else None


def redrawn(ctx: Context, drawn: Drawn, digest: str) -> bool:
    """Record that the message shows this now; tells whether it may, and may go on doing so.

    Without a digest nobody knows what it shows. Then, and where something else has happened to it meanwhile, so that an
    older answer may cover a newer one, the delivery makes it anew.
    """
    letter = drawn.letter
    with ctx.act(about=OfProgram(letter.program_id)) as act:
        if digest and outbox.redrawn(act.tx, letter, digest):
            arrivals.follows(act, letter, letter.channel or "")
            return outgoing.follow_screen(act, letter, drawn.shown)
        outbox.look_again(act.tx, letter, unknown=True)
    return False
