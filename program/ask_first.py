"""The mentee's answer before a pair is final, and what happens where there is none. `before_intro` asks.

- Yes: the pair is introduced at intro time, or at once where that has been. The mentee may offer times (`offer`).
- Not this time: the pair is withdrawn in the words of everything that is private (decision 9), the two are not paired
  in this cycle and the next one, and the rest is matched again around what stands. Until the introductions whoever
  said so can take it back (`take_back`); the pair is then one like any other that leads have not decided on.
- No answer: one reminder (`remind_due`); then leads hear of it who are not in the pair (`tell_due`). It waits on, until
  its mentee answers, a lead introduces it anyway (`introduce`) or undoes it, or the cycle ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentoring.ask_errors import NoQuestion, QuestionIsOver
from mentoring.ask_first import (
    MOST_SLOTS,
    AfterNo,
    Ask,
    AskedFirst,
    Said,
    SlotsForm,
    first_month,
    wrong_with_slot,
)
from mentoring.cycles import Cycle, CycleState
from mentoring.errors import AlreadyDecided, Invalid, NoSuchPair
from mentoring.matching import Broken, Case, Rule
from mentoring.messages import Kind, to_person
from mentoring.pairings import STANDING, Because, Cause, Pair, PairState
from program import (
    access,
    ask_screens,
    at_work,
    before_intro,
    introductions,
    late_pairs,
    rechecks,
    recipients,
)
from program.act import Act
from program.context import Context
from program.look import Look
from program.members import withdraw
from program.notices import since
from program.subjects import OfCycle, OfPair
from storage import asks, cycles, members, pairs, readiness

NOT_FREE = Because(Cause.BREAKS_RULES, (Broken(Rule.APART, Case.NOT_FREE),))
"""The one cause for everything that is private between two people: no reader can tell a no from the others."""


def yes(ctx: Context, workspace: str, person_id: str, number: int = 0) -> AskedFirst:
    """Keep a yes; after intro time the pair is introduced at once. Without a number it is about the only question.

    Raises `NotEnrolled`, `NoQuestion`, or `QuestionIsOver` where nothing is asked any more.
    """
    with ctx.act(workspace, person_id, OfPair(number)) as act:
        asked = _asked(act, number)
        for one in asked:
            if one.said is None and not asks.say(act.tx, one, Said.YES, act.now):
                raise QuestionIsOver
        for one in asked:
            _introduce_if_time(act, pairs.of_id(act.tx, one.pair_id))
        return _shown(act, asked)


def no(ctx: Context, workspace: str, person_id: str, number: int = 0) -> AskedFirst:
    """Keep a no, also in the place of a yes until the introduction. Raises like `yes`."""
    with ctx.act(workspace, person_id, OfPair(number)) as act:
        asked = _asked(act, number)
        for one in asked:
            pair = pairs.of_id(act.tx, one.pair_id)
            if not asks.say(act.tx, one, Said.NO, act.now) or not withdraw(act.tx, pair, NOT_FREE):
                raise QuestionIsOver
        cycle = _cycle(act, asked)
        # By nobody: who has the rest matched stands in the audit log, which leads read.
        cycles.to_resolve(act.tx, cycle.id, "", act.now)
        if cycle.state is CycleState.RUNNING:
            _tell_mentors(act, cycle, asked)
        return _shown(act, asked)


def take_back(ctx: Context, workspace: str, person_id: str, number: int = 0) -> AskedFirst:
    """Let a yes stand in the place of a no. Raises like `yes`, the last once introductions have begun.

    The pair stays withdrawn until it is found again and leads approve it, as after every other private answer that
    somebody changes: a pair that came back by itself would tell whose answer it was.
    """
    with ctx.act(workspace, person_id, OfPair(number)) as act:
        cycle, refused = _refused(act, number)
        if cycle.state is not CycleState.PROPOSED:
            raise QuestionIsOver
        for one in refused:
            if not asks.say(act.tx, one, Said.YES, act.now):
                raise QuestionIsOver
        if any(one.after is AfterNo.SKIP for one in refused):
            _takes_part(act, cycle, takes_part=True)
        late_pairs.look_for(act, person_id)
        return _shown(act, refused)


def wants(ctx: Context, workspace: str, person_id: str, number: int, after: AfterNo) -> AskedFirst:
    """Keep what somebody wants who said no: another partner in this cycle, or none. Raises like `yes`."""
    with ctx.act(workspace, person_id, OfPair(number)) as act:
        cycle, refused = _refused(act, number)
        if cycle.state is CycleState.CLOSED:
            raise QuestionIsOver
        for one in refused:
            asks.wants(act.tx, one, after)
        _takes_part(act, cycle, after is AfterNo.AGAIN)
        cycles.to_resolve(act.tx, cycle.id, "", act.now)
        return _shown(act, refused)


def form(ctx: Context, workspace: str, person_id: str, number: int = 0) -> SlotsForm:
    """What the form for times shows to somebody who said yes. Raises like `yes`."""
    with ctx.read(workspace, person_id, OfPair(number)) as act:
        return _form(act, _agreed(act, number))


def offer(
    ctx: Context, workspace: str, person_id: str, number: int, slots: dict[str, datetime | None]
) -> AskedFirst:
    """Keep times at which somebody can meet, in the place of those before; each has the name of its field.

    Raises like `yes`, or `Invalid` with a sentence for each that is wrong.
    """
    with ctx.act(workspace, person_id, OfPair(number)) as act:
        asked = _agreed(act, number)
        given = _checked(_form(act, asked), slots)
        for one in asked:
            asks.offer(act.tx, one, given)
        return _shown(act, asked)


def introduce(ctx: Context, workspace: str, lead_id: str, pair_id: int) -> Pair:
    """Introduce one approved pair now, whether its mentee has answered or not, and all that are asked about with it.

    Raises `NotAllowed`, `NoSuchPair`, or `AlreadyDecided` for a pair that is not approved.
    """
    with ctx.act(workspace, lead_id, OfPair(pair_id)) as act:
        pair = pairs.get(act.tx, access.lead(act).id, pair_id)
        if pair is None:
            raise NoSuchPair
        if pair.state is not PairState.APPROVED:
            raise AlreadyDecided(pair)
        cycle = cycles.get(act.tx, pair.cycle_id)
        for one in _with_it(act, cycle, pair):
            introductions.introduce(act, cycle, one, asked=True)
        act.note("introduce", pair_id, before={"state": pair.state.value}, after={"introduced": 1})
        return pairs.of_id(act.tx, pair_id)


def _with_it(act: Act, cycle: Cycle, pair: Pair) -> list[Pair]:
    """The pairs that one question is about, which waits for no answer any more; or that pair alone."""
    if not before_intro.waits(act, cycle, pair):
        return [pair]
    asked = asks.get(act.tx, pair.id)
    assert asked is not None, "it waits for the answer"
    every = [one for one in asks.of_question(act.tx, asked.question) if asks.waits(act.tx, one.pair_id)]
    for one in every:
        asks.say(act.tx, one, Said.AHEAD, act.now)
    return [pairs.of_id(act.tx, one.pair_id) for one in every]


def remind_due(ctx: Context) -> int:
    """Ask once more where nobody has answered; gives how many reminders that was."""
    with ctx.read() as act:
        due = asks.to_remind(act.tx, act.now)
    return sum(_remind(ctx, ask) for ask in due)


def _remind(ctx: Context, ask: Ask) -> bool:
    with ctx.act(about=OfPair(ask.pair_id)) as act:
        if not asks.reminded(act.tx, ask):
            return False
        mentee = pairs.of_id(act.tx, ask.pair_id).mentee_id
        return act.say(before_intro.notice(ask.question, ask.asked_at, mentee, again=True))


def tell_due(ctx: Context) -> int:
    """Tell leads which pairs are not introduced because their mentee has not answered; gives how many pairs."""
    with ctx.read() as act:
        due: dict[int, list[Ask]] = {}
        for ask in asks.to_tell(act.tx, act.now):
            due.setdefault(pairs.of_id(act.tx, ask.pair_id).cycle_id, []).append(ask)
    return sum(_tell(ctx, cycle_id, some) for cycle_id, some in due.items())


def _tell(ctx: Context, cycle_id: int, some: Sequence[Ask]) -> int:
    with ctx.act(about=OfCycle(cycle_id)) as act:
        told = [ask for ask in some if asks.told(act.tx, ask, act.now)]
        if told:
            recipients.address(act, Kind.ASKS_WAIT, since(cycle_id, act.now))
        return len(told)


def open_now(ctx: Context, workspace: str, person_id: str) -> tuple[AskedFirst, ...]:
    """What somebody is asked and has not answered."""
    with ctx.read(workspace, person_id) as act:
        return waiting_for(act)


def waiting_for(act: Act) -> tuple[AskedFirst, ...]:
    """What whoever acts is asked and has not answered, for a screen that shows what waits for them."""
    if act.found is None:
        return ()
    return tuple(
        _shown(act, asks.of_question(act.tx, one.question))
        for one in asks.open_of(act.tx, act.program.id, act.by)
    )


def _asked(act: Act, number: int) -> list[Ask]:
    """What is asked under a number, or under that of one of its pairs, and can be answered by whoever acts."""
    access.member(act)
    found = _of_number(act, number)
    standing = [one for one in found if _can_be_answered(act, one)]
    if not standing:
        raise QuestionIsOver
    return standing


def _can_be_answered(act: Act, ask: Ask) -> bool:
    approved = pairs.of_id(act.tx, ask.pair_id).state is PairState.APPROVED
    return approved and (ask.said is Said.YES or asks.waits(act.tx, ask.pair_id))


def _agreed(act: Act, number: int) -> list[Ask]:
    """The same where the answer was yes."""
    agreed = [one for one in _asked(act, number) if one.said is Said.YES]
    if not agreed:
        raise QuestionIsOver
    return agreed


def _refused(act: Act, number: int) -> tuple[Cycle, list[Ask]]:
    """The cycle of a question and what whoever acts said no to in it; raises `NoQuestion` where they did not."""
    access.member(act)
    refused = [one for one in _of_number(act, number) if one.said is Said.NO]
    if not refused:
        raise NoQuestion
    return _cycle(act, refused), refused


def _takes_part(act: Act, cycle: Cycle, takes_part: bool) -> None:
    """Keep whether whoever acts is in for a cycle, unless they have said something of a later one."""
    member = access.member(act)
    if (member.said_of_cycle or 0) <= cycle.number:
        readiness.say(act.tx, member, cycle.number, takes_part)
        rechecks.of_person(act.tx, act.program, act.by)


def _of_number(act: Act, number: int) -> list[Ask]:
    """All that one question is about; raises `NoQuestion` where whoever acts is not asked it."""
    if not number:
        waiting = asks.open_of(act.tx, act.program.id, act.by)
        number = waiting[0].question if len(waiting) == 1 else 0
    pair = pairs.get(act.tx, act.program.id, number)
    asked = asks.get(act.tx, number) if pair and pair.mentee_id == act.by else None
    if asked is None:
        raise NoQuestion
    return asks.of_question(act.tx, asked.question)


def _cycle(act: Act, asked: Sequence[Ask]) -> Cycle:
    return cycles.get(act.tx, pairs.of_id(act.tx, asked[0].pair_id).cycle_id)


def _introduce_if_time(act: Act, pair: Pair) -> None:
    cycle = cycles.get(act.tx, pair.cycle_id)
    if cycle.state is CycleState.RUNNING or cycle.times.intro_at <= act.now:
        introductions.introduce(act, cycle, pair, asked=True)


def _tell_mentors(act: Act, cycle: Cycle, asked: Sequence[Ask]) -> None:
    """In a cycle that runs, mentors who have no pair now hear what everybody hears who has none, and no more."""
    for one in asked:
        mentor = pairs.of_id(act.tx, one.pair_id).mentor_id
        if not pairs.of_person(act.tx, act.program.id, mentor, *STANDING):
            act.say(to_person(Kind.NO_PARTNER, cycle.id, mentor))


def _shown(act: Act, asked: Sequence[Ask]) -> AskedFirst:
    ask = asked[0]
    notice = before_intro.notice(ask.question, ask.asked_at, act.by)
    found = ask_screens.question(Look(act.tx, act.program, act.admins), notice)
    assert found is not None, "the pair is there"
    return found


def _form(act: Act, asked: Sequence[Ask]) -> SlotsForm:
    cycle = _cycle(act, asked)
    member = members.get(act.tx, act.program.id, act.by)
    assert member is not None, "only members are asked"
    begins, ends = first_month(cycle.times.intro_at, act.now)
    mentors = tuple(pairs.of_id(act.tx, one.pair_id).mentor_id for one in asked)
    work = at_work.of_member(member, act.program)
    return SlotsForm(asked[0].question, mentors, asked[0].slots, begins, ends, work)


def _checked(form: SlotsForm, slots: dict[str, datetime | None]) -> list[datetime]:
    given: list[datetime] = []
    problems: dict[str, str] = {}
    for name, slot in list(slots.items())[:MOST_SLOTS]:
        if slot is None:
            continue
        wrong = wrong_with_slot(slot, given, (form.begins, form.ends), form.work)
        if wrong:
            problems[name] = wrong
        given.append(slot)
    if problems:
        raise Invalid(problems)
    return given
