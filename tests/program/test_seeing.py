"""What leads see: figures, pairs by reason, lists, and the weekly digest, each with what their reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, update

from handlers.views import render
from handlers.views.digest import as_it_stands, seen_answer
from handlers.views.home import home_view
from mentoring.at_risk import Reason, reasons, tidings
from mentoring.checkins import Answer
from mentoring.digest import Digest, Figure, Figures
from mentoring.errors import NotAllowed
from mentoring.messages import Kind
from mentoring.pairings import PairState
from mentoring.people import Person
from mentoring.progress import Progress
from program import checkins, closing, groups, home, members, seeing
from storage import pairs, planned
from storage import seeing as stored
from storage import tables as t
from storage.database import Database
from storage.keeping import schema
from tests.program.office import CHECKIN, INTRO, LEAD, OTHER_LEAD, PROPOSAL, WEEK, Office
from tests.program.test_statements import counted, crowd

DAY = timedelta(days=1)


def introduced(office: Office, couples: int) -> None:
    """So many pairs that run."""
    office.sets_up()
    for number in range(1, couples + 1):
        office.couple(number)
    office.at(PROPOSAL)
    office.approves(*(pair.id for pair in office.pairs))
    office.delivers()
    office.at(INTRO)


def says(office: Office, person_id: str, answer: Answer) -> None:
    """Somebody answers this week's question."""
    (prompt, *_) = checkins.open_now(office.ctx, office.workspace, person_id)
    checkins.answer(office.ctx, office.workspace, person_id, prompt.checkin.id, answer)


def figures(office: Office, lead: str = LEAD) -> Figures:
    return seeing.standing(office.ctx, office.workspace, lead).figures


def listed(office: Office, what: Figure | Reason, lead: str = LEAD) -> list[int]:
    return [one.pair_id for one in seeing.page(office.ctx, office.workspace, lead, what).pairs]


def test_the_figures_of_a_program_in_its_first_weeks(office: Office) -> None:
    introduced(office, 5)
    office.joins("UALONE")
    office.joins("UNEW", level=None)
    office.lives_until(CHECKIN)
    says(office, "UMENTOR1", Answer.MET)
    says(office, "UMENTEE2", Answer.PLANNED)
    says(office, "UMENTOR3", Answer.HELP)
    members.pause(office.ctx, office.workspace, "UMENTEE4")
    members.pause(office.ctx, office.workspace, "UALONE")
    number = next(pair.id for pair in office.pairs if pair.mentor_id == "UMENTOR5")
    closing.end(office.ctx, office.workspace, LEAD, number, "A reason of their own")
    found = figures(office)
    told = {figure: found.of(figure) for figure in Figure}
    assert told == {
        Figure.RUNNING: 4,
        Figure.MET: 1,
        Figure.PLANNED: 1,
        Figure.SILENT: 0,
        Figure.PAUSED: 2,
        Figure.HELP: 1,
        Figure.ALONE: 3,
        Figure.ENDED: 1,
    }
    assert (found.paused_in_pairs, found.held, found.waiting, found.cycle) == (1, 1, 0, 1)
    assert listed(office, Figure.ENDED) == [number]
    ended = seen_answer(seeing.page(*office.as_lead(), Figure.ENDED)).text
    assert "A reason of their own" not in ended
    paused = seeing.page(*office.as_lead(), Figure.PAUSED).people
    assert [(one.person_id, one.partners) for one in paused] == [("UMENTEE4", ("UMENTOR4",)), ("UALONE", ())]


@pytest.mark.slow
def test_pairs_are_looked_at_by_reason_and_not_while_they_wait(office: Office) -> None:
    introduced(office, 4)
    one, _, three, four = (pair.id for pair in office.pairs)
    office.lives_until(CHECKIN)
    says(office, "UMENTOR1", Answer.PLANNED)
    says(office, "UMENTEE2", Answer.MET)
    closing.rest(office.ctx, office.workspace, LEAD, four, (INTRO + 20 * DAY).date())
    office.lives_until(CHECKIN + WEEK)
    says(office, "UMENTEE1", Answer.PLANNED)
    says(office, "UMENTEE2", Answer.NOT_YET)
    assert figures(office).risks == {}
    office.lives_until(INTRO + 14 * DAY)
    assert listed(office, Reason.NO_FIRST_MEETING) == [one, three], "the one that rests is not looked at"
    assert listed(office, Figure.SILENT) == [three]
    assert listed(office, Reason.NOT_HELD) == []
    office.lives_until(CHECKIN + 2 * WEEK)
    assert listed(office, Reason.NOT_HELD) == [one]
    says(office, "UMENTEE1", Answer.MET)
    assert listed(office, Reason.NOT_HELD) == []
    assert listed(office, Reason.NO_FIRST_MEETING) == [three]


