"""What listeners need beside Slack: the use cases' surroundings, the workspace, and its directory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from handlers.acts import Acts, NobodyLooks
from handlers.in_time import NobodyCounts, Watch
from mentoring.channels import Trouble
from mentoring.errors import ProgramError
from mentoring.hr import SlackField
from mentoring.people import Person
from mentoring.rehearsing import Rehearsal
from program.context import Context
from program.subjects import Subject


class SlackDoesNotSay(ProgramError):
    """Slack does not answer who somebody is, and nothing that it said lately is known."""

    words = (
        "Slack does not tell me about your account right now. Nothing is lost, please try again in a minute."
    )


class Directory(Protocol):
    """What the workspace knows about people and channels."""

    def within(self, left: Callable[[], float]) -> Directory:
        """The same for one act, which has so many seconds left to wait for Slack; then it does with what is known."""

    def person(self, user_id: str, *, anew: bool = False) -> Person:
        """The person as Slack knows them now, give or take a minute; a change in somebody known is recorded.

        With `anew`, Slack is asked even if it was within that minute. When Slack does not answer, what it said within
        the last hour; raises `SlackDoesNotSay` when there is no such word. For what depends on who somebody is;
        whatever can do without asks `known`.
        """

    def lately(self, user_id: str) -> Person:
        """The person as Slack knew them within the last hour; only who was not seen in it is asked for.

        Raises `SlackDoesNotSay`.
        """

    def known(self, user_id: str) -> Person | None:
        """The person as last seen, however long ago; None for somebody never seen. Asks nobody, never raises."""

    def heard(self, person: Person) -> None:
        """Slack reported by itself how somebody is now; about somebody the program knows it is recorded."""

    def channel(self, channel_id: str) -> Trouble | None:
        """What keeps that channel from being the leads', looked at now; None when it is fine. Never raises."""

    def channel_lately(self, channel_id: str) -> Trouble | None:
        """The same as seen in the last few minutes, for what is written there. Never raises."""

    def posting(self, channel_id: str) -> Trouble | None:
        """What keeps the bot from posting in that channel, looked at now; None when it can. Never raises."""


class ProfileFields(Protocol):
    """The fields of Slack's profiles."""

    def allowed(self) -> bool:
        """Whether the bot may read them; asks nobody."""

    def offered(self) -> tuple[SlackField, ...] | None:
        """Those that can be chosen, as Slack named them within the hour; None where it does not say. Never raises."""


class NobodyReads:
    """Stands where nobody reads profiles."""

    def allowed(self) -> bool:
        """No."""
        return False

    def offered(self) -> tuple[SlackField, ...] | None:
        """None: there is nothing to choose from."""
        return None


Rehearse = Callable[[Context, str, str, int, bool], Rehearsal]
"""Runs the program ahead: the workspace, the lead who asks, so many weeks, and whether everybody would answer."""


def _not_granted() -> bool:
    """Slack grants what is optional to nobody."""
    return False


@dataclass(frozen=True, slots=True)
class Services:
    """Handed to every listener; `workspace` is the Slack team id, and `watch` knows how long Slack waits.

    `rehearse` runs the program ahead, `acts` hears what came of each act, and `fields` are those of Slack's profiles.
    `may_send_files` tells whether Slack lets the bot do so, by an optional scope.
    """

    ctx: Context
    workspace: str
    directory: Directory
    rehearse: Rehearse
    watch: Watch = field(default_factory=NobodyCounts)
    acts: Acts = field(default_factory=NobodyLooks)
    may_send_files: Callable[[], bool] = _not_granted
    fields: ProfileFields = field(default_factory=NobodyReads)

    def seeing(self, *here: Subject) -> Services:
        """The same for somebody who has this in front of them."""
        return replace(self, ctx=self.ctx.seeing(*here))

    def within(self, left: Callable[[], float]) -> Services:
        """The same for one act, which has so many seconds left to ask Slack about people and channels."""
        return replace(self, directory=self.directory.within(left))
