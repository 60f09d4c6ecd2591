"""People, members, programs, words and the audit log, as they come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from mentoring.cadence import Weekly
from mentoring.people import Person, Profile, Role, Standing
from mentoring.programs import Calendar
from storage import audit, members, people, programs
from storage.database import Database
from tests.storage.rows import CALENDAR, NOW, SETTINGS, WORKSPACE, a_cycle, a_member, a_program

LATER = NOW + timedelta(hours=1)
FULL = Person("U1", "Ada", "Asia/Tokyo", admin=True, deactivated=True, guest=True, bot=True, stranger=True)


def test_a_person_comes_back_as_last_seen(database: Database) -> None:
    with database.write() as tx:
        people.save(tx, WORKSPACE, Person("U1", "Ada"), NOW)
        people.save(tx, WORKSPACE, FULL, LATER)
        assert people.get(tx, WORKSPACE, "U1") == FULL
        assert people.get(tx, "T2", "U1") is None
        assert people.get(tx, WORKSPACE, "U2") is None


def test_the_longest_unseen_members_are_looked_up_first(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        for number, hours in enumerate((3, 1, 2, 4, 5, 6)):
            member = a_member(tx, program, f"U{number}")
            people.save(tx, WORKSPACE, member.person, NOW - timedelta(hours=hours))
        people.save(tx, WORKSPACE, Person("UNOBODY", "Not a member"), NOW - timedelta(days=9))
        people.save(tx, WORKSPACE, Person("U4", "Gone", deactivated=True), NOW - timedelta(days=9))
        left = members.get(tx, program.id, "U5")
        assert left is not None
        members.move(tx, left, Standing.LEFT)
        paused = members.get(tx, program.id, "U3")
        assert paused is not None
        members.move(tx, paused, Standing.PAUSED)
        people.save(tx, WORKSPACE, Person("ULEAD", "A lead", stranger=True), NOW - timedelta(days=2))
        people.save(tx, "T2", Person("UOTHER", "A lead elsewhere"), NOW)
        before = NOW - timedelta(hours=1)
        due = [(WORKSPACE, person) for person in ("UOTHER", "U3", "U0", "U2", "U4", "ULEAD")]
        assert people.stale(tx, before, 9) == due
        assert people.stale(tx, before, 2) == due[:2]
        people.save(tx, WORKSPACE, Person("UOTHER", "A lead"), NOW - timedelta(hours=3.5))
        assert people.stale(tx, before, 2) == [(WORKSPACE, "U3"), (WORKSPACE, "UOTHER")]


def test_whoever_is_gone_is_looked_up_once_a_day(database: Database) -> None:
    with database.write() as tx:
        a_member(tx, a_program(tx), "U1")
        for lead in SETTINGS.leads:
            people.save(tx, WORKSPACE, Person(lead, "A lead"), NOW)
        for gone in (Person("U1", "Gone", deactivated=True), Person("U1", "Moved", stranger=True)):
            people.save(tx, WORKSPACE, gone, NOW)
            assert people.stale(tx, NOW + timedelta(hours=23), 9) == [
                (WORKSPACE, one) for one in SETTINGS.leads
            ]
            assert (WORKSPACE, "U1") in people.stale(tx, NOW + timedelta(hours=25), 9)


def test_the_admins_are_those_who_can_be_written_to(database: Database) -> None:
    with database.write() as tx:
        fit = Person("U2", "Ada", "Asia/Tokyo", admin=True)
        for unfit in (
            replace(fit, id="U5", deactivated=True),
            replace(fit, id="U6", guest=True),
            replace(fit, id="U7", bot=True),
            replace(fit, id="U8", stranger=True),
        ):
            people.save(tx, WORKSPACE, unfit, NOW)
        people.save(tx, WORKSPACE, Person("U3", "No admin"), NOW)
        people.save(tx, "T2", replace(fit, id="U4"), NOW)
        people.save(tx, WORKSPACE, fit, NOW)
        people.save(tx, WORKSPACE, replace(fit, id="U1", stranger=False), NOW)
        assert [person.id for person in people.admins(tx, WORKSPACE)] == ["U1", "U2"]
        people.only_admins(tx, WORKSPACE, {"U1", "U3"})
        assert [person.id for person in people.admins(tx, WORKSPACE)] == ["U1"]
        assert people.get(tx, WORKSPACE, "U2") == replace(fit, admin=False)
        assert [person.id for person in people.admins(tx, "T2")] == ["U4"]


def test_a_person_who_was_seen_lately(database: Database) -> None:
    with database.write() as tx:
        people.save(tx, WORKSPACE, FULL, NOW)
        assert people.seen_since(tx, WORKSPACE, "U1", NOW) == FULL
        assert people.seen_since(tx, WORKSPACE, "U1", LATER) is None
        assert people.seen_since(tx, "T2", "U1", NOW) is None


def test_a_member_comes_back_whole(database: Database) -> None:
    profile = Profile(
        role=Role.SHARE,
        shares=("AI tools", "C++"),
        wants=("SQL",),
        level=None,
        department="R&D “Süd”",
        languages=("English", "Português"),
        hours=(8 * 60, 16 * 60 + 30),
        manager_id="UBOSS",
        avoid=("U8", "U9"),
        mentor_capacity=2,
        mentee_capacity=3,
        working_days=(0, 6),
    )
    with database.write() as tx:
        program = a_program(tx)
        member = replace(a_member(tx, program, "U1"), profile=profile, paused_until=date(2027, 1, 31))
        members.save(tx, WORKSPACE, member)
        assert members.get(tx, program.id, "U1") == member
        assert members.get(tx, program.id, "U2") is None


def test_members_who_left_are_found_only_by_name(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        one, two = (a_member(tx, program, person) for person in ("U1", "U2"))
        members.move(tx, two, Standing.LEFT)
        left = replace(two, standing=Standing.LEFT)
        assert members.of_program(tx, program.id) == {"U1": one}
        assert members.of_program(tx, program.id, ["U1", "U2", "U3"]) == {"U1": one, "U2": left}
        assert members.of_program(tx, program.id, []) == {}
        assert programs.of_person(tx, WORKSPACE, "U1") == [program]
        assert programs.of_person(tx, WORKSPACE, "U2") == []
        assert programs.of_person(tx, "T2", "U1") == []


def test_only_active_members_count(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        for number, standing in enumerate(Standing):
            members.move(tx, a_member(tx, program, f"U{number}"), standing)
        assert members.count(tx, program.id) == 1
        assert members.count(tx, program.id + 1) == 0


def test_a_standing_changes_only_from_what_was_seen(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        seen = a_member(tx, program, "U1")
        assert members.move(tx, seen, Standing.PAUSED, until=date(2026, 4, 1))
        assert not members.move(tx, seen, Standing.LEFT)
        paused = members.get(tx, program.id, "U1")
        assert paused == replace(seen, standing=Standing.PAUSED, paused_until=date(2026, 4, 1))
        assert members.move(tx, paused, Standing.ACTIVE, active_since=LATER)
        assert members.get(tx, program.id, "U1") == replace(seen, active_since=LATER)


def test_pauses_that_end_by_a_day(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        for number, until in enumerate((date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 3), None)):
            members.move(tx, a_member(tx, program, f"U{number}"), Standing.PAUSED, until=until)
        members.move(tx, a_member(tx, program, "U9"), Standing.ACTIVE, until=date(2026, 4, 1))
        back = members.back_by(tx, program.id, date(2026, 4, 2))
        assert [member.person.id for member in back] == ["U0", "U1"]


def test_a_program_comes_back_whole(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        assert (program.name, program.leads, program.leads_channel) == (
            SETTINGS.name,
            SETTINGS.leads,
            SETTINGS.leads_channel,
        )
        assert (program.calendar, program.rules) == (CALENDAR, SETTINGS.rules)
        assert programs.find(tx, WORKSPACE) == programs.get(tx, program.id) == program
        assert programs.find(tx, "T2") is None


def test_settings_and_leads_are_replaced(database: Database) -> None:
    calendar = Calendar("Asia/Tokyo", 6, date(2026, 5, 4), Weekly(0, 1), Weekly(6, 1439), 7, 3, (0, 6))
    with database.write() as tx:
        program, other = a_program(tx), a_program(tx, "T2")
        changed = replace(SETTINGS, name="New", leads=("UNEW", "ULEAD"), calendar=calendar)
        saved = programs.save(tx, program.id, changed)
        assert (saved.name, saved.leads, saved.calendar) == ("New", ("UNEW", "ULEAD"), calendar)
        assert programs.every(tx) == [saved, other]


def test_the_audit_log_keeps_its_order(database: Database) -> None:
    with database.write() as tx:
        program, other = a_program(tx), a_program(tx, "T2")
        audit.note(tx, program.id, LATER, "ULEAD", "approved", 7)
        audit.note(tx, other.id, NOW, "ULEAD", "approved", 8)
        audit.note(tx, program.id, NOW, "UOTHER", "declined", 9, reason="no")
        assert audit.entries(tx, program.id) == [
            (LATER, "ULEAD", "approved", "7"),
            (NOW, "UOTHER", "declined", "9"),
        ]


def test_who_asked_for_a_run(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        cycle, other = a_cycle(tx, program), a_cycle(tx, program, 2)
        for actor, about in ((audit.SCHEDULE, cycle), ("U9", other), ("ULEAD", cycle)):
            audit.note(tx, program.id, datetime(2026, 3, 2, tzinfo=UTC), actor, "match", about.id)
        runs = [audit.actor_of_run(tx, program.id, cycle.id, run) for run in range(4)]
        assert runs == [None, None, "ULEAD", None]
        assert audit.actor_of_run(tx, program.id, other.id, 1) == "U9"
