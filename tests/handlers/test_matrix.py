"""Every button, pressed by everybody, on what is theirs, what is others', and what never was; and when it is kept."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltContext, BoltResponse
from slack_bolt.request import BoltRequest

import handlers
from handlers.command import COMMANDS
from handlers.ids import Action, Callback, Word
from handlers.in_time import Watch
from handlers.metadata import Closes, Invites, Named, OffersTimes, Parts, Plans, Prepares
from handlers.metadata import written as metadata
from handlers.plan_ids import REFLECTIONS
from mentoring.checkins import Answer
from mentoring.guides import Part, topics
from mentoring.hr import SlackField
from mentoring.pairings import Pair, PairState
from mentoring.people import Person as Known
from mentoring.people import ProfileDraft
from mentoring.programs import ProgramDraft
from mentoring.wishes import Wanted
from program import (
    approvals,
    approving_all,
    ask_first,
    before_intro,
    calls,
    checkins,
    cycles,
    disputes,
    hr,
    inviting,
    outgoing,
    parting,
    people,
    policies,
    profiles,
    programs,
    readiness,
    resolving,
    sight,
    vocabulary,
    wanted,
)
from program.context import Context
from sandbox import Sandbox
from storage import members, pairs, tables
from storage import programs as stored
from storage.database import Database
from tests.handlers import raw
from tests.handlers.world import MONDAY, Listeners, TestDirectory, World, app_config
from tests.harness import Clock

PAIRS = {
    *(Action.APPROVE, Action.DECLINE, Action.REVIEW_APPROVE, Action.REVIEW_DECLINE),
    *(Action.HOLD, Action.SWAP),
}
CHECKINS = {Action.CHECKIN_MET, Action.CHECKIN_PLANNED, Action.CHECKIN_NOT_YET, Action.CHECKIN_HELP}
MESSAGES = {
    *(Action.SEND_AGAIN, Action.IT_ARRIVED, Action.SEND_ALL_AGAIN, Action.ALL_ARRIVED),
    Action.LOOK_ONE_BY_ONE,
}
GRADE = SlackField("Xf1", "Grade")
CALLS = {Action.TAKE_CALL, Action.CALL_DONE}
CYCLES = {Action.CYCLE_IN, Action.CYCLE_SKIP}
WORDS = {Action.KEEP_APART}
ASKED = {Action.ASK_YES, Action.ASK_NO, Action.INTRODUCE_ANYWAY}
REFUSED = {Action.ASK_ANOTHER, Action.ASK_SKIP, Action.ASK_BACK}
ALONE = {Action.PARTNER_WAIT, Action.PARTNER_NEW, Action.PARTNER_REST, Action.WHY_ENDED}
RUNNING = {
    *(Action.CLOSE_PAIR, Action.AGREE, Action.MEETING, Action.CALENDAR_FILE),
    *(Action.END_PAIR, Action.PAIR_MORE),
}
OWN_WORDS = {Action.TAKE_IN, Action.TAKE_OUT}
DISPUTES = {Action.HR_USE, Action.HR_KEEP}
Cases = frozenset[tuple[str, str]]
Stored = dict[str, list[str]]
WHO = ("outsider", "member", "lead", "ex-lead")
WHAT = ("own", "foreign", "random")
RANDOM = "987654"
ELSEWHERE = "T0ELSEWHERE"

NOBODY: Cases = frozenset()
MEMBER: Cases = frozenset(("member", what) for what in WHAT)
MEMBER_ON_OWN: Cases = frozenset({("member", "own")})
LEAD: Cases = frozenset(("lead", what) for what in WHAT)
LEAD_ON_OWN: Cases = frozenset({("lead", "own")})

CHANGES: dict[Action, Cases] = {
    Action.APPROVE: LEAD_ON_OWN,
    Action.DECLINE: NOBODY,
    Action.REVIEW: NOBODY,
    Action.REVIEW_APPROVE: LEAD_ON_OWN,
    Action.REVIEW_DECLINE: NOBODY,
    Action.REVIEW_PAGE_PREVIOUS: NOBODY,
    Action.REVIEW_PAGE_NEXT: NOBODY,
    Action.CHECKIN_MET: MEMBER_ON_OWN,
    Action.CHECKIN_PLANNED: MEMBER_ON_OWN,
    Action.CHECKIN_NOT_YET: MEMBER_ON_OWN,
    Action.CHECKIN_HELP: MEMBER_ON_OWN,
    Action.PLAN_AT: NOBODY,  # no moment comes with it here: `tests/handlers/test_planning.py`
    Action.PLAN_WHEN: NOBODY,
    Action.PLAN_PAIR: NOBODY,
    **dict.fromkeys(REFLECTIONS, NOBODY),  # nobody has said that they met
    Action.ASK_LESS: NOBODY,
    Action.JOIN: NOBODY,
    Action.PAUSE: MEMBER,
    Action.RESUME: MEMBER,
    Action.COME_BACK: MEMBER,
    Action.STAY_OUT: NOBODY,
    Action.LEAVE: MEMBER,
    Action.SETUP: NOBODY,
    Action.MATCH: LEAD,
    Action.INTRODUCE: LEAD,
    Action.STATUS: NOBODY,
    Action.PROFILE_DETAILS: NOBODY,
    Action.EXPERIENCES_BACK: NOBODY,  # nobody has named any
    Action.PAUSE_UNTIL: NOBODY,  # no day comes with it here
    Action.PREPARE: NOBODY,
    Action.PREPARE_BACK: NOBODY,
    Action.PREPARE_NEXT: NOBODY,
    Action.KEEP_APART: LEAD_ON_OWN,
    Action.TAKE_IN: LEAD_ON_OWN,
    Action.TAKE_OUT: LEAD_ON_OWN,
    Action.SEND_AGAIN: LEAD_ON_OWN,
    Action.IT_ARRIVED: LEAD_ON_OWN,
    Action.SEND_ALL_AGAIN: LEAD_ON_OWN,
    Action.ALL_ARRIVED: LEAD_ON_OWN,
    Action.LOOK_ONE_BY_ONE: NOBODY,
    Action.DOUBTS_PAGE_PREVIOUS: NOBODY,
    Action.DOUBTS_PAGE_NEXT: NOBODY,
    Action.LOOK_AFTER: NOBODY,
    Action.HR_DIFFERENCES: NOBODY,
    Action.HR_USE: LEAD_ON_OWN,
    Action.HR_KEEP: LEAD_ON_OWN,
    Action.SLACK_FIELDS: NOBODY,
    Action.REVIEW_SHOWS: NOBODY,
    Action.REVIEW_SORTED_BY: NOBODY,
    Action.REVIEW_DEPARTMENT: NOBODY,
    Action.REVIEW_SKILL: NOBODY,
    Action.REVIEW_PERSON: NOBODY,
    Action.REVIEW_EVERYBODY: NOBODY,
    Action.APPROVE_ALL: LEAD_ON_OWN,
    Action.UNDO: LEAD_ON_OWN,
    Action.HOLD: LEAD_ON_OWN,
    Action.RELEASE: LEAD_ON_OWN,
    Action.CLOSE_PAIR: NOBODY,
    Action.TAKE_CALL: LEAD_ON_OWN,
    Action.CALL_DONE: LEAD_ON_OWN,
    Action.HAND_BACK: LEAD_ON_OWN,
    Action.UNMATCHED: NOBODY,
    Action.UNMATCHED_PAGE_PREVIOUS: NOBODY,
    Action.UNMATCHED_PAGE_NEXT: NOBODY,
    Action.WHY_NOT: NOBODY,
    Action.INVITE: NOBODY,
    Action.REMIND_INVITED: LEAD_ON_OWN,
    Action.REHEARSE: NOBODY,
    Action.SWAP: NOBODY,
    Action.SWAP_CHOOSE: LEAD_ON_OWN,
    Action.PAIR_FORM: NOBODY,
    Action.WISH_BACK: LEAD_ON_OWN,
    Action.RULES: NOBODY,
    Action.RULES_SECTION: NOBODY,
    Action.RULES_WHAT_IF: NOBODY,
    Action.READY: NOBODY,
    Action.REMIND: LEAD,
    Action.CYCLE_IN: MEMBER_ON_OWN,
    Action.CYCLE_SKIP: MEMBER_ON_OWN,
    Action.ASK_YES: MEMBER_ON_OWN,
    Action.ASK_NO: MEMBER_ON_OWN,
    Action.ASK_ANOTHER: MEMBER_ON_OWN,
    Action.ASK_SKIP: MEMBER_ON_OWN,
    Action.ASK_BACK: MEMBER_ON_OWN,
    Action.ASK_TIMES: NOBODY,
    Action.INTRODUCE_ANYWAY: LEAD_ON_OWN,
    Action.AGREE: MEMBER_ON_OWN,
    Action.MEETING: NOBODY,
    Action.CALENDAR_FILE: NOBODY,
    Action.GUIDES: NOBODY,
    Action.SEE: NOBODY,
    Action.SEE_PREVIOUS: NOBODY,
    Action.SEE_NEXT: NOBODY,
    Action.PARTNER_WAIT: MEMBER_ON_OWN,
    Action.PARTNER_NEW: MEMBER_ON_OWN,
    Action.PARTNER_REST: MEMBER_ON_OWN,
    Action.END_PAIR: MEMBER_ON_OWN,
    Action.PAIR_MORE: NOBODY,
    Action.WHY_ENDED: NOBODY,
    Action.KEEP_PAIR: LEAD_ON_OWN,
}
"""Whose press on what may change anything; buttons that only open or show something never do."""

LATER = {Action.MATCH.value}
"""What takes long: that it was asked for is kept before the ack, and what comes of it follows."""


@dataclass(frozen=True)
class Ear:
    """Listeners on a copy of the workspace's data."""

    app: App
    listeners: Listeners
    watch: Watch | None


