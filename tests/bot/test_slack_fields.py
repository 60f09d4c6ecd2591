"""Fields of Slack's profiles are read with the optional scope alone, some people at a time, and put off by Slack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.slack.fields import NOBODY_IS_DUE, PER_MINUTE, SCOPE, TRY_AGAIN, SlackFields
from bot.slack.granted import Granted
from bot.true_time import ListeningClient
from mentoring.hr import Meaning, SlackField
from mentoring.people import Person, ProfileDraft
from program import profiles, slack_profiles
from storage import slack_profiles as stored
from storage.database import Database
from tests.bot.post_office import PostOffice, open_post_office


@pytest.fixture
def office(sqlite: Database) -> Iterator[PostOffice]:
    with open_post_office(sqlite) as opened:
        opened.sets_up()
        yield opened


@pytest.fixture
def reader(office: PostOffice) -> SlackFields:
    scopes = Granted()
    client = ListeningClient(
        scopes.heard, token=office.slack.bot_token, base_url=office.slack.api_url, retry_handlers=[]
    )
    office.slack.revoke_scopes(SCOPE)
    client.auth_test()
    return SlackFields(client, office.ctx, office.workspace, scopes)


def heard(office: PostOffice, reader: SlackFields) -> None:
    """The app is given the scope, and the next answer of Slack's says so."""
    office.slack.grant(SCOPE)
    reader._client.auth_test()


def joined(office: PostOffice, name: str, **fields: dict[str, str]) -> str:
    person = office.slack.add_person(name, fields=fields)
    draft = ProfileDraft(role="learn", wants=("Chess",), languages=("English",))
    profiles.save(office.ctx, office.workspace, Person(person.id, name, "UTC"), draft)
    return person.id


def calls(office: PostOffice) -> list[str]:
    return [call.method for call in office.slack.calls if "profile" in call.method]


def test_without_the_scope_nothing_is_asked_and_nothing_offered(
    office: PostOffice, reader: SlackFields
) -> None:
    office.slack.add_profile_field("Grade")
    assert reader.look() == 0
    assert reader.offered() is None
    assert calls(office) == []


def test_chosen_fields_of_whoever_takes_part_are_read_a_few_at_a_time(
    office: PostOffice, reader: SlackFields
) -> None:
    grade, boss = office.slack.add_profile_field("Grade"), office.slack.add_profile_field("Boss", "user")
    office.slack.add_profile_field("Birthday", "date")
    office.slack.add_profile_field("Secret", hidden=True)
    ids = [joined(office, f"Person {n}", **{grade: {"value": "Associate", "alt": ""}}) for n in range(25)]
    heard(office, reader)
    assert reader.look() == 0, "nobody chose a field"
    assert calls(office) == []
    offered = (SlackField(grade, "Grade"), SlackField(boss, "Boss", people=True))
    assert reader.offered() == reader.offered() == offered
    assert calls(office) == ["team.profile.get"]
    lead = (office.ctx, office.workspace, office.lead.id)
    slack_profiles.choose(*lead, {Meaning.LEVEL: offered[0], Meaning.MANAGER: offered[1]})
    office.clock.passes(seconds=NOBODY_IS_DUE)
    assert [reader.look(), reader.look()] == [20, 0], "so many a minute"
    office.clock.passes(seconds=20 * 60 / PER_MINUTE)
    assert reader.look() == 5
    with office.ctx.read() as act:
        said = stored.records(act.tx, office.workspace, ids)
    assert {one.level for one in said.values()} == {"Associate"}
    assert len(said) == 25


def test_a_limit_is_waited_for_and_what_was_read_before_it_is_kept(
    office: PostOffice, reader: SlackFields
) -> None:
    grade = office.slack.add_profile_field("Grade")
    ids = [joined(office, f"Person {n}", **{grade: {"value": "Senior", "alt": ""}}) for n in range(3)]
    heard(office, reader)
    slack_profiles.choose(
        office.ctx, office.workspace, office.lead.id, {Meaning.LEVEL: SlackField(grade, "Grade")}
    )
    office.slack.faults.ratelimit("users.profile.get", retry_after=30, times=1)
    before = len(calls(office))
    assert [reader.look() for _ in range(2)] == [0, 0]
    assert len(calls(office)) == before + 1, "nothing is asked while Slack has said to wait"
    office.clock.passes(seconds=31)
    assert reader.look() == 3
    with office.ctx.read() as act:
        assert stored.records(act.tx, office.workspace, ids).keys() == set(ids)


def test_a_scope_that_is_taken_away_ends_the_reading(office: PostOffice, reader: SlackFields) -> None:
    office.slack.add_profile_field("Grade")
    heard(office, reader)
    assert reader.offered()
    office.slack.revoke_scopes(SCOPE)
    reader._client.auth_test()
    assert reader.offered() is None
    before = calls(office)
    office.clock.passes(seconds=TRY_AGAIN + 1)
    assert reader.look() == 0
    assert calls(office) == before
