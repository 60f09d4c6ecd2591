"""`restored`: after an older copy of the database was put back, what it holds as waiting is looked for first."""

from __future__ import annotations

from pathlib import Path

from mentoring.messages import Kind
from program import outgoing
from program.outgoing import RowState
from tests.bot.post_office import PostOffice
from tests.bot.process import environment, run


def goes_back(office: PostOffice, kind: Kind) -> None:
    """What was delivered is forgotten, as in a backup from before that."""
    with office.database.write() as tx:
        tx.exec_driver_sql(
            "UPDATE outbox SET state = 'ready', ts = NULL, channel = NULL, sent_at = NULL, fence = 0,"
            " first_attempt_at = NULL, attempts = 0, shown = 0 WHERE kind = :kind",
            {"kind": kind.value},
        )


def test_what_stands_in_a_direct_message_is_found_there(office: PostOffice) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    office.delivers()
    goes_back(office, Kind.WELCOME)
    ben = office.joins("Ben", 6, wants=("Podcasting",))
    assert outgoing.doubt_all(office.ctx) == 2
    office.lives_for(seconds=5)
    assert [len(one.messages()) for one in (ana, ben)] == [1, 1]
    assert office.states(Kind.WELCOME) == [RowState.SENT, RowState.SENT]


def test_leads_are_asked_about_what_nobody_may_look_up(office: PostOffice) -> None:
    office.couple()
    office.matches()
    office.lives_for(seconds=5)
    goes_back(office, Kind.CARD)
    assert outgoing.doubt_all(office.ctx) == 1
    office.lives_for(seconds=5)
    assert office.states(Kind.CARD) == [RowState.UNKNOWN]
    assert len(office.asked_about(office.lead)) == 1
    assert len(office.cards()) == 1


def test_the_command_says_what_follows(office: PostOffice, tmp_path: Path, sqlite_copy: Path) -> None:
    sqlite_copy.rename(tmp_path / "reverse-mentor.db")
    ended = run(tmp_path, "restored", environment(office.slack))
    words = "No message is waiting, so nothing can be sent twice. Start the bot."
    assert (ended.returncode, ended.stdout.strip()) == (0, words)
