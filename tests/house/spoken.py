"""Everything that the product can say, as sentences: from screens, from code, and from documents."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

from bot import manifest
from handlers import wording
from handlers.ids import Action, ProfileField, Word
from handlers.metadata import Invites, OfProfile, Prepares
from handlers.views import Rendered, all_at_once, direct, hr, render, slack_fields
from handlers.views import planning as planning_views
from handlers.views import quiet as quiet_views
from handlers.views.ask_first import slots_modal
from handlers.views.cards import brief, standing
from handlers.views.closing import close_modal
from handlers.views.decline import decline_modal
from handlers.views.greeting import saved
from handlers.views.help import SECTIONS, help_text, section_help
from handlers.views.home import home_view
from handlers.views.inviting import invite_modal, preview_modal
from handlers.views.options import skill_options
from handlers.views.parts import rendered, say
from handlers.views.planning import when_modal
from handlers.views.preparation import finished, preparation_modal
from handlers.views.profile import profile_modal
from handlers.views.quiet import less_modal
from handlers.views.replies import already_decided, came_back, matched, pending, status
from handlers.views.replies import sentence as replies_sentence
from handlers.views.review import review_modal
from handlers.views.setup import setup_modal
from handlers.views.slack_fields import fields_modal
from handlers.views.troubles import unfit
from handlers.views.unmatched import unmatched_modal
from handlers.views.vocabulary import kept_apart, taken_in, taken_out, word_list
from handlers.views.why_not import why_not_modal
from mentoring import errors
from mentoring.ask_first import AfterNo, AskedFirst, AsksWait, SlotsForm, Stand, WaitingPair
from mentoring.away import Away
from mentoring.care import IntroCase, IntroQuestion, Nudge, PairRests, PartnersRest, Paused, Pauses, Stuck
from mentoring.channels import Trouble
from mentoring.checkins import Answer, CheckInState
from mentoring.cycles import LeftOut, StillAlone, Unserved, Why
from mentoring.for_leads import HelpAlert, IntroTime, PairCard, PairCards
from mentoring.greeting import LeadsWelcome, SetUpTrouble
from mentoring.hr import Fact, Meaning, SlackField
from mentoring.hr import Verdict as Whose
from mentoring.invitations import Invitation, Invite
from mentoring.matching import Broken, Rule
from mentoring.messages import (
    Back,
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
from mentoring.own_words import OwnWord, Verdict
from mentoring.pacts import Unsigned
from mentoring.pairings import Because, Cause, PairState
from mentoring.people import Member, Person, Profile, ProfileDraft, Role, Standing
from mentoring.planned import PlanShown
from mentoring.policy import ByItself, Policy, Way
from mentoring.programs import ProgramDraft, RuleSettings
from mentoring.progress import Progress
from mentoring.readiness import GetReady, Lack, NextCycle
from mentoring.reflections import Reflection
from mentoring.troubles import (
    ChannelTrouble,
    DeliveryTrouble,
    ManyUnconfirmed,
    NoLead,
    RefusedPair,
    Unconfirmed,
)
from mentoring.working_time import WorkingTime
from program.approving_all import ApprovedAll, Left
from program.forms import (
    AllAtOnce,
    Difference,
    Differences,
    Home,
    LeadView,
    Matched,
    MergedWord,
    MyPairs,
    OwnWords,
    ProfileForm,
    ReviewPage,
    Ruled,
    SetupForm,
    Sieve,
)
from program.planning import WhenForm
from tests.handlers.views import report_samples
from tests.handlers.views import test_pairing as pairing
from tests.handlers.views import test_parting as ways_out
from tests.handlers.views.checks import buttons, texts
from tests.handlers.views.samples import (
    DATES,
    EVERY_FIGURE,
    LARGEST,
    SHORT,
    SMALLEST,
    WHEN,
    a_card,
    a_pair,
    a_program,
    a_prompt,
    a_stand,
    a_status,
    a_summary,
    asked,
)
from tests.handlers.views.test_own_place import OWN_PLACES
from tests.handlers.views.test_readiness import ANSWERS as READY_ANSWERS
from tests.handlers.views.test_replies import ANSWERS
from tests.handlers.views.test_reporting import ANSWERS as REPORT_ANSWERS
from tests.handlers.views.test_rules import ANSWERS as RULE_ANSWERS
from tests.handlers.views.test_rules import WINDOWS as RULE_WINDOWS
from tests.handlers.views.test_unmatched import UNMATCHED
from tests.house.sources import ROOT, modules, shown

SPEAKING = ("handlers", "mentoring", "program")
DOCUMENTS = ("README.md", "SECURITY.md", "manifest.yml")

_LEADS = ("U8", "U9")
_YES_NO = (False, True)
_FIELD = re.compile(r"(?<!\{)\{\w+(?::[^}]*)?\}")
"""What is put into a sentence by name."""
_SHOWN_AS_NAMES = re.compile(r"<[@#!][^>]*>")
_ENDS = re.compile(r"(?<=[.?!:…])\s+(?=[“`@…A-Z])|\n+")
_REST = re.compile(r"^[•\s]+|[*`_]")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, with a `…` for each name and date, and without what only styles it."""
    for one in _ENDS.split(_SHOWN_AS_NAMES.sub("…", text)):
        if told := " ".join(_REST.sub("", html.unescape(one)).split()):
            yield told


