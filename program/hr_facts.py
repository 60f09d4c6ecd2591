"""What counts about a member: their own answers and HR's, kept apart, and decided by leads where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mentoring.hr import Dispute, Fact, HrRecord, Settled, answered, own_value, rung, settle
from mentoring.ids import is_person
from mentoring.people import MAX_NAME, Member, Profile, ProfileDraft
from mentoring.programs import Program
from program.act import Act
from storage import hr, members, programs
from storage.database import Tx
from storage.hr import OpenDispute

NOTHING: Mapping[Fact, OpenDispute] = {}


@dataclass(frozen=True, slots=True)
class Now:
    """A member as their own answers and HR's make them, with what is new or over among the disputes."""

    member: Member
    changed: Mapping[Fact, Dispute | None]

    @property
    def by_person(self) -> dict[tuple[str, Fact], Dispute | None]:
        """What is new or over, for storing that of several members at once."""
        return {(self.member.person.id, fact): one for fact, one in self.changed.items()}


def says(program: Program, record: HrRecord | None) -> Mapping[Fact, str]:
    """What HR says, in the terms of a program; empty where it says nothing, or nothing on the program's ladder."""
    if record is None:
        return dict.fromkeys(Fact, "")
    level = rung(record.level, program.ladder)
    return {Fact.LEVEL: str(level or ""), Fact.DEPARTMENT: record.department}


def _on_file(profile: Profile) -> Mapping[Fact, str]:
    return {Fact.LEVEL: str(profile.level or ""), Fact.DEPARTMENT: profile.department}


def _own(member: Member, disputes: Mapping[Fact, OpenDispute]) -> dict[Fact, str]:
    on_file = _on_file(member.profile)
    return {fact: own_value(on_file[fact], fact in member.from_hr, _earlier(disputes, fact)) for fact in Fact}


def _earlier(disputes: Mapping[Fact, OpenDispute], fact: Fact) -> Dispute | None:
    return disputes[fact].dispute if fact in disputes else None


def follow(
    program: Program, member: Member, record: HrRecord | None, disputes: Mapping[Fact, OpenDispute]
) -> Now:
    """A member after HR said something, or a lead decided."""
    return _settled(member, _own(member, disputes), says(program, record), disputes)


def _settled(
    member: Member, own: Mapping[Fact, str], hr_says: Mapping[Fact, str], known: Mapping[Fact, OpenDispute]
) -> Now:
    found = {fact: settle(own[fact], hr_says[fact], _earlier(known, fact)) for fact in Fact}
    changed = {fact: one.dispute for fact, one in found.items() if one.dispute != _earlier(known, fact)}
    return Now(_with(member, found), changed)


def _with(member: Member, found: Mapping[Fact, Settled]) -> Member:
    level = found[Fact.LEVEL].value
    profile = replace(
        member.profile, level=int(level) if level else None, department=found[Fact.DEPARTMENT].value
    )
    from_hr = tuple(fact.value for fact, one in found.items() if one.from_hr)
    return replace(member, profile=profile, from_hr=from_hr)


def saved(act: Act, before: Member | None, member: Member) -> Member:
    """A member whose form was just saved, with HR's values where they said nothing; keeps where the two differ."""
    tx, program, person_id = act.tx, act.program, member.person.id
    record = hr.record(tx, act.workspace, person_id)
    known = hr.disputes(tx, program.id, [person_id]).get(person_id, NOTHING)
    if record is None and not known:
        return member
    hr_says, typed = says(program, record), _on_file(member.profile)
    if before is None:
        own = {fact: answered(typed[fact], hr_says[fact], "", hr_says[fact]) for fact in Fact}
    else:
        on_file, mine = _on_file(before.profile), _own(before, known)
        own = {fact: answered(typed[fact], on_file[fact], mine[fact], hr_says[fact]) for fact in Fact}
    now = _settled(member, own, hr_says, known)
    hr.keep_disputes(tx, program.id, now.by_person)
    return replace(now.member, profile=replace(now.member.profile, manager_id=_manager(member, record)))


def _manager(member: Member, record: HrRecord | None) -> str | None:
    """The manager whom somebody named, who is nobody's answer where they left HR's."""
    own = member.profile.manager_id
    return None if record is not None and own == record.manager_id else own


def not_taken(typed: Profile, member: Member) -> tuple[Fact, ...]:
    """What somebody typed that does not count, because HR's does."""
    said, counts = _on_file(typed), _on_file(member.profile)
    return tuple(fact for fact in Fact if said[fact] and said[fact] != counts[fact])


def from_slack(act: Act, person_id: str) -> tuple[Fact, ...]:
    """Which facts are what somebody's Slack profile says, because HR's file says nothing about them."""
    record = hr.record(act.tx, act.workspace, person_id)
    return tuple(fact for fact in Fact if record is not None and fact.value in record.from_slack)


