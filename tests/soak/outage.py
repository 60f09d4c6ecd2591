"""Outages: Slack answers nothing for minutes or hours, and what waited arrives afterwards, once and not in a burst."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta

from sandbox import Call
from tests.soak import checker, history, nemesis
from tests.soak.kills import tracebacks
from tests.soak.measured import Measured, Plan, flaws_of
from tests.soak.workload import Workload, workload

OUTAGE_SECONDS = 180
STEP = timedelta(minutes=5)


def minutes_of_resets(plan: Plan) -> Measured:
    """For three minutes every call is reset without an effect, or only those that post, while introductions wait."""
    found: list[str] = []
    flaws: list[str] = []
    for method, words, most in (("*", "every call", 1), (nemesis.POST, "every post", MOST_UNKNOWN)):
        asked, unknown, questions, wrong = _resets(plan, method)
        found.append(
            f"{words}: {asked} calls in them, {unknown} of unknown fate, {questions} questions to a lead"
        )
        flaws += flaws_of(
            (unknown <= most, f"{unknown} messages are of unknown fate ({words})"),
            (questions <= 1, f"a lead was asked {questions} times ({words})"),
        )
        flaws += wrong
    number = f"{plan['waiting']} introductions waiting, {OUTAGE_SECONDS} s of resets"
    return Measured(number, "; ".join(found), tuple(flaws))


def _resets(plan: Plan, method: str) -> tuple[int, int, int, list[str]]:
    """The calls in the outage, the messages of unknown fate, the questions about them, and what else was wrong."""
    with workload(plan.seed) as work, work.nursery() as nursery:
        work.sets_up()
        work.enroll(plan["waiting"])
        life = nursery.bears()
        for stage in (work.match, work.approve):
            work.waits_until_quiet()
            work.behind(life, stage)
        work.waits_until_quiet()
        calls = len(work.slack.calls)
        work.slack.faults.reset(method, seconds=OUTAGE_SECONDS / work.clock.speed)
        work.behind(life, work.introduce)
        time.sleep(OUTAGE_SECONDS / work.clock.speed)
        asked = sum(call.method in nemesis.COURIER for call in work.slack.calls[calls:])
        time.sleep(OUTAGE_SECONDS / work.clock.speed)
        work.waits_until_quiet()
        unknown = sum(one.state == "unknown" for one in history.intents(work.database))
        questions = sum("rrived" in " ".join(one.buttons) for one in work.lead.messages())
        wrong = [str(flaw) for flaw in checker.check(work.history())]
        return asked, unknown, questions, wrong + list(tracebacks(nursery.said))


MOST_UNKNOWN = 5
"""Where other calls are answered, a few posts must go unanswered before anybody can know."""


def hours_without_slack(plan: Plan) -> Measured:
    """Every call fails for hours when check-ins are due: no burst follows, and what is too late is skipped."""
    with workload(plan.seed, rates="business") as work, work.nursery() as nursery:
        work.sets_up()
        work.enroll(plan["couples"])
        life = nursery.bears()
        _lives(work, timedelta(minutes=30))
        work.match()
        work.approve()
        _lives(work, timedelta(minutes=30))
        work.introduce()
        _lives(work, timedelta(hours=1))
        work.waits_until_quiet()
        work.slack.faults.http_error(seconds=3600, status=503)
        work.leaps_to_check_ins()
        _lives(work, timedelta(hours=plan["hours"]))
        work.slack.faults.clear()
        back = len(work.slack.calls)
        _lives(work, timedelta(hours=2))
        work.waits_until_quiet()
        life.is_killed()
        answered = [call for call in work.slack.calls[back:] if call.method == nemesis.POST and call.effect]
        burst = _most_in_a_second(answered)
        each = Counter(call.args["channel"] for call in answered)
        asked = [one for one in history.intents(work.database) if one.kind == "checkin"]
        flaws = [str(flaw) for flaw in checker.check(work.history())] + list(tracebacks(nursery.said))
        limits = sum(call.status == TOO_MANY for call in work.slack.calls[back:])
        return Measured(
            f"{len(asked)} check-ins due in {plan['hours']} hours of 503",
            f"{sum(one.state == 'sent' for one in asked)} delivered afterwards, at most {burst} a second"
            f" in one conversation, at most {max(each.values(), default=0)} to one person, {limits} answers 429",
            flaws_of((burst <= 1, f"{burst} messages came in one second"))
            + flaws_of((max(each.values(), default=0) <= 1, "somebody got more than one message"))
            + tuple(flaws),
        )


TOO_MANY = 429


def _lives(work: Workload, span: timedelta) -> None:
    """Let time pass in steps, with a moment of real time for each."""
    ends = work.clock.now() + span
    while work.clock.now() < ends:
        work.clock.leaps_to(min(ends, work.clock.now() + STEP))
        time.sleep(0.1)


def _most_in_a_second(calls: list[Call]) -> int:
    """How many calls one conversation had in one second of business time."""
    seconds = Counter((call.args["channel"], int(call.at.timestamp())) for call in calls)
    return max(seconds.values(), default=0)
