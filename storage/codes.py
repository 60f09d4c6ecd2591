"""What is told of pairs, as JSON: objects with a code and its parameters; a text stands as it was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mentoring.matching import (
    Act,
    Broken,
    Case,
    Departments,
    Help,
    Helps,
    LevelsApart,
    Reason,
    Rule,
    SharedTime,
    Stop,
    Taught,
    Teaches,
    Waited,
    Wish,
)
from mentoring.pairings import Because, Cause, Decline

Json = dict[str, Any]

_CODES: Mapping[type[Reason], str] = {
    Teaches: "teaches",
    LevelsApart: "levels_apart",
    SharedTime: "shared_time",
    Departments: "departments",
    Waited: "waited",
}


def reason(one: Reason | str) -> Json | str:
    """A reason as it is stored."""
    return one if isinstance(one, str) else {"code": _CODES[type(one)], **asdict(one)}


def reason_of(stored: Json | str) -> Reason | str:
    """A reason that was stored."""
    if isinstance(stored, str):
        return stored
    parameters = dict(stored)
    return _REASONS[parameters.pop("code")](parameters)


def _teaches(stored: Json) -> Teaches:
    return Teaches(tuple(map(_taught, stored["skills"])), stored["more"])


def _taught(stored: Json) -> Taught:
    return Taught(stored["skill"], tuple(Wish(**wish) for wish in stored["wishes"]), stored["basics"])


_REASONS: Mapping[str, Callable[[Json], Reason]] = {
    "teaches": _teaches,
    "levels_apart": lambda stored: LevelsApart(**stored),
    "shared_time": lambda stored: SharedTime(**stored),
    "departments": lambda stored: Departments(**stored),
    "waited": lambda stored: Waited(**stored),
}


def stop(one: Stop | str) -> Json | str:
    """What stopped somebody without a partner, as it is stored."""
    return one if isinstance(one, str) else asdict(one)


def stop_of(stored: Json | str) -> Stop | str:
    """What stopped somebody, that was stored."""
    if isinstance(stored, str):
        return stored
    counts = tuple((Rule(rule), count) for rule, count in stored["counts"])
    return Stop(**{**stored, "rule": Rule(stored["rule"]), "counts": counts})


def helps(one: Helps | str) -> Json | str:
    """What would help somebody, as it is stored."""
    return one if isinstance(one, str) else asdict(one)


def helps_of(stored: Json | str) -> Helps | str:
    """What would help somebody, that was stored."""
    return (
        stored if isinstance(stored, str) else Helps(**{**stored, "acts": tuple(map(_help, stored["acts"]))})
    )


def _help(stored: Json) -> Help:
    gap = stored["gap"]
    fits = tuple(map(Rule, stored["fits"]))
    return Help(
        **{**stored, "act": Act(stored["act"]), "fits": fits, "gap": (gap[0], gap[1]) if gap else None}
    )


def because(one: Because | None) -> Json | None:
    """Why a pair is no more, or waits, as it is stored: only what belongs to the cause."""
    if one is None:
        return None
    told = {name: value for name, value in asdict(one).items() if value}
    return {"code": told.pop("cause"), **told}


def because_of(stored: Json | None) -> Because | None:
    """Why a pair is no more, or waits, that was stored."""
    if stored is None:
        return None
    broken = tuple(
        Broken(Rule(one["rule"]), Case(one["case"]), one["have"], one["asked"])
        for one in stored.get("broken", ())
    )
    return Because(Cause(stored["code"]), broken, stored.get("error", ""), stored.get("who"))


def decline(one: Decline) -> Json:
    """A decline as it is stored."""
    return {"by": one.by, "at": one.at.isoformat() if one.at else None, "note": one.note}


def decline_of(stored: Json | None) -> Decline | None:
    """A decline that was stored."""
    if stored is None:
        return None
    at = stored["at"]
    return Decline(stored["by"], datetime.fromisoformat(at) if at else None, stored["note"])
