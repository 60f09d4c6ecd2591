"""Leads invite the people of a channel, and remind them once; everybody decides for themselves whether they join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentoring.errors import Invalid, NoSuchInvitation, RemindedBefore
from mentoring.ids import is_channel
from mentoring.invitations import AGAIN_AFTER, MAX_WORDS, Invitation, Invite
from mentoring.messages import Kind, Notice, to_channel
from program import access
from program.act import Act
from program.context import Context
from program.look import Look
from storage import invitations

LISTED = 5
"""The most earlier invitations that a lead is shown at once."""


@dataclass(frozen=True, slots=True)
class Invitations:
    """What leads see before they invite: the newest invitations, and what people read now without any own words."""

    earlier: tuple[Invitation, ...]
    preview: Invite


def listed(ctx: Context, workspace: str, lead_id: str) -> Invitations:
    """The newest invitations. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        program = access.lead(act)
        earlier = invitations.of_program(act.tx, program.id, LISTED)
        return Invitations(tuple(earlier), _preview(act, ""))


def preview(ctx: Context, workspace: str, lead_id: str, channel: str, words: str) -> Invite:
    """What people would read. Raises `NotAllowed`, or `Invalid` where it may not be posted."""
    with ctx.read(workspace, lead_id) as act:
        access.lead(act)
        return _preview(act, _checked(act, channel, words))


def invite(ctx: Context, workspace: str, lead_id: str, channel: str, words: str = "") -> Invitation:
    """Post an invitation to a channel. Raises like `preview`."""
    with ctx.act(workspace, lead_id) as act:
        program = access.lead(act)
        words = _checked(act, channel, words)
        number = invitations.add(act.tx, program.id, channel, words, act.by, act.now)
        act.note("invite", number, after={"channel": channel})
        act.say(to_channel(Kind.INVITATION, number, channel), asked=True)
        return _known(act, number)


def channel_of(ctx: Context, workspace: str, lead_id: str, invitation_id: int) -> str:
    """Where an invitation stands. Raises `NotAllowed` or `NoSuchInvitation`."""
    with ctx.read(workspace, lead_id) as act:
        access.lead(act)
        return _known(act, invitation_id).channel


def remind(ctx: Context, workspace: str, lead_id: str, invitation_id: int) -> Invitation:
    """Remind people of an invitation, once. Raises `NotAllowed`, `NoSuchInvitation` or `RemindedBefore`."""
    with ctx.act(workspace, lead_id) as act:
        access.lead(act)
        found = _known(act, invitation_id)
        if not invitations.remind(act.tx, found, act.now):
            raise RemindedBefore
        act.note(
            "remind", found.id, before={"reminded": False}, after={"reminded": True}, channel=found.channel
        )
        act.say(to_channel(Kind.INVITED_AGAIN, found.id, found.channel), asked=True)
        return _known(act, found.id)


def shown(look: Look, notice: Notice) -> Invite | None:
    """What an invitation, or the reminder of it, shows now."""
    found = look.invitation(int(notice.subject))
    if found is None:
        return None
    return Invite(
        look.name,
        found.id,
        found.words,
        found.asked_by,
        next_intro=look.next_intro(_said_at(found, notice)),
        leads=look.fit_leads(),
        reminder=notice.kind is Kind.INVITED_AGAIN,
    )


def _said_at(found: Invitation, notice: Notice) -> datetime:
    reminded = found.reminded_at if notice.kind is Kind.INVITED_AGAIN else None
    return reminded or found.asked_at


def _known(act: Act, invitation_id: int) -> Invitation:
    found = invitations.get(act.tx, act.program.id, invitation_id)
    if found is None:
        raise NoSuchInvitation
    return found


def _preview(act: Act, words: str) -> Invite:
    look = Look(act.tx, act.program, act.admins)
    return Invite(look.name, 0, words, act.by, look.next_intro(act.now), look.fit_leads())


def _checked(act: Act, channel: str, words: str) -> str:
    """The words, tidied; raises `Invalid` where this channel cannot be invited now."""
    problems = {}
    last = invitations.last_in(act.tx, act.program.id, channel)
    if not is_channel(channel):
        problems["channel"] = "Choose the channel whose people you would like to invite."
    elif channel == act.program.leads_channel:
        problems["channel"] = (
            "That is the leads' own channel. Choose one in which the people are whom you would like."
        )
    elif last is not None and act.now - last.asked_at < AGAIN_AFTER:
        problems["channel"] = _INVITED_LATELY if last.reminder_left else _REMINDED_LATELY
    told = "\n".join(" ".join(line.split()) for line in words.strip().splitlines())
    if len(told) > MAX_WORDS:
        problems["words"] = f"Please use at most {MAX_WORDS} characters."
    if problems:
        raise Invalid(problems)
    return told


_INVITED_LATELY = (
    "This channel was invited in the last four weeks. You can remind its people once, with the button "
    "beside that invitation."
)
_REMINDED_LATELY = (
    "This channel was invited and reminded in the last four weeks, so its people are left alone for now. "
    "Choose another channel, or come back later."
)