def on_screens() -> set[str]:
    """Every sentence that is on some screen: messages and their alternatives, forms, answers, Home."""
    return {told for text in (*_messages(), *_views(), *_answers()) for told in sentences(text)}


def in_documents() -> set[str]:
    """Every sentence of the documents that promise something, and of the words that Slack shows about the app."""
    said = dict(manifest.load())["display_information"]
    texts_ = [*map(str, said.values()), *(_text((ROOT / name).read_text(), name) for name in DOCUMENTS)]
    return {told for text in texts_ for cell in text.split("|") for told in sentences(cell)}


def _text(text: str, name: str) -> str:
    """The prose of a document, or the comments of a manifest, with line breaks only where paragraphs or items begin."""
    if name.endswith(".yml"):
        text = "\n".join(one.strip() if one.strip().startswith("#") else "" for one in text.splitlines())
        text = re.sub(r"^# ?", "", text, flags=re.MULTILINE)
    return re.sub(r"(?<!\n)\n(?![\n|#\-*]|\d\.)", " ", text)


@cache
def in_code() -> dict[str, str]:
    """Every piece of a sentence that stands in code, with the file it stands in; `…` for what is put in later."""
    return {
        told: shown(path)
        for path in modules(*SPEAKING)
        for text in _literals(ast.parse(path.read_text()))
        for told in sentences(text)
    }


def _literals(tree: ast.AST) -> Iterator[str]:
    """Texts in code that are no docstrings."""
    about = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            about |= {id(part) for part in node.values}
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about:
            yield _FIELD.sub("…", node.value)


def _messages() -> Iterator[str]:
    for content in contents():
        yield from _both(render(content))


def contents() -> Iterator[Content]:
    """All that messages show, in every state in which they look different."""
    yield from (*SMALLEST, *LARGEST, *_states())


def _both(message: Rendered) -> Iterator[str]:
    yield message.text
    yield from _inside(message.blocks)


def _inside(value: Any) -> Iterator[str]:
    yield from (one["text"] for one in texts(value))
    yield from (button.get("accessibility_label", "") for button in buttons(value).values())


