"""One shape for what is heard, one place for what is written as text and read again, and tables that are whole."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT, modules, shown

DOORS = {
    "handlers/direct.py": {"heard"},
    "handlers/errors.py": {"outside"},
    "handlers/events.py": {"user_changed", "archived", "shared", "removed"},
    "handlers/home.py": {"opened"},
    "handlers/in_time.py": {"__init__"},
    "handlers/strangers.py": {"only_ours", "_who"},
}
"""What Bolt calls itself, and what Slack reports by itself, where nobody asks for anything."""

PREFIX = re.compile(r"^(person|pair):")


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


def takes(function: ast.FunctionDef) -> set[str]:
    """The types that a function is given, as they are written."""
    return {ast.unparse(arg.annotation) for arg in function.args.args if arg.annotation}


def test_whatever_people_do_is_heard_in_one_shape() -> None:
    """Only the doors see a payload or an ack; everything behind them is given what somebody asked."""
    found = {
        (shown(path), function.name)
        for path in modules("handlers")
        if shown(path) != "handlers/payloads.py"
        for function in functions(path)
        if {"Body", "Ack"} & takes(function)
    }
    assert found == {(path, name) for path, names in DOORS.items() for name in names}


def test_a_payload_is_read_at_the_doors_alone() -> None:
    readers = [shown(path) for path in modules("handlers") if re.search(r"payloads\.act\(", path.read_text())]
    assert readers == ["handlers/errors.py", "handlers/strangers.py"]


def cut_apart(code: str) -> list[str]:
    """Where a recipient's stored text is written or read by hand."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(code))
        if (isinstance(node, ast.Constant) and isinstance(node.value, str) and PREFIX.match(node.value))
        or (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "recipient"
            and node.attr in dir(str)
        )
    ]


def test_recipients_are_written_and_read_in_one_place() -> None:
    packages = ("mentoring", "program", "storage", "handlers", "bot", "demo")
    found = [shown(path) for path in modules(*packages) if cut_apart(path.read_text())]
    assert found == ["mentoring/readers.py"]


@pytest.mark.parametrize(
    "code", ['notice.recipient.partition(":")', 'f"person:{who}"', 'text.removeprefix("pair:")']
)
def test_a_recipient_cut_by_hand_would_be_seen(code: str) -> None:
    assert cut_apart(code) != []


def subjects_cut(code: str) -> list[str]:
    """Where the subject of a message is taken apart by hand."""
    return re.findall(r"subject\.(?:partition|split|isdigit)\(", code)


def test_subjects_are_written_and_read_in_one_place() -> None:
    """A person and a week stand beside the messages that are about them."""
    found = [
        shown(path)
        for path in modules("mentoring", "program", "handlers", "bot")
        if subjects_cut(path.read_text())
    ]
    assert found == ["mentoring/messages.py", "program/notices.py"]


def test_what_modals_carry_is_written_and_read_in_one_place() -> None:
    found = [
        shown(path) for path in modules("handlers") if re.search(r'"private_metadata"', path.read_text())
    ]
    assert found == ["handlers/payloads.py", "handlers/refill.py", "handlers/replying.py"]
    for name in found:
        line = next(one for one in (ROOT / name).read_text().splitlines() if '"private_metadata"' in one)
        assert re.search(r"read\(|written\(", line), line


def patched(code: str) -> list[str]:
    """Tables that are changed at a module's foot instead of being whole where they stand."""
    return [
        ast.unparse(node)
        for node in ast.parse(code).body
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Subscript)
    ]


def test_tables_are_whole_where_they_stand() -> None:
    packages = ("mentoring", "program", "storage", "handlers", "scheduler", "bot", "demo")
    assert {
        shown(path): patched(path.read_text()) for path in modules(*packages) if patched(path.read_text())
    } == {}


def test_a_patched_table_would_be_seen() -> None:
    assert patched("TABLE = {}\nTABLE['x'] = 1\n") == ["TABLE['x'] = 1"]
