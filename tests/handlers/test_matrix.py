"""Every button, pressed by everybody, on what is theirs, what is others', and what never was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.request import BoltRequest

import handlers
from handlers.ids import Action
from handlers.services import Services
from mentoring.people import Person as Known
from mentoring.people import ProfileDraft
from mentoring.programs import ProgramDraft
from program import approvals, checkins, cycles, outgoing, profiles, programs, vocabulary
from program.context import Context
from sandbox import Sandbox
from storage import tables
from storage.database import Database
from tests.handlers import raw
from tests.handlers.world import MONDAY, TestDirectory, World, app_config
from tests.harness import Clock

PAIRS = {Action.APPROVE, Action.DECLINE, Action.REVIEW_APPROVE, Action.REVIEW_DECLINE}
CHECKINS = {Action.CHECKIN_MET, Action.CHECKIN_PLANNED, Action.CHECKIN_NOT_YET, Action.CHECKIN_HELP}
MESSAGES = {
    *(Action.SEND_AGAIN, Action.IT_ARRIVED, Action.SEND_ALL_AGAIN, Action.ALL_ARRIVED),
    Action.LOOK_ONE_BY_ONE,
}
WORDS = {Action.KEEP_APART}
OWN_WORDS = {Action.TAKE_IN, Action.TAKE_OUT}
Cases = frozenset[tuple[str, str]]
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
}
"""Whose press on what may change anything; buttons that only open or show something never do."""


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
        self.before: dict[str, list[str]] = {}
        self.changed = True

    def closes(self) -> None:
        self._database.close()

    def anew(self) -> Database:
        """The copy as it was in the beginning: one database, so that its statements are prepared once."""
        if self.changed:
            self._database.close()
            shutil.copy(self.file, self._copy)
            self.before = state(self._database)
        return self._database

    def value(self, action: Action, what: str) -> str:
        kind = next((name for name, found in KINDS.items() if action in found), "pair")
        return RANDOM if what == "random" else self.ids[kind][what]


KINDS = {"pair": PAIRS, "checkin": CHECKINS, "message": MESSAGES, "word": WORDS, "own word": OWN_WORDS}


@pytest.fixture(scope="module")
def prepared(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    file = tmp_path_factory.mktemp("matrix") / "prepared.db"
    shutil.copy(migrated_file, file)
    database, clock = Database(f"sqlite:///{file}"), Clock(MONDAY)
    with Sandbox(app_config(), now=clock, rate_clock="off") as slack:
        world = World(slack, database, clock)
        ids: dict[str, dict[str, str]] = {
            "pair": {},
            "checkin": {},
            "message": {},
            "word": {"own": "Falconnry", "foreign": "Video editting"},
            "own word": {"own": "Glassblowing", "foreign": "Thatching"},
        }
        member, partner = _introduced(world)
        for person, what in ((member, "own"), (partner, "foreign")):
            ids["checkin"][what] = str(checkins.open_now(world.ctx, world.workspace, person)[0].checkin.id)
        ids["pair"]["own"], ids["message"]["own"] = _waiting(world)
        ids["pair"]["foreign"], ids["message"]["foreign"] = _elsewhere(world)
        world.sets_up([world.lead])
        for lead in (world.lead, world.other_lead):  # somebody first looked up changes what messages show
            TestDirectory(world.client, world.ctx, world.workspace).person(lead.id, anew=True)
        database.close()
        clock.passes(hours=1)
        people = {
            "outsider": world.outsider.id,
            "member": member,
            "lead": world.lead.id,
            "ex-lead": world.other_lead.id,
        }
        made = Prepared(world, file, people, ids)
        yield made
        made.closes()


def _introduced(world: World) -> tuple[str, str]:
    world.sets_up()
    mentor, mentee = world.couple(1)
    world.proposes()
    world.approves(1)
    world.introduces()
    world.delivers()
    return mentor.id, mentee.id


def _waiting(world: World) -> tuple[str, str]:
    """A pair that waits for a decision, another that is approved, and a message of unknown fate."""
    world.couple(2)
    world.couple(3)
    world.proposes()
    waiting, approved = (
        card.pair.id for card in approvals.review(world.ctx, world.workspace, world.lead.id).cards[:2]
    )
    world.approves(approved)
    world.delivers()
    world.joins("Uma Unknown", "share", 1, shares=["Falconry", "Glassblowing"], wants=[])
    vocabulary.take_in(world.ctx, world.workspace, world.lead.id, "Falconry")
    world.joins("Una Unsure", "share", 1, shares=["Falconnry"], wants=[])
    return str(waiting), _lost(world.ctx)


def _elsewhere(world: World) -> tuple[str, str]:
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
    return str(approvals.review(ctx, ELSEWHERE, boss.id).cards[0].pair.id), lost


def _lost(ctx: Context) -> str:
    letter = outgoing.due(ctx)[-1]
    leased = outgoing.lease(ctx, letter, "test")
    assert leased is not None
    outgoing.give_up(ctx, leased, "no answer")
    return str(letter.id)


def state(database: Database) -> dict[str, list[str]]:
    """Everything that is stored, but for what the directory says about people: anybody's click may refresh that."""
    kept = [table for table in tables.metadata.sorted_tables if table.name != "people"]
    with database.read() as tx:
        return {table.name: sorted(repr(tuple(row)) for row in tx.execute(table.select())) for table in kept}


def press(prepared: Prepared, action: Action, who: str, what: str) -> tuple[int, bool]:
    """Press a button in a copy of the workspace's data; the answer's status, and whether anything was changed."""
    world, database = prepared.world, prepared.anew()
    ctx = Context(database, world.clock)
    executor = ThreadPoolExecutor(2)
    app = App(name="Press", client=world.client, token_verification_enabled=False, listener_executor=executor)
    handlers.register(app, Services(ctx, world.workspace, TestDirectory(world.client, ctx, world.workspace)))
    body = raw.click(world, prepared.people[who], action, prepared.value(action, what), **_surface(action))
    answer = app.dispatch(BoltRequest(mode="socket_mode", body=body))
    executor.shutdown()  # a listener works on after its ack
    prepared.changed = state(database) != prepared.before
    return answer.status, prepared.changed


def _surface(action: Action) -> dict[str, Any]:
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


@pytest.mark.parametrize("action", Action)
def test_only_those_who_may_change_anything(prepared: Prepared, action: Action) -> None:
    changed = set()
    for who, what in product(WHO, WHAT):
        status, anything = press(prepared, action, who, what)
        assert status == 200, (who, what)
        if anything:
            changed.add((who, what))
    assert changed == CHANGES[action]


def test_every_button_has_a_listener(prepared: Prepared) -> None:
    app = App(name="Press", client=prepared.world.client, token_verification_enabled=False)
    handlers.register(app, prepared.world.services)
    for action in Action:
        body = raw.click(prepared.world, prepared.people["outsider"], action, RANDOM)
        assert app.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200, action
