"""The names of the fields and buttons around planned meetings, and around being asked less."""

from __future__ import annotations

from enum import StrEnum

from handlers.ids import Action

REFLECTIONS = (
    Action.REFLECT_LEARNED,
    Action.REFLECT_WENT_WELL,
    Action.REFLECT_SLOW,
    Action.REFLECT_NOT_FOR_ME,
)
"""How a meeting was; each is a button."""


class LessField(StrEnum):
    """The fields of the form in which somebody says how often they are asked, and until when they are away."""

    EVERY = "every"
    UNTIL = "until"


class PlanField(StrEnum):
    """The only field of the form in which somebody says when they meet."""

    WHEN = "when"
