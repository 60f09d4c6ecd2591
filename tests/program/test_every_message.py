"""What has to be decided about each kind of message: until when it is said, who goes first, and whom it is about."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from mentoring import budget
from mentoring.messages import Kind
from program import recipients, timely, unknown_screens

WORTH_SAYING = {
    *(Kind.WELCOME, Kind.LEADS_WELCOME, Kind.INVITATION, Kind.INVITED_AGAIN),
    *(Kind.SUMMARY, Kind.CARD, Kind.INTRO_TIME, Kind.PAUSES, Kind.REPORT, Kind.MISFIT),
}
"""Worth saying whenever it comes, as long as its readers are there."""

LOOKED_AT_APART = {Kind.DIGEST, Kind.SETUP_TROUBLE, Kind.BACK}
"""`timely.is_timely` asks about these by name."""

MAIL = {
    *(Kind.SUMMARY, Kind.CARD, Kind.INTRO_TIME, Kind.PAUSES, Kind.REPORT, Kind.DIGEST, Kind.STUCK),
    *(Kind.NO_PARTNER, Kind.NEXT_CYCLE, Kind.INVITATION, Kind.INVITED_AGAIN),
}
"""Neither always sent nor a question or a reminder: it comes while there is room in somebody's week."""


PAIRS = {
    *(*recipients._ABOUT_PAIRS, *recipients._CALLS, *recipients._QUESTIONS, *recipients._ASKED_FIRST),
    Kind.MET_YET,
}
"""About one pair or several, so that nobody in one of these is asked whether it arrived."""

ABOUT_ITS_READER = {
    *(Kind.WELCOME, Kind.NO_PARTNER, Kind.SILENCE, Kind.BACK, Kind.RESTING, Kind.NUDGE, Kind.PAUSE_OVER),
    *(Kind.GET_READY, Kind.NEXT_CYCLE, Kind.SETUP_TROUBLE, Kind.LEADS_WELCOME),
}
"""About whoever reads it, as far as a question about it goes."""

ABOUT_NOBODY = {
    *(
        Kind.SUMMARY,
        Kind.INTRO_TIME,
        Kind.PAUSES,
        Kind.DIGEST,
        Kind.REPORT,
        Kind.INVITATION,
        Kind.INVITED_AGAIN,
    ),
    *(Kind.UNCONFIRMED, Kind.CHANNEL_TROUBLE, Kind.DELIVERY_TROUBLE, Kind.NO_LEAD, Kind.ASKS_WAIT),
}
"""About no pair and no member alone: any lead may be asked whether it arrived."""


@pytest.mark.parametrize(
    ("some", "others"),
    [
        ({*timely._REASONS, *timely.TO_LEADS}, WORTH_SAYING | LOOKED_AT_APART),
        ({*budget.ALWAYS, *budget._WORTH}, MAIL),
        (PAIRS, ABOUT_ITS_READER | ABOUT_NOBODY),
    ],
    ids=[
        "program/timely.py: _REASONS",
        "mentoring/budget.py: ALWAYS or _WORTH",
        "program/recipients.py: _ABOUT_PAIRS",
    ],
)
def test_each_kind_is_in_one_of_both(some: Collection[Kind], others: set[Kind]) -> None:
    assert sorted([*some, *others]) == sorted(Kind)


def test_nothing_that_is_about_a_pair_loses_it_in_a_question() -> None:
    """What goes to the leads' channel or into a conversation of a pair has no reader whose name would say it."""
    assert {*unknown_screens._ABOUT_PAIRS} <= {*recipients._ABOUT_PAIRS}
