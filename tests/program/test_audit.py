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
    return {one.id for one in calls if isinstance(one, ast.Name)} | {
        one.attr for one in calls if isinstance(one, ast.Attribute)
    }


def _has(node: ast.AST, owner: str, attributes: set[str]) -> bool:
    """Whether a function uses one of these attributes of something with that name."""
    found = (one for one in ast.walk(node) if isinstance(one, ast.Attribute) and one.attr in attributes)
    return any(isinstance(one.value, ast.Name) and one.value.id == owner for one in found)


def _reached(name: str, functions: dict[str, ast.FunctionDef]) -> list[ast.FunctionDef]:
    """A function and all of its module that it comes to."""
    reached, left = {name}, [name]
    while left:
        more = (_called(functions[left.pop()]) & functions.keys()) - reached
        reached |= more
        left += more
    return [functions[one] for one in reached]


def what_leads_do() -> set[str]:
    """The use cases in which somebody acts as a lead and something is stored."""
    modules_: dict[str, dict[str, ast.FunctionDef]] = {}
    for module, node in _functions():
        modules_.setdefault(module, {})[node.name] = node
    return {
        f"{module}.{name}"
        for module, functions in modules_.items()
        for name in functions
        if not name.startswith("_")
        and any(_has(one, "access", ASKS_FOR_A_LEAD) for one in _reached(name, functions))
        and any(_has(one, "ctx", {"act"}) for one in _reached(name, functions))
    }


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

BY_READING = {"unknown.settle", "unknown.settle_all", "cases.take", "cycles.match_asked"}
"""What needs more than a few lines to come to: of these, only the code is read."""

WISHES = {"cycles.ask_to_match"}
"""What is only kept until `cycles.match_asked` does it, which leaves the entry under the lead's id."""


def entries(office: Office) -> list[Entry]:
    return [entry for _, entry in records.entries(office.ctx)]


def test_each_use_case_of_leads_is_in_the_table() -> None:
    assert what_leads_do() == DONE.keys() | BY_READING | WISHES


@pytest.mark.parametrize("name", DONE)
def test_it_leaves_an_entry(office: Office, name: str) -> None:
    do, who, action = DONE[name]
    office.sets_up()
    do(office)
    entry = entries(office)[-1]
    assert (entry.actor, entry.action, entry.at) == (who, action, office.clock())
    assert entry.after
    assert entry.before != entry.after


@pytest.mark.parametrize("name", sorted(BY_READING))
def test_its_code_comes_to_an_entry(name: str) -> None:
    module, _, function = name.partition(".")
    functions = {node.name: node for path, node in _functions() if path == module}
    assert any(_has(one, "act", {"note"}) for one in _reached(function, functions))


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
