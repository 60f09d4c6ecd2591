"""The doctor: each thing that can be wrong is found, with what to do about it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from bot.commands import doctor
from bot.settings import Settings
from bot.starting import CannotStart
from bot.wiring import Bot
from mentoring.messages import Kind
from program import outgoing, people
from storage.database import Database
from storage.keeping import schema
from tests.bot.post_office import PostOffice, open_post_office

PASSWORD = "hunter2-in-the-address"


@pytest.fixture
def bare(sqlite_copy: Path) -> Iterator[PostOffice]:
    """A workspace and a database of its own with all tables, and no program."""
    database = Database(f"sqlite:///{sqlite_copy}")
    with open_post_office(database) as opened:
        yield opened
    database.close()


@pytest.fixture
def office(bare: PostOffice) -> PostOffice:
    """The same with a program that has been set up."""
    bare.sets_up()
    return bare


def settings_of(office: PostOffice) -> Settings:
    slack = office.slack
    return Settings(
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        api_url=slack.api_url,
        database_url=str(office.database.url),
    )


def wrong(settings: Settings) -> list[doctor.Finding]:
    """What is not fine; each such finding says what to do."""
    found = [finding for finding in doctor.examine(settings) if not finding.fine]
    assert all(finding.advice for finding in found)
    return found


def only(settings: Settings) -> tuple[str, str]:
    (finding,) = wrong(settings)
    return finding.seen, finding.advice


def test_everything_is_fine(office: PostOffice, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.report(settings_of(office)) == 0
    told = capsys.readouterr().out
    assert told.endswith("\nEverything is fine.\n")
    assert "The program “Reverse mentoring” has 2 leads, and the bot is in their channel." in told
    assert "Messages: 0 waiting, 0 of unknown fate, 0 refused." in told


def test_a_bad_bot_token_does_not_end_the_report(office: PostOffice) -> None:
    findings = list(doctor.examine(replace(settings_of(office), bot_token="xoxb-somebody-elses")))
    assert findings[0].seen == "The bot token does not work: invalid_auth."
    assert findings[0].advice.startswith("Check SLACK_BOT_TOKEN.")
    assert any(finding.fine and "The database is sound" in finding.seen for finding in findings)


def test_slack_out_of_reach(office: PostOffice) -> None:
    seen, advice = only(replace(settings_of(office), api_url="http://127.0.0.1:1/api/"))
    assert "connection_refused" in seen
    assert "this machine reaches Slack" in advice


def test_a_missing_scope(office: PostOffice) -> None:
    office.slack.revoke_scopes("im:history", "users:read")
    seen, advice = only(settings_of(office))
    assert seen == "The token lacks these scopes: im:history, users:read."
    assert "install the app again" in advice


def test_a_wrong_app_token(office: PostOffice) -> None:
    seen, advice = only(replace(settings_of(office), app_token="xapp-somebody-elses"))
    assert seen == "The app-level token does not work: invalid_auth."
    assert "SLACK_APP_TOKEN" in advice


def test_http_mode_needs_no_app_token(office: PostOffice) -> None:
    told = replace(settings_of(office), app_token=None, signing_secret="a-secret", http_port=0)
    assert wrong(told) == []
    assert any("HTTP mode" in finding.seen for finding in doctor.examine(told))


def test_the_bot_is_not_in_the_leads_channel(office: PostOffice) -> None:
    office.slack.kick_bot(office.leads_channel)
    seen, advice = only(settings_of(office))
    assert seen == "The leads' channel cannot be seen (channel_not_found)."
    assert "/invite" in advice


def test_the_bot_is_not_in_a_public_leads_channel(bare: PostOffice) -> None:
    public = bare.slack.add_channel("leads-in-public", members=[bare.lead])
    bare.sets_up(leads_channel=public.id)
    assert only(settings_of(bare))[0] == "The bot is not in the leads' channel."


def test_the_leads_channel_is_archived(office: PostOffice) -> None:
    office.slack.archive(office.leads_channel)
    seen, advice = only(settings_of(office))
    assert seen == "The leads' channel is archived."
    assert "/reverse-mentor setup" in advice


@pytest.mark.parametrize(
    ("how", "words"), [("public", "is public"), ("ext", "shared"), ("pending", "shared")]
)
def test_the_leads_channel_is_open_to_others(office: PostOffice, how: str, words: str) -> None:
    if how == "public":
        office.slack.convert(office.leads_channel, private=False)
    else:
        office.slack.share(office.leads_channel, how)  # type: ignore[arg-type]  # one of the sandbox's words
    seen, advice = only(settings_of(office))
    assert words in seen
    assert "nothing is posted there" in seen
    assert "/reverse-mentor setup" in advice


def test_a_leads_channel_shared_inside_the_organization_is_fine(office: PostOffice) -> None:
    office.slack.share(office.leads_channel, "org")
    assert wrong(settings_of(office)) == []


def test_no_program_yet(bare: PostOffice) -> None:
    assert wrong(settings_of(bare)) == []
    assert any("No program yet" in finding.seen for finding in doctor.examine(settings_of(bare)))


def test_an_empty_database(bare: PostOffice, tmp_path: Path) -> None:
    told = replace(settings_of(bare), database_url=f"sqlite:///{tmp_path / 'new.db'}")
    assert wrong(told) == []
    assert any("There is no database at" in finding.seen for finding in doctor.examine(told))
    assert list(tmp_path.glob("new*")) == []


def test_a_database_of_a_newer_version(bare: PostOffice) -> None:
    with bare.database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    seen, advice = only(settings_of(bare))
    assert (seen, advice) == (schema.MADE_BY_NEWER, schema.INSTALL_NEWER)
    with pytest.raises(CannotStart, match="made by a newer version of the bot"):
        Bot(settings_of(bare))


def test_a_file_that_is_no_database(bare: PostOffice, tmp_path: Path) -> None:
    (tmp_path / "list.db").write_bytes(b"This is a shopping list, not a database." * 100)
    seen, _ = only(replace(settings_of(bare), database_url=f"sqlite:///{tmp_path / 'list.db'}"))
    assert seen == f"{tmp_path / 'list.db'} is no SQLite database."


def test_a_damaged_database(office: PostOffice, sqlite_copy: Path) -> None:
    for number in range(60):
        office.joins(f"Person {number}", 2, shares=("Podcasting",))
    told = settings_of(office)
    office.database.close()
    damage(sqlite_copy)
    seen, advice = only(told)
    assert seen.startswith(f"The database {sqlite_copy} is damaged (")
    assert f"put your latest backup in the place of {sqlite_copy}" in advice


def damage(path: Path) -> None:
    """Overwrite the middle of a database's file, as a broken disk does."""
    contents = bytearray(path.read_bytes())
    for page in range(4, len(contents) // 4096):
        contents[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(contents)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://bot:{PASSWORD}@127.0.0.1:1/mentoring?connect_timeout=2",
        "sqlite:////proc/no/such/place.db",
    ],
)
def test_a_database_out_of_reach(office: PostOffice, url: str) -> None:
    (finding,) = wrong(replace(settings_of(office), database_url=url))
    assert "DATABASE_URL" in finding.advice
    assert PASSWORD not in str(finding)


