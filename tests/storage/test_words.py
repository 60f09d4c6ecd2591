"""Who uses which word: counted where members and people are stored, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from alembic import command
from sqlalchemy import text

from mentoring.own_words import MAX_OFFERED, OwnWord, Verdict
from mentoring.people import Standing
from mentoring.programs import Program
from mentoring.skills import skill_key
from storage import members, people, skills, tables
from storage.database import Database, Tx
from storage.keeping import schema
from tests.storage.rows import NOW, WORKSPACE, a_member, a_program
from tests.storage.test_schema import bare

__all__ = ["bare"]


def users(tx: Tx, program: Program, label: str) -> int | None:
    word = skills.find(tx, program.id, skill_key(label))
    return word.users if word else None


def test_a_word_is_offered_from_the_third_user_on_and_forgotten_with_the_last(database: Database) -> None:
    with database.write() as tx:
        program, other = a_program(tx), a_program(tx, "T2")
        for number, written in enumerate(("Chess", "chess!", "CHESS"), 1):
            before = skills.version(tx, program.id)
            a_member(tx, program, f"U{number}", shares=(written,), wants=("Chess", "chess"))
            assert users(tx, program, "chess") == number
            assert (skills.version(tx, program.id) != before) == (number == 3)
        (offered,) = [word for word in skills.offered(tx, program.id) if word.key == "chess"]
        assert offered == OwnWord("chess", "Chess", 3)
        assert skills.offered(tx, other.id) == []
        for number in (1, 2, 3):
            a_member(tx, program, f"U{number}", shares=("SQL",))
        assert users(tx, program, "chess") is None
        assert [word.label for word in skills.offered(tx, program.id)] == ["SQL"]


def test_who_left_or_is_gone_does_not_count_until_they_are_back(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        one = a_member(tx, program, "U1", shares=("Chess",))
        two = a_member(tx, program, "U2", shares=("Chess",))
        members.move(tx, two, Standing.PAUSED)
        assert users(tx, program, "Chess") == 2
        members.move(tx, replace(two, standing=Standing.PAUSED), Standing.LEFT)
        assert users(tx, program, "Chess") == 1
        people.save(tx, WORKSPACE, replace(one.person, deactivated=True), NOW)
        assert users(tx, program, "Chess") is None
        people.save(tx, WORKSPACE, one.person, NOW)
        assert users(tx, program, "Chess") == 1
        people.save(tx, WORKSPACE, replace(one.person, stranger=True), NOW)
        assert users(tx, program, "Chess") is None
        people.save(tx, WORKSPACE, one.person, NOW)
        members.move(tx, replace(two, standing=Standing.LEFT), Standing.ACTIVE)
        assert users(tx, program, "Chess") == 2
        members.save(tx, WORKSPACE, replace(two, standing=Standing.LEFT))
        assert users(tx, program, "Chess") == 1


def test_what_a_lead_ruled_stays_when_nobody_uses_the_word(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        for label, verdict in (("Chess", Verdict.IN), ("Poker", Verdict.OUT)):
            for number in range(4):
                a_member(tx, program, f"U{number}", shares=(label,), wants=())
            skills.rule(tx, program.id, label, verdict)
            for number in range(4):
                a_member(tx, program, f"U{number}", shares=("SQL",), wants=())
        assert [word.label for word in skills.offered(tx, program.id)] == ["Chess", "SQL"]
        assert skills.apart(tx, program.id) == ["Poker"]
        assert skills.ruled_out(tx, program.id, [], 9) == ([], 0), "nobody uses it"
        assert skills.ruled_out(tx, program.id, ["poker"], 9)[1] == 1, "the program came with it"


def test_waiting_words_come_by_people_and_are_counted(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        a_member(tx, program, "U1", shares=("Chess", "Whittling", "SQL"), wants=())
        a_member(tx, program, "U2", shares=("Whittling", "Origami"), wants=())
        words, total = skills.waiting(tx, program.id, ["sql"], 2)
        assert [(word.label, word.users) for word in words] == [("Whittling", 2), ("Chess", 1)]
        assert total == 3


def test_the_label_is_that_of_a_user_who_is_still_there(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        a_member(tx, program, "U1", shares=("CHESS (ask me why)",), wants=())
        a_member(tx, program, "U2", shares=("Chess: ask me why",), wants=())
        a_member(tx, program, "U1", shares=("SQL",), wants=())
        word = skills.find(tx, program.id, skill_key("chess ask me why"))
        assert word == OwnWord("chess ask me why", "Chess: ask me why", 1)


def test_only_so_many_words_are_offered_those_of_leads_first(database: Database) -> None:
    with database.write() as tx:
        program = a_program(tx)
        rows = [
            {"program_id": program.id, "key": f"w{n}", "label": f"w{n}", "users": n % 90 + 3, "verdict": None}
            for n in range(MAX_OFFERED + 9)
        ]
        tx.execute(tables.words.insert(), rows)
        skills.rule(tx, program.id, "Rare", Verdict.IN)
        offered = skills.offered(tx, program.id)
        assert len(offered) == MAX_OFFERED
        assert offered[0].label == "Rare"
        assert offered[1].users == 92


@pytest.mark.parametrize("label", ["ﷺ" * 60, "ΐ" * 60, "x" * 60])
def test_the_longest_words_fit(database: Database, label: str) -> None:
    with database.write() as tx:
        program = a_program(tx)
        a_member(tx, program, "U1", shares=(label,), wants=())
        assert users(tx, program, label) == 1


def test_the_migration_counts_the_words_of_everybody_there(bare: Database) -> None:
    with bare.write() as tx:
        command.upgrade(schema.config(tx), "0003")
        _old_program(tx)
        for person, words, standing, gone in (
            ("U1", '["Chess", "Origami", "..."]', "active", False),
            ("U2", '["chess", "Origami"]', "paused", False),
            ("U3", '["Chess"]', "active", False),
            ("U4", '["Origami"]', "left", False),
            ("U5", '["Origami", "Whittling"]', "active", True),
        ):
            _old_member(tx, person, words, standing, gone)
    assert schema.upgrade(bare)
    with bare.write() as tx:
        found = {word.label: word for word in skills.offered(tx, 1)}
        assert found == {
            "Chess": OwnWord("chess", "Chess", 3),
            "Knittting": OwnWord("knittting", "Knittting", 0, Verdict.IN),
        }
        assert skills.waiting(tx, 1, [], 9)[0] == [OwnWord("origami", "Origami", 2)]
        skills.user_moved(tx, 1, "U5")
        assert skills.find(tx, 1, "whittling") is None
    with bare.rebuild() as tx:
        command.downgrade(schema.config(tx), "0003")
        labels = tx.execute(text("SELECT label FROM skills ORDER BY label")).scalars().all()
        assert labels == ["Chess", "Knittting", "Origami"]


def _old_program(tx: Tx) -> None:
    tx.execute(
        text(
            "INSERT INTO programs (id, workspace, name, leads_channel, time_zone, cycle_weeks, first_start,"
            " first_number, intro_weekday, intro_minutes, checkin_weekday, checkin_minutes, proposal_days, rules,"
            " ladder) VALUES (1, 'T1', 'Upside Down', 'C1', 'UTC', 4, '2026-03-09', 1, 1, 600, 3, 600, 3, '{}', '[]')"
        )
    )
    tx.execute(text("INSERT INTO skills VALUES (1, 'Whittling'), (1, 'Knittting')"))
    tx.execute(
        text(
            "INSERT INTO audit (id, program_id, at, actor, action, subject, details)"
            " VALUES (1, 1, '2026-03-01', 'ULEAD', 'keep_apart', 'Knittting', '{}')"
        )
    )


def _old_member(tx: Tx, person: str, words: str, standing: str, gone: bool) -> None:
    place = {"person": person, "words": words, "standing": standing, "gone": gone, "no": False}
    tx.execute(
        text("INSERT INTO people VALUES ('T1', :person, 'Name', 'UTC', :no, :gone, :no, :no, '2026-03-01')"),
        place,
    )
    columns = (
        "program_id, person_id, workspace, standing, joined_at, active_since, role, shares, wants, department,"
        " languages, starts, ends, avoid, mentor_capacity, mentee_capacity"
    )
    tx.execute(
        text(
            f"INSERT INTO members ({columns}) VALUES (1, :person, 'T1', :standing, '2026-03-01', '2026-03-01',"  # noqa: S608 - the columns stand above
            " 'both', :words, :words, '', '[]', 540, 1020, '[]', 1, 1)"
        ),
        place,
    )
