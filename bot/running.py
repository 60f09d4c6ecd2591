"""The last line of a good start: which workspace and which database, and what to do next."""

from __future__ import annotations

from bot.settings import Settings
from bot.starting import Ready
from program import hr
from program.context import Context
from storage.opening import causes

_SET_UP = "Next, a workspace admin types /reverse-mentor setup in Slack."
_GOES_ON = "People type /reverse-mentor in Slack."


def sentence(settings: Settings, found: Ready, ctx: Context, door: tuple[str, int] | None) -> str:
    """That the bot is running, where its data are, and what comes next; `door` is where it listens for requests."""
    new = " (new and empty)" if found.new else ""
    where = f"database {causes.named(settings.database_url)}{new}"
    at = f" Slack's requests are expected on {door[0]}, port {door[1]}, at /slack/events." if door else ""
    then = _GOES_ON if found.workspace.id in hr.workspaces(ctx) else _SET_UP
    return f"Reverse Mentor is running for workspace {found.workspace}, {where}.{at} {then}"
