"""Reporting lines: who is above whom, at any distance, even where the data goes in circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mentoring.matching.model import Participant


class ReportingLines:
    """Answers in constant time whether one person is in the other's management chain.

    Managers form a forest once each circle in the data (everybody in it is above everybody else) is drawn
    together into one node. A walk through the forest gives each node an interval that encloses those of all
    people below it.
    """

    def __init__(self, people: Iterable[Participant]) -> None:
        given = {person.id: person.manager_id for person in people}
        managers = {below: above for below, above in given.items() if above is not None and above in given}
        node = _nodes(given, managers)
        spans = _spans(_below(node, managers))
        self._span = {person_id: spans[here] for person_id, here in node.items()}

    def span(self, person_id: str) -> tuple[int, int]:
        """Return the half-open interval that encloses those of all people below this one."""
        return self._span[person_id]

    def linked(self, one_id: str, other_id: str) -> bool:
        """Return whether one of the two is above the other, directly or through others."""
        enter, leave = self._span[one_id]
        other_enter, other_leave = self._span[other_id]
        return enter <= other_enter < leave or other_enter <= enter < other_leave


def _nodes(people: Iterable[str], managers: Mapping[str, str]) -> dict[str, str]:
    """Map each person to the node that stands for them: themselves, or one of the circle they are in."""
    node: dict[str, str] = {}
    walk: dict[str, str] = {}
    for start in people:
        here = start
        while here not in walk:
            walk[here] = start
            here = managers.get(here, here)
        if walk[here] == start:
            node.update(dict.fromkeys(_circle(here, managers), here))
        node.setdefault(start, start)
    return node


def _circle(start: str, managers: Mapping[str, str]) -> list[str]:
    """List the people on the way up from somebody and back to them; only them if they have no manager."""
    circle = [start]
    while (here := managers.get(circle[-1], start)) != start:
        circle.append(here)
    return circle


def _below(node: Mapping[str, str], managers: Mapping[str, str]) -> dict[str | None, list[str]]:
    """List the nodes directly below each node; those with nobody above are below None."""
    below: dict[str | None, list[str]] = defaultdict(list)
    for person_id, here in node.items():
        if here == person_id:
            above = node[managers.get(person_id, person_id)]
            below[None if above == person_id else above].append(person_id)
    return below


def _spans(below: Mapping[str | None, list[str]]) -> dict[str, tuple[int, int]]:
    walk: list[str] = []
    stack = [*below.get(None, ())]
    while stack:
        walk.append(stack.pop())
        stack += below.get(walk[-1], ())
    spans: dict[str, tuple[int, int]] = {}
    for enter in reversed(range(len(walk))):
        lower = below.get(walk[enter])
        # Of those directly below, the walk came to the first one listed last, and left both together.
        spans[walk[enter]] = enter, spans[lower[0]][1] if lower else enter + 1
    return spans
