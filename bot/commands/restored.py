"""`restored`: after a backup was put back, nothing that waits is sent before it was looked for."""

from __future__ import annotations

from functools import partial

from bot.commands import office
from bot.settings import Settings
from program import outgoing


def report(settings: Settings) -> int:
    """Mark what waits, and say what follows; gives 0, or 1 when the database cannot be used."""
    return office.ended(partial(_mark, settings))


def _mark(settings: Settings) -> None:
    with office.surroundings(settings) as ctx:
        print(said(outgoing.doubt_all(ctx)))


def said(number: int) -> str:
    """What follows where so many messages are marked."""
    if not number:
        return "No message is waiting, so nothing can be sent twice. Start the bot."
    waits = "1 message is" if number == 1 else f"{number:,} messages are"
    return (
        f"{waits} waiting, and may have been sent after the backup was made. The bot looks for those that go to one "
        "person before it sends them, and asks the leads about the others. Start the bot."
    )
