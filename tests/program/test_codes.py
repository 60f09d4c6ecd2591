"""What a matching stores about pairs and people without one are codes: no sentence before its reader is known."""

from __future__ import annotations

from typing import Any

from mentoring import sentences
from mentoring.pairings import Because, Cause, PairState
from program import members
from storage import tables as t
from storage.database import Tx
from tests.program.office import PROPOSAL, Office

_Rows = tuple[list[Any], list[Any], list[Any]]


def stored(office: Office) -> _Rows:
    """The reasons and whys of all pairs, and who was left out, as they lie in the database."""
    found: list[_Rows] = []

    def look(tx: Tx, _: object) -> None:
        rows = list(tx.execute(t.pairs.select()))
        left = [dict(one) for one in tx.execute(t.left_out.select()).mappings()]
        found.append(
            ([one for row in rows for one in row.reasons], [(row.note, row.why) for row in rows], left)
        )

    office.behind_the_scenes(look)
    return found[0]


def test_a_matching_stores_codes(office: Office) -> None:
    office.sets_up()
    office.couple()
    office.joins("UALONE", level=6, role="learn", shares=(), wants=("Origami",))
    office.at(PROPOSAL)
    reasons, _, left = stored(office)
    assert [one["code"] for one in reasons] == ["teaches", "levels_apart", "shared_time"]
    assert len(left) == 1
    assert left[0]["reason"] == {
        "side": "mentee",
        "rule": "skill",
        "counts": [["skill", 0]],
        "related": False,
        "discreet": True,
    }
    assert [act["act"] for act in left[0]["help"]["acts"]] == ["new_partner"]
    (one,) = office.left_out
    assert sentences.stop(one.reason) == "No mentor offers a wanted skill"


def test_why_a_pair_is_none_any_more_is_a_code(office: Office) -> None:
    office.proposed()
    members.pause(office.ctx, office.workspace, "UMENTOR1")
    assert office.pair().state is PairState.WITHDRAWN
    assert stored(office)[1] == [("", {"code": "paused"})]
    assert office.pair().why == Because(Cause.PAUSED)
