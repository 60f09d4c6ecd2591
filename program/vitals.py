"""How the database and the outbox are, for whoever watches the bot."""

from __future__ import annotations

from dataclasses import dataclass

from program.context import Context
from storage.keeping import vitals


@dataclass(frozen=True, slots=True)
class Vitals:
    """Messages by their state, seconds for which the first of those that wait has been due, and bytes."""

    messages: dict[str, int]
    oldest: dict[str, float]
    database_bytes: int


def write(ctx: Context) -> None:
    """Change nothing, as one changes something; raises whatever the database raises."""
    vitals.write(ctx.database)


def look(ctx: Context) -> Vitals:
    """Read the figures."""
    with ctx.read() as act:
        return Vitals(
            {state.value: number for state, number in vitals.tally(act.tx).items()},
            {state.value: seconds for state, seconds in vitals.oldest(act.tx, act.now).items()},
            vitals.size(act.tx),
        )
