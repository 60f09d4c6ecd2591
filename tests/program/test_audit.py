"""Whatever a lead can do leaves an entry: who, when, what, and what was so before and after."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from mentoring.checkins import Answer
from mentoring.guides import Part, topics
from mentoring.hr import Meaning, SlackField, Verdict
from mentoring.wishes import Wanted
from program import (
    approvals,
    approving_all,
    ask_first,
    audit_log,
    by_hand,
    calls,
    checkins,
    closing,
    cycles,
    disputes,
    guides,
    holidays,
    hr,
    introductions,
    inviting,
    misfits,
    policies,
    readiness,
    rules,
    slack_profiles,
    undoing,
    vocabulary,
    wanted,
)
from storage.audit import Entry
from tests.house.sources import modules
from tests.program.office import ADMIN, CHECKIN, LEAD, PROPOSAL, Office, on

ASKS_FOR_A_LEAD = {"lead", "may_settle", "may_look_after", "require_set_up"}
"""The functions of `program.access` that tell whether somebody may act as a lead."""


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in modules("program"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield path.stem, node


def _called(node: ast.AST) -> set[str]:
    """What a function calls of its own module, by its last name; `other.do` is another module's, or an object's."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    methods = [one for one in calls if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)]
    own = {one.attr for one in methods if isinstance(one.value, ast.Name) and one.value.id == "self"}
    return own | {one.id for one in calls if isinstance(one, ast.Name)}


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


def _choose_fields(office: Office) -> None:
    slack_profiles.choose(*office.as_lead(), {Meaning.LEVEL: SlackField("Xf1", "Grade")})


def _approve_seen(office: Office) -> None:
    _proposed(office)
    # Where it is not known who somebody's manager is, leads are asked to look first.
    office.edit("UMENTOR1", manager_id="UBOSS")
    office.joins("UBOSS", level=8)
    approving_all.approve_seen(*office.as_lead(), approving_all.about_to(*office.as_lead()).seen)


def _two_couples(office: Office) -> None:
    """Two who teach and two who learn the same: each can be paired with each."""
    for number in (1, 2):
        office.couple(number, shares=("SQL",), wants=("SQL",))


def _pair(office: Office) -> None:
    _two_couples(office)
    by_hand.pair(*office.as_lead(), "UMENTOR1", "UMENTEE2")


def _swap(office: Office) -> None:
    _two_couples(office)
    office.at(PROPOSAL)
    first = office.pairs[0]
    chosen = by_hand.offered(*office.as_lead(), first.id).swaps[0].pair
    by_hand.swap(*office.as_lead(), first.id, chosen)


def _undo(office: Office) -> None:
    _approve(office)
    undoing.undo(*office.as_lead(), office.pair().id)


def _undo_by_hand(office: Office) -> None:
    _pair(office)
    (made,) = office.pairs
    undoing.undo(*office.as_lead(), made.id)


def _hold(office: Office) -> None:
    policies.hold(*office.as_lead(), _proposed(office))


def _end(office: Office) -> None:
    closing.end(*office.as_lead(), office.introduced_in_place().id)


def _rest(office: Office) -> None:
    closing.rest(*office.as_lead(), office.introduced_in_place().id, on("2026-03-20"))


def _fix(office: Office) -> None:
    office.couple()
    wanted.ask(*office.as_lead(), Wanted.FIX, "UMENTOR1", "UMENTEE1")


def _take_back(office: Office) -> None:
    _fix(office)
    wanted.take_back(*office.as_lead(), "UMENTOR1", "UMENTEE1")


def _call(office: Office) -> int:
    office.introduced_in_place()
    office.at(CHECKIN)
    asked = office.checkins("UMENTOR1")[-1].id
    checkins.answer(office.ctx, office.workspace, "UMENTOR1", asked, Answer.HELP)
    office.delivers()
    return asked


def _take_call(office: Office) -> int:
    number = _call(office)
    calls.take(*office.as_lead(), number)
    return number


def _call_done(office: Office) -> None:
    calls.done(*office.as_lead(), _take_call(office))


def _hand_back(office: Office) -> None:
    calls.hand_back(*office.as_lead(), _take_call(office))


def _holidays(office: Office) -> None:
    holidays.keep(*office.as_lead(), [on("2026-12-25")])


def _invite(office: Office) -> int:
    return inviting.invite(*office.as_lead(), "CGENERAL", "Come and teach us").id


def _remind_invited(office: Office) -> None:
    inviting.remind(*office.as_lead(), _invite(office))


def _remind_before_the_run(office: Office) -> None:
    office.joins("UANA", level=None)
    readiness.remind(*office.as_lead())


def _rules(office: Office) -> None:
    sheet = rules.sheet(office.ctx, office.workspace, ADMIN)
    rules.save(office.ctx, office.workspace, ADMIN, replace(sheet, min_gap="2"))


