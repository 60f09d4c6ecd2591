"""What every use case needs: the database, the clock, and a way to say that messages are waiting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from program.trails import Trails
from program.vocabularies import Vocabularies
from storage.database import Database

AT_ONCE = 25
"""How many pairs one transaction introduces or ends: a fraction of a second in which nobody else can save anything."""


def _nobody_listens() -> None:
    """Stand in where nothing delivers messages, as in a test of one use case."""


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of a use case.

    `now` gives an aware datetime. `admins` are Slack user ids that may set up programs besides the workspace's own
    admins. `wake` is called after a commit that queued messages. `trails` make matching again quick, and
    `vocabularies` a type-ahead.
    """

    database: Database
    now: Callable[[], datetime]
    admins: frozenset[str] = field(default_factory=frozenset)
    wake: Callable[[], None] = _nobody_listens
    trails: Trails = field(default_factory=Trails)
    vocabularies: Vocabularies = field(default_factory=Vocabularies)
