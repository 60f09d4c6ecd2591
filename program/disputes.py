"""Where people and HR say different things: leads see it, and decide whose word counts."""

from __future__ import annotations

from mentoring.errors import AlreadyRuled, NoSuchDispute
from mentoring.hr import HrRecord, Verdict
from program import access, hr_facts
from program.act import Act
from program.context import Context
from program.forms import Difference, Differences, Ruled
from program.hr import words
from storage import hr, members, programs, slack_profiles
from storage.hr import OpenDispute

LISTED = 10
"""The most differences that a lead is shown at once."""

ENDED_LISTED = 20


def open_now(ctx: Context, workspace: str, lead_id: str) -> Differences:
    """What waits for a lead to decide, and who takes part though HR has them no more. Raises `NotAllowed`."""
    with ctx.read(workspace, lead_id) as act:
        tx, program = act.tx, access.lead(act)
        found, many = hr.undecided(tx, program.id, LISTED)
        ended = hr.ended(tx, workspace, program.id, ENDED_LISTED)
        said = hr.records(tx, workspace, [one.person_id for one in found])
        listed = tuple(_difference(act, one, said.get(one.person_id)) for one in found)
        slack = bool(slack_profiles.chosen(tx, workspace))
        return Differences(listed, many, tuple(ended), hr.count(tx, workspace), slack)


def decide(ctx: Context, workspace: str, lead_id: str, number: int, verdict: Verdict) -> Ruled:
    """Let HR's word count, or the person's own; it stays so until either says something else.

    Raises `NotAllowed`, `NoSuchDispute` for one that is over, or `AlreadyRuled`.
    """
    with ctx.act(workspace, lead_id) as act:
        tx, program = act.tx, access.lead(act)
        found = hr.dispute(tx, program.id, number)
        if found is None:
            raise NoSuchDispute
        if not hr.decide(tx, number, verdict):
            raise AlreadyRuled
        _follow(act, found.person_id)
        difference = _difference(act, found, hr.record(tx, workspace, found.person_id))
        after = difference.hr if verdict is Verdict.HR else difference.own
        act.note(
            f"count {verdict}",
            found.person_id,
            before={found.fact.value: difference.own},
            after={found.fact.value: after},
            hr=difference.hr,
        )
    return Ruled(difference, verdict)


def _difference(act: Act, one: OpenDispute, said: HrRecord | None) -> Difference:
    own, theirs = (words(act.program, one.fact, value) for value in (one.dispute.own, one.dispute.hr))
    from_slack = said is not None and one.fact.value in said.from_slack
    return Difference(one.id, one.person_id, one.fact, own, theirs, from_slack)


def _follow(act: Act, person_id: str) -> None:
    """Let the decision show in the member's profile, and look at the waiting pairs again."""
    tx, program = act.tx, act.program
    member = members.get(tx, program.id, person_id)
    if member is None:
        return
    record = hr.record(tx, act.workspace, person_id)
    now = hr_facts.follow(program, member, record, hr.disputes(tx, program.id, [person_id])[person_id])
    members.correct(tx, [(member, now.member)])
    programs.recheck_from(tx, program.id, 0)
