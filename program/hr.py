"""HR's files come in, and go out again: the level, department and manager of everybody, who takes part or not.

Nobody joins a program by this, and nobody leaves one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from mentoring.hr import Dispute, Fact, HrRecord, together
from mentoring.people import Member
from mentoring.programs import DEFAULT_LADDER, Program
from program import hr_facts
from program.context import Context
from storage import audit, hr, members, people, programs, slack_profiles
from storage.database import Tx

BATCH = 500
"""So many people are stored in one transaction, a fraction of a second in which nobody else can save anything."""

_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact about which somebody says something else than HR would; both in words."""

    person_id: str
    fact: Fact
    own: str
    hr: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change: people new to HR's files, changed as (before, after), and those who are in it no more.

    `known` counts the people in the last file.
    """

    new: Sequence[HrRecord]
    changed: Sequence[tuple[HrRecord, HrRecord]]
    leaving: Sequence[HrRecord]
    known: int

    @property
    def records(self) -> list[HrRecord]:
        """All that is to be stored."""
        ended = [replace(one, ended=True) for one in self.leaving]
        return [*self.new, *(after for _, after in self.changed), *ended]

    @property
    def part_leaving(self) -> float:
        """How much of the last file would leave, from 0 to 1."""
        return len(self.leaving) / self.known if self.known else 0.0


def workspaces(ctx: Context) -> list[str]:
    """The workspaces that have a program."""
    with ctx.read() as act:
        return list(dict.fromkeys(program.workspace for program in programs.every(act.tx)))


def ladders(ctx: Context, workspace: str) -> list[tuple[str, ...]]:
    """The ladders of the workspace's programs; without one, what a new program would have."""
    with ctx.read(workspace) as act:
        return [program.ladder for program in _programs(act.tx, workspace)] or [DEFAULT_LADDER]


def _programs(tx: Tx, workspace: str) -> list[Program]:
    return [program for program in programs.every(tx) if program.workspace == workspace]


def planned(
    ctx: Context, workspace: str, said: Mapping[str, Mapping[str, str]], columns: frozenset[str]
) -> Plan:
    """What it would change that HR says this, by Slack id; facts without a column stay as they are."""
    with ctx.read(workspace) as act:
        known = hr.in_files(act.tx, workspace)
    new, changed = [], []
    for person_id, facts in said.items():
        before = known.get(person_id)
        after = _said(before or HrRecord(person_id), facts, columns)
        if before is None:
            new.append(after)
        elif before != after:
            changed.append((before, after))
    there = [one for one in known.values() if not one.ended]
    leaving = [one for one in there if one.person_id not in said]
    return Plan(new, changed, leaving, len(there))


def _said(before: HrRecord, facts: Mapping[str, str], columns: frozenset[str]) -> HrRecord:
    """A record with what a file has a column for."""

    def now(column: str, so_far: str) -> str:
        return facts.get(column, "") if column in columns else so_far

    return HrRecord(
        before.person_id,
        name=now("name", before.name),
        level=now("level", before.level),
        department=now("department", before.department),
        manager_id=now("manager_id", before.manager_id or "") or None,
    )


def differences(ctx: Context, workspace: str, plan: Plan) -> list[Difference]:
    """Where members would say something else than HR, and no lead has decided: those that the plan brings."""
    with ctx.read(workspace) as act:
        tx = act.tx
        said = [_with_slack(tx, workspace, some) for some in batches(plan.records)]
        return [
            _difference(program, one, fact, dispute)
            for program in _programs(tx, workspace)
            for one, now in _followed(tx, program, said)
            for fact, dispute in now.changed.items()
            if dispute and dispute.verdict is None
        ]


def _followed(
    tx: Tx, program: Program, said: Sequence[Mapping[str, HrRecord]]
) -> Iterator[tuple[Member, hr_facts.Now]]:
    """The members of a program among these people, each with what they would be."""
    known = hr.disputes(tx, program.id)
    for after in said:
        for one in members.of_program(tx, program.id, after).values():
            mine = known.get(one.person.id, hr_facts.NOTHING)
            yield one, hr_facts.follow(program, one, after[one.person.id], mine)