def _states() -> Iterator[Content]:
    """Contents in every state in which they say something else."""
    for role, level, left in product(Role, _YES_NO, _YES_NO):
        yield Welcome("R", role, level, WHEN, "UTC", _LEADS, left)
        yield Welcome("R", role, level, None, "UTC", _LEADS, left)
        yield Welcome("R", role, level, WHEN, "UTC", _LEADS, left, prepared=False)
    yield from _prompts()
    yield from _about_pairs()
    yield from _about_groups()
    yield from _cards()
    for standing_, silent, partners in product(Standing, _YES_NO, ((), ("U1",), ("U1", "U2"))):
        yield SilencePause("R", standing_, silent, partners)
    for standing_, asks, partners in product((None, *Standing), _YES_NO, ((), ("U1",), _LEADS)):
        yield Back("R", asks, standing_, partners)
    for flag in _YES_NO:
        yield PairClosed("R", "U2", flag)
        yield PairGoesOn("R", "U2", flag)
        yield PairRests("R", "U2", WHEN.date(), flag)
        yield PairRests("R", "U2", None, flag)
        yield Intro("R", a_pair(), ("Begin.",), (SharedHours("U1", "UTC", 0, 60),), "Monday", flag)
        yield Intro("R", a_pair(), (), (), "Monday", flag, experiences=("My way here",))
    for later, told, instead in product((None, *Answer), ((), ("U8",), _LEADS), _YES_NO):
        yield HelpAlert("R", "U1", "U2", 12, WHEN, later, told, instead, later_at=WHEN if later else None)
    yield from _calls()
    yield from _set_up()
    yield from _meetings()
    for leads in ((), ("U8",), _LEADS):
        yield NoLead("R", leads)
        yield NoLead("R", (), leads)
    yield from _alone()
    yield from _before_a_cycle()
    yield from _asked_first()
    yield from _reports()
    yield from _to_leads()
    yield from ways_out.contents()


_DATES = (None, DATES, SHORT, replace(SHORT, at_once=True), replace(SHORT, passed=True))


def _set_up() -> Iterator[Content]:
    for dates in _DATES:
        yield LeadsWelcome("R", dates)
    for why, settled in product(("", "restricted_action", *Trouble), _YES_NO):
        yield SetUpTrouble("R", "C1", why, settled)


def _calls() -> Iterator[Content]:
    """A call for help as one and as the other lead see it, in its first message and in a second one."""
    call = HelpAlert("R", "U1", "U2", 12, WHEN, told=_LEADS, number=7)
    for waits, over in product(_YES_NO, _YES_NO):
        one = replace(call, waits=waits, over=over)
        yield one
        for mine in _YES_NO:
            yield replace(one, owner="U8", taken_at=WHEN, mine=mine)
        yield replace(one, done_by="U8", done_at=WHEN)
        yield replace(one, moved=_LEADS)


def _meetings() -> Iterator[Content]:
    """An introduction and a reminder of what is signed, in each state."""
    pair, other = a_pair(), a_pair(mentor_id="UOTHER", id=13)
    for signed, times, held, others in product(
        ((), ("UMENTOR",), ("UMENTOR", "UOTHER", "UMENTEE")), ((), (WHEN,)), (0, 3), ((), (other,))
    ):
        told = Intro(
            "R", pair, ("Begin.",), (), "Monday", others=others, times=times, signs=True, signed=signed
        )
        yield replace(told, progress=Progress(held, 6))
        yield replace(told, planned=PlanShown(WHEN, "UMENTOR", "UTC"))
    for signed, over in product(((), ("U1",), ("U1", "U2")), _YES_NO):
        yield Unsigned("R", 12, ("U1", "U2"), signed, over)
    yield asked(replace(a_prompt(CheckInState.ANSWERED, Answer.MET), progress=Progress(1, 6)))


def _before_a_cycle() -> Iterator[Content]:
    for sponsor, champion in product((None, "U1"), (None, "U2")):
        yield Welcome("R", Role.BOTH, True, WHEN, "UTC", _LEADS, False, sponsor, champion)
    for is_in, takes_part, over in product((None, True, False), _YES_NO, _YES_NO):
        yield NextCycle("R", 2, WHEN, is_in, takes_part, over)
    for lacking, when in product((tuple(Lack), ()), (WHEN, None)):
        yield GetReady("R", lacking, _LEADS, when)


def _asked_first() -> Iterator[Content]:
    """The question before an introduction in each of its states, and what leads read where nobody answers."""
    one, two = a_pair(), a_pair(id=13, mentor_id="U3")
    for pairs, stand, begun, again in product(((one,), (one, two)), Stand, _YES_NO, _YES_NO):
        for after, slots in product((None, *AfterNo), ((), (WHEN,))):
            asked = AskedFirst("R", pairs, stand, WHEN, begun, again=again, after=after, slots=slots)
            yield asked
            yield replace(asked, together=("U8",))
        yield replace(asked, anew=True)
        yield replace(asked, over=True)
        yield replace(asked, met=True)
    withdrawn = replace(two, state=PairState.WITHDRAWN)
    for waits, over in product(_YES_NO, _YES_NO):
        yield AsksWait("R", 2, (WaitingPair(one, waits), WaitingPair(withdrawn, False)), over)


