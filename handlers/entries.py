"""An entry of Slack's directory as a person, and what it leaves out.

Shape: https://docs.slack.dev/reference/objects/user-object.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from handlers import stamps, statuses
from mentoring.people import Person

Entry = Mapping[str, Any]

SLACKBOT = "USLACKBOT"


def person(user: Entry, workspace: str = "") -> Person | None:
    """A person from a user object (https://docs.slack.dev/reference/objects/user-object), of `workspace` or not."""
    user_id = _text(user.get("id"))
    if not user_id:
        return None
    profile = _part(user, "profile")
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return Person(
        id=user_id,
        name=next(filter(None, map(_text, names)), user_id),
        time_zone=_time_zone(_text(user.get("tz"))),
        admin=any(user.get(flag) is True for flag in _ADMIN),
        deactivated=user.get("deleted") is True,
        guest=any(user.get(flag) is True for flag in _GUEST),
        # Slack's own assistant is not marked as one.
        bot=user.get("is_bot") is True or user_id == SLACKBOT,
        stranger=_stranger(user, workspace),
        away_until=statuses.away_until(profile),
        updated=stamps.second(user.get("updated")),
        unsaid=_unsaid(user, workspace, any(map(_text, names))),
    )


_ADMIN = ("is_admin", "is_owner", "is_primary_owner")
_GUEST = ("is_restricted", "is_ultra_restricted")


def _unsaid(user: Entry, workspace: str, named: bool) -> frozenset[str]:
    """What a user object leaves out of a `Person`; whoever is not said to be deleted is there."""
    said = {
        "name": named,
        "time_zone": bool(_text(user.get("tz"))),
        "admin": _says(user, *_ADMIN),
        "guest": _says(user, *_GUEST),
        "bot": _says(user, "is_bot") or user.get("id") == SLACKBOT,
        "stranger": _stranger(user, workspace) is not None,
        "away_until": bool(_part(user, "profile")),
    }
    return frozenset(name for name, is_said in said.items() if not is_said)


def _says(user: Entry, *flags: str) -> bool:
    return any(isinstance(user.get(flag), bool) for flag in flags)


def _stranger(user: Entry, workspace: str) -> bool | None:
    """Whether they belong elsewhere; None where the object does not say.

    In an organization (Enterprise Grid) `team_id` is the workspace where somebody is at home, and `enterprise_user`
    lists all of theirs. `is_stranger: false` says of somebody from another company only that they share a channel.
    """
    if user.get("is_stranger") is True:
        return True
    home, teams = _text(user.get("team_id")), _part(user, "enterprise_user").get("teams")
    if not workspace or not (home or isinstance(teams, list)):
        return None
    return workspace != home and workspace not in (teams if isinstance(teams, list) else ())


def _time_zone(name: str) -> str | None:
    """The time zone if this machine knows it: one odd entry in the directory must not stop the clock."""
    try:
        return ZoneInfo(name).key if name else None
    except (KeyError, ValueError, OSError):
        return None


def changed_person(event: Entry, workspace: str = "") -> Person | None:
    """The person in a `user_change` event, if there is one, and when that was so."""
    found, at = person(_part(event, "user"), workspace), stamps.micros(event.get("event_ts"))
    return found if found is None or at is None else found.reported_at(at)


def _part(given: Entry, name: str) -> Entry:
    part = given.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
