"""Use cases get their moment, their transaction and whoever delivers from their act, never by hand."""

from __future__ import annotations

import ast

import pytest

from tests.house.sources import modules, shown

HOME = "program/context.py"
"""The only place where a unit of work begins and ends."""


def by_hand(code: str) -> list[str]:
    """What a module does itself that an act does for it: look at the clock, wake somebody, begin a transaction."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called, on = node.func.attr, ast.unparse(node.func.value)
            begins = called in {"read", "write", "rebuild"} and on.split(".")[-1] in {"database", "_database"}
            if (called in {"now", "utcnow", "today", "wake", "_wake"} and on != "act") or begins:
                found.append(f"{node.lineno}: {ast.unparse(node.func)}")
    return found


OURS = {"members.today", "self._wake", "use_cases.today"}
"""Calls that only sound like it: what day it is at somebody's place is a use case."""


def test_no_use_case_does_by_hand_what_its_act_does() -> None:
    found = [
        f"{shown(path)}:{one}"
        for path in modules("program", "handlers")
        if shown(path) != HOME
        for one in by_hand(path.read_text())
        if one.partition(": ")[2] not in OURS
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "ctx.now()",
        "ctx.wake()",
        "self.ctx.now()",
        "datetime.now(UTC)",
        "with ctx.database.write() as tx: pass",
    ],
)
def test_it_would_be_seen(code: str) -> None:
    assert len(by_hand(code)) == 1


def test_where_it_is_done_it_is_found() -> None:
    (home,) = [path for path in modules("program") if shown(path) == HOME]
    assert len(by_hand(home.read_text())) == 5