def _reports() -> Iterator[Content]:
    for one in report_samples.EVERY:
        yield CycleReport("R", one)


def _prompts() -> Iterator[Content]:
    everybody = (Heard(), Heard(("U8",)), Heard(_LEADS), Heard(("U8",), False), Heard(_LEADS, False))
    week = date(2026, 12, 7)
    for answer, heard, stuck in product(
        (None, *Answer), everybody, (None, Heard(), Heard(("U8",)), Heard(_LEADS))
    ):
        one = replace(a_prompt(CheckInState.ASKED, answer, heard=heard), stuck=stuck)
        yield asked(one)
        yield asked(one, replace(one, heard=Heard(_LEADS)))
        yield asked(replace(one, opener="Begin."), one)
        for change in ({"over": True}, {"passed": True}, {"again": True}, {"week_of": week}):
            yield asked(replace(one, **change))
        for resting in (("UMENTOR",), ("UMENTEE",)):
            yield asked(replace(one, resting=resting))
    yield from _plans()


def _plans() -> Iterator[Content]:
    """Questions before and after a meeting that is planned, and how one was."""
    for answer, by, after, again in product((None, *Answer), ("UMENTOR", "UMENTEE"), _YES_NO, _YES_NO):
        one = replace(
            a_prompt(CheckInState.ASKED, answer, again=again), plan=PlanShown(WHEN, by, "UTC"), after=after
        )
        yield asked(one, again=again)
        yield asked(one, one, again=again)
    for choice in (None, *Reflection):
        met = replace(a_prompt(CheckInState.ANSWERED, Answer.MET), reflection=choice)
        yield asked(met)
        yield asked(met, met)


def _about_pairs() -> Iterator[Content]:
    for still, never_met, moved in product(_YES_NO, _YES_NO, ((), _LEADS)):
        yield Stuck("R", 12, "U1", "U2", still, moved, never_met)
    for partners, leads in product(((), ("U1",), ("U1", "U2")), ((), ("U8",), _LEADS)):
        yield PartnersRest("R", partners, leads)
        yield Nudge("R", partners, "Begin.")
    yield Pauses("R", "2026-W11", (Paused("U1", ()), Paused("U2", ("U3",))))
    yield Pauses("R", "2026-W11", ())


def _about_groups() -> Iterator[Content]:
    """What people of several pairs in one conversation read."""
    pair, other = a_pair(), a_pair(mentor_id="UOTHER", id=13)
    for talked, left, moved, over in product(
        ((), ("UOTHER",)), ((), ("U1",), _LEADS), ((), ("U1",)), _YES_NO
    ):
        yield Intro("R", pair, ("Begin.",), (), "Monday", over, (other,), talked, left, moved)
        yield Intro("R", pair, ("Begin.",), (), "Monday", over, (), (), left, moved)
    for flag, mate, together in product(_YES_NO, _YES_NO, ((), _LEADS)):
        yield PairClosed("R", "U2", flag, together, mate)
        yield PairGoesOn("R", "U2", flag, mate)
    yield Thanks("R", pair, 1, WHEN, (other,))
    yield PartnersRest("R", ("U1",), (), ("UOTHER",))
    yield Nudge("R", ("U1", "U2"), "Begin.")
    for told in ((), ("U8",), _LEADS):
        yield HelpAlert("R", "U1", "U2", 12, WHEN, None, told, together=("U3",))
    for settled in (None, "it arrived", "sent again", "nothing left to do"):
        yield IntroQuestion("R", "U2", 7, settled, ("U3",))
        yield IntroCase("R", 12, "U1", "U2", 7, "", asked=True, settled=settled, others=("U3",))
    everybody = (Heard(), Heard(("U8",)), Heard(_LEADS), Heard(("U8",), False), Heard(_LEADS, False))
    for answer, heard, stuck in product((None, *Answer), everybody, (None, Heard(("U8",)), Heard(_LEADS))):
        one = replace(a_prompt(CheckInState.ASKED, answer, heard=heard), stuck=stuck, together=("U3",))
        yield asked(one)
        yield asked(one, replace(one, heard=Heard(_LEADS)))
        yield asked(replace(one, resting=("UMENTEE", "U3")))
    for state, introduced, others in product(PairState, _YES_NO, (PairState.PROPOSED, PairState.INTRODUCED)):
        card = a_card(a_pair(state), introduced)
        yield replace(card, asked_first=True)
        yield replace(card, together=(a_pair(others, mentor_id="UOTHER", id=13),))


