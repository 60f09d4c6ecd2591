"""What the views of members are given in four states: empty, typical, as long as it may be, and hostile.

Messages that are delivered have theirs in `samples`; here is what answers, forms and the Home tab show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handlers.ids import Action
from handlers.metadata import OfProfile, Prepares
from handlers.views import (
    Rendered,
    ask_first,
    direct,
    meeting,
    members,
    pair,
    parting,
    planning,
    preparation,
    profile,
    quiet,
    replies,
)
from handlers.views.home import home_view
from mentoring.ask_first import AskedFirst, SlotsForm
from mentoring.away import Away
from mentoring.calendar_links import Appointment
from mentoring.checkins import Answer, CheckInState
from mentoring.experiences import TOPICS as SO_MANY
from mentoring.messages import Intro
from mentoring.partings import Alone, Choice, Parting, Stands
from mentoring.people import ProfileDraft, Role, Standing
from mentoring.planned import PlanShown
from mentoring.preparation import CARDS
from mentoring.progress import Progress
from mentoring.working_time import WorkingTime
from program.forms import Home, MyPair, MyPairs, ProfileForm
from program.next_meeting import NextMeeting
from program.planning import WhenForm
from tests.handlers.views import test_meeting as meetings
from tests.handlers.views import test_own_place as places
from tests.handlers.views import test_replies as answers
from tests.handlers.views.lead_states import States, beside, states
from tests.handlers.views.samples import (
    LARGEST,
    SMALLEST,
    WHEN,
    a_pair,
    a_program,
    a_prompt,
    a_status,
    hostile,
    ids,
)
from tests.handlers.views.test_forms import FULL_PROFILE, TOPICS

TODAY = date(2026, 12, 1)
WORK = WorkingTime("America/Argentina/Buenos_Aires", (0, 24 * 60), tuple(range(7)))
NUMBER = 2**31 - 1
"""The largest number of a pair."""

ASKED = next(one for one in LARGEST if isinstance(one, AskedFirst))


def slots(mentors: int, times: int) -> SlotsForm:
    offered = tuple(WHEN + timedelta(days=day) for day in range(times))
    return SlotsForm(NUMBER, ids(mentors), offered, WHEN, WHEN + timedelta(days=31), WORK)


def alone(fill: str, choice: Choice | None = None, stands: Stands = Stands.CLOSED) -> Alone:
    return Alone(NUMBER, "U0000000001", stands, choice, mine=True, partner_name=fill)


def running(number: int, name: str) -> tuple[MyPair, ...]:
    return tuple(MyPair(NUMBER - at, one, name) for at, one in enumerate(ids(number)))


def why(reason: str, leads: bool = False) -> Parting:
    return Parting(NUMBER, "U0000000001", WHEN, reason, leads)


def draft(fill: str) -> ProfileDraft:
    """A profile with as much in it as there may be."""
    words = [f"{index}{fill * 58}"[:60] for index in range(10, 30)]
    languages = [f"{index}{fill * 78}"[:80] for index in range(10, 20)]
    full = replace(FULL_PROFILE, role=Role.BOTH, shares=words, wants=words, languages=languages)
    return replace(full, department=(fill * 80)[:80], opens=list(TOPICS), asks=list(TOPICS))


def form(fill: str | None, name: str, enrolled: bool = True, topics: int = 2) -> ProfileForm:
    offered = tuple(f"{number}{(fill or 't') * 70}"[:70] for number in range(10, 10 + topics))
    given = ProfileDraft() if fill is None else draft(fill)
    return ProfileForm(a_program(name=name), given, enrolled, experiences=offered, cycle_number=99)


def next_meeting(fill: str, appointments: int, pairs: int) -> NextMeeting:
    """What there is for a meeting, with as much of everything as there may be."""
    those = tuple(a_pair(mentor_id=one, id=NUMBER - at) for at, one in enumerate(ids(pairs)))
    return replace(
        meetings.FIRST,
        program=(fill * 80)[:80],
        pairs=those,
        progress=Progress(98, 99),
        planned=PlanShown(WHEN, "U0000000001", "America/Argentina/Buenos_Aires")
        if appointments == 1
        else None,
        appointments=tuple(
            Appointment("1", (fill * 80)[:80], (fill * 80)[:80], WHEN + timedelta(days=day))
            for day in range(appointments)
        ),
        guides=(replace(meetings.FIRST.guides[0], lines=((fill * 400)[:400],) * 4),) * pairs,
        starters=((fill * 250)[:250],) * 3,
        signed=ids(pairs),
    )


MEETINGS = states(
    replace(meetings.FIRST, appointments=(), guides=(), starters=(), signs=False, plan=None),
    meetings.FIRST,
    next_meeting("m", 3, 3),
    next_meeting(hostile(80), 1, 3),
)
ALONE = states(
    alone(""),
    alone("May Example", Choice.NEW),
    alone("n" * 80, Choice.REST, Stands.AWAY),
    alone(hostile(80), stands=Stands.AWAY),
)
REASONS = states(why(""), why("We never found a time."), why("r" * 500, True), why(hostile(500), True))
NOBODY = places.CALM
WAYS_ALONE = MyPairs(
    running(10, hostile(80)),
    tuple(replace(alone(hostile(80)), pair_id=NUMBER - at) for at in range(10)),
)
STATUSES = states(
    a_status(),
    a_status(
        shares=("AI tools",), partners=(("U0000000001", "mentor"),), progress={"U0000000001": Progress(3, 6)}
    ),
    replace(answers.FULL_STATUS, program="R" * 80, shares=("s" * 60,) * 20, wants=("w" * 60,) * 20),
    answers.FULL_STATUS,
)


def home(status: Any, place: Any, pairs: MyPairs, asked: int = 0) -> Home:
    """A member's Home; `asked` check-ins and questions before an introduction wait on it."""
    prompt = replace(a_prompt(CheckInState.ANSWERED, Answer.PLANNED), partner_name=hostile(80))
    return Home(
        a_program(name=status.program),
        status,
        (prompt,) * asked,
        None,
        False,
        (answers.A_CALL,) * asked,
        pairs,
        (ASKED,) * min(asked, 3),
        place,
    )


