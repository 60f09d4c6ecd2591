"""Calendar links and files say the right instant, whatever zone the meeting is in; parsers of others take them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, quote_plus, urlsplit
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.calendar_links import GOOGLE, LINK_ROOM, OUTLOOK, Appointment, google, ics, outlook
from tests.mentoring.test_first_times import SPAN, ZONES

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


def asked(url: str) -> dict[str, str]:
    """What a link asks its calendar for."""
    return {name: one for name, (one,) in parse_qs(urlsplit(url).query, keep_blank_values=True).items()}


@settings(max_examples=150)
@given(st.datetimes(*SPAN), st.sampled_from(ZONES), st.integers(0, 1))
def test_links_open_at_the_right_instant(local: datetime, zone: str, fold: int) -> None:
    begins = local.replace(second=0, microsecond=0, fold=fold, tzinfo=ZoneInfo(zone))
    one = Appointment("1", "A meeting", "Words", begins)
    first, last = asked(google(one))["dates"].split("/")
    other = asked(outlook(one))
    for told, instant in (
        (datetime.strptime(first, "%Y%m%dT%H%M%S%z"), one.begins),
        (datetime.strptime(last, "%Y%m%dT%H%M%S%z"), one.ends),
        (datetime.fromisoformat(other["startdt"]), one.begins),
        (datetime.fromisoformat(other["enddt"]), one.ends),
    ):
        assert told.timestamp() == instant.timestamp()
        assert told.utcoffset() == timedelta()


@given(WORDS.filter(str.strip), WORDS.filter(str.strip))
def test_links_carry_words_as_far_as_there_is_room(title: str, words: str) -> None:
    one = Appointment("1", title, words, NOW)
    found = asked(google(one)), asked(outlook(one))
    for told, whole in (
        *((link["text" if "text" in link else "subject"], title) for link in found if link),
        *((link["details" if "details" in link else "body"], words) for link in found if link),
    ):
        assert whole.startswith(told)
        assert told == whole.rstrip() or len(quote_plus(whole)) > LINK_ROOM
    assert not {*google(one), *outlook(one)} & {*" <>|"}, "they stand in a link of Slack"
    assert max(len(google(one)), len(outlook(one))) < 520


def test_links_go_to_the_two_calendars() -> None:
    one = Appointment("1", "A meeting", "Words", NOW)
    assert google(one).startswith(f"{GOOGLE}?action=TEMPLATE&")
    assert asked(outlook(one))["rru"] == "addevent"
    assert outlook(one).startswith(f"{OUTLOOK}?")


@settings(max_examples=60)
@given(
    st.lists(st.datetimes(*SPAN), min_size=1, max_size=3, unique=True),
    st.sampled_from(ZONES),
    WORDS,
)
def test_the_file_is_read_by_another_parser(locals_: list[datetime], zone: str, title: str) -> None:
    begins = [one.replace(microsecond=0, tzinfo=ZoneInfo(zone)) for one in locals_]
    written = ics(
        [Appointment(f"{n}@here", title, "a, b; c\\ d", one, version=n) for n, one in enumerate(begins)], NOW
    )
    calendar = vobject.readOne(written.decode())
    assert calendar.version.value == "2.0"
    events = calendar.vevent_list
    assert [one.dtstart.value.timestamp() for one in events] == [one.timestamp() for one in begins]
    assert all(one.dtend.value - one.dtstart.value == timedelta(minutes=45) for one in events)
    assert [one.uid.value for one in events] == [f"{n}@here" for n in range(len(events))]
    assert [int(one.sequence.value) for one in events] == list(range(len(events)))
    assert {one.description.value for one in events} == {"a, b; c\\ d"}
    assert {one.summary.value for one in events} == {title}


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_on_the_days_when_clocks_change_the_hour_is_that_of_the_wall(day: str) -> None:
    at_ten = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    one = Appointment("1", "A meeting", "Words", at_ten)
    told = datetime.fromisoformat(asked(outlook(one))["startdt"]).astimezone(ZoneInfo("Europe/Berlin"))
    assert (told.hour, told.minute) == (10, 0)
