"""What listeners need beside Slack: the use cases' surroundings, the workspace, and its directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from mentoring.channels import Trouble
from mentoring.people import Person
from program.context import Context


class Directory(Protocol):
    """What the workspace knows about people and channels."""

    def person(self, user_id: str) -> Person:
        """The person as the directory knows them now; a change in somebody known is recorded. Never raises.

        When Slack cannot be asked, what was last seen, or a bare person with that id.
        """

    def channel(self, channel_id: str) -> Trouble | None:
        """What keeps that channel from being the leads', looked at now; None when it is fine. Never raises."""


@dataclass(frozen=True, slots=True)
class Services:
    """Handed to every listener; `workspace` is the Slack team id."""

    ctx: Context
    workspace: str
    directory: Directory