def _cards() -> Iterator[PairCard]:
    for state, note, by, introduced, at in product(
        PairState, ("", "Because."), (None, "U9"), _YES_NO, (None, WHEN)
    ):
        pair = a_pair(state, note=note, decided_by=by, decided_at=WHEN if by else None, introduced_at=at)
        yield replace(a_card(pair, introduced), warnings=("Look.",))
    rules = ByItself(Way.SILENCE, 3, WHEN)
    for state, by_rule, held, ended, rests in product(
        PairState, (None, "fit 80", "days 3"), (None, "U9"), (None, "U9"), (None, WHEN.date())
    ):
        pair = a_pair(
            state, by_rule=by_rule, held_by=held, ended_by=ended, rests_until=rests, decided_at=WHEN
        )
        yield replace(a_card(pair), policy=Policy(80, 3), by_itself=None if held else rules)


def _alone() -> Iterator[Content]:
    for why, side, level, both in product(Why, ("mentee", "mentor", ""), _YES_NO, _YES_NO):
        yield NoPartner("R", 1, WHEN, level, (Unserved(side, why),), _LEADS, both)
    for since in ("met", "left", "paused"):
        yield NoPartner("R", 1, WHEN, True, since=since)


def _to_leads() -> Iterator[Content]:
    cards = tuple(_cards())
    yield from (PairCards(cards[at : at + 5]) for at in range(0, len(cards), 5))
    for above, days, ruled in product((None, 80), (None, 1, 3), (0, 1, 2)):
        yield a_summary(policy=Policy(above, days), approved_by_rule=ruled)
    left = tuple(LeftOut(f"U{n}", "mentee", "No mentor", "One more would help.") for n in range(30))
    for numbers, introduced, posted in product(product((0, 2), repeat=4), _YES_NO, _YES_NO):
        counts = dict(zip(("proposed", "approved", "declined", "withdrawn"), numbers, strict=True))
        yield a_summary(
            **counts,
            introduced=introduced,
            cards_posted=posted,
            left_out=StillAlone.of(left),
            held=("U1",),
            asked_by="U9",
        )
    for numbers in product((0, 1, 2), repeat=4):
        there, coming, undecided, gone = numbers
        shown = IntroTime("R", 1, there, coming, undecided, gone)
        yield shown
        yield replace(shown, unanswered=1, asked_first=True)
    for people, settled, channel in product(((), ("U1",), _LEADS), (None, "it arrived"), ("", "C1")):
        for kind, over in product((Kind.CARD, Kind.INTRO, Kind.WELCOME), _YES_NO):
            one = Unconfirmed("7", "a message", people, settled, channel, kind, 12, not over, over, over)
            yield one
            yield replace(one, by="U9")
    yield from _doubts()
    yield from _invites()
    for why, chosen in product(("", "restricted_action", *Trouble), ("C1", "C2")):
        yield ChannelTrouble("R", "C1", why, chosen)
    for waits, groups in product(_YES_NO, _YES_NO):
        pairs, others = (RefusedPair(12, "U1", "U2"),), ("a pair's closing message",)
        yield DeliveryTrouble("R", "user_is_restricted", waits, groups, pairs, ("U1",), others)


def _invites() -> Iterator[Invite]:
    for words, intro, leads, again in product(("", "Come and join."), (None, WHEN), ((), _LEADS), _YES_NO):
        yield Invite("R", 7, words, "U8", intro, leads, again)


def _doubts() -> Iterator[Content]:
    ones = [Unconfirmed("7", "a card", ("U1",), how, "C1", "card") for how in (None, "it arrived")]
    for some, moved, gone_to in product(((), ones[:1], ones[1:], ones, ones * 2), (0, 1, 2), ((), _LEADS)):
        yield ManyUnconfirmed("R", "7", 1, tuple(some), moved, gone_to)
    for owner, both, settled, now in product(("", "U9"), _YES_NO, (None, "it arrived"), ((), _LEADS)):
        yield IntroCase("R", 12, "U1", "U2", 7, owner, both, settled, now)
    for settled in (None, "it arrived", "sent again", "nothing left to do"):
        yield IntroQuestion("R", "U2", 7, settled)


