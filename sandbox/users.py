"""Users: members as Slack's JSON."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.settings import Json
from sandbox.workspace import Enterprise, User, Workspace


def user_json(ws: Workspace, user: User, *, locale: bool = False) -> Json:
    """Return a user object; email only with ``users:read.email``, zone and roles only while active.

    Shape from docs.slack.dev/reference/objects/user-object.
    """
    found: Json = {
        "id": user.id,
        "team_id": ws.home_of(user),
        "name": user.handle,
        "deleted": user.deleted,
        "profile": profile_json(ws, user),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if not user.deleted:
        found |= _active_fields(ws, user)
    if user.stranger is not None:
        found["is_stranger"] = user.stranger
    if ws.enterprise is not None and user.teams:
        found["enterprise_user"] = _enterprise_user(ws.enterprise, user)
    if locale:
        found["locale"] = user.locale
    return found


def _enterprise_user(enterprise: Enterprise, user: User) -> Json:
    """Who somebody is in the organization (docs.slack.dev/reference/objects/user-object, enterprise_user)."""
    return {
        "id": user.id,
        "enterprise_id": enterprise.id,
        "enterprise_name": enterprise.name,
        "is_admin": user.org_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "teams": list(user.teams),
    }


def _active_fields(ws: Workspace, user: User) -> Json:
    return {
        "color": "9f69e7",
        "real_name": user.real_name,
        **_zone(user.tz, ws.clock.now()),
        "is_admin": user.admin or user.owner,
        "is_owner": user.owner,
        "is_primary_owner": False,
        "is_restricted": user.guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def _zone(name: str, at: datetime) -> Json:
    offset = at.astimezone(ZoneInfo(name)).utcoffset()
    seconds = int(offset.total_seconds()) if offset is not None else 0
    return {"tz": name, "tz_label": name.replace("_", " "), "tz_offset": seconds}


def profile_json(ws: Workspace, user: User) -> Json:
    """Return the profile of a member; custom ``fields`` are left to users.profile.get."""
    first, _, last = user.real_name.partition(" ")
    profile: Json = {
        "title": user.title,
        "phone": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.handle,
        "display_name_normalized": user.handle,
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_emoji": "",
        "avatar_hash": "g" + user.id[-8:].lower(),
        "team": ws.home_of(user),
        **{k: v for k, v in user.profile.items() if k != "fields"},
    }
    if user.email and "users:read.email" in ws.app.scopes:
        profile["email"] = user.email
    return profile