def test_a_pair_that_nobody_is_there_to_wait_for_is_looked_at(office: Office) -> None:
    introduced(office, 3)
    one, two, three = (pair.id for pair in office.pairs)
    until = (INTRO + 30 * DAY).date()
    for person_id, day in (
        ("UMENTOR1", None),
        ("UMENTEE1", None),
        ("UMENTOR2", None),
        ("UMENTEE2", until),
        ("UMENTOR3", None),
    ):
        members.pause(office.ctx, office.workspace, person_id, day)
    assert listed(office, Reason.BOTH_AWAY) == [one], "pair 2 has a day, and the mentee of pair 3 can choose"
    assert figures(office).risks == {Reason.BOTH_AWAY: 1}
    closing.rest(office.ctx, office.workspace, LEAD, one, (INTRO + 20 * DAY).date())
    assert listed(office, Reason.BOTH_AWAY) == [], "a lead has decided already"
    members.pause(office.ctx, office.workspace, "UMENTEE2", None)
    assert listed(office, Reason.BOTH_AWAY) == [two]
    members.resume(office.ctx, office.workspace, "UMENTEE2")
    assert figures(office).risks == {}
    assert three not in listed(office, Reason.BOTH_AWAY)


def lived(database: Database, workspace: str, swapped: bool) -> list[str]:
    """Everything that leads see over weeks, in a program whose people answer, or in each pair the other one does."""
    office = Office(database, workspace)
    introduced(office, 4)
    says_what = {
        1: (Answer.PLANNED, Answer.PLANNED, Answer.PLANNED),
        2: (Answer.MET, Answer.NOT_YET, None),
        3: (Answer.NOT_YET, None, None),
        4: (None, Answer.PLANNED, Answer.MET),
    }
    seen: list[str] = []
    for week in range(3):
        office.lives_until(CHECKIN + week * WEEK)
        for number, answers in says_what.items():
            given = answers[week]
            if given:
                says(office, f"UMENT{'EE' if swapped != (number % 2 == 0) else 'OR'}{number}", given)
        office.lives_until(CHECKIN + week * WEEK + 6 * DAY)
        seen += shown(office)
    seen += [render(one.content).text for one in office.kinds(Kind.DIGEST)]
    seen += [repr(render(one.content).blocks) for one in office.kinds(Kind.DIGEST)]
    return seen


def shown(office: Office) -> list[str]:
    """Home, the answer to `digest` and every list, as their lead sees them."""
    lead = home.home(office.ctx, office.workspace, Person(LEAD, "Lea"))
    pages: Iterable[seeing.SeenPage] = (
        seeing.page(*office.as_lead(), what)
        for what in (*Figure, *Reason)
        if what not in (Figure.HELP, Figure.ALONE)
    )
    answer = as_it_stands(seeing.standing(*office.as_lead()))
    return [
        repr(home_view(lead)),
        answer.text,
        repr(answer.blocks),
        *(repr(seen_answer(one)) for one in pages),
    ]


@pytest.mark.slow
def test_nothing_that_leads_see_tells_who_of_a_pair_said_it(sqlite: Database, tmp_path: object) -> None:
    one = lived(sqlite, "T1", swapped=False)
    other = Database(f"sqlite:///{tmp_path}/other.db")
    schema.upgrade(other)
    assert lived(other, "T1", swapped=True) == one
    other.close()
    assert any("2 pairs" in told for told in one)


