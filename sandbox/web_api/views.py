"""views.*: modals and Home tabs."""

from __future__ import annotations

from sandbox.errors import SlackError, invalid_arguments
from sandbox.settings import Json
from sandbox.views import View, checked_view, view_json
from sandbox.web_api.request import Handler, Request


def open_view(request: Request) -> Json:
    """Open a modal with a fresh trigger."""
    return _with_trigger(request, push=False)


def push(request: Request) -> Json:
    """Put a modal on top of the open one."""
    return _with_trigger(request, push=True)


def _with_trigger(request: Request, *, push: bool) -> Json:
    trigger_id = request.text("trigger_id") or request.text("interactivity_pointer")
    if not trigger_id:
        raise invalid_arguments("[ERROR] missing required field: trigger_id")
    body = checked_view(request.args["view"], "modal")
    trigger = request.backend.triggers.check(trigger_id)
    views = request.backend.views
    view = views.push(trigger.user, body) if push else views.open(trigger.user, body)
    trigger.used = True
    _tell(request, view, "pushed a modal for" if push else "opened a modal for")
    return {"view": view_json(request.ws, view)}


def update(request: Request) -> Json:
    """Replace an open modal or a published Home tab."""
    view_id, external = request.text("view_id"), request.text("external_id")
    if not view_id and not external:
        raise invalid_arguments("[ERROR] missing required field: view_id")
    body = checked_view(request.args["view"])
    view = request.backend.views.find(view_id or None, external or None)
    request.backend.views.update(view, body, request.text("hash") or None)
    _tell(request, view, "updated the view of")
    return {"view": view_json(request.ws, view)}


def publish(request: Request) -> Json:
    """Set the Home tab of one member."""
    if not request.ws.app.config.home_tab:
        raise SlackError("not_enabled")
    body = checked_view(request.args["view"], "home")
    user = request.ws.user(request.text("user_id"))
    view = request.backend.views.publish(user.id, body, request.text("hash") or None)
    _tell(request, view, "published the Home tab of")
    return {"view": view_json(request.ws, view)}


def _tell(request: Request, view: View, what: str) -> None:
    ws = request.ws
    title = (view.body.get("title") or {}).get("text", "")
    who = ws.users[view.user].real_name
    ws.record.happened(ws.users[ws.bot].real_name, f"{what} {who}", "", title)


METHODS: dict[str, Handler] = {
    "views.open": open_view,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