@dataclass
class Prepared:
    """A workspace with pairs in every state and a second workspace in the same database, as a file to copy."""

    world: World
    file: Path
    people: dict[str, str]
    ids: dict[str, dict[str, str]]

    def __post_init__(self) -> None:
        self._copy = self.file.with_name("copy.db")
        self._database = Database(f"sqlite:///{self._copy}")
        self.before: Stored = {}
        self.after: Stored = {}
        self.at_ack: Stored = {}
        self.changed = True
        self.told = ""
        self._ear: Ear | None = None

    def closes(self) -> None:
        self.goes_deaf()
        self._database.close()

    def goes_deaf(self) -> None:
        if self._ear:
            self._ear.listeners.shutdown()
        self._ear = None

    def anew(self) -> Database:
        """The copy as it was in the beginning: one database, so that its statements are prepared once."""
        if self.changed:
            self.goes_deaf()
            self._database.close()
            shutil.copy(self.file, self._copy)
            self.before = state(self._database)
        return self._database

    def ear(self, watch: Watch | None) -> Ear:
        """Listeners on the copy: the same ones until something is changed, for it takes a while to register them."""
        if self._ear is None or self._ear.watch is not watch:
            self.goes_deaf()
            self._ear = _ear(self, self._database, watch)
        return self._ear

    def value(self, action: Action, what: str) -> str:
        return RANDOM if what == "random" else self.ids[_kind(action)][what]

    def person(self, action: Action, who: str) -> str:
        """Somebody by their name in the table; a member is one who is asked what the button answers."""
        return self.people[MEMBERS.get(_kind(action), who) if who == "member" else who]