def test_a_sound_postgresql(office: PostOffice, postgres_url: str) -> None:
    told = replace(settings_of(office), database_url=postgres_url)
    assert wrong(told) == []


def test_clocks_that_are_apart(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = SimpleNamespace(time=lambda: time.time() + 600)  # Slack's own clock is in this process too
    monkeypatch.setattr(doctor, "time", fast)
    seen, advice = only(settings_of(office))
    assert re.fullmatch(
        r"This machine's clock is (599|60\d) seconds apart from Slack's\. "
        r"Nothing is begun or ended until they agree\.",
        seen,
    )
    assert "NTP" in advice
    assert "REVERSE_MENTOR_TRUST_CLOCK" in advice
    assert wrong(replace(settings_of(office), trust_clock=True)) == []


def test_clocks_that_are_a_little_apart(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "time", SimpleNamespace(time=lambda: time.time() + 90))
    seen, advice = only(settings_of(office))
    assert "seconds apart" in seen
    assert "Nothing" not in seen
    assert "NTP" in advice


def test_messages_of_unknown_fate(office: PostOffice) -> None:
    office.joins("Ana", 2, shares=("Podcasting",))
    (row,) = office.letters(Kind.WELCOME)
    outgoing.give_up(office.ctx, row, "no_answer")
    seen, advice = only(settings_of(office))
    assert seen == "Messages: 2 waiting, 1 of unknown fate, 0 refused."
    assert advice.startswith("They wait for ")
    assert advice.endswith("They can look and decide in my direct message to them.")


def test_a_program_without_leads(office: PostOffice) -> None:
    """It says who hears in the leads' place."""
    for lead in (office.lead, office.other_lead):
        people.gone(office.ctx, office.workspace, lead.id)
    told = replace(settings_of(office), admins=frozenset({"U0OPERATOR"}))
    finding = next(one for one in doctor.examine(told) if "leads the program" in one.seen)
    assert not finding.fine
    assert "U0OPERATOR" in finding.advice