VIEWS: Mapping[Callable[..., Rendered | dict[str, Any]], States] = {
    ask_first.slots_modal: states(slots(1, 0), slots(1, 2), slots(3, 3), slots(3, 3)),
    direct.opens: States(
        ("Open the form", Action.JOIN),
        ("Open the form", Action.JOIN, "AI tools"),
        ("Open the form", Action.JOIN, "w" * 2000),
        ("Open the form", Action.JOIN, hostile(4000)),
    ),
    direct.not_understood: States((False, None), (True, "status"), (True, "partner"), (False, "join")),
    direct.came_late: states("", "pause until Friday", "w" * 4000, hostile(4000)),
    direct.before_help: states((), (a_prompt(),), (a_prompt(),) * 10, (a_prompt(over=True),)),
    direct.whom_to_ask: States(((), False), (ids(2), True), (ids(10), True), (ids(10), False)),
    home_view: states(
        home(a_status(), NOBODY, MyPairs()),
        home(a_status(), places.BUSY, places.WAYS),
        home(replace(answers.FULL_STATUS, standing="active"), places.LONGEST, WAYS_ALONE, 5),
        home(answers.FULL_STATUS, places.LONGEST, WAYS_ALONE, 2),
    ),
    meeting.meeting: beside(MEETINGS, states(False, True, True, True)),
    meeting.beginning: MEETINGS,
    meeting.sent: states(False, True, True, True),
    meeting.not_allowed: states("", "missing_scope", "e" * 200, hostile(200)),
    meeting.agreed: states((), ids(1), ids(10), ids(10)),
    members.gone: states("R", "Learning upwards", "R" * 80, hostile(80)),
    pair.intro: states(
        next(one for one in SMALLEST if isinstance(one, Intro)),
        meetings.INTRO,
        *(next(one for one in LARGEST if isinstance(one, Intro)),) * 2,
    ),
    parting.my_pairs: States(
        (MyPairs(),),
        (MyPairs(running(1, "May Example")),),
        (MyPairs(running(10, "n" * 80), (alone("n" * 80),) * 10), "Which pair do you mean?"),
        (WAYS_ALONE, "Which pair do you mean?"),
    ),
    parting.end_question: states(
        running(1, ""), running(2, "May Example"), running(10, "n" * 80), running(10, hostile(80))
    ),
    parting.ended: ALONE,
    parting.chosen: ALONE,
    parting.why_modal: REASONS,
    parting.why_kept: REASONS,
    planning.when_modal: states(
        WhenForm(1, "U0000000001", WHEN),
        WhenForm(12, "U0000000001", WHEN, "U0000000002"),
        *(WhenForm(NUMBER, "U0000000001", WHEN, "U0000000002"),) * 2,
    ),
    planning.kept: States(
        ("U0000000001", WHEN, "UTC"),
        ("U0000000001", WHEN, "Europe/Lisbon"),
        *(("U0000000001", WHEN, "America/Argentina/Buenos_Aires"),) * 2,
    ),
    planning.not_read: States(
        ("", False, False), ("Friday", True, False), ("t" * 4000, False, True), (hostile(4000), True, True)
    ),
    planning.which: States(
        ((a_pair(),), "UMENTEE", ""),
        ((a_pair(), a_pair(id=13, mentor_id="UOTHER")), "UMENTEE", "Friday 15:00"),
        (
            tuple(a_pair(id=NUMBER - at, mentor_id=one) for at, one in enumerate(ids(10))),
            "UMENTEE",
            "t" * 4000,
        ),
        (
            tuple(a_pair(id=NUMBER - at, mentor_id=one) for at, one in enumerate(ids(10))),
            "UMENTEE",
            hostile(4000),
        ),
    ),
    preparation.preparation_modal: states(
        Prepares(Role.SHARE),
        Prepares(Role.LEARN, 2, True),
        Prepares(Role.BOTH, len(CARDS[Role.BOTH]) - 1),
        Prepares(Role.SHARE, NUMBER, True),
    ),
    profile.profile_modal: States(
        (form(None, "R", enrolled=False, topics=0),),
        (form("s", "Learning upwards"), OfProfile(True)),
        (form("s", "R" * 80, topics=SO_MANY[-1]), OfProfile(True), (), ("t" * 500,) * 3),
        (form(hostile(80), hostile(80), topics=SO_MANY[-1]), OfProfile(True), (), (hostile(500),) * 3),
    ),
    quiet.less_modal: States((1, None), (2, Away(TODAY, TODAY)), (4, Away(TODAY, TODAY)), (3, None)),
    quiet.kept: States(
        (1, None, TODAY),
        (2, Away(TODAY, TODAY), TODAY),
        *((4, Away(TODAY + timedelta(days=9), TODAY + timedelta(days=92)), TODAY),) * 2,
    ),
    replies.status: STATUSES,
    replies.paused: states(None, TODAY, TODAY, TODAY),
    replies.came_back: States(
        (Standing.ACTIVE, ()),
        (Standing.ACTIVE, ids(1)),
        (Standing.PAUSED, ids(10)),
        (Standing.ACTIVE, ids(10)),
    ),
}

ALWAYS_THE_SAME: Mapping[Callable[..., Rendered | dict[str, Any]], tuple[Any, ...]] = {
    meeting.how_to_begin: (),
    meeting.sending: (),
    meeting.no_time: (),
    meeting.too_many: (),
    meeting.unsure: (),
    preparation.finished: (),
    replies.stayed_out: (),
    replies.left: (),
    replies.leave_question: (),
    replies.greeting: (),
}
"""What says the same whoever reads it."""
