"""A program's rules and weights: what they are, what others would do, and changing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

from mentoring.errors import Invalid
from mentoring.hr import rung
from mentoring.ladders import moved
from mentoring.matching import Problem, Rules
from mentoring.people import Person
from mentoring.programs import Program
from mentoring.rule_sheet import CheckedSheet, RuleSheet, check_sheet, sheet_of
from program import access, coming, hr_facts, matching, recipients
from program.act import Act
from program.context import Context
from storage import people, programs
from storage import rules as stored


@dataclass(frozen=True, slots=True)
class WhatIf:
    """How many places could be filled now and under other rules, of how many, and what without each rule.

    A place is a person in one role. `costs` has the names of the rules, as in `RuleSheet`, with how many more places
    could be filled without each, the dearest first. `losing` people stand on a level that would be no more.
    """

    now: int
    under: int
    places: int
    costs: tuple[tuple[str, int], ...] = ()
    losing: int = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a change: the program as it is now, and how many people have to choose their level again."""

    program: Program
    losing: int


def sheet(ctx: Context, workspace: str, person: Person) -> RuleSheet:
    """The rules as they are, for somebody who may change them; raises `AdminsOnly` or `NoProgram`."""
    with ctx.read(workspace, person.id) as act:
        access.require_set_up(act, person)
        return sheet_of(act.program)


def save(
    ctx: Context,
    workspace: str,
    person: Person,
    changed: RuleSheet,
    seen: str = "",
    looked_up: Iterable[Person] = (),
) -> Saved:
    """Store these rules; everything that waits is looked at again under them.

    `looked_up` is what the directory says about people newly chosen. `seen` names the sheet that whoever changed it
    had before them. Raises `AdminsOnly`, `NoProgram`, or
    `Invalid` with a sentence per field: under `sheet` where somebody else was faster.
    """
    with ctx.act(workspace, person.id) as act:
        access.require_set_up(act, person)
        before = act.program
        for one in looked_up:
            people.save(act.tx, workspace, one, act.now)
        if seen and seen != sheet_of(before).name:
            raise Invalid({"sheet": CHANGED_MEANWHILE})
        checked = check_sheet(changed, before.rules)
        _check_faces(act, before, checked)
        steps = moved(before.ladder, checked.ladder)
        losing = stored.on_levels(act.tx, before.id, _gone(before, checked))
        stored.save(act.tx, before, checked)
        if before.ladder != checked.ladder:
            stored.move_levels(act.tx, before.id, steps)
            hr_facts.follow_ladder(act.within(programs.get(act.tx, before.id)), steps)
        if (before.rules, before.ladder) != (checked.rules, checked.ladder):
            programs.recheck_from(act.tx, before.id, 0)
        old, new = _changes(before, checked)
        act.note("rules", before.id, before=old, after=new)
        return Saved(programs.get(act.tx, before.id), losing)


CHANGED_MEANWHILE = (
    "Somebody else changed the rules while you had this open. What you typed is still here, and everything else is "
    "as it is now. Save again if you want it so."
)


def what_if(ctx: Context, workspace: str, person: Person, changed: RuleSheet) -> WhatIf:
    """What these rules would do to the next matching, were it begun anew, against those of now.

    Raises `AdminsOnly`, `NoProgram`, or `Invalid` with a sentence per field.
    """
    with ctx.read(workspace, person.id) as act:
        access.require_set_up(act, person)
        program = act.program
        checked = check_sheet(changed, program.rules)
        problem = _anew(act, program)
        losing = stored.on_levels(act.tx, program.id, _gone(program, checked))
    # Outside the transaction, because nobody else can save anything meanwhile where it writes.
    from mentoring.matching.places import Places

    rules = matching.rules_of(checked.rules)
    places = Places(problem)
    now = places.filled(problem.rules).number
    if program.ladder != checked.ladder:
        places = Places(_on_ladder(problem, program, checked))
    under = places.filled(rules)
    costs = [
        (name, places.filled(milder, under).number - under.number) for name, milder in milder(rules, problem)
    ]
    costs.sort(key=lambda cost: -cost[1])
    return WhatIf(now, under.number, places.there_are(rules), tuple(costs), losing)


def _anew(act: Act, program: Program) -> Problem:
    """The problem of the next cycle to be introduced, as if nothing were approved and nothing proposed."""
    cycle = coming.cycle(act)
    return replace(
        matching.problem_of(act.tx, program, cycle), taken=frozenset(), keep=frozenset(), fixed=frozenset()
    )


_FORBID = tuple(
    one.name
    for one in fields(Rules)
    if isinstance(one.default, bool) and one.name not in ("guests_allowed", "related_skills")
)
"""Rules that forbid pairs while they are on; the two others allow them."""


def milder(rules: Rules, problem: Problem) -> Iterator[tuple[str, Rules]]:
    """The same rules without one of them, for each that leads set and that forbids anything."""
    if rules.min_gap > 1:
        yield "min_gap", replace(rules, min_gap=1)
    if rules.max_gap is not None:
        yield "max_gap", replace(rules, max_gap=None)
    for name in _FORBID:
        if getattr(rules, name):
            yield name, replace(rules, **{name: False})
    if not rules.guests_allowed and any(person.guest and person.available for person in problem.people):
        yield "guests_allowed", replace(rules, guests_allowed=True)
    if rules.min_overlap_minutes:
        yield "min_overlap", replace(rules, min_overlap_minutes=0)
    if rules.repeat_window_cycles != 0 and problem.history:
        yield "repeat_cycles", replace(rules, repeat_window_cycles=0)


def _on_ladder(problem: Problem, program: Program, checked: CheckedSheet) -> Problem:
    steps = moved(program.ladder, checked.ladder)
    people = []
    for person in problem.people:
        level = steps.get(person.level) if person.level else None
        also = rung(program.ladder[person.also_level - 1], checked.ladder) if person.also_level else None
        people.append(replace(person, level=level or also, also_level=also))
    return replace(problem, people=people, levels=len(checked.ladder))


def _gone(before: Program, checked: CheckedSheet) -> list[int]:
    """The levels that the new ladder has not any more."""
    return [old for old, new in moved(before.ladder, checked.ladder).items() if new is None]


def _check_faces(act: Act, before: Program, checked: CheckedSheet) -> None:
    """Refuse an app, or somebody who is not here; whoever was never looked up is taken as chosen."""
    problems = {}
    for name in ("sponsor", "junior_champion"):
        chosen = getattr(checked, name)
        known = people.get(act.tx, before.workspace, chosen) if chosen else None
        why_not = recipients.why_not(known, guests_allowed=True) if known else None
        if why_not and chosen != getattr(before, name):
            problems[name] = why_not
    if problems:
        raise Invalid(problems)


def _changes(before: Program, checked: CheckedSheet) -> tuple[dict[str, str], dict[str, str]]:
    """What was changed, by name: as it was, and as it is."""
    old = sheet_of(before)
    new = sheet_of(
        replace(
            before,
            rules=checked.rules,
            ladder=checked.ladder,
            sponsor=checked.sponsor,
            junior_champion=checked.junior_champion,
        )
    )
    changed = [name for name in RuleSheet.__slots__ if getattr(old, name) != getattr(new, name)]
    return {name: getattr(old, name) for name in changed}, {name: getattr(new, name) for name in changed}
