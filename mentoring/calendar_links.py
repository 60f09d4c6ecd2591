"""A meeting for somebody's calendar: links that open a filled-in form in two of them, and a file that all can take.

Every instant is in UTC, so that no calendar has to know a time zone to be right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote_plus, urlencode
from zoneinfo import ZoneInfo

from mentoring.days import full_day
from mentoring.first_times import MEETING

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/deeplink/compose"
PRODUCT = "-//Reverse Mentor//Meetings//EN"

LINK_ROOM = 50
"""So many characters of a link are for a title, and for the words: three pairs of links fit into one message."""

_GOOGLES = "{moment:%Y%m%dT%H%M%SZ}"
_OUTLOOKS = "{moment:%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting as it stands in a calendar.

    `uid` names it for good, and the copy with the highest `version` is the one that holds (RFC 5545, 3.8.7.4).
    """

    uid: str
    title: str
    words: str
    begins: datetime
    length: timedelta = MEETING
    version: int = 0

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.begins + self.length


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A file with one appointment: its name, its title for people, and what is in it."""

    name: str
    title: str
    content: bytes


def calendar_file(one: Appointment, zone: str, written_at: datetime) -> CalendarFile:
    """The file of an appointment, for somebody whose clock is that of `zone`."""
    local = one.begins.astimezone(ZoneInfo(zone))
    title = f"{one.title}, {full_day(local.date())}, {local:%H:%M}"
    return CalendarFile(f"meeting-{local:%Y-%m-%d-%H%M}.ics", title, ics([one], written_at))


def _fitting(text: str) -> str:
    """The beginning of a text that takes no more than its room in a link, where letters beyond ASCII take more."""
    while len(quote_plus(text)) > LINK_ROOM:
        text = text[:-1]
    return text.rstrip()


def google(one: Appointment) -> str:
    """A link that opens the appointment in Google's calendar, to be saved there."""
    dates = "/".join(_GOOGLES.format(moment=moment.astimezone(UTC)) for moment in (one.begins, one.ends))
    return f"{GOOGLE}?" + urlencode(
        {"action": "TEMPLATE", "text": _fitting(one.title), "dates": dates, "details": _fitting(one.words)}
    )


def outlook(one: Appointment) -> str:
    """A link that opens the appointment in Outlook on the web, to be saved there."""
    starts, ends = (_OUTLOOKS.format(moment=moment.astimezone(UTC)) for moment in (one.begins, one.ends))
    return f"{OUTLOOK}?" + urlencode(
        {
            "path": "/calendar/action/compose",
            "rru": "addevent",
            "subject": _fitting(one.title),
            "startdt": starts,
            "enddt": ends,
            "body": _fitting(one.words),
        }
    )


def ics(appointments: list[Appointment], written_at: datetime) -> bytes:
    """A file with these appointments, by RFC 5545."""
    import icalendar  # what reads calendars too takes a while to load, and a start need not wait for it

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in appointments:
        event = icalendar.Event()
        event.add("uid", one.uid)
        event.add("sequence", one.version)
        event.add("dtstamp", written_at.astimezone(UTC))
        event.add("dtstart", one.begins.astimezone(UTC))
        event.add("dtend", one.ends.astimezone(UTC))
        event.add("summary", one.title)
        event.add("description", one.words)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
