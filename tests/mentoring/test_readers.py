"""To whom a message goes comes back as it was stored, and the stored text stays what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.messages import LEADS_CHANNEL, Kind, to_leads, to_pair, to_person
from mentoring.readers import BothOfPair, LeadsChannel, OnePerson, Recipient, read, written


@pytest.mark.parametrize(
    ("recipient", "text"),
    [(LeadsChannel(), "leads"), (OnePerson("U1"), "person:U1"), (BothOfPair(12), "pair:12")],
)
def test_the_stored_text_stays_what_it_is(recipient: Recipient, text: str) -> None:
    assert (written(recipient), read(text)) == (text, recipient)


@given(st.builds(OnePerson, st.text()) | st.builds(BothOfPair, st.integers(0)))
def test_what_is_stored_comes_back(recipient: Recipient) -> None:
    assert read(written(recipient)) == recipient


@pytest.mark.parametrize("text", ["", "U1", "channel:C1", "pair:one"])
def test_what_was_never_stored_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(text)


def test_a_notice_knows_where_it_goes() -> None:
    notices = [to_leads(Kind.CARD, 7), to_person(Kind.HELP, 7, "U1"), to_pair(Kind.INTRO, 7)]
    assert [notice.to for notice in notices] == [LeadsChannel(), OnePerson("U1"), BothOfPair(7)]
    assert [notice.reader for notice in notices] == ["", "U1", ""]
    assert notices[0].recipient == LEADS_CHANNEL