KINDS = {
    "pair": PAIRS,
    "checkin": CHECKINS,
    "message": MESSAGES,
    "word": WORDS,
    "own word": OWN_WORDS,
    "dispute": DISPUTES,
    "call": CALLS,
    "taken call": {Action.HAND_BACK},
    "cycle": CYCLES,
    "approved": {Action.UNDO},
    "held": {Action.RELEASE},
    "running": RUNNING,
    "misfit": {Action.KEEP_PAIR},
    "asked": ASKED,
    "agreed": {Action.ASK_TIMES},
    "refused": REFUSED,
    "alone": ALONE,
    "seen": {Action.APPROVE_ALL},
    "invitation": {Action.REMIND_INVITED},
    "swap": {Action.SWAP_CHOOSE},
    "wish": {Action.WISH_BACK},
}
MEMBERS = {kind: kind for kind in ("asked", "agreed", "refused", "alone")}
"""What only one member can answer, by kind, and under which name they stand among the people."""


def _kind(action: Action) -> str:
    return next((name for name, found in KINDS.items() if action in found), "pair")


@pytest.fixture(scope="module")
def prepared(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    file = tmp_path_factory.mktemp("matrix") / "prepared.db"
    shutil.copy(migrated_file, file)
    database, clock = Database(f"sqlite:///{file}"), Clock(MONDAY)
    with Sandbox(app_config(), now=clock, rate_clock="off") as slack:
        world = World(slack, database, clock)
        ids: dict[str, dict[str, str]] = {
            "checkin": {},
            "word": {"own": "Falconnry", "foreign": "Video editting"},
            "own word": {"own": "Glassblowing", "foreign": "Thatching"},
        }
        member, partner = _introduced(world)
        for person, what in ((member, "own"), (partner, "foreign")):
            ids["checkin"][what] = str(checkins.open_now(world.ctx, world.workspace, person)[0].checkin.id)
        free, taken = _calls(world)
        answering = {"alone": _pair(world, 3), **_asks(world)}
        ours = _waiting(world, member)
        theirs = _elsewhere(world)
        ids |= {kind: {"own": ours[kind], "foreign": theirs[kind]} for kind in ours}
        ids["call"] = {"own": free, "foreign": ids["checkin"]["foreign"]}
        ids["taken call"] = {"own": taken, "foreign": ids["checkin"]["foreign"]}
        ids["running"] = {"own": "1", "foreign": theirs["pair"]}
        ids["misfit"] = {"own": "2", "foreign": theirs["pair"]}
        _promotes(world, _pair(world, 2).mentor_id)
        _parts(world)
        ids |= {kind: {"own": str(pair.id), "foreign": theirs["pair"]} for kind, pair in answering.items()}
        ids["dispute"] = {
            "own": _disputed(world.ctx, world.workspace, world.lead.id, member),
            "foreign": _disputed(world.ctx, ELSEWHERE, "U0BOSS", "U0MIA"),
        }
        world.sets_up([world.lead])
        for lead in (world.lead, world.other_lead):  # somebody first looked up changes what messages show
            TestDirectory(world.client, world.ctx, world.workspace).person(lead.id, anew=True)
        clock.passes(hours=1)
        # For those whom leads introduced ahead of time, the cycle to come is the one after it.
        ids["cycle"] = {"own": str(readiness.look(*world.as_lead()).cycle_number + 1), "foreign": "99"}
        waiting = approvals.card(*world.as_lead(), int(ours["pair"]))
        ids["seen"] = {
            "own": sight.written([waiting])[0],
            "foreign": approving_all.about_to(world.ctx, ELSEWHERE, "U0BOSS").seen,
        }
        database.close()
        people = {
            "outsider": world.outsider.id,
            "member": member,
            "lead": world.lead.id,
            "ex-lead": world.other_lead.id,
            **{kind: pair.mentee_id for kind, pair in answering.items()},
        }
        made = Prepared(world, file, people, ids)
        yield made
        made.closes()


def _introduced(world: World) -> tuple[str, str]:
    world.sets_up()
    mentor, mentee = world.couple(1)
    world.couple(9)
    world.couple(8)
    world.proposes()
    world.approves(1, 2, 3)
    world.introduces()
    world.delivers()
    return mentor.id, mentee.id


def _calls(world: World) -> tuple[str, str]:
    """Two calls for help, of which the lead looks after the second."""
    card = next(one for one in approvals.review(*world.as_lead()).cards if one.pair.id == 2)
    pair = card.pair
    asked = [checkins.open_now(world.ctx, world.workspace, who)[0].checkin for who in pair.people]
    for one in asked:
        checkins.answer(world.ctx, world.workspace, one.person_id, one.id, Answer.HELP)
    calls.take(*world.as_lead(), asked[1].id)
    return str(asked[0].id), str(asked[1].id)


def _proposed(world: World) -> list[Pair]:
    """The pairs that wait for a decision."""
    found = (card.pair for card in approvals.review(*world.as_lead()).cards)
    return [pair for pair in found if pair.state is PairState.PROPOSED]


def _pair(world: World, number: int) -> Pair:
    with world.ctx.database.read() as tx:
        return pairs.of_id(tx, number)


def _asks(world: World) -> dict[str, Pair]:
    """Three pairs whose mentees were asked before an introduction: one has not answered, one said yes, and one no."""
    for number in (5, 6, 7):
        world.couple(number)
    world.proposes()
    unanswered, agreed, refused = _proposed(world)
    _asks_first(world, True)
    world.approves(unanswered.id, agreed.id, refused.id)
    before_intro.ask_due(world.ctx)
    ask_first.yes(world.ctx, world.workspace, agreed.mentee_id, agreed.id)
    ask_first.no(world.ctx, world.workspace, refused.mentee_id, refused.id)
    _asks_first(world, False)
    return {"asked": unanswered, "agreed": agreed, "refused": refused}


def _asks_first(world: World, asks: bool) -> None:
    with world.ctx.database.write() as tx:
        program = stored.get(tx, 1)
        assert program is not None
        stored.set_rules(tx, 1, replace(program.rules, ask_first=asks))


def _promotes(world: World, person_id: str) -> None:
    """Somebody has a level at which their pair does not fit any more."""
    with world.ctx.database.write() as tx:
        member = members.get(tx, 1, person_id)
        assert member is not None
        members.correct(tx, [(member, replace(member, profile=replace(member.profile, level=8)))])


def _parts(world: World) -> None:
    """A pair that one of the two has ended, and nobody has chosen what comes next."""
    parting.part(world.ctx, world.workspace, _pair(world, 3).mentee_id, 3)


def _waiting(world: World, member: str) -> dict[str, str]:
    """A pair that waits for a decision, one that is approved and one on hold, and what else there is to press on."""
    world.couple(2)
    world.couple(3)
    _, last = world.couple(4)
    asked = wanted.ask(*world.as_lead(), Wanted.FORBID, member, last.id)
    resolving.after(*world.as_lead(), asked.cycle_id)
    world.proposes()
    waiting, approved, held = _proposed(world)
    world.approves(approved.id)
    policies.hold(*world.as_lead(), held.id, on=True)
    topics = [f"Topic number {number}" for number in (2, 3, 4)]
    other = world.joins("Sue Second", "share", 2, shares=topics, wants=[])
    place = world.slack.add_channel("general", members=[world.lead, world.outsider], bot=True)
    invited = inviting.invite(*world.as_lead(), place.id)
    world.delivers()
    world.joins("Uma Unknown", "share", 1, shares=["Falconry", "Glassblowing"], wants=[])
    vocabulary.take_in(world.ctx, world.workspace, world.lead.id, "Falconry")
    world.joins("Una Unsure", "share", 1, shares=["Falconnry"], wants=[])
    return {
        "pair": str(waiting.id),
        "approved": str(approved.id),
        "held": str(held.id),
        "swap": f"{waiting.id} {other.id} {waiting.mentee_id}",
        "wish": f"{member} {last.id}",
        "invitation": str(invited.id),
        "message": _lost(world.ctx),
    }


def _elsewhere(world: World) -> dict[str, str]:
    """The same in another workspace that the same database serves."""
    ctx, boss = world.ctx, Known("U0BOSS", "Boss", admin=True)
    draft = ProgramDraft(
        leads=[boss.id], leads_channel="C0ELSEWHERE", first_start=ctx.now().date().isoformat()
    )
    programs.set_up(ctx, ELSEWHERE, boss, draft)
    for person, level, role in (("U0MIA", 2, "share"), ("U0MAX", 6, "learn")):
        words = ["Video editting", "Thatching"]
        profile = ProfileDraft(role=role, level=level, languages=["English"], shares=words, wants=words)
        profiles.save(ctx, ELSEWHERE, Known(person, person), profile)
    lost = _lost(ctx)
    cycles.match_now(ctx, ELSEWHERE, boss.id)
    pair = str(approvals.review(ctx, ELSEWHERE, boss.id).cards[0].pair.id)
    invited = inviting.invite(ctx, ELSEWHERE, boss.id, "C0GENERAL")
    return {
        **dict.fromkeys(("pair", "approved", "held"), pair),
        "swap": f"{pair} U0MIA U0MAX",
        "wish": "U0MIA U0MAX",
        "invitation": str(invited.id),
        "message": lost,
    }


def _disputed(ctx: Context, workspace: str, lead_id: str, person_id: str) -> str:
    """A department about which HR and a member differ; its number."""
    person = people.known(ctx, workspace, person_id)
    assert person is not None
    draft = replace(profiles.form(ctx, workspace, person).draft, department="Kitchen")
    profiles.save(ctx, workspace, person, draft)
    said = {person_id: {"department": "Laboratory"}}
    hr.apply(ctx, workspace, hr.planned(ctx, workspace, said, frozenset({"department"})))
    return str(disputes.open_now(ctx, workspace, lead_id).listed[0].number)


def _lost(ctx: Context) -> str:
    letter = outgoing.due(ctx)[-1]
    leased = outgoing.lease(ctx, letter, "test")
    assert leased is not None
    outgoing.give_up(ctx, leased, "no answer")
    return str(letter.id)


def state(database: Database) -> Stored:
    """Everything that is stored, but for what the directory says about people: anybody's click may refresh that."""
    kept = [table.name for table in tables.metadata.sorted_tables if table.name != "people"]
    with database.read() as tx:
        # Looked at thousands of times, so by the driver alone.
        stored = tx.connection.driver_connection
        assert isinstance(stored, sqlite3.Connection)
        return {name: sorted(map(repr, stored.execute(f"SELECT * FROM {name}"))) for name in kept}  # noqa: S608 - our own tables


def press(prepared: Prepared, action: Action, who: str, what: str) -> tuple[int, bool]:
    """Press a button in a copy of the workspace's data; the answer's status, and whether anything was changed."""
    value = prepared.value(action, what)
    body = raw.click(prepared.world, prepared.person(action, who), action, value, **surface(action))
    return hears(prepared, body), prepared.changed


def hears(
    prepared: Prepared,
    body: dict[str, Any],
    watch: Watch | None = None,
    answered: Callable[[], object] = lambda: None,
) -> int:
    """Hand a payload to listeners on a copy of the workspace's data; the answer's status.

    `answered` is called when Slack has it, while a listener may still be at work.
    """
    database = prepared.anew()
    ear = prepared.ear(watch)
    answer = ear.app.dispatch(BoltRequest(mode="socket_mode", body=body))
    prepared.told = answer.body or ""
    answered()
    ear.listeners.come_to_rest(timeout=None)  # a listener works on after its ack
    prepared.after = state(database)
    prepared.changed = prepared.after != prepared.before
    return answer.status


def _ear(prepared: Prepared, database: Database, watch: Watch | None) -> Ear:
    world = prepared.world
    ctx = Context(database, world.clock)
    number, *swap = prepared.ids["swap"]["own"].split()
    ctx.trails.listed[prepared.people["lead"]] = (int(number), ((swap[0], swap[1]),))
    listeners = Listeners(2)
    app = App(
        name="Press", client=world.client, token_verification_enabled=False, listener_executor=listeners
    )

    class Looking(Ack):
        """Looks at what is stored when Slack hears that something arrived."""

        def __call__(self, *args: Any, **how: Any) -> BoltResponse:
            prepared.at_ack = state(database)
            return super().__call__(*args, **how)

    @app.middleware
    def look(context: BoltContext, next_: Callable[[], None]) -> None:
        context["ack"] = Looking()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        next_()

    directory = TestDirectory(world.client, ctx, world.workspace)
    counted = watch or world.services.watch
    handlers.register(app, replace(world.services, ctx=ctx, directory=directory, watch=counted))
    return Ear(app, listeners, watch)


def surface(action: Action) -> dict[str, Any]:
    """The review's buttons sit in a modal, all others are pressed in a message."""
    if not action.startswith("review_"):
        return {}
    view = {
        "id": "V1",
        "root_view_id": "V1",
        "type": "modal",
        "callback_id": "review",
        "private_metadata": "0",
    }
    return {"view": view, "container": {"type": "view", "view_id": "V1"}, "message": None, "channel": None}


def test_no_button_is_missing_from_this_table() -> None:
    assert set(CHANGES) == set(Action)


@pytest.mark.sampled(34)
@pytest.mark.parametrize("action", Action)
def test_only_those_who_may_change_anything(prepared: Prepared, action: Action) -> None:
    changed = set()
    for who, what in product(WHO, WHAT):
        status, anything = press(prepared, action, who, what)
        assert status == 200, (who, what)
        if anything:
            changed.add((who, what))
            assert prepared.at_ack != prepared.before, "what Slack heard of is not kept"
            assert action in LATER or prepared.at_ack == prepared.after, "not all of it is kept"
    assert changed == CHANGES[action]


def words_that_change(prepared: Prepared) -> dict[str, tuple[str, str]]:
    """What is typed to change something, by whom; for each word that does."""
    ids = {kind: found["own"] for kind, found in prepared.ids.items()}
    fitting = " ".join(f"<@{one}>" for one in ids["swap"].split()[1:])
    forbidden = " ".join(f"<@{one}>" for one in ids["wish"].split())
    typed = {
        Word.CHECKIN: ("member", "checkin met"),
        Word.PLANNED: ("member", "planned tomorrow 15:00"),
        Word.ASK: ("member", "ask 2"),
        Word.AWAY: ("member", "away this week"),
        Word.PAUSE: ("member", "pause"),
        Word.RESUME: ("member", "resume"),
        Word.LEAVE: ("member", "leave yes"),
        Word.APPROVE: ("lead", f"approve {ids['pair']}"),
        Word.DECLINE: ("lead", f"decline {ids['pair']}"),
        Word.MATCH: ("lead", "match"),
        Word.INTRODUCE: ("lead", "introduce"),
        Word.KEEP_APART: ("lead", f"keep-apart {ids['word']}"),
        Word.SKILLS: ("lead", f"skills keep-apart {ids['word']}"),
        Word.TAKE_IN: ("lead", f"take-in {ids['own word']}"),
        Word.TAKE_OUT: ("lead", "take-out Falconry"),
        Word.SEND_AGAIN: ("lead", f"send-again {ids['message']}"),
        Word.IT_ARRIVED: ("lead", f"it-arrived {ids['message']}"),
        Word.HR: ("lead", f"hr use {ids['dispute']}"),
        Word.UNDO: ("lead", f"undo {ids['approved']}"),
        Word.HOLD: ("lead", f"hold {ids['pair']}"),
        Word.RELEASE: ("lead", f"release {ids['held']}"),
        Word.END: ("lead", f"end {ids['running']}"),
        Word.REST: ("lead", f"rest {ids['running']} until 2026-11-20"),
        Word.TAKE_CALL: ("lead", f"take-call {ids['call']}"),
        Word.CALL_DONE: ("lead", f"call-done {ids['call']}"),
        Word.HAND_BACK: ("lead", f"hand-back {ids['taken call']}"),
        Word.SWAP: ("lead", f"swap {ids['pair']} 1"),
        Word.PAIR: ("lead", f"pair {fitting} they asked for it"),
        Word.FIX: ("lead", f"fix {fitting}"),
        Word.FORBID: ("lead", f"forbid {fitting}"),
        Word.ALLOW: ("lead", f"allow {forbidden}"),
        Word.UNFIX: ("lead", f"unfix {forbidden}"),
        Word.RULES: ("lead", "rules max-gap 5"),
        Word.REMIND: ("lead", "remind"),
        Word.INVITE: ("lead", f"invite remind {ids['invitation']}"),
        Word.HOLIDAYS: ("lead", "holidays December 25"),
        Word.SAY_YES: ("asked", f"say-yes {ids['asked']}"),
        Word.NOT_THIS_TIME: ("asked", f"not-this-time {ids['asked']}"),
        Word.TIMES: ("agreed", f"times {ids['agreed']} 2026-11-05 10:00"),
        Word.AGREE: ("member", "agree"),
        Word.PARTNER: ("alone", "partner wait"),
        Word.KEEP: ("lead", f"keep {ids['misfit']}"),
        Word.IN: ("member", "in"),
        Word.SKIP: ("member", "skip"),
    }
    return {str(word): told for word, told in typed.items()} | {"check-in": ("member", "check-in met")}


SHOWS = {
    "",
    "join",
    "profile",
    "settings",
    Word.SHARE,
    Word.LEARN,
    Word.HELP,
    Word.STATUS,
    Word.PENDING,
    Word.REVIEW,
    Word.SETUP,
    Word.READY,
    Word.REHEARSE,
    Word.REPORT,
    Word.CALLS,
    Word.UNMATCHED,
    Word.WHY_NOT,
    Word.WISHES,
    Word.MEETING,
    Word.GUIDES,
    Word.DIGEST,
}
"""Words that only show something, so that there is nothing to keep."""


def test_no_word_is_missing_from_this_table(prepared: Prepared) -> None:
    about_cases = {
        Word.LOOK_AFTER
    }  # it needs an introduction that nobody settles: `tests/program/test_cases.py`
    assert {*words_that_change(prepared), *SHOWS, *about_cases} == set(COMMANDS)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["typed", "written"])
