"""What members say of a cycle to come, and before which cycle they were asked."""

from __future__ import annotations

from sqlalchemy import or_, select, update

from mentoring.people import Member
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts


def say(tx: Tx, member: Member, cycle: int, is_in: bool) -> None:
    """Keep whether somebody is in for a cycle."""
    row = t.members.c
    its = update(t.members).where(row.program_id == member.program_id, row.person_id == member.person.id)
    tx.execute(its.values(said_of_cycle=cycle, said_in=is_in))
    facts.changed(tx, facts.member(member.program_id, member.person.id))


def begin_asking(tx: Tx, program_id: int, cycle: int) -> bool:
    """Note that everybody is asked about a cycle; False when that was noted before."""
    row = t.programs.c
    its = update(t.programs).where(row.id == program_id)
    new = its.where(or_(row.asked_for_cycle.is_(None), row.asked_for_cycle < cycle))
    return tx.execute(new.values(asked_for_cycle=cycle)).rowcount == 1


def asked_for(tx: Tx, program_id: int) -> int:
    """The last cycle about which everybody was asked; 0 when there was none."""
    found = tx.execute(select(t.programs.c.asked_for_cycle).where(t.programs.c.id == program_id)).scalar_one()
    return int(found or 0)
