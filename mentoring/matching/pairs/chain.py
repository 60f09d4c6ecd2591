"""Reporting lines: who is above whom, at any distance, even where the data goes in circles.

In the literature: nested intervals of a depth-first search, ancestor query.
"""

from __future__ import annotations

from collections.abc import Iterable

from mentoring.matching.model import Participant

_NOBODY = -1
"""The place of who is above those without a manager; in a list with one more place than people, it is the last."""


class ReportingLines:
    """Answers in constant time whether one person is in the other's management chain.

    Managers form a forest once each circle in the data (everybody in it is above everybody else) is cut open. A
    walk through the forest gives each person an interval that encloses those of all people below them, and a
    whole circle that of the one on top of it.
    """

    def __init__(self, people: Iterable[Participant]) -> None:
        managers = {person.id: person.manager_id for person in people}
        place: dict[str | None, int] = {person_id: here for here, person_id in enumerate(managers)}
        above = [place.get(manager_id, _NOBODY) for manager_id in managers.values()]
        order, circles = _opened(above)
        spans = _spans(order, above)
        for circle in circles:
            for here in circle:
                spans[here] = spans[circle[-1]]
        self._span = dict(zip(managers, spans, strict=True))

    def span(self, person_id: str) -> tuple[int, int]:
        """Return the half-open interval that encloses those of all people below this one."""
        return self._span[person_id]

    def linked(self, one_id: str, other_id: str) -> bool:
        """Return whether one of the two is above the other, directly or through others."""
        enter, leave = self._span[one_id]
        other_enter, other_leave = self._span[other_id]
        return enter <= other_enter < leave or other_enter <= enter < other_leave


def _opened(above: list[int]) -> tuple[list[int], list[list[int]]]:
    """Leave nobody above one person of each circle; list everybody after who is above them, and the circles.

    Each circle is listed from the bottom up, the person with nobody above last.
    """
    order: list[int] = []
    circles: list[list[int]] = []
    seen = [False] * len(above) + [True]
    for start in range(len(above)):
        walk: list[int] = []
        here = start
        while not seen[here]:
            seen[here] = True
            walk.append(here)
            here = above[here]
        if here in walk:
            circles.append(walk[walk.index(here) :])
            above[walk[-1]] = _NOBODY
        order += reversed(walk)
    return order, circles


def _spans(order: list[int], above: list[int]) -> list[tuple[int, int]]:
    """Return the interval of each place; `order` has everybody after who is above them."""
    size = [1] * (len(above) + 1)
    for here in reversed(order):
        size[above[here]] += size[here]
    spans = [(0, 0)] * len(above)
    free = [0] * (len(above) + 1)
    for here in order:
        enter = free[above[here]]
        free[above[here]] = leave = enter + size[here]
        free[here] = enter + 1
        spans[here] = enter, leave
    return spans