def test_what_is_typed_is_kept_before_slack_hears_that_it_arrived(
    prepared: Prepared, how: str, subtests: pytest.Subtests
) -> None:
    for word, (who, text) in words_that_change(prepared).items():
        if how == "written" and word in (Word.SKILLS, Word.HR):
            continue  # with more behind it, that is a sentence
        with subtests.test(word=word):
            person = prepared.people[who]
            body = (
                raw.command(prepared.world, person, text)
                if how == "typed"
                else written(prepared, person, text)
            )
            assert hears(prepared, body) == 200
            assert prepared.changed
            assert prepared.at_ack != prepared.before, "what Slack heard of is not kept"
            assert word in LATER or prepared.at_ack == prepared.after, "not all of it is kept"


def written(prepared: Prepared, person: str, text: str) -> dict[str, Any]:
    """A message in the bot's own conversation with somebody."""
    said = {
        "type": "message",
        "channel": "D1",
        "channel_type": "im",
        "user": person,
        "text": text,
        "ts": "1.2",
    }
    return {"type": "event_callback", "team_id": prepared.world.workspace, "event": said}


NOTHING_TO_SUBMIT = {
    *(Callback.REVIEW, Callback.DOUBTS, Callback.UNMATCHED, Callback.REHEARSAL),
    *(Callback.SWAP, Callback.SEEN),
}
SHOWN_WHEN_SUBMITTED = {Callback.INVITE, Callback.WHY_NOT}
"""Forms whose answer only shows something, so that there is nothing to keep."""


