"""Every message in its smallest and its largest legal form, and strategies for all that lies between."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from mentoring.ask_first import AskedFirst, AsksWait, Stand, WaitingPair
from mentoring.at_risk import Reason
from mentoring.cadence import Weekly
from mentoring.care import IntroCase, IntroQuestion, Nudge, PairRests, PartnersRest, Paused, Pauses, Stuck
from mentoring.checkins import Answer, CheckIn, CheckInState
from mentoring.cycles import LeftOut, StillAlone
from mentoring.digest import Digest, Figures, Phase
from mentoring.for_leads import HelpAlert, IntroTime, Misfit, PairCard, PairCards, Side, Summary
from mentoring.greeting import Dates, LeadsWelcome, SetUpTrouble
from mentoring.invitations import MAX_WORDS, Invite
from mentoring.matching import Act, Broken, Case, Help, Helps, Rule, Stop, Taught, Teaches, Wish
from mentoring.messages import (
    Back,
    CheckInPrompt,
    CheckInQuestions,
    Content,
    Heard,
    Intro,
    Kind,
    NoPartner,
    PairClosed,
    PairGoesOn,
    SharedHours,
    SilencePause,
    Thanks,
    Welcome,
)
from mentoring.outcomes.published import CycleReport
from mentoring.pacts import Unsigned
from mentoring.pairings import Pair, PairState
from mentoring.partings import Alone, Choice, PartedWhy, PauseOver, Stands
from mentoring.people import Role, Standing
from mentoring.policy import ByItself, Policy, Way
from mentoring.programs import Calendar, Program
from mentoring.progress import Progress
from mentoring.readiness import GetReady, Lack, NextCycle
from mentoring.troubles import (
    ChannelTrouble,
    DeliveryTrouble,
    ManyUnconfirmed,
    NoLead,
    RefusedPair,
    Unconfirmed,
)
from program.forms import Status
from tests.handlers.views import report_samples

TWO_LEADS = Heard(("U8", "U9"))
TEACHES = Teaches((Taught("AI tools", (Wish("AI tools", 1),)),))
WHEN = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
BIDI = "\u202e\u2066\u200f\u200b\x07"
HOSTILE = f"<!channel> & <@U1|x> <https://example.org|here> <!date^1^{{date}}|now> {BIDI}*_`~>"


DATES = Dates(1, WHEN, WHEN, WHEN, WHEN, "America/Argentina/Buenos_Aires", 5)
SHORT = replace(DATES, short=True)


def hostile(limit: int) -> str:
    """As much hostile text as is legal somewhere."""
    return (HOSTILE * limit)[:limit]


def ids(number: int, start: int = 1) -> tuple[str, ...]:
    """So many user ids, as long as Slack makes them."""
    return tuple(f"U{index:010d}" for index in range(start, start + number))


def a_pair(state: PairState = PairState.PROPOSED, **changes: Any) -> Pair:
    """A pair with short reasons."""
    facts: dict[str, Any] = {"id": 12, "mentor_id": "UMENTOR", "reasons": (TEACHES,), "topics": ("AI tools",)}
    facts |= {"program_id": 1, "cycle_id": 3, "mentee_id": "UMENTEE", "state": state, "score": 900}
    return Pair(**(facts | changes))


def a_card(pair: Pair | None = None, introduced: bool = False) -> PairCard:
    """A card of a pair."""
    mentor = Side("UMENTOR", "Associate", "Design", "Europe/Lisbon")
    mentee = Side("UMENTEE", "Director", "Finance", "America/New_York")
    return PairCard(pair or a_pair(), mentor, mentee, WHEN, introduced)


def a_checkin(state: CheckInState = CheckInState.ASKED, answer: Answer | None = None) -> CheckIn:
    """A check-in of one week."""
    return CheckIn(5, 12, "UMENTOR", "2026-W49", state, answer=answer)


def a_prompt(
    state: CheckInState = CheckInState.ASKED,
    answer: Answer | None = None,
    *,
    again: bool = False,
    opener: str | None = None,
    over: bool = False,
    heard: Heard = TWO_LEADS,
) -> CheckInPrompt:
    """A check-in as it is shown."""
    return CheckInPrompt(a_checkin(state, answer), "UMENTEE", again, opener, over, heard=heard)


def asked(*prompts: CheckInPrompt, again: bool = False) -> CheckInQuestions:
    """A check-in about these pairs."""
    return CheckInQuestions(prompts, again)


def a_summary(**changes: Any) -> Summary:
    """A summary of a small cycle; three pairs wait."""
    facts: dict[str, Any] = {
        "program": "Reverse mentoring",
        "cycle_id": 3,
        "cycle_number": 1,
        "intro_at": WHEN,
        "introduced": False,
        "over": False,
        "asked_by": None,
        "proposed": 3,
        "approved": 0,
        "declined": 0,
        "withdrawn": 0,
        "left_out": StillAlone(),
        "held": (),
        "cards_posted": True,
    }
    return Summary(**(facts | changes))


def a_status(**changes: Any) -> Status:
    """The status of somebody who takes part and has no partner."""
    facts: dict[str, Any] = {
        "program": "Reverse mentoring",
        "standing": "active",
        "role": Role.BOTH,
        "paused_until": None,
        "shares": (),
        "wants": (),
        "has_level": True,
        "partners": (),
        "next_intro": WHEN,
    }
    return Status(**(facts | changes))


PHASE = Phase(2, date(2027, 1, 31), 3, False, date(2027, 1, 28), date(2027, 2, 2))
EVERY_FIGURE = Figures(
    **dict.fromkeys(
        ("members", "running", "arriving", "apart", "met", "planned", "paused", "paused_in_pairs", "help"),
        99_999,
    ),
    **dict.fromkeys(("alone", "ended", "waiting", "approved", "held", "at_risk"), 99_999),
    cycle=99,
    risks=dict.fromkeys(Reason, 99_999),
)


def a_stand(**figures: Any) -> Digest:
    """How a small program stands; without figures, it has nobody and nothing."""
    return Digest("Reverse mentoring", date(2027, 1, 11), Figures(**figures), PHASE)


def a_program(**changes: Any) -> Program:
    """A program with one lead."""
    calendar = Calendar("Europe/Lisbon", 12, date(2026, 12, 1), Weekly(1, 600), Weekly(2, 600))
    return Program(1, "T1", changes.pop("name", "Reverse mentoring"), ("U9",), "C1", calendar, **changes)


SMALLEST: list[Content] = [
    Welcome("R", Role.SHARE, True, WHEN, "UTC", ()),
    a_summary(proposed=0),
    a_card(a_pair(reasons=(), topics=())),
    PairCards((a_card(a_pair(reasons=(), topics=())),) * 2),
    IntroTime("R", 1, 0, 0, 0, 0),
    Intro("R", a_pair(reasons=(), topics=()), (), (), ""),
    NoPartner("R", 1, WHEN, True),
    asked(a_prompt()),
    HelpAlert("R", "U1", "U2", 12, WHEN),
    SilencePause("R", Standing.ACTIVE, False),
    PairClosed("R", "U2"),
    Thanks("R", a_pair(), 1, WHEN),
    Unconfirmed("7", "a message", (), None),
    ChannelTrouble("R", "C1", "", "C1"),
    DeliveryTrouble("R", "missing_scope", waits=True),
    NoLead("R", ()),
    Stuck("R", 1, "U1", "U2", False),
    PartnersRest("R", ()),
    Nudge("R", (), ""),
    Pauses("R", "2026-W11", ()),
    Back("R", True, Standing.ACTIVE),
    PairGoesOn("R", "U2", False),
    PairRests("R", "U2", date(2026, 12, 1), False),
    ManyUnconfirmed("R", "7", 1, ()),
    IntroCase("R", 1, "U1", "U2", 7),
    IntroQuestion("R", "U2", 7),
    LeadsWelcome("R", None),
    SetUpTrouble("R", "C1", ""),
    Invite("R", 0, "", "U1", None, ()),
    GetReady("R", (), (), None),
    NextCycle("R", 1, WHEN, None, True, False),
    AskedFirst("R", (a_pair(reasons=(), topics=()),), Stand.OVER, WHEN, False),
    AsksWait("R", 1, (), True),
    Unsigned("R", 12, ("U1", "U2")),
    a_stand(),
    CycleReport("R", report_samples.EMPTY),
    PauseOver("R", True),
    PartedWhy("R", 1, "U1", "U2", None),
    Misfit("R", a_pair(), ()),
]

_MANY = tuple(
    Unconfirmed(str(100_000 + number), hostile(300), ids(10), None, "C0000000001", kind)
    for number in range(10)
    for kind in Kind
)
_SKILLS = tuple(f"{index}{hostile(58)}" for index in range(10, 30))
_PAIR = a_pair(
    PairState.DECLINED,
    reasons=tuple(hostile(300) for _ in range(8)),
    topics=_SKILLS,
    decided_by="U0000000001",
    decided_at=WHEN,
    note=hostile(500),
)
_POLICY = Policy(80, 14)
_SIDES = [
    Side(person, hostile(75), hostile(80), "America/Argentina/Buenos_Aires", hostile(80)) for person in ids(2)
]
_LARGE_CARDS = tuple(
    PairCard(
        replace(_PAIR, id=2_147_483_640 + place, state=PairState.PROPOSED, held_by=held),
        _SIDES[0],
        _SIDES[1],
        WHEN,
        True,
        (hostile(300),),
        None if held else ByItself(Way.SILENCE, 14, WHEN),
        _POLICY,
    )
    for place, held in enumerate((None, "U0000000001"))
)
_LEFT = tuple(LeftOut(person, "mentee", hostile(400), hostile(300)) for person in ids(60, start=100))

LARGEST: list[Content] = [
    Welcome(
        hostile(80),
        Role.BOTH,
        False,
        WHEN,
        "America/Argentina/Buenos_Aires",
        ids(10),
        sponsor="U0000000001",
        junior_champion="U0000000002",
        prepared=False,
    ),
    a_summary(
        program=hostile(80),
        asked_by="U0000000001",
        **dict.fromkeys(("proposed", "approved", "declined", "withdrawn"), 99_999),
        left_out=StillAlone.of(_LEFT),
        held=ids(60),
        cards_posted=False,
    ),
    PairCard(
        _PAIR,
        Side("U0000000001", hostile(75), hostile(80), "America/Argentina/Buenos_Aires"),
        Side("U0000000002", hostile(75), hostile(80), "America/Argentina/Buenos_Aires"),
        WHEN,
        True,
        together=(_PAIR, _PAIR),
    ),
    PairCards(tuple(_LARGE_CARDS[number % len(_LARGE_CARDS)] for number in range(5))),
    IntroTime(hostile(80), 1, 99_999, 9_999, 99_999, 99_999),
    Intro(
        hostile(80),
        _PAIR,
        tuple(hostile(250) for _ in range(6)),
        (SharedHours("U1", "America/Argentina/Buenos_Aires", 600, 1440), SharedHours("U2", "UTC", 0, 1)),
        "Wednesday at 10:00",
        others=(_PAIR, _PAIR),
        talked=ids(2),
        left=ids(2),
        moved=ids(2),
        times=(WHEN,) * 3,
        time_zone="America/Argentina/Buenos_Aires",
        signs=True,
        signed=ids(2),
        experiences=(hostile(70),) * 3,
    ),
    NoPartner(hostile(80), 99, WHEN, False),
    asked(
        *(
            replace(
                a_prompt(state, answer, opener=opener, heard=Heard(ids(60), False)),
                stuck=Heard(ids(60)),
                partner_name=hostile(80),
                together=ids(2),
            )
            for state, answer, opener in (
                (CheckInState.ANSWERED, Answer.NOT_YET, hostile(900)),
                *[(CheckInState.ASKED, None, None)] * 4,
            )
        )
    ),
    HelpAlert(
        hostile(80),
        "U0000000001",
        "U0000000002",
        123_456,
        WHEN,
        Answer.PLANNED,
        ids(60),
        True,
        number=123_456,
        later_at=WHEN,
        owner="U0000000003",
        taken_at=WHEN,
        waits=True,
        over=True,
        together=ids(2),
    ),
    SilencePause(hostile(80), Standing.PAUSED, True, ids(5)),
    PairClosed(hostile(80), "U0000000001", together=ids(3), mate=True),
    Thanks(hostile(80), _PAIR, 99, WHEN, (_PAIR, _PAIR)),
    Unconfirmed("a" * 36, hostile(300), ids(10), None),
    ChannelTrouble(hostile(80), "C0000000001", "shared", "C0000000001"),
    DeliveryTrouble(
        hostile(80),
        "slack_connect_file_upload_sharing_blocked",
        waits=False,
        pairs=tuple(RefusedPair(number, "U0000000001", "U0000000002") for number in range(100_000, 100_060)),
        people=ids(60),
        others=("the summary of proposed pairs", "the card of a proposed pair", "a pair's closing message"),
    ),
    NoLead(hostile(80), (), ids(60)),
    Stuck(hostile(80), 123_456, "U0000000001", "U0000000002", True),
    PartnersRest(
        hostile(80),
        ids(10),
        (),
        ids(2),
        tuple(
            Alone(123_456 + n, one, Stands.AWAY, Choice.REST, partner_name=hostile(80))
            for n, one in enumerate(ids(10))
        ),
    ),
    Nudge(hostile(80), ids(5), hostile(250)),
    Pauses(hostile(80), "2026-W11", tuple(Paused(one, ids(5)) for one in ids(60))),
    Back(hostile(80), False, Standing.PAUSED, ids(10)),
    PairGoesOn(hostile(80), "U0000000001", True, True),
    PairRests(hostile(80), "U0000000001", date(2026, 12, 1), False),
    ManyUnconfirmed(hostile(80), "123456", 123_456, _MANY, 99, ids(60)),
    IntroCase(hostile(80), 123_456, "U0000000001", "U0000000002", 123_456, "", asked=True, others=ids(2)),
    IntroQuestion(hostile(80), "U0000000001", 123_456, others=ids(2)),
    LeadsWelcome(hostile(80), SHORT),
    SetUpTrouble(hostile(80), "C0000000001", "slack_connect_file_upload_sharing_blocked"),
    Invite(hostile(80), 123_456, hostile(MAX_WORDS), "U0000000001", WHEN, ids(10), True),
    GetReady(hostile(80), tuple(Lack), ids(10), WHEN),
    NextCycle(hostile(80), 9_999, WHEN, None, True, False),
    AskedFirst(
        hostile(80),
        tuple(a_pair(id=123_456 + n, reasons=tuple(hostile(300) for _ in range(8))) for n in range(3)),
        Stand.OPEN,
        WHEN,
        False,
        again=True,
        slots=(WHEN,) * 3,
        together=ids(3),
    ),
    AsksWait(hostile(80), 9_999, tuple(WaitingPair(a_pair(id=1_000 + n), True) for n in range(60)), False),
    Unsigned(hostile(80), 2_147_483_647, ids(4), ids(3)),
    Digest(hostile(80), date(2027, 1, 11), EVERY_FIGURE, replace(PHASE, proposed=True)),
    CycleReport(hostile(80), report_samples.LARGEST),
    PauseOver(hostile(80), True, ids(5), ids(5, 6)),
    PartedWhy(hostile(80), 123_456, "U0000000001", "U0000000002", hostile(500)),
    Misfit(
        hostile(80),
        a_pair(id=123_456),
        (
            Broken(Rule.GUEST, Case.BOTH),
            Broken(Rule.LEVEL, Case.TOO_FAR, 12, 3),
            Broken(Rule.HOURS, Case.TOO_LITTLE, 5, 120),
            Broken(Rule.LANGUAGE),
            Broken(Rule.DEPARTMENT, Case.UNKNOWN),
        ),
    ),
]

CONTENT_TYPES = get_args(Content)

_IDS = st.text("0123456789ABCDEFGHJKLMNPQRSTVWXYZ", min_size=8, max_size=10).map(lambda text: "U" + text)
_TEXTS = st.lists(
    st.sampled_from(["<!channel>", "<@U1|x>", "&amp;", BIDI, "a", " ", "\n", "é", "👩‍💻", "|"])
).map("".join) | st.text(max_size=400)
_ZONES = st.sampled_from(["UTC", "Europe/Lisbon", "America/Argentina/Buenos_Aires", "Asia/Kathmandu"])
_NAMED: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("person_id", "partner_id", "mentor_id", "mentee_id", "row_id"), _IDS),
    **dict.fromkeys(
        ("asked_by", "decided_by", "held_by", "ended_by", "sponsor", "junior_champion"), st.none() | _IDS
    ),
    "by_rule": st.sampled_from((None, "fit 80", "days 3")),
    **dict.fromkeys(("by", "owner", "done_by", "said_by"), st.just("") | _IDS),
    # A picker takes ten digits.
    "at": st.integers(10**9, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    **dict.fromkeys(
        (
            "leads",
            "people",
            "told",
            "partners",
            "instead",
            "moved",
            "gone_to",
            "talked",
            "left",
            "resting",
            "signed",
        ),
        st.lists(_IDS, max_size=10).map(tuple),
    ),
    "held": st.lists(_IDS, max_size=60).map(tuple),
    **dict.fromkeys(("time_zone", "zone"), _ZONES),
    "who": st.sampled_from((None, "mentor", "mentee")),
    "error": st.sampled_from(("user_is_restricted", "missing_scope")) | _TEXTS,
    **dict.fromkeys(("channel", "chosen"), _IDS.map(lambda text: "C" + text)),
    "starts": st.integers(0, 2880),
    "ends": st.integers(0, 2880),
    "figures": st.sampled_from((Figures(), EVERY_FIGURE)),
}
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXTS,
    int: st.integers(0, 10**6),
    bool: st.booleans(),
    Progress: st.builds(Progress, st.integers(0, 99), st.none() | st.integers(1, 52)),
    date: st.dates(),
    datetime: st.integers(0, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    type(None): st.none(),
    # Not every combination of what these are made of says something.
    Broken: st.sampled_from([Broken(Rule.AWAY, Case.BOTH), Broken(Rule.HOURS, Case.TOO_LITTLE, 45, 120)]),
    Stop: st.sampled_from([Stop("mentor", Rule.LEVEL), Stop("mentee", Rule.FULL, ((Rule.SKILL, 1_000),))]),
    CycleReport: st.builds(CycleReport, _TEXTS, report_samples.any_report(_TEXTS)),
    Helps: _TEXTS.map(lambda skill: Helps("mentee", (Help(Act.NEW_PARTNER, skill, 1, waiting=3),))),
}


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type of content, hostile text in each of its texts."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind is CheckInQuestions:
        prompts = st.lists(anything(CheckInPrompt), min_size=1, max_size=5).map(tuple)
        return st.builds(CheckInQuestions, prompts, st.booleans())
    if kind is PairCards:
        return st.builds(PairCards, st.lists(anything(PairCard), min_size=1, max_size=5).map(tuple))
    if kind is Pauses:
        people = st.lists(anything(Paused), max_size=12).map(tuple)
        return st.builds(Pauses, anything(str), st.just("2026-W11"), people)
    if get_origin(kind) is tuple:
        return st.lists(anything(get_args(kind)[0]), max_size=12).map(tuple)
    if get_args(kind):
        return st.one_of([anything(one) for one in get_args(kind)])
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        names = [one.name for one in fields(kind)]
        parts = {name: _NAMED[name] if name in _NAMED else anything(hints[name]) for name in names}
        parts |= {
            name: st.lists(anything(Pair) if get_args(hints[name])[0] is Pair else _IDS, max_size=3).map(
                tuple
            )
            for name in ("others", "together")
            if name in hints and kind is not DeliveryTrouble
        }
        return st.builds(kind, **parts)
    return st.sampled_from(list(kind))
