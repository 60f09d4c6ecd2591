"""`restored`: after a backup was put back, nothing that waits is sent before it was looked for."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from bot.settings import Settings
from program import outgoing
from program.context import Context
from storage import damage, schema
from storage.database import Database


def report(settings: Settings) -> int:
    """Mark what waits, and say what follows; gives 0, or 1 when the database cannot be used."""
    with closing(Database(settings.database_url)) as database:
        if found := database.check():
            print(f"{damage.sentence(database.url, found)} {damage.advice(database.url)}")
            return 1
        try:
            schema.upgrade(database)
        except schema.NewerDatabase as newer:
            print(newer)
            return 1
        number = outgoing.doubt_all(Context(database, lambda: datetime.now(UTC)))
    print(_said(number))
    return 0


def _said(number: int) -> str:
    if not number:
        return "No message is waiting, so nothing can be sent twice. Start the bot."
    waits = "1 message is" if number == 1 else f"{number:,} messages are"
    return (
        f"{waits} waiting, and may have been sent after the backup was made. The bot looks for those that go to one "
        "person before it sends them, and asks the leads about the others. Start the bot."
    )