def undecided(tx: Tx, program_id: int, ids: Iterable[str] | None = None) -> Mapping[str, Mapping[Fact, str]]:
    """HR's values that differ from what counts, while no lead has decided, by person."""
    found = hr.disputes(tx, program_id, None if ids is None else list(ids))
    return {
        person_id: {fact: one.dispute.hr for fact, one in disputes.items() if one.dispute.verdict is None}
        for person_id, disputes in found.items()
    }


def follow_all(act: Act, records: Mapping[str, HrRecord]) -> int:
    """Bring the members among these people up to date with HR, in every program of the workspace; gives how many."""
    return sum(
        _follow_in(act.within(program), records)
        for program in programs.every(act.tx)
        if program.workspace == act.workspace
    )


def _follow_in(act: Act, records: Mapping[str, HrRecord]) -> int:
    tx, program = act.tx, act.program
    known = hr.disputes(tx, program.id, records)
    changes, changed = [], dict[tuple[str, Fact], Dispute | None]()
    for person_id, member in members.of_program(tx, program.id, records).items():
        now = follow(program, member, records[person_id], known.get(person_id, NOTHING))
        changed |= now.by_person
        if now.changed or now.member != member:
            changes.append((member, now.member))
    hr.keep_disputes(tx, program.id, changed)
    members.correct(tx, changes)
    programs.recheck_from(tx, program.id, 0)  # a reporting line may have changed for others, too
    return len(changes)


def follow_ladder(act: Act, steps: Mapping[int, int | None]) -> None:
    """Settle again what differs about levels, on a new ladder whose `steps` tell where the old levels are."""
    known = hr.disputes(act.tx, act.program.id)
    differ = [person_id for person_id, about in known.items() if Fact.LEVEL in about]
    for start in range(0, len(differ), SOME):
        _follow_steps(act, {one: known[one] for one in differ[start : start + SOME]}, steps)


SOME = 1_000
"""As many people at a time as any database takes in one statement."""


def _follow_steps(
    act: Act, known: Mapping[str, Mapping[Fact, OpenDispute]], steps: Mapping[int, int | None]
) -> None:
    tx, program = act.tx, act.program
    records = hr.records(tx, act.workspace, known)
    changes, kept = [], dict[tuple[str, Fact], Dispute | None]()
    for person_id, member in members.of_program(tx, program.id, known).items():
        level = _moved(known[person_id][Fact.LEVEL], steps)
        now = follow(program, member, records.get(person_id), {**known[person_id], Fact.LEVEL: level})
        kept[person_id, Fact.LEVEL] = now.changed.get(Fact.LEVEL, level.dispute)
        changes.append((member, now.member))
    hr.keep_disputes(tx, program.id, kept)
    members.correct(tx, changes)


def _moved(one: OpenDispute, steps: Mapping[int, int | None]) -> OpenDispute:
    own, theirs = (str(steps.get(int(level)) or "") for level in (one.dispute.own, one.dispute.hr))
    return replace(one, dispute=replace(one.dispute, own=own, hr=theirs))


@dataclass(frozen=True, slots=True)
class Shown:
    """What the profile form shows of HR's: its values, which of them count, and what to fill in for them."""

    words: Mapping[str, str]
    counting: tuple[str, ...]
    level: int | None
    department: str
    manager_id: str | None
    from_slack: tuple[str, ...] = ()

    def prefilled(self, draft: ProfileDraft) -> ProfileDraft:
        """The draft with HR's values where it says nothing."""
        return replace(
            draft,
            level=draft.level or self.level,
            department=draft.department or self.department,
            manager_id=draft.manager_id or self.manager_id,
        )


def shown(act: Act, member: Member | None) -> Shown:
    """What the form of whoever acts shows of HR's."""
    record = hr.record(act.tx, act.workspace, act.by)
    if record is None or record.ended:
        return Shown({}, (), None, "", None)
    said = says(act.program, record)
    level = said[Fact.LEVEL]
    name = act.program.ladder[int(level) - 1] if level else ""
    words = {Fact.LEVEL.value: name, Fact.DEPARTMENT.value: said[Fact.DEPARTMENT]}
    on_file = _on_file(member.profile) if member else dict.fromkeys(Fact, "")
    from_hr = member.from_hr if member else ()
    counting = [fact.value for fact in Fact if said[fact] and (fact in from_hr or not on_file[fact])]
    own_manager = member.profile.manager_id if member else None
    # Only somebody whose id Slack gave can be chosen in a form.
    manager = record.manager_id if record.manager_id and is_person(record.manager_id) else None
    if manager and not own_manager:
        counting.append("manager_id")
    return Shown(
        {name: one for name, one in words.items() if one},
        tuple(counting),
        int(level) if level else None,
        said[Fact.DEPARTMENT][:MAX_NAME],
        manager,
        tuple(one.value for one in record.from_slack),
    )
