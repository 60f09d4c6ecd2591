"""Preparing for one's role: which cards are somebody's, and that they read them."""

from __future__ import annotations

from mentoring.people import Member, Role
from mentoring.preparation import decks_of, is_prepared
from program import access, late_pairs
from program.act import Act
from program.context import Context
from storage import preparations


def role_of(ctx: Context, workspace: str, person_id: str) -> Role:
    """The role for which somebody prepares. Raises `NotEnrolled`."""
    with ctx.read(workspace, person_id) as act:
        return access.member(act).profile.role


def finish(ctx: Context, workspace: str, person_id: str, role: Role) -> None:
    """Keep that somebody read the cards of that role to their end. Raises `NotEnrolled`."""
    with ctx.act(workspace, person_id) as act:
        access.member(act)
        preparations.finish(act.tx, act.program.id, person_id, decks_of(role), act.now)
        late_pairs.look_for(act, person_id)


def is_done(act: Act, member: Member) -> bool:
    """Whether somebody has prepared for the role that is theirs now."""
    done = preparations.of_person(act.tx, member.program_id, member.person.id)
    return is_prepared(member.profile.role, done)