def _views() -> Iterator[str]:
    for view in _forms():
        yield from _inside(view)


def modals() -> list[dict[str, Any]]:
    """Every form, in each of its states, and every Home tab."""
    return [*_forms(), *_homes()]


def _forms() -> Iterator[dict[str, Any]]:
    drafts = (ProfileDraft(), ProfileDraft(role=Role.BOTH, level=3, shares=("Chess",), wants=("Go",)))
    for draft, strict, enrolled in product(drafts, _YES_NO, _YES_NO):
        program = a_program(rules=RuleSettings(other_department_only=strict))
        known = ProfileForm(program, draft, enrolled, experiences=("My way here",), cycle_number=3)
        from_hr = ("level", "department", "manager_id")
        says = {"level": "Senior", "department": "Sales"}
        for details in map(OfProfile, _YES_NO):
            yield profile_modal(known, details, beside_it=[ProfileField.AVOID], trouble=["Choose a level."])
            yield profile_modal(replace(known, hr_says=says, from_hr=from_hr), details)
            yield profile_modal(replace(known, hr_says=says), details)
            slack = replace(known, hr_says=says, from_slack=from_hr)
            yield profile_modal(slack, details)
            yield profile_modal(replace(slack, from_hr=from_hr), details)
    for exists, running in product(_YES_NO, _YES_NO):
        yield setup_modal(SetupForm(ProgramDraft(), exists, running))
        yield setup_modal(SetupForm(ProgramDraft(meetings=6, rhythm="2"), exists, running))
    yield decline_modal(a_card())
    for said_by in ("", "U1"):
        yield when_modal(WhenForm(12, "U1", WHEN, said_by))
    for weeks, days in product((1, 2, 4), (None, Away(WHEN.date(), WHEN.date()))):
        yield less_modal(weeks, days)
    yield close_modal(a_card(), WHEN.date())
    work = WorkingTime("UTC", (9 * 60, 17 * 60))
    yield slots_modal(SlotsForm(12, ("U1",), (), WHEN, WHEN.replace(year=2027), work))
    posted = Invitation(7, 1, "C1", "", "U8", WHEN)
    yield fields_modal([SlackField("Xf1", "Grade"), SlackField("Xf2", "Boss", people=True)], {})
    yield invite_modal([posted, replace(posted, reminded_at=WHEN, joined=2)], "R")
    yield from (preview_modal(one, Invites("C1", one.words)) for one in _invites())
    yield from pairing.FORMS.values()
    yield from ways_out.FORMS.values()
    for page in range(3):
        yield review_modal(ReviewPage(3, 1, tuple(_cards())[page * 10 : page * 10 + 10], page, 3))
    yield review_modal(ReviewPage(0, 0, (), 0, 1))
    for left, at_once in product((0, 2), (AllAtOnce(), AllAtOnce(2, "x", 1, 1, 1, 1))):
        sieve = Sieve(person="U1", since=1.0)
        facts: dict[str, Any] = {
            "left": left,
            "total": 9,
            "found": 2,
            "departments": ("Design",),
            "skills": ("Chess",),
        }
        yield review_modal(ReviewPage(3, 1, (a_card(),), 1, 3, sieve, all_at_once=at_once, **facts))
        yield review_modal(ReviewPage(3, 1, (), 0, 1, sieve, all_at_once=at_once, **facts))
    yield skill_options(["Chess"], "Go")
    yield from (preparation_modal(Prepares(role, page)) for role, page in product(Role, range(5)))
    yield finished()
    yield from RULE_WINDOWS.values()
    yield from _homes()
    yield from _notices()
    yield unmatched_modal(UNMATCHED)
    yield why_not_modal()


