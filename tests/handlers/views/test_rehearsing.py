"""A rehearsal as a table of Slack's own: its text says every row of it, however many days and kinds there are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.views.parts import Rendered
from handlers.views.rehearsing import NAMES, rehearsal
from handlers.views.tables import ROWS
from mentoring.days import full_day
from mentoring.messages import Kind
from mentoring.rehearsing import Coming, Rehearsal
from tests.handlers.views.checks import assert_good_message

BEGINS = date(2027, 1, 4)
AT = datetime(2027, 1, 4, 9, tzinfo=UTC)

OTHER_MESSAGES = {
    *(Kind.ASK, Kind.ASK_AGAIN, Kind.ASKS_WAIT, Kind.BACK, Kind.GET_READY, Kind.NEXT_CYCLE, Kind.REPORT),
    *(
        Kind.HELP,
        Kind.HELP_WAITS,
        Kind.STUCK,
        Kind.PAIR_GOES_ON,
        Kind.PAIR_RESTS,
        Kind.PARTED_WHY,
        Kind.MISFIT,
    ),
    *(Kind.INTRO_CASE, Kind.INTRO_QUESTION, Kind.UNCONFIRMED, Kind.INVITATION, Kind.INVITED_AGAIN),
    *(Kind.CHANNEL_TROUBLE, Kind.DELIVERY_TROUBLE, Kind.NO_LEAD, Kind.LEADS_WELCOME, Kind.SETUP_TROUBLE),
}
"""What a rehearsal counts without a name."""

messages = st.lists(
    st.builds(
        lambda day, kind: Coming(AT, BEGINS + timedelta(days=day), kind, ("U1",)),
        st.integers(0, 60),
        st.sampled_from(Kind),
    ),
    max_size=300,
)


def of(those: list[Coming]) -> Rehearsal:
    return Rehearsal(AT + timedelta(weeks=9), tuple(those))


def rows(told: Rendered) -> list[list[str]]:
    return [
        [cell["text"] for cell in row]
        for block in told.blocks
        if block["type"] == "data_table"
        for row in block["rows"][1:]
    ]


def test_of_each_kind_it_is_decided_whether_a_rehearsal_names_it() -> None:
    assert sorted([*NAMES, *OTHER_MESSAGES]) == sorted(Kind)


@settings(max_examples=60)
@given(messages)
def test_the_text_says_every_row_and_is_the_same_without_a_table(those: list[Coming]) -> None:
    told, plain = rehearsal(of(those), table=True), rehearsal(of(those), table=False)
    assert_good_message(told)
    assert told.text == plain.text
    assert bool(rows(told)) == bool(those)
    lines = {line[2:].partition(": ")[0]: line for line in told.text.split("\n") if line.startswith("• ")}
    for day, message, number in rows(told):
        assert f"{number} {message}" in lines[day]


@pytest.mark.parametrize("days", [1, 30, 365])
def test_days_without_room_are_counted_beside_the_table(days: int) -> None:
    kinds = (Kind.CHECKIN, Kind.REASK, Kind.DIGEST, Kind.NUDGE)
    every = [Coming(AT, BEGINS + timedelta(days=day), kind, ("U1",)) for day in range(days) for kind in kinds]
    told = rehearsal(of(every), table=True)
    shown = {row[0] for row in rows(told)}
    assert full_day(BEGINS) in shown
    assert len(rows(told)) == len(kinds) * len(shown) <= ROWS
    missing = days - len(shown)
    assert (
        (f"{missing} more days" in str(told.blocks)) == (f"{missing} more days" in told.text) == (missing > 0)
    )
