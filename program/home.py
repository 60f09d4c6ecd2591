"""The App Home of one person."""

from __future__ import annotations

from mentoring.checkins import OPEN
from mentoring.errors import NotEnrolled
from mentoring.messages import CheckInPrompt
from mentoring.own_place import NOWHERE
from mentoring.pairings import PairState
from mentoring.people import Person
from program import access, ask_first, calls, groups, members, own_place, parting, seeing
from program.act import Act
from program.context import Context
from program.forms import Home, LeadView, MyPairs, Source, Status
from program.look import Look
from program.prompts import prompt_of
from storage import asks, checkins, hr, pairs, slack_profiles
from storage import members as stored
from storage.seeing import outlines


def home(ctx: Context, workspace: str, person: Person) -> Home:
    """What this person sees and may do on the Home tab."""
    with ctx.read(workspace, person.id) as act:
        program = act.found
        may_set_up = access.may_set_up(program, person, act.admins)
        if program is None:
            return Home(None, None, (), None, may_set_up)
        asked = _open_checkins(act)
        waiting = calls.open_calls(act)
        lead = _lead_view(act) if access.leads(act.tx, program, person.id) else None
        first = ask_first.waiting_for(act)
        member = stored.get(act.tx, program.id, person.id)
        place = own_place.of(act, member) if member else NOWHERE
    status = _status(ctx, workspace, person.id)
    ways = parting.mine(ctx, workspace, person.id) if status else MyPairs()
    return Home(program, status, asked, lead, may_set_up, waiting, ways, first, place)


def _status(ctx: Context, workspace: str, person_id: str) -> Status | None:
    try:
        return members.status(ctx, workspace, person_id)
    except NotEnrolled:
        return None


def _open_checkins(act: Act) -> tuple[CheckInPrompt, ...]:
    return tuple(
        prompt_of(Look(act.tx, act.program, act.admins), pair, checkin)
        for pair in pairs.of_person(act.tx, act.program.id, act.by, PairState.INTRODUCED, PairState.ENDED)
        if groups.asked_about(act.tx, pair, act.by)
        for checkin in checkins.of_side(act.tx, pair.id, act.by)
        if checkin.state in OPEN
    )


def _lead_view(act: Act) -> LeadView:
    stands = seeing.stand(act)
    # Only an approved pair waits for an answer, and to look for it among all of a cycle takes long.
    unanswered = _unanswered(act) if stands.figures.approved else 0
    differences = hr.undecided(act.tx, act.program.id, 0)[1]
    return LeadView(stands, differences, unanswered, _source(act) if differences else Source.HR)


def _unanswered(act: Act) -> int:
    held = [cycle for cycle in outlines(act.tx, act.program.id) if cycle.runs]
    return asks.waiting_in(act.tx, held[-1].id) if held else 0


def _source(act: Act) -> Source:
    """What there is to compare with: a workspace has HR's files, or fields of Slack's profiles, or both."""
    filed = hr.count(act.tx, act.program.workspace) > 0
    read = slack_profiles.is_anything(act.tx, act.program.workspace)
    return Source.BOTH if filed and read else Source.SLACK if read else Source.HR