def _homes() -> Iterator[dict[str, Any]]:
    stand = (None, a_status(), a_status(standing=Standing.PAUSED, has_level=False))
    for program, status_, lead, may in product(
        (None, a_program()),
        stand,
        (None, LeadView(replace(a_stand(), figures=EVERY_FIGURE), 2), LeadView(a_stand())),
        _YES_NO,
    ):
        yield home_view(Home(program, status_, (a_prompt(),), lead, may))
    ways = MyPairs((ways_out.PAIR,), (ways_out.CLOSED, ways_out.AWAY))
    yield home_view(Home(a_program(), a_status(), (), None, False, (), ways))
    for place in OWN_PLACES:
        yield home_view(Home(a_program(), a_status(), (), None, False, place=place))


def _notices() -> Iterator[dict[str, Any]]:
    member = Member(1, Person("U1", "T1"), Profile(Role.BOTH), Standing.PAUSED, WHEN, WHEN)
    merged = (("Chss", "Chess"), ("chess", "Chess"))
    for words, leads, paused in product((merged, ()), ((), _LEADS), (None, member)):
        yield wording.saved_profile(words, leads, paused)
    for first in _YES_NO:
        for moved, dates in product(_YES_NO, _DATES):
            yield wording.notice(saved(a_program(), dates, first, moved), "Saved")


def _answers() -> Iterator[str]:
    for reply in _replies():
        yield from _both(reply)
    for card in _cards():
        yield from (brief(card), standing(card))
    yield from map(unfit, Trouble)


def replies() -> list[Rendered]:
    """What is answered to somebody who just typed or clicked."""
    return [*_replies()]


def _replies() -> Iterator[Rendered]:
    yield from (*ANSWERS.values(), *pairing.MESSAGES.values())
    yield from RULE_ANSWERS.values()
    yield from READY_ANSWERS.values()
    yield from REPORT_ANSWERS.values()
    yield from ways_out.MESSAGES.values()
    yield from map(section_help, SECTIONS)
    for one, other in product(_YES_NO, _YES_NO):
        yield help_text(one, other)
        yield wording.settled(one)
        yield wording.all_settled(one, 2)
        yield wording.no_program(one)
    yield from (already_decided(card.pair) for card in _cards())
    yield from (status(a_status(standing=standing_)) for standing_ in Standing)
    yield status(
        a_status(partners=(("U1", "mentor"), ("U2", "mentee")), together=(("U1", "U3"), ("U2", "U4")))
    )
    yield from (came_back(standing_, ("U1",)) for standing_ in Standing)
    yield pending([a_card()], StillAlone.of([LeftOut("U1", "mentee", "No mentor", "Help.")]), ["U2"], [14])
    yield matched(Matched(1, 2, 2, 2, 2, "C1"))
    yield from _about_words()
    yield from _about_hr()
    yield from _about_all_at_once()
    yield from _about_direct()
    yield from _misread()
    yield from map(wording.refusal, _refusals())


def _about_all_at_once() -> Iterator[Rendered]:
    for number, anew in product((0, 1, 2), _YES_NO):
        waiting = AllAtOnce(number, "x", number, number, number)
        yield all_at_once.question(waiting, anew)
        yield all_at_once.nothing(waiting)
        yield all_at_once.nothing(AllAtOnce(elsewhere=number))
        left = {why: tuple(range(1, number + 1)) for why in Left if number}
        yield all_at_once.done(ApprovedAll(number, left))


def _about_direct() -> Iterator[Rendered]:
    """What is answered to words that people write to the bot itself."""
    for enrolled, near in product(_YES_NO, (None, "status")):
        yield direct.not_understood(enrolled, near)
    for leads, enrolled in product(((), _LEADS), _YES_NO):
        yield direct.whom_to_ask(leads, enrolled)
    for answer in (None, Answer.HELP):
        yield direct.before_help([a_prompt(CheckInState.ASKED, answer)])
    for typed in ("Chess", "x" * 4000):
        yield direct.opens("Open my profile", Action.JOIN, typed)


def _about_words() -> Iterator[Rendered]:
    own = (OwnWord("chess", "Chess", 2, Verdict.IN),)
    word = MergedWord("Chss", "Chess", 2)
    yield from (kept_apart(word), taken_in("Chess"), taken_out("Chess"))
    yield word_list([word], OwnWords(own * 20, 30, own, 9, own, 9))


