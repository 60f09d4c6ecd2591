"""Experiences that people are glad to talk about: said for one cycle, taken back at any time, read by one partner."""

from __future__ import annotations

from mentoring.experiences import MOST_ASKED, MOST_OPEN, Said, Way, common
from mentoring.pairings import Pair
from mentoring.people import Member, ProfileDraft
from program import access, coming, groups
from program.act import Act
from program.context import Context
from storage import cycles, experiences


def of_form(act: Act) -> tuple[int, Said]:
    """The number of the cycle that whoever acts is asked about, and what they said of it."""
    number = coming.cycle_of(act, act.by).number
    return number, experiences.of_person(act.tx, act.program.id, act.by, number)


def check(draft: ProfileDraft) -> dict[str, str]:
    """What is wrong with the experiences of a form, by field."""
    problems = {}
    if len({*(draft.opens or ())}) > MOST_OPEN:
        problems["opens"] = f"Please choose at most {MOST_OPEN} experiences."
    if len({*(draft.asks or ())}) > MOST_ASKED:
        problems["asks"] = f"Please choose at most {MOST_ASKED} experiences."
    return problems


def keep(act: Act, member: Member, draft: ProfileDraft) -> None:
    """Keep what a form said of the cycle to come, where it asked; what the program does not offer is let go."""
    number = coming.cycle_of(act, member.person.id).number
    before = experiences.of_person(act.tx, act.program.id, member.person.id, number)
    for way, topics, known in (
        (Way.OPENS, draft.opens, before.opens),
        (Way.ASKS, draft.asks, before.asks),
    ):
        if topics is None:
            continue
        offered = [topic for topic in topics if topic in act.program.rules.experiences]
        if tuple(offered) != known:
            experiences.say(act.tx, act.program.id, member.person.id, number, way, offered, act.now)


def take_back(ctx: Context, workspace: str, person_id: str) -> None:
    """Forget all that somebody opened and asked for, also where a partner has read it. Raises `NotEnrolled`."""
    with ctx.act(workspace, person_id) as act:
        access.member(act)
        experiences.take_back(act.tx, act.program.id, person_id)


def use(act: Act, pair: Pair) -> None:
    """Let a pair that is introduced read what one opened and the other asked for.

    That is one pair of a mentor in a cycle, and none whose conversation others read as well. What leads took off the
    program's list meanwhile is told to nobody, as it counted for no matching.
    """
    tx, program = act.tx, act.program
    if len(groups.of_pair(tx, pair)) > 1 or pair.mentor_id in experiences.spent(tx, pair.cycle_id):
        return
    number = cycles.get(tx, pair.cycle_id).number
    opened = experiences.of_person(tx, program.id, pair.mentor_id, number).opens
    asked = experiences.of_person(tx, program.id, pair.mentee_id, number).asks
    offered = [topic for topic in common(opened, asked) if topic in program.rules.experiences]
    experiences.use(tx, pair.id, offered)