def submissions(prepared: Prepared, joins: str = "outsider") -> dict[Callback, dict[str, Any]]:
    """A form of each kind that is filled in well; `joins` sends a profile."""
    world, lead = prepared.world, prepared.people["lead"]
    world.fields.there = (GRADE,)
    chosen = {
        "cycle_weeks": "12",
        "intro_weekday": "1",
        "checkin_weekday": "3",
        "proposal_days": "5",
        "min_gap": "1",
    }
    setup = {
        "name": {"value": "Another name"},
        "leads": {"selected_users": [lead]},
        "leads_channel": {"selected_conversation": world.leads_channel.id},
        "time_zone": {"selected_option": {"value": "UTC"}},
        "first_start": {"selected_date": world.clock().date().isoformat()},
        "intro_time": {"selected_time": "10:00"},
        "checkin_time": {"selected_time": "10:00"},
        **{name: {"selected_option": {"value": value}} for name, value in chosen.items()},
    }
    profile = {
        "role": {"selected_option": {"value": "learn"}},
        "wants": {"selected_options": [{"value": "Negotiation"}]},
        "languages": {"selected_options": [{"value": "English"}]},
        "level": {"selected_option": {"value": "3"}},
    }
    pair, running = prepared.ids["pair"]["own"], int(prepared.ids["running"]["own"])
    _, mentor, mentee = prepared.ids["swap"]["own"].split()
    place = world.slack.add_channel("welcome", members=[world.lead], bot=True)
    invites = Invites(place.id, "Come and join.")
    two = {
        "one": {"selected_user": mentor},
        "other": {"selected_user": mentee},
        "wish": {"selected_option": {"value": "now"}},
        "reason": {"value": "They asked for it."},
    }
    ends = {"what": {"selected_option": {"value": "end"}}, "reason": {"value": "No time"}}
    meets = {"when": {"selected_date_time": int(world.clock().timestamp()) + 3 * 24 * 60 * 60}}
    less = {"every": {"selected_option": {"value": "2"}}, "until": {"selected_date": None}}
    member = prepared.people["member"]
    times = {"first": {"selected_date_time": int(world.clock().timestamp()) + 3 * 24 * 60 * 60}}
    guide = {
        "topic": {"selected_option": {"value": topics()[0].key}},
        "part": {"selected_option": {"value": Part.MENTOR.value}},
        "words": {"value": "Show the shop floor."},
    }
    agreed, alone = prepared.people["agreed"], prepared.people["alone"]
    offers = metadata(OffersTimes(int(prepared.ids["agreed"]["own"])))
    parts = metadata(Parts(int(prepared.ids["alone"]["own"])))
    rules = {"max_gap": {"selected_option": {"value": "5"}}}
    return {
        Callback.PROFILE: raw.submission(world, prepared.people[joins], Callback.PROFILE, profile),
        Callback.SETUP: raw.submission(world, lead, Callback.SETUP, setup),
        Callback.DECLINE: raw.submission(world, lead, Callback.DECLINE, {"reason": {"value": "No"}}, pair),
        Callback.CLOSE_PAIR: raw.submission(
            world, lead, Callback.CLOSE_PAIR, ends, metadata(Closes(running))
        ),
        Callback.PAIR: raw.submission(world, lead, Callback.PAIR, two, metadata(Named(mentor, mentee))),
        Callback.PLAN: raw.submission(world, member, Callback.PLAN, meets, metadata(Plans(running))),
        Callback.LESS: raw.submission(world, member, Callback.LESS, less),
        Callback.PREPARATION: raw.submission(
            world, member, Callback.PREPARATION, {}, metadata(Prepares("both", 4))
        ),
        Callback.ASK_TIMES: raw.submission(world, agreed, Callback.ASK_TIMES, times, offers),
        Callback.WHY_ENDED: raw.submission(
            world, alone, Callback.WHY_ENDED, {"reason": {"value": "No time"}}, parts
        ),
        Callback.GUIDES: raw.submission(world, lead, Callback.GUIDES, guide),
        Callback.RULES: raw.submission(world, lead, Callback.RULES, rules),
        Callback.SLACK_FIELDS: raw.submission(
            world, lead, Callback.SLACK_FIELDS, {"level": {"selected_option": {"value": GRADE.id}}}
        ),
        Callback.INVITE_PREVIEW: raw.submission(world, lead, Callback.INVITE_PREVIEW, {}, metadata(invites)),
    }


def test_what_is_submitted_is_kept_before_slack_hears_that_it_arrived(
    prepared: Prepared, subtests: pytest.Subtests
) -> None:
    forms = submissions(prepared)
    assert {*forms, *NOTHING_TO_SUBMIT, *SHOWN_WHEN_SUBMITTED} == set(Callback)
    for callback, body in forms.items():
        with subtests.test(callback=callback):
            assert hears(prepared, body) == 200
            assert prepared.changed, callback
            assert prepared.at_ack == prepared.after


def test_every_button_has_a_listener(prepared: Prepared) -> None:
    app = App(name="Press", client=prepared.world.client, token_verification_enabled=False)
    handlers.register(app, prepared.world.services)
    for action in Action:
        body = raw.click(prepared.world, prepared.people["outsider"], action, RANDOM)
        assert app.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200, action