@pytest.mark.slow
def test_a_lead_learns_nothing_of_what_their_own_partner_said(office: Office) -> None:
    office.sets_up(leads=(LEAD, "UMENTEE1"))
    office.couple(1)
    office.couple(2)
    office.at(PROPOSAL)
    office.approves(*(pair.id for pair in office.pairs))
    office.delivers()
    office.at(INTRO)
    office.lives_until(CHECKIN)
    before = shown_to(office, "UMENTEE1")
    for answer in (Answer.MET, Answer.PLANNED, Answer.HELP):
        says(office, "UMENTOR1", answer)
        assert shown_to(office, "UMENTEE1") == before
    assert figures(office, LEAD).help == 1
    assert figures(office, "UMENTEE1").help == 0
    office.lives_until(INTRO + 20 * DAY)
    digest = office.kinds(Kind.DIGEST)[-1].content
    assert isinstance(digest, Digest)
    assert (digest.figures.running, digest.figures.apart, digest.figures.help) == (2, 1, 0)
    assert listed(office, Reason.NO_FIRST_MEETING, "UMENTEE1") == [
        pair.id for pair in office.pairs if pair.mentee_id == "UMENTEE2"
    ]


def test_a_list_says_how_far_each_pair_is_but_the_readers_own(office: Office) -> None:
    office.sets_up(leads=(LEAD, "UMENTEE1"))
    for number in (1, 2):
        office.couple(number)
    office.at(PROPOSAL)
    office.approves(*(pair.id for pair in office.pairs))
    office.delivers()
    office.at(INTRO)
    office.lives_until(CHECKIN)
    for person in ("UMENTOR1", "UMENTOR2"):
        says(office, person, Answer.MET)
    ids = {pair.mentor_id: pair.id for pair in office.pairs}
    assert so_far(office, LEAD, Figure.RUNNING) == {ids["UMENTOR1"]: 1, ids["UMENTOR2"]: 1}
    assert so_far(office, LEAD, Figure.MET) == {ids["UMENTOR1"]: 1, ids["UMENTOR2"]: 1}
    assert so_far(office, "UMENTEE1", Figure.RUNNING) == {ids["UMENTOR1"]: None, ids["UMENTOR2"]: 1}
    page = seeing.page(*office.as_lead(), Figure.RUNNING)
    assert f"{words_so_far(page.pairs[0].progress)}." in seen_answer(page).text
    closing.end(office.ctx, office.workspace, LEAD, ids["UMENTOR1"], "")
    assert so_far(office, LEAD, Figure.ENDED) == {ids["UMENTOR1"]: 1}
    assert so_far(office, "UMENTEE1", Figure.ENDED) == {ids["UMENTOR1"]: None}


def so_far(office: Office, lead: str, what: Figure) -> dict[int, int | None]:
    """How many meetings each pair of a list had, where the list says so."""
    found = seeing.page(office.ctx, office.workspace, lead, what).pairs
    return {one.pair_id: one.progress.held if one.progress else None for one in found}


def words_so_far(progress: Progress | None) -> str:
    assert progress is not None
    return progress.words


def shown_to(office: Office, lead: str) -> list[str]:
    by = (office.ctx, office.workspace, lead)
    pages = [seeing.page(*by, what) for what in (*Figure, *Reason) if what not in (Figure.HELP, Figure.ALONE)]
    return [as_it_stands(seeing.standing(*by)).text, *(seen_answer(one).text for one in pages)]


def test_the_digest_comes_once_a_week_and_stays_as_it_was(office: Office) -> None:
    introduced(office, 2)
    office.lives_until(CHECKIN)
    assert office.kinds(Kind.DIGEST) == [], "nothing ran on the first two Mondays"
    office.lives_until(INTRO + 6 * DAY)
    (first,) = office.kinds(Kind.DIGEST)
    assert (first.recipient, f"{first.at:%a %H:%M}") == ("leads", "Mon 09:00")
    assert "Running: 2 pairs" in render(first.content).text.replace("*", "")
    says(office, "UMENTOR1", Answer.MET)
    office.lives_until(INTRO + 12 * DAY)
    assert len(office.kinds(Kind.DIGEST)) == 1
    assert [one.kind for one in office.said if one.kind is Kind.DIGEST and not one.is_new] == []
    office.lives_until(INTRO + 13 * DAY)
    assert len(office.kinds(Kind.DIGEST)) == 2
    assert "Met: 1 of 2 pairs" in render(office.kinds(Kind.DIGEST)[-1].content).text.replace("*", "")