def _difference(program: Program, member: Member, fact: Fact, dispute: Dispute) -> Difference:
    return Difference(
        member.person.id, fact, words(program, fact, dispute.own), words(program, fact, dispute.hr)
    )


def words(program: Program, fact: Fact, value: str) -> str:
    """A value of a fact as people read it: a level by its name."""
    return program.ladder[int(value) - 1] if fact is Fact.LEVEL else value


def apply(ctx: Context, workspace: str, plan: Plan) -> int:
    """Store what a file says, some people at a time, and let members follow; gives how many members changed.

    A run that is broken off is finished by the next one with the same file.
    """
    followed = 0
    for some in batches(plan.records):
        with ctx.act(workspace) as act:
            hr.put(act.tx, workspace, some, act.now)
            followed += hr_facts.follow_all(act, _with_slack(act.tx, workspace, some))
    if plan.records:
        counts = {"new": len(plan.new), "changed": len(plan.changed), "leaving": len(plan.leaving)}
        with ctx.act(workspace) as act:
            for program in _programs(act.tx, workspace):
                audit.note(
                    *(act.tx, program.id, act.now, audit.COMMAND_LINE, "sync people", program.id),
                    after=counts,
                )
    return followed


def _with_slack(tx: Tx, workspace: str, some: Sequence[HrRecord]) -> dict[str, HrRecord]:
    """What these people's records of HR and their Slack profiles say together."""
    filed = {one.person_id: one for one in some}
    if not slack_profiles.is_anything(tx, workspace):
        return filed
    slack = slack_profiles.records(tx, workspace, filed)
    return {person_id: together(one, slack.get(person_id)) or one for person_id, one in filed.items()}


def batches(items: Sequence[_One], size: int = BATCH) -> Iterator[list[_One]]:
    """The items, so many at a time."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def exported(ctx: Context, workspace: str) -> Iterator[dict[str, str]]:
    """Everybody whom HR or a program knows, a line each, with what leads may read of a profile, by column.

    Whoever is in several programs stands there as in the first.
    """
    with ctx.read(workspace) as act:
        known = {one.person_id: one for one in hr.in_files(act.tx, workspace).values() if not one.ended}
        enrolled: dict[str, tuple[Program, Member]] = {}
        for program in _programs(act.tx, workspace):
            for member in members.of_program(act.tx, program.id).values():
                enrolled.setdefault(member.person.id, (program, member))
        seen = people.everybody(act.tx, workspace)
    for person_id in sorted(known.keys() | enrolled.keys()):
        line = {"id": person_id, "name": seen[person_id].name if person_id in seen else ""}
        if person_id in seen:
            line |= {"time_zone": seen[person_id].time_zone or "", "guest": _yes(seen[person_id].guest)}
        line["active"] = _yes(person_id in enrolled and enrolled[person_id][1].takes_part)
        if person_id in enrolled:
            line |= _profile(*enrolled[person_id])
        if person_id in known:
            line |= _of_hr(known[person_id], line)
        yield line | {"from_profile": _from_profile(known.get(person_id), line)}


def _yes(so: bool) -> str:
    return "yes" if so else "no"


def _profile(program: Program, member: Member) -> dict[str, str]:
    profile = member.profile
    role = {(True, True): "both", (True, False): "mentor", (False, True): "mentee"}
    return {
        "role": role[profile.role.mentors, profile.role.learns],
        "level": program.ladder[profile.level - 1] if profile.level else "",
        "department": profile.department,
        "shares": "; ".join(profile.shares),
        "wants": "; ".join(profile.wants),
    }


def _of_hr(record: HrRecord, line: Mapping[str, str]) -> dict[str, str]:
    """HR's values, in the place of what a profile says, and nothing where HR says nothing."""
    said = {"name": record.name, "level": record.level, "department": record.department}
    return {name: value for name, value in said.items() if value or name not in line} | {
        "manager_id": record.manager_id or ""
    }


def _from_profile(record: HrRecord | None, line: Mapping[str, str]) -> str:
    """Which values of a line are not HR's, so that they do not become HR's when the file is read again."""
    if record is None:
        return "everything"
    said = {"name": record.name, "level": record.level, "department": record.department}
    return "; ".join(name for name, value in said.items() if line.get(name) and not value)
