"""Whatever a lead can do leaves an entry: who, when, what, and what was so before and after."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest

from mentoring.hr import Verdict
from program import approvals, cycles, disputes, hr, introductions, records, vocabulary
from storage.audit import Entry
from tests.house.sources import modules
from tests.program.office import ADMIN, LEAD, PROPOSAL, Office

ASKS_FOR_A_LEAD = {"lead", "may_settle", "may_look_after", "require_set_up"}
"""The functions of `program.access` that tell whether somebody may act as a lead."""


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in modules("program"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield path.stem, node


def _called(node: ast.AST) -> set[str]:
    """What a function calls, by its last name."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    return {
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in calls
        if isinstance(one, ast.Attribute | ast.Name)
    }


def _writes(node: ast.AST) -> bool:
    return any(
        isinstance(one, ast.Attribute)
        and one.attr == "act"
        and isinstance(one.value, ast.Name)
        and one.value.id == "ctx"
        for one in ast.walk(node)
    )


def what_leads_do() -> set[str]:
    """The use cases in which somebody acts as a lead and something is stored, with all that they call in their module."""
    found = set()
    by_module: dict[str, dict[str, ast.FunctionDef]] = {}
    for module, node in _functions():
        by_module.setdefault(module, {})[node.name] = node
    for module, functions in by_module.items():
        for name, node in functions.items():
            reached, left = {name}, [name]
            while left:
                more = {one for one in _called(functions[left.pop()]) if one in functions} - reached
                reached |= more
                left += more
            asks = any(_asks(functions[one]) for one in reached)
            if not name.startswith("_") and asks and any(_writes(functions[one]) for one in reached):
                found.add(f"{module}.{name}")
    return found


def _asks(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.Attribute)
        and one.attr in ASKS_FOR_A_LEAD
        and isinstance(one.value, ast.Name)
        and one.value.id == "access"
        for one in ast.walk(node)
    )


def _proposed(office: Office) -> int:
    office.couple()
    office.at(PROPOSAL)
    return office.pair().id


def _approve(office: Office) -> None:
    approvals.approve(*office.as_lead(), _proposed(office))


def _decline(office: Office) -> None:
    approvals.decline(*office.as_lead(), _proposed(office), "I know both of them well")


def _match(office: Office) -> None:
    office.couple()
    cycles.match_now(*office.as_lead())


def _introduce(office: Office) -> None:
    _approve(office)
    introductions.introduce_now(*office.as_lead())


def _set_up(office: Office) -> None:
    office.sets_up(cycle_weeks=6)


def _take_in(office: Office) -> None:
    office.joins("UANA", shares=("Chess",))
    vocabulary.take_in(*office.as_lead(), "Chess")


def _take_out(office: Office) -> None:
    _take_in(office)
    vocabulary.take_out(*office.as_lead(), "Chess")


def _keep_apart(office: Office) -> None:
    office.joins("UANA", shares=("Investing",))
    vocabulary.take_in(*office.as_lead(), "Investing")
    office.joins("UBEN", shares=("Investinng",))
    vocabulary.keep_apart(*office.as_lead(), "Investinng")


def _count(office: Office) -> None:
    office.joins("UANA", level=4)
    said = {"UANA": {"level": "Associate"}}
    hr.apply(
        office.ctx, office.workspace, hr.planned(office.ctx, office.workspace, said, frozenset({"level"}))
    )
    (one,) = disputes.open_now(*office.as_lead()).listed
    disputes.decide(*office.as_lead(), one.number, Verdict.HR)


DONE: dict[str, tuple[Callable[[Office], None], str, str]] = {
    "approvals.approve": (_approve, LEAD, "approved"),
    "approvals.decline": (_decline, LEAD, "declined"),
    "cycles.match_now": (_match, LEAD, "match"),
    "introductions.introduce_now": (_introduce, LEAD, "introduce"),
    "programs.set_up": (_set_up, ADMIN.id, "set up"),
    "vocabulary.take_in": (_take_in, LEAD, "take_in"),
    "vocabulary.take_out": (_take_out, LEAD, "take_out"),
    "vocabulary.keep_apart": (_keep_apart, LEAD, "keep_apart"),
    "disputes.decide": (_count, LEAD, "count hr"),
}
"""What a lead does, who is on record for it, and how it is called."""

ELSEWHERE = {
    "unknown.settle": "tests/program/test_unknown.py",
    "cases.take": "tests/program/test_cases.py",
}
"""What needs a message of unknown fate first: the tests of these read the entry."""


def entries(office: Office) -> list[Entry]:
    return [entry for _, entry in records.entries(office.ctx)]


def test_each_use_case_of_leads_is_in_the_table() -> None:
    assert what_leads_do() == DONE.keys() | ELSEWHERE.keys()


@pytest.mark.parametrize("name", DONE)
def test_it_leaves_an_entry(office: Office, name: str) -> None:
    do, who, action = DONE[name]
    office.sets_up()
    do(office)
    entry = entries(office)[-1]
    assert (entry.actor, entry.action, entry.at) == (who, action, office.clock())
    assert entry.after
    assert entry.before != entry.after


def test_settings_are_told_as_they_were_and_as_they_are(office: Office) -> None:
    office.sets_up()
    office.sets_up(cycle_weeks=6)
    first, second = entries(office)
    assert first.before == {}
    assert first.after["cycle_weeks"] == 4
    assert (second.before, second.after) == ({"cycle_weeks": 4}, {"cycle_weeks": 6})


def test_what_a_lead_writes_in_their_own_words_is_not_in_it(office: Office) -> None:
    office.sets_up()
    _decline(office)
    assert "both of them" not in repr(entries(office))
