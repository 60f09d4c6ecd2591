"""What somebody reads before a meeting: short at first, complete on demand, and links that Slack shows as links."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.views import meeting, render
from handlers.views.guides import guides_modal
from handlers.wording import notice, stacked
from mentoring.calendar_links import Appointment, google, outlook
from mentoring.guides import Part, guide, topics
from mentoring.matching import LevelsApart, Taught, Teaches, Wish
from mentoring.messages import Intro, SharedHours
from mentoring.planned import PlanShown
from mentoring.plans import Plan, Rhythm
from mentoring.progress import Progress
from program.next_meeting import NextMeeting
from tests.handlers.views.checks import assert_good_message, assert_good_view, buttons
from tests.handlers.views.samples import WHEN, a_pair, hostile

HOURS = (SharedHours("UMENTOR", "Europe/Lisbon", 600, 900), SharedHours("UMENTEE", "Asia/Tokyo", 600, 900))
PLAN = Plan(6, Rhythm.EVERY_TWO_WEEKS)
REASONS = (
    Teaches((Taught("Prompt writing", (Wish("Prompt writing", 1),)), Taught("SQL", (Wish("SQL", 3),)))),
    LevelsApart(3),
)
INTRO = Intro(
    "Reverse mentoring",
    a_pair(reasons=REASONS),
    ("What changed this month?",),
    (),
    "Wednesday at 10:00",
    times=tuple(WHEN + timedelta(days=day) for day in range(3)),
    signs=True,
    plan=PLAN,
)
FIRST = NextMeeting(
    program="Reverse mentoring",
    pairs=(INTRO.pair,),
    reader="UMENTEE",
    progress=Progress(0, 6),
    plan=PLAN,
    zone="Europe/Lisbon",
    appointments=tuple(
        Appointment(f"{one:%d}@here", "Ana & Ben: meeting 1", "Reverse mentoring", one) for one in INTRO.times
    ),
    guides=(guide(1, 6, topics()[0], Part.MENTEE),),
    starters=("What changed this month?",),
    signs=True,
    signed=(),
)
HOSTILE = replace(
    FIRST,
    program=hostile(80),
    pairs=(FIRST.pairs[0], a_pair(mentor_id="UOTHER", id=2_147_483_647)),
    appointments=tuple(Appointment("1", hostile(80), hostile(80), one) for one in INTRO.times),
    guides=(replace(FIRST.guides[0], lines=(hostile(400),) * 4),) * 2,
    starters=(hostile(250),) * 3,
)
MEETINGS = {"first": FIRST, "third": replace(FIRST, progress=Progress(2, 6), starters=()), "hostile": HOSTILE}


def seen(text: str) -> str:
    """The text as people read it: names, dates and links as Slack shows them."""
    text = re.sub(r"<!date\^[^|]*\|[^>]*>", "Dec 1st at 10:00 AM", text)
    text = re.sub(r"<@(\w+)>", "@Ana Example", text)
    return re.sub(r"<[^|>]*\|([^>]*)>", r"\1", text)


def test_an_introduction_is_short_with_one_next_step_and_two_buttons() -> None:
    message = render(INTRO)
    assert_good_message(message)
    assert list(buttons(message.blocks)) == ["I agree", "How to begin"]
    assert message.text.count("*Next step:*") == 1
    assert message.text.count("<!date^") == 3
    assert "choice" not in message.text, "nobody is a third choice"


@pytest.mark.parametrize(
    ("state", "most"),
    [
        ({}, 750),
        ({"times": (), "hours": HOURS}, 850),
        ({"signed": ("UMENTEE",)}, 750),
        ({"signed": ("UMENTOR", "UMENTEE")}, 700),
        ({"planned": PlanShown(WHEN, "UMENTOR", "Europe/Lisbon")}, 650),
        ({"progress": Progress(3, 6)}, 650),
        ({"over": True}, 350),
        (
            {
                "experiences": (
                    "Coming back after leave",
                    "Working part-time",
                    "Being the only one in the room",
                )
            },
            1000,
        ),
        ({"others": (a_pair(mentor_id="UOTHER", id=13, reasons=REASONS),)}, 900),
    ],
)
def test_people_read_little_in_an_introduction_whatever_there_is_to_say(
    state: dict[str, Any], most: int
) -> None:
    """In characters, as Slack shows it; before there were buttons for the rest, it had 1,330."""
    shown = seen(render(replace(INTRO, **state)).text)
    read = [line for line in shown.splitlines() if not line.startswith("Buttons:")]
    assert len("\n".join(read)) <= most
    assert shown.count("*Next step:*") <= 1


def test_after_signing_and_meeting_what_is_done_is_gone() -> None:
    later = replace(INTRO, signed=("UMENTOR", "UMENTEE"), progress=Progress(3, 6), times=())
    message = render(later)
    assert list(buttons(message.blocks)) == ["Next meeting"]
    assert "*So far:* 3 of 6 meetings." in message.text
    assert "Next step" not in message.text
    over = render(replace(INTRO, over=True))
    assert buttons(over.blocks) == {}
    assert "Next step" not in over.text


def test_once_it_is_planned_that_time_takes_the_place_of_all_others() -> None:
    planned = PlanShown(WHEN, "UMENTOR", "Europe/Lisbon")
    told = meeting.meeting(replace(FIRST, planned=planned, appointments=FIRST.appointments[:1])).text
    assert "*When you meet, as <@UMENTOR> said*" in told
    assert "at work" not in told
    assert len(re.findall(r"calendar\.google\.com", told)) == 1
    assert "as <@" not in meeting.meeting(replace(FIRST, planned=replace(planned, said_by="UMENTEE"))).text
    message = render(replace(INTRO, planned=planned))
    assert "*First talk planned:* <!date^" in message.text
    assert "as <@UMENTOR> said." in message.text
    assert "choose one of these" not in message.text


def test_a_first_meeting_has_it_all_and_a_third_only_what_it_needs() -> None:
    begins = meeting.beginning(FIRST).text
    for part in ("first 20 minutes", "What you agree on", "6 meetings, every two weeks", "What changed"):
        assert part in begins
    assert "AI assistants, as a mentee" in meeting.meeting(FIRST).text
    third = MEETINGS["third"]
    assert "first 20 minutes" not in meeting.beginning(third).text
    assert "Meeting 3 with <@UMENTOR>" in meeting.meeting(third).text


def test_every_time_has_both_links_and_slack_reads_them_whole() -> None:
    text = meeting.meeting(FIRST).text
    links = re.findall(r"<(https://[^|>]+)\|(\w+)>", text)
    wanted = [
        (make(one).replace("&", "&amp;"), name)
        for one in FIRST.appointments
        for make, name in ((google, "Google"), (outlook, "Outlook"))
    ]
    assert links == wanted


def test_all_of_it_fits_into_a_modal_and_into_an_answer() -> None:
    for one in MEETINGS.values():
        assert_good_message(meeting.meeting(one))
        assert_good_message(meeting.beginning(one))
        assert_good_view(notice(stacked(meeting.meeting(one), meeting.beginning(one)), meeting.TITLE))


def test_the_form_of_guides_is_taken_however_much_is_written() -> None:
    edited = {(one.key, part.value): hostile(400) for one in topics() for part in Part}
    for written in ({}, edited):
        assert_good_view(guides_modal(written))
