"""The last line of a good start: which workspace and which database, and what to do next."""

from __future__ import annotations

from bot.settings import Settings
from bot.starting import Ready
from program import hr
from program.context import Context
from storage import causes

_SET_UP = "Next, a workspace admin types /reverse-mentor setup in Slack."
_GOES_ON = "People type /reverse-mentor in Slack."


def sentence(settings: Settings, found: Ready, ctx: Context) -> str:
    """That the bot is running, where its data are, and what comes next."""
    new = " (new and empty)" if found.new else ""
    where = f"database {causes.named(settings.database_url)}{new}"
    door = ""
    if settings.mode == "http":
        door = f" Slack's requests are expected on {settings.http_host}, port {settings.http_port}, at /slack/events."
    then = _GOES_ON if found.workspace.id in hr.workspaces(ctx) else _SET_UP
    return f"Reverse Mentor is running for workspace {found.workspace}, {where}.{door} {then}"