def _about_hr() -> Iterator[Rendered]:
    level = Difference(12, "U1", Fact.LEVEL, "Senior", "Associate")
    department = Difference(13, "U2", Fact.DEPARTMENT, "Sales", "Finance")
    for listed, many, ended, known in (
        ((), 0, (), 0),
        ((), 0, ("U1",), 9),
        ((level,), 1, (), 9),
        ((level, department), 12, ("U1", "U2"), 9),
    ):
        yield hr.differences(Differences(listed, many, ended, known))
    for verdict in Whose:
        yield hr.ruled(Ruled(level, verdict))
    slack = replace(level, from_slack=True)
    for listed, known in (((), 0), ((slack,), 0), ((slack, department), 9)):
        yield hr.differences(Differences(listed, len(listed), (), known, slack=True), fields=True)
    yield hr.ruled(Ruled(slack, Whose.HR))
    yield hr.which_one(Word.HR, "use")
    yield from _about_fields()
    for undecided, stays, slacks in product(((), (Fact.LEVEL,), tuple(Fact)), repeat=3):
        yield rendered(say(hr.about_hr(undecided, stays, slacks) or "Nothing."))


def _about_fields() -> Iterator[Rendered]:
    grade, boss = SlackField("Xf1", "Grade"), SlackField("Xf2", "Boss", people=True)
    for chosen in ({}, {Meaning.LEVEL: grade, Meaning.MANAGER: boss}):
        yield slack_fields.fields_listed([grade, boss], chosen)
        yield slack_fields.fields_told(chosen)
    yield from (slack_fields.no_fields(), slack_fields.not_now(), slack_fields.unknown_field("Rank"))
    yield rendered(say(slack_fields.no_such_field()))


def _misread() -> Iterator[Rendered]:
    text = "Q&A <day> 15:00"
    for is_day, has_time in product(_YES_NO, _YES_NO):
        yield planning_views.not_read(text, is_day, has_time)
    yield planning_views.which([a_pair(), a_pair()], "UMENTOR", text)
    yield wording.not_enrolled()
    yield wording.did_you_mean("stauts", "status")
    yield wording.which_pair(Word.APPROVE)
    yield wording.which_message(Word.IT_ARRIVED)
    yield wording.too_many_pairs(25)
    yield wording.not_a_date("someday")
    yield wording.not_a_date("someday", Word.REST, "12")
    yield wording.which_day_to_rest(12, "1.2.", (date(2027, 1, 2), date(2027, 2, 1)))
    yield wording.which_day("1.2.", (date(2027, 1, 2), date(2027, 2, 1)))
    yield wording.too_many_skills(["Chess"], 3)
    yield wording.checkin_not_read("maybe")
    yield planning_views.kept("U1", WHEN, "UTC")
    for weeks in (1, 2, 4):
        yield replies_sentence(quiet_views.asks(weeks))
    for first in (WHEN.date(), WHEN.date() + timedelta(days=3)):
        yield replies_sentence(quiet_views.away(Away(first, WHEN.date() + timedelta(days=9)), WHEN.date()))
    for was_away in _YES_NO:
        yield replies_sentence(quiet_views.back(was_away))
    yield wording.checkin_of_whom(Answer.MET, (a_prompt(),))


def _refusals() -> Iterable[errors.ProgramError]:
    yield errors.AlreadyDecided(a_pair(PairState.DECLINED, note="Because.", decided_by="U9"))
    yield errors.PairBroken(12, Because(Cause.BREAKS_RULES, (Broken(Rule.LANGUAGE),)))
    for state in (PairState.PROPOSED, PairState.DECLINED, PairState.INTRODUCED):
        yield errors.NotToUndo(a_pair(state))
        yield errors.NotRunning(a_pair(state))
    yield errors.Invalid({"level": "Choose a level."})
    yield errors.AlreadySettled("U9", "it arrived")
    yield errors.SettledForThem(arrived=False)
    yield errors.CaseTaken("U9")
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, errors.ProgramError) and "words" in vars(kind):
            if issubclass(kind, errors.ForOthers):
                yield kind(_LEADS)
            elif not issubclass(kind, errors.AlreadyDecided | errors.PairBroken | errors.Invalid):
                yield kind()
