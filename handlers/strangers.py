"""People of another workspace, whom Slack Connect lets see our buttons, are turned away before anything happens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from slack_bolt import App

from handlers import payloads
from handlers.payloads import Body
from handlers.services import Services
from mentoring.errors import ProgramError


class OtherWorkspace(ProgramError):
    """This mentoring program is for people of its own workspace, so I cannot do that for you."""


def register(app: App, services: Services) -> None:
    """Check everybody who clicks or submits."""
    app.middleware(partial(only_ours, services))


def only_ours(services: Services, body: Body, next_: Callable[[], None]) -> None:
    """Raise `OtherWorkspace` for somebody whose home is known to be elsewhere.

    `user.team_id` is the home of whoever acts (https://docs.slack.dev/apis/slack-connect/#apps).
    """
    home = payloads.act(body).team_id
    if home and home != services.workspace:
        raise OtherWorkspace
    next_()