def _introduce_anyway(office: Office) -> None:
    office.rules(ask_first=True)
    ask_first.introduce(*office.as_lead(), _asked_first(office))


def _asked_first(office: Office) -> int:
    """A pair whose mentee is asked before, and has not answered."""
    number = _proposed(office)
    approvals.approve(*office.as_lead(), number)
    office.passes(minutes=1)
    return number


def _keep_misfit(office: Office) -> None:
    pair = office.introduced_in_place()
    office.edit("UMENTOR1", level=7)
    misfits.keep(*office.as_lead(), pair.id)


def _guide(office: Office) -> None:
    guides.write(*office.as_lead(), topics()[0].key, Part.MENTOR, "Bring one thing that you made yourself.")


DONE: dict[str, tuple[Callable[[Office], object], str, str]] = {
    "approvals.approve": (_approve, LEAD, "approved"),
    "approvals.decline": (_decline, LEAD, "declined"),
    "cycles.match_now": (_match, LEAD, "match"),
    "introductions.introduce_now": (_introduce, LEAD, "introduce"),
    "programs.set_up": (_set_up, ADMIN.id, "set up"),
    "vocabulary.take_in": (_take_in, LEAD, "take_in"),
    "vocabulary.take_out": (_take_out, LEAD, "take_out"),
    "vocabulary.keep_apart": (_keep_apart, LEAD, "keep_apart"),
    "disputes.decide": (_count, LEAD, "count hr"),
    "slack_profiles.choose": (_choose_fields, LEAD, "choose profile fields"),
    "approving_all.approve_seen": (_approve_seen, LEAD, "approved"),
    "by_hand.pair": (_pair, LEAD, "pair by hand"),
    "by_hand.swap": (_swap, LEAD, "swap"),
    "undoing.undo": (_undo, LEAD, "undo"),
    "policies.hold": (_hold, LEAD, "hold"),
    "closing.end": (_end, LEAD, "ended"),
    "closing.rest": (_rest, LEAD, "rest"),
    "wanted.ask": (_fix, LEAD, "fix"),
    "wanted.take_back": (_take_back, LEAD, "take back"),
    "calls.take": (_take_call, LEAD, "take call"),
    "calls.done": (_call_done, LEAD, "call done"),
    "calls.hand_back": (_hand_back, LEAD, "hand back call"),
    "holidays.keep": (_holidays, LEAD, "holidays"),
    "inviting.invite": (_invite, LEAD, "invite"),
    "inviting.remind": (_remind_invited, LEAD, "remind"),
    "readiness.remind": (_remind_before_the_run, LEAD, "remind"),
    "ask_first.introduce": (_introduce_anyway, LEAD, "introduce"),
    "misfits.keep": (_keep_misfit, LEAD, "keep"),
    "guides.write": (_guide, LEAD, "edit a guide"),
    "rules.save": (_rules, ADMIN.id, "rules"),
}
"""What a lead does, who is on record for it, and how it is called."""

BY_READING = {"unknown.settle", "unknown.settle_all", "cases.take", "cycles.match_asked"}
"""What needs more than a few lines to come to: of these, only the code is read."""

BY_CALENDAR = {"closing.go_on", "closing.go_on_due"}
"""What comes by itself after something that a lead did; of these too, only the code is read."""

WISHES = {"cycles.ask_to_match"}
"""What is only kept until `cycles.match_asked` does it, which leaves the entry under the lead's id."""


def entries(office: Office) -> list[Entry]:
    return [entry for _, entry in audit_log.entries(office.ctx)]


def test_each_use_case_of_leads_is_in_the_table() -> None:
    assert what_leads_do() == DONE.keys() | BY_READING | WISHES


@pytest.mark.sampled(10)
@pytest.mark.parametrize("name", DONE)
def test_it_leaves_an_entry(office: Office, name: str) -> None:
    do, who, action = DONE[name]
    office.sets_up()
    do(office)
    entry = entries(office)[-1]
    assert (entry.actor, entry.action, entry.at) == (who, action, office.clock())
    assert entry.after
    assert entry.before != entry.after


@pytest.mark.parametrize("name", sorted(BY_READING | BY_CALENDAR))
def test_its_code_comes_to_an_entry(name: str) -> None:
    module, _, function = name.partition(".")
    functions = {node.name: node for path, node in _functions() if path == module}
    assert any(_has(one, "act", {"note"}) for one in _reached(function, functions))


@pytest.mark.parametrize("undone", [_undo, _undo_by_hand])
def test_undo_tells_what_became_of_the_pair(office: Office, undone: Callable[[Office], None]) -> None:
    office.sets_up()
    undone(office)
    entry = entries(office)[-1]
    assert (entry.before, entry.after) == ({"state": "approved"}, {"state": office.pair().state.value})


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