def test_two_processes_tell_a_digest_once_and_one_that_is_late_makes_way(office: Office) -> None:
    introduced(office, 1)
    office.clock.time = INTRO + 6 * DAY
    beside = office.beside(office.ctx.database)
    assert seeing.due(office.ctx) + seeing.due(beside.ctx) == 1
    office.clock.time = INTRO + 13 * DAY
    office.delivers(lambda letter: letter.notice.kind is Kind.DIGEST)
    assert office.kinds(Kind.DIGEST) == [], "nobody saw it in its week"
    assert seeing.due(office.ctx) == 1
    office.delivers(lambda letter: letter.notice.kind is Kind.DIGEST)
    assert len(office.kinds(Kind.DIGEST)) == 1


def test_who_does_not_lead_sees_none_of_it(office: Office) -> None:
    introduced(office, 1)
    for who in ("UMENTOR1", "UADMIN"):
        with pytest.raises(NotAllowed):
            seeing.standing(office.ctx, office.workspace, who)
        with pytest.raises(NotAllowed):
            seeing.page(office.ctx, office.workspace, who, Figure.MET)


def test_mentors_together_have_met_when_their_mentee_says_so(office: Office) -> None:
    office.sets_up()
    office.joins("UONE", role="share", shares=("Topic",), wants=())
    office.joins("UTWO", role="share", shares=("Topic",), wants=())
    office.joins("ULEARNS", role="learn", level=5, shares=(), wants=("Topic",), mentee_capacity="2 together")
    office.at(PROPOSAL)
    office.approves(*(pair.id for pair in office.pairs))
    office.delivers()
    office.at(INTRO)
    office.lives_until(CHECKIN)
    says(office, "ULEARNS", Answer.MET)
    assert figures(office).met == figures(office).running == 2


@pytest.mark.slow
def test_what_is_kept_of_answers_is_what_they_say(office: Office) -> None:
    """However answers change, the short form is what would be made of all of them anew, and so are the reasons."""
    introduced(office, 3)
    office.lives_until(CHECKIN)
    for person, answer in (
        ("UMENTOR1", Answer.MET),
        ("UMENTOR1", Answer.PLANNED),
        ("UMENTEE2", Answer.PLANNED),
        ("UMENTOR2", Answer.HELP),
    ):
        says(office, person, answer)
        office.passes(hours=1)
        agrees(office)
    office.lives_until(INTRO + 23 * DAY)
    agrees(office)


def agrees(office: Office) -> None:
    with office.ctx.read(office.workspace) as act:
        every = stored.in_question(act.tx, act.program.id, datetime.max.replace(tzinfo=act.now.tzinfo), ())
        looked_at = {one.pair_id: one for one in stored.in_question(act.tx, act.program.id, act.now, ())}
        for one in every:
            told = groups.answers(act.tx, pairs.of_id(act.tx, one.pair_id))
            assert one.tidings == tidings(told, planned.of_pair(act.tx, one.pair_id))
            assert bool(reasons(one, act.now)) == bool(
                one.pair_id in looked_at and reasons(looked_at[one.pair_id], act.now)
            )


def test_home_takes_as_many_statements_for_thousands_as_for_a_few(office: Office) -> None:
    introduced(office, 1)
    found = []
    for size in (10, 2_000):
        crowd_of_running(office, size)
        with counted() as sent:
            home.home(office.ctx, office.workspace, Person(OTHER_LEAD, "Otto"))
        found.append(len(sent))
    assert found[0] == found[1]


def crowd_of_running(office: Office, size: int) -> None:
    with office.ctx.database.write() as tx:
        tx.execute(delete(t.pairs).where(t.pairs.c.mentor_id.like("UCROWD%")))
        tx.execute(delete(t.members).where(t.members.c.person_id.like("UCROWD%")))
        tx.execute(delete(t.people).where(t.people.c.id.like("UCROWD%")))
    crowd(office, size, paired=True)
    with office.ctx.database.write() as tx:
        changed = update(t.pairs).where(t.pairs.c.mentor_id.like("UCROWD%"))
        tx.execute(changed.values(state=PairState.INTRODUCED.value, introduced_at=office.clock() - 20 * DAY))
    assert figures(office).risks[Reason.NO_FIRST_MEETING] == size // 2
