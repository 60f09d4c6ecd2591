"""users.*, team.*, bots.info, auth.test: who is who."""

from __future__ import annotations

from sandbox.errors import SlackError
from sandbox.settings import Json
from sandbox.users import profile_json, user_json
from sandbox.web_api.request import Handler, Request, page
from sandbox.workspace import Workspace

LARGE_TEAM = 5000
"""From this size on users.list wants a ``limit`` (docs.slack.dev names the error, not the number)."""


def info(request: Request) -> Json:
    """Describe one member."""
    user = request.ws.user(request.text("user"))
    return {"user": user_json(request.ws, user, locale=request.flag("include_locale"))}


def list_all(request: Request) -> Json:
    """List members, deactivated ones and bots included."""
    users = request.ws.users
    if len(users) >= LARGE_TEAM and not request.text("limit"):
        raise SlackError("limit_required")
    found, metadata = page(request, users.values(), max(len(users), 1), 1000)
    locale = request.flag("include_locale")
    return {
        "members": [user_json(request.ws, u, locale=locale) for u in found],
        "cache_ts": request.ws.clock.epoch(),
        "response_metadata": metadata,
    }


def lookup_by_email(request: Request) -> Json:
    """Find an active member by email."""
    email = request.text("email").strip().lower()
    for user in request.ws.users.values():
        if user.email and user.email.lower() == email and not user.deleted:
            return {"user": user_json(request.ws, user)}
    raise SlackError("users_not_found")


def profile(request: Request) -> Json:
    """Return a member's profile with its custom fields, and with their labels where these are asked for."""
    user = request.ws.user(request.text("user") or request.ws.bot)
    fields = user.profile.get("fields") or {}
    if request.flag("include_labels"):
        labels = {field["id"]: field["label"] for field in request.ws.profile_fields}
        fields = {key: {**value, "label": labels.get(key, "")} for key, value in fields.items()}
    return {"profile": {**profile_json(request.ws, user), "fields": fields}}


def team_profile(request: Request) -> Json:
    """Return the custom fields of everybody's profile: all, or those that are (or are not) hidden."""
    wanted = {"visible": (False,), "hidden": (True,)}.get(request.text("visibility"), (False, True))
    found = [dict(field) for field in request.ws.profile_fields if field["is_hidden"] in wanted]
    return {"profile": {"fields": found, "sections": []}}


def team(request: Request) -> Json:
    """Describe the workspace."""
    ws = request.ws
    if request.text("team") not in ("", ws.team_id):
        raise SlackError("team_not_found")
    return {
        "team": {
            "id": ws.team_id,
            "name": ws.team_name,
            "domain": ws.domain,
            "email_domain": "",
            "icon": {"image_default": True},
            "url": f"https://{ws.domain}.slack.com/",
            **_enterprise_of(ws),
        }
    }


def _enterprise_of(ws: Workspace) -> Json:
    """What a workspace tells about its organization."""
    if ws.enterprise is None:
        return {}
    return {
        "enterprise_id": ws.enterprise.id,
        "enterprise_name": ws.enterprise.name,
        "enterprise_domain": ws.enterprise.domain,
    }


def bot(request: Request) -> Json:
    """Describe a bot; the app's own is the only one known."""
    app = request.ws.app
    if request.text("bot") != app.bot_id:
        raise SlackError("bot_not_found")
    shown = {"id": app.bot_id, "deleted": not app.installed, "name": app.config.bot_name, "updated": 0}
    return {"bot": {**shown, "app_id": app.app_id, "user_id": app.bot_user, "icons": {}}}


def auth_test(request: Request) -> Json:
    """Say whose token this is."""
    ws = request.ws
    return {
        "url": f"https://{ws.domain}.slack.com/",
        **({"enterprise_id": ws.enterprise.id} if ws.enterprise else {}),
        "team": ws.team_name,
        "user": ws.users[ws.bot].handle,
        "team_id": ws.team_id,
        "user_id": ws.bot,
        "bot_id": ws.app.bot_id,
        "is_enterprise_install": False,
    }


def api_test(request: Request) -> Json:
    """Echo the arguments; an ``error`` argument is answered as that error."""
    if request.text("error"):
        raise SlackError(request.text("error"), args=request.args)
    return {"args": request.args}


def open_socket(request: Request) -> Json:
    """Return a fresh, single-use WebSocket address (Socket Mode)."""
    if not request.ws.app.config.socket_mode:
        raise SlackError("forbidden_team")
    return {"url": request.backend.new_socket_url()}


METHODS: dict[str, Handler] = {
    "users.info": info,
    "users.list": list_all,
    "users.lookupByEmail": lookup_by_email,
    "users.profile.get": profile,
    "team.info": team,
    "team.profile.get": team_profile,
    "bots.info": bot,
    "auth.test": auth_test,
    "api.test": api_test,
    "apps.connections.open": open_socket,
}
