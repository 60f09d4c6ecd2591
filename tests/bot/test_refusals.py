"""What Slack refuses: it ends or waits, leads read why, and nobody stays bound to a pair that cannot meet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.delivery.verdicts import Place, Step, Then, rule
from bot.slack.errors import KIND_OF_ERROR, Failure
from bot.slack.errors import FailureKind as Failing
from mentoring.messages import Kind
from mentoring.pairings import PairState
from mentoring.people import Standing
from program import introductions
from program.outgoing import RowState
from sandbox import Message, Person
from storage import cycles, members, pairs
from tests.bot.post_office import PostOffice
from tests.effort import usually

POST, UPDATE, OPEN = "chat.postMessage", "chat.update", "conversations.open"
FACTS = json.loads((Path(__file__).parent / "data" / "slack_methods.json").read_text())
REFUSED = [
    *("user_is_restricted", "user_not_visible", "cannot_dm_bot", "ura_max_channels", "org_user_not_in_team"),
    *("invalid_user_combination", "too_many_users", "not_enough_users", "user_not_found", "user_disabled"),
    *("channel_not_found", "method_not_supported_for_channel_type", "users_list_not_supplied"),
]
SETTINGS = ["missing_scope", "no_permission", "restricted_action", "team_access_not_granted", "http_403"]
A_HANDFUL = 6


def about_to_meet(office: PostOffice) -> tuple[Person, Person]:
    """A pair that a lead approved, and whose introduction is queued."""
    both = office.couple()
    office.matches()
    office.delivers()
    office.approves(1)
    office.delivers()
    office.introduces()
    return both


def a_day(office: PostOffice) -> None:
    for _ in range(2 * 24 - 1):
        office.passes(minutes=30)


def troubles(lead: Person) -> list[Message]:
    return [
        one for one in lead.messages() if "Slack refuses some messages" in one or "does not let me" in one
    ]


def refuse(office: PostOffice, method: str, error: str) -> None:
    if error.startswith("http_"):
        office.slack.faults.http_error(method, status=int(error[5:]), times=1000)
    else:
        office.slack.faults.error(method, error, times=1000)


def test_every_error_of_opening_is_tried_here() -> None:
    documented = FACTS["methods"][OPEN]["errors"]
    assert set(documented) <= {*REFUSED, *SETTINGS}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("error", REFUSED)
def test_an_introduction_that_slack_refuses_ends_at_once_and_both_are_free(
    office: PostOffice, error: str
) -> None:
    both = about_to_meet(office)
    refuse(office, OPEN, error)
    office.delivers()
    office.lives_for(seconds=10)
    assert len(office.calls(OPEN)) == 1
    assert office.states(Kind.INTRO) == [RowState.FAILED]
    assert office.pair().state is PairState.WITHDRAWN
    assert f"({error})" in office.cards()[0] or f"the reason {error}" in office.cards()[0]
    assert "on the way" not in office.cards()[0]
    for lead in (office.lead, office.other_lead):
        (told,) = troubles(lead)
        assert error in told
        assert "Pair 1: @Mia Podcasting and @Max Podcasting" in told
    assert office.asked_about(office.lead) == [], "nothing is unknown about it"
    assert all("Podcasting" not in one or "You are in" in one for person in both for one in person.messages())
    with office.database.read() as tx:
        standing = [members.get(tx, 1, person.id) for person in both]
        assert [one.standing for one in standing if one] == [Standing.ACTIVE] * 2
        assert pairs.of_person(tx, 1, both[0].id, PairState.INTRODUCED, PairState.APPROVED) == []
    before = len(office.slack.calls)
    a_day(office)
    assert len(office.calls(OPEN)) == 1
    assert len(troubles(office.lead)) == 1
    assert len(office.slack.calls) - before <= A_HANDFUL


def test_the_card_says_whose_account_it_is(office: PostOffice) -> None:
    _, mentee = about_to_meet(office)
    office.slack.faults.drop_events("user_change")
    office.slack.update_person(mentee, guest=True)
    office.slack.faults.error(OPEN, "user_is_restricted")
    office.delivers()
    office.lives_for(seconds=10)
    cause = "Slack does not let the mentee into a group conversation, because their account is restricted"
    assert f"This pair was withdrawn. Why: {cause} (user_is_restricted)." in office.cards()[0]
    assert "*1* withdrawn" in next(
        one for one in office.lead.messages(office.leads_channel) if "Cycle 1" in one
    )


def test_the_same_two_are_not_proposed_again_in_this_cycle_and_others_are(office: PostOffice) -> None:
    mentor, mentee = about_to_meet(office)
    refuse(office, OPEN, "user_is_restricted")
    office.delivers()
    office.matches()
    office.lives_for(seconds=5)
    assert office.pair().state is PairState.WITHDRAWN
    other = office.joins("Nia", 2, shares=("Podcasting",))
    office.matches()
    office.lives_for(seconds=5)
    again = office.pair(2)
    assert (again.people, again.state) == ((other.id, mentee.id), PairState.PROPOSED)
    assert mentor.id != other.id


def test_whoever_is_gone_goes_the_ordinary_way(office: PostOffice) -> None:
    mentor, mentee = about_to_meet(office)
    office.slack.faults.drop_events("user_change")
    office.slack.deactivate(mentee)
    refuse(office, OPEN, "user_not_visible")
    office.delivers()
    office.lives_for(seconds=10)
    assert office.states(Kind.INTRO) == [RowState.MOOT]
    assert "One of the two is not in the workspace any more." in office.cards()[0]
    assert troubles(office.lead) == []
    assert mentor.group_dms() == []


def test_who_lost_a_partner_after_intro_time_hears_only_that_there_is_none(office: PostOffice) -> None:
    both = office.couple()
    office.matches()
    office.delivers()
    office.approves(1)
    with office.database.read() as tx:
        due = pairs.of_id(tx, 1).cycle_id
    refuse(office, OPEN, "user_is_restricted")
    with office.database.read() as tx:
        office.clock.time = cycles.get(tx, due).times.intro_at
    assert introductions.start_due(office.ctx) == 1
    office.delivers()
    office.lives_for(seconds=10)
    for person in both:
        assert sum("no partner for you" in one or "partner" in one for one in person.messages()[1:]) == 1
        assert person.group_dms() == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize("error", SETTINGS)
def test_a_setting_in_the_way_is_told_and_the_introduction_comes_when_it_is_mended(
    office: PostOffice, error: str
) -> None:
    mentor, _ = about_to_meet(office)
    refuse(office, OPEN, error)
    office.delivers()
    a_day(office)
    assert 2 <= len(office.calls(OPEN)) <= A_HANDFUL
    assert office.pair().state is PairState.INTRODUCED
    assert "It is not introduced yet. Why: Slack does not allow it yet, because" in office.cards()[0]
    assert error in office.cards()[0]
    for lead in (office.lead, office.other_lead):
        told = troubles(lead)
        assert [("open group conversations" in one, error in one) for one in told] == [(True, True)] * len(
            told
        )
        assert 1 <= len(told) <= 2, "once a day, and the clock has passed midnight"
    office.slack.faults.clear()
    for _ in range(9):
        office.passes(hours=1)
    office.lives_for(seconds=5)
    assert len(office.introductions(mentor)) == 1
    assert "Introduced on" in office.cards()[0]
    assert "not introduced yet" not in office.cards()[0]
    assert office.pair().why is None, "it would be told again when the pair ends"


def test_what_this_version_does_not_know_ends_after_a_day(office: PostOffice) -> None:
    about_to_meet(office)
    refuse(office, OPEN, "a_new_error_of_2031")
    office.delivers()
    a_day(office)
    assert len(office.calls(OPEN)) <= A_HANDFUL
    for _ in range(9):
        office.passes(hours=1)
    office.lives_for(seconds=10)
    assert office.states(Kind.INTRO) == [RowState.FAILED]
    assert office.pair().state is PairState.WITHDRAWN
    assert "a_new_error_of_2031" in office.cards()[0]


POSTING = [
    *sorted(FACTS["methods"][POST]["errors"]),
    "user_is_restricted",
    "user_not_found",
    "a_new_error_of_2031",
]


def verdict(error: str) -> Then:
    return rule(Failure(KIND_OF_ERROR.get(error, Failing.UNKNOWN), error), Step.POST, Place.PERSON)


@pytest.mark.sampled(12)
@pytest.mark.parametrize("error", POSTING)
def test_no_refusal_of_a_direct_message_is_silent(office: PostOffice, error: str) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    # What Slack does not accept is tried once more as plain text, an unknown conversation once more when opened.
    twice = KIND_OF_ERROR.get(error) is Failing.OUR_BUG or error == "channel_not_found"
    office.slack.faults.error(POST, error, times=2 if twice else 1)
    office.delivers()
    office.lives_for(seconds=15)
    then = verdict(error)
    state = {Then.END: RowState.FAILED, Then.GONE: RowState.FAILED, Then.WAIT: RowState.READY}
    expected = RowState.READY if error == "message_limit_exceeded" else state.get(then, RowState.SENT)
    (row,) = office.letters(Kind.WELCOME)
    if error != "rate_limited":
        assert row.state is expected
    heard = [one for one in troubles(office.lead) if error in one]
    assert len(heard) == (then in (Then.END, Then.WAIT))
    assert all("*Not reached:* @Ana" in one for one in heard if then is Then.END)
    for _ in range(5):
        office.passes(minutes=15)
    office.lives_for(seconds=5)
    assert len(office.welcomes(ana)) == (then not in (Then.END, Then.GONE))


ALL_DAY = [error for error in POSTING if error not in ("rate_limited", "message_limit_exceeded")]
ONE_OF_EACH = {(KIND_OF_ERROR.get(error), verdict(error)): error for error in ALL_DAY}


@pytest.mark.parametrize("error", usually(ONE_OF_EACH.values(), ALL_DAY))
def test_no_refusal_of_a_direct_message_is_tried_all_day(office: PostOffice, error: str) -> None:
    ana = office.joins("Ana", 2, shares=("Podcasting",))
    refuse(office, POST, error)
    office.delivers()
    a_day(office)
    tried = [one for one in office.calls() if one.args["channel"] == ana.id]
    assert len(tried) <= A_HANDFUL if KIND_OF_ERROR.get(error) is not Failing.AMBIGUOUS else len(tried) <= 40


def test_thanks_and_other_words_that_slack_refuses_are_told(office: PostOffice) -> None:
    office.couple()
    office.matches()
    office.delivers()
    office.slack.faults.error(UPDATE, "msg_too_long", times=2)
    office.approves(1)
    office.lives_for(seconds=10)
    (told,) = troubles(office.lead)
    assert "*Not posted or not brought up to date:* the card of a proposed pair" in told


def test_a_lead_who_cannot_be_written_to_is_told_of_to_the_others(office: PostOffice) -> None:
    office.couple()
    office.delivers()
    office.slack.kick_bot(office.leads_channel)
    office.slack.faults.error(POST, "user_is_restricted", times=1)
    office.matches()
    office.delivers()
    office.lives_for(seconds=10)
    heard = {lead.id: len(troubles(lead)) for lead in (office.lead, office.other_lead)}
    assert sorted(heard.values()) == [0, 1], "the one who was refused is not written to about it"
