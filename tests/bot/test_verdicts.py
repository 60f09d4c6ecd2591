"""The table of verdicts: every error Slack documents for the bot's calls, and what else can come, in every place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.delivery.verdicts import TABLE, Place, Step, Then, rule, who
from bot.slack.errors import KIND_OF_ERROR, PASSING, Failure, FailureKind
from bot.slack.waits import backoff, rarely
from mentoring.people import Person
from mentoring.refusals import because, no_introduction, not_yet, what_helps

FACTS = json.loads((Path(__file__).parent / "data" / "slack_methods.json").read_text())
NOT_SLACKS = ("a_new_error_of_2031", "http_403", "http_404", "http_503", "timeout", "connection_reset")
A_HANDFUL = 6
DAY = 24 * 3600.0
Case = tuple[Failure, Step, Place]


def kind_of(error: str) -> FailureKind:
    others = {
        "http_403": FailureKind.CONFIG,
        "http_404": FailureKind.CONFIG,
        "http_503": FailureKind.REFUSED_RETRY,
        "timeout": FailureKind.AMBIGUOUS,
        "connection_reset": FailureKind.AMBIGUOUS,
    }
    return KIND_OF_ERROR.get(error) or others.get(error, FailureKind.UNKNOWN)


def cases() -> Iterator[Case]:
    """Every error that the bot knows or that is documented for the call, at every call and for every place."""
    for step in Step:
        documented = FACTS["methods"][step.value]["errors"]
        for error in sorted({*documented, *KIND_OF_ERROR, *NOT_SLACKS}):
            for place in Place:
                if step is not Step.OPEN or place is Place.PAIR:
                    yield Failure(kind_of(error), error), step, place


CASES = list(cases())


def is_plain(failure: Failure) -> bool:
    """Whether Slack said no, and would say so again in a minute."""
    return failure.kind not in PASSING - {FailureKind.UNKNOWN} and failure.kind is not FailureKind.DEAD_TOKEN


def tries_a_day(wait: object) -> int:
    """How often something is tried on its first day when each attempt fails."""
    at, tried = 0.0, 0
    while at < DAY:
        tried += 1
        at += rarely(tried) if wait == "rarely" else backoff(tried)
    return tried


def test_there_are_enough_cases() -> None:
    assert len(CASES) > 1000
    assert {failure.kind for failure, _, _ in CASES} == set(FailureKind)
    assert all(set(row) == set(Step) for row in TABLE.values())
    assert set(TABLE) == set(FailureKind)


def test_a_plain_refusal_is_never_treated_as_passing() -> None:
    told = {rule(*case) for case in CASES if is_plain(case[0])}
    assert not told & {Then.AGAIN, Then.SLOWER, Then.TOKEN}


def test_what_passes_by_itself_is_never_ended() -> None:
    passing = {rule(*case) for case in CASES if not is_plain(case[0])}
    assert passing == {Then.AGAIN, Then.SLOWER, Then.TOKEN, Then.LOOK}


def test_what_waits_for_a_setting_is_tried_a_handful_of_times_a_day() -> None:
    assert tries_a_day("rarely") == A_HANDFUL
    assert rarely(1) == 3600
    assert all(rarely(tried) <= 8 * 3600 for tried in range(1000))
    assert tries_a_day("backoff") > A_HANDFUL, "the count above can fail"


def test_only_a_post_that_was_not_answered_is_looked_for() -> None:
    looked = {
        (failure.kind, step) for failure, step, place in CASES if rule(failure, step, place) is Then.LOOK
    }
    assert looked == {(FailureKind.AMBIGUOUS, Step.POST), (FailureKind.UNKNOWN, Step.POST)}


def test_only_what_was_on_screen_can_vanish() -> None:
    assert {step for failure, step, place in CASES if rule(failure, step, place) is Then.VANISHED} == {
        Step.UPDATE
    }


def test_a_refused_introduction_ends_or_waits_for_a_setting_that_somebody_can_change() -> None:
    for failure, step, place in CASES:
        if place is Place.PAIR and step in (Step.OPEN, Step.POST) and is_plain(failure):
            then = rule(failure, step, place)
            settings = failure.kind in (FailureKind.CONFIG, FailureKind.UNKNOWN)
            assert then in ((Then.WAIT, Then.LOOK, Then.END) if settings else (Then.END, Then.GONE)), failure


def test_no_account_in_a_refusal_closes_the_leads_channel() -> None:
    channel = [case for case in CASES if case[2] is Place.CHANNEL and case[1] in (Step.POST, Step.UPDATE)]
    assert Then.GONE not in {rule(*case) for case in channel}
    for error in ("channel_not_found", "is_archived", "not_in_channel", "restricted_action"):
        assert rule(Failure(kind_of(error), error), Step.POST, Place.CHANNEL) is Then.WAIT


@pytest.mark.parametrize("place", [Place.PERSON, Place.PAIR])
@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "not_in_channel"])
def test_nobody_can_invite_the_bot_into_its_own_conversations(error: str, place: Place) -> None:
    failure = Failure(kind_of(error), error)
    assert rule(failure, Step.POST, place) is Then.END
    assert rule(failure, Step.UPDATE, place) is Then.VANISHED


def test_leads_read_the_cause_of_whatever_waits_or_ends() -> None:
    for failure, step, place in CASES:
        then, error = rule(failure, step, place), failure.error
        if then not in (Then.WAIT, Then.END, Then.GONE):
            continue
        for sentence in (no_introduction(error), not_yet(error)):
            assert error in sentence
            assert sentence.startswith("Slack does not ")
            assert sentence.endswith(".")
        if failure.kind in (
            FailureKind.CONFIG,
            FailureKind.REFUSED_PERSON,
            FailureKind.GONE_PERSON,
            FailureKind.GONE_CONVERSATION,
        ):
            assert because(error).startswith("because "), f"{error} has no words of its own"
        assert what_helps(error).endswith(".")


@pytest.mark.parametrize(
    ("error", "guests", "meant"),
    [
        ("user_is_restricted", (False, True), "mentee"),
        ("user_is_restricted", (True, False), "mentor"),
        ("user_is_restricted", (True, True), None),
        ("user_is_restricted", (False, False), None),
        ("user_not_visible", (False, True), None),
    ],
)
def test_who_is_refused(error: str, guests: tuple[bool, bool], meant: str | None) -> None:
    found = who(error, [Person(f"U{number}", "x", guest=guest) for number, guest in enumerate(guests)])
    assert found == meant
    called = f"the {meant}" if meant else "one of the two"
    assert f"Slack does not let {called} into" in no_introduction("user_is_restricted", found)


def test_who_is_refused_when_nobody_could_be_seen() -> None:
    assert who("user_is_restricted", [None, "nobody"]) == who("cannot_dm_bot", []) is None
    assert who("cannot_dm_bot", [Person("U1", "x"), Person("U2", "x", bot=True)]) == "mentee"
