"""What leads and admins are told when something keeps the program from reaching people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoLead:
    """To each admin: nobody leads the program; `leads` are those who do, once there are any.

    `instead` hear calls for help in the leads' place, each but those about a pair of their own.
    """

    program: str
    leads: tuple[str, ...]
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """To each lead: Slack never said whether a message arrived; they can look and decide.

    `people` are whom it was for. A message to the leads' channel has `channel`, and `people` are whom it is about.
    `settled` is what became of it, in words: None while nobody knows; `by` is the lead or admin who said so. `kind` is
    that of the message, and `pair_id` the pair that it is about. That pair `waits` for a decision, has `met` each other
    through their introduction, or is `over`.
    """

    row_id: str
    what: str
    people: tuple[str, ...]
    settled: str | None
    channel: str = ""
    kind: str = ""
    pair_id: int = 0
    waits: bool = False
    met: bool = False
    over: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class ManyUnconfirmed:
    """To each lead: Slack never said whether these messages arrived; one question about what this lead may settle.

    `subject` names the question to its reader, and `up_to` the last message that is in it so far. `moved` is how many
    of its messages are not this reader's to settle any more, and `gone_to` who is asked about them now.
    """

    program: str
    subject: str
    up_to: int
    messages: tuple[Unconfirmed, ...]
    moved: int = 0
    gone_to: tuple[str, ...] = ()

    @property
    def waiting(self) -> tuple[Unconfirmed, ...]:
        """Those that nobody has settled."""
        return tuple(one for one in self.messages if one.settled is None)


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """To each lead: nothing is posted in the leads' channel; `chosen` is the channel that is set by now.

    `why` is a `Trouble` of the channel or Slack's name for its refusal; empty when the bot is not in it, or it is
    archived or gone.
    """

    program: str
    channel: str
    why: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class RefusedPair:
    """A pair that Slack does not let into one conversation, by its number."""

    number: int
    mentor_id: str
    mentee_id: str


@dataclass(frozen=True, slots=True)
class DeliveryTrouble:
    """To each lead: Slack refuses messages, and why; once a day for each of its reasons.

    With `waits`, a setting stands in the way, of opening group conversations if `of_groups`, and the messages wait.
    Otherwise they have ended: the introductions of `pairs`, what was for `people`, and `others`, in words.
    """

    program: str
    error: str
    waits: bool
    of_groups: bool = False
    pairs: tuple[RefusedPair, ...] = ()
    people: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
