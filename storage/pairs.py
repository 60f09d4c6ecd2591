"""Pairs and their two sides, as values; every change of state names the state it expects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, exists, func, insert, or_, select, update

from mentoring.cards import pairs_in
from mentoring.cycles import Cycle
from mentoring.matching import Rule
from mentoring.messages import Kind
from mentoring.moves import check_move
from mentoring.pairings import MET, PAIR_MOVES, STANDING, Because, Decline, Pair, PairState, ProposedPair
from storage import codes
from storage import tables as t
from storage.database import Tx
from storage.outbox import facts
from storage.states import RowState

_IN_PROGRAM = t.pairs.c.program_id == bindparam("program")
_TEACHES, _LEARNS = (role == bindparam("person") for role in (t.pairs.c.mentor_id, t.pairs.c.mentee_id))
_ONE = select(t.pairs).where(t.pairs.c.id == bindparam("id"), _IN_PROGRAM)
_OF_PERSON = (
    select(t.pairs).where(or_(and_(_IN_PROGRAM, _TEACHES), and_(_IN_PROGRAM, _LEARNS))).order_by(t.pairs.c.id)
)
_AMONG = (
    role.in_(bindparam("people", expanding=True)) for role in (t.pairs.c.mentor_id, t.pairs.c.mentee_id)
)
_OF_BOTH = (
    select(t.pairs, t.cycles.c.number)
    .join(t.cycles, t.cycles.c.id == t.pairs.c.cycle_id)
    .where(or_(*(and_(_IN_PROGRAM, among) for among in _AMONG)))
    .order_by(t.pairs.c.id)
)
_WAITING = (
    select(t.pairs.c.mentor_id, t.pairs.c.mentee_id)
    .join(t.programs, t.programs.c.id == t.pairs.c.program_id)
    .join(t.leads, t.leads.c.program_id == t.pairs.c.program_id)
    .where(t.pairs.c.id == bindparam("id"), t.pairs.c.state == PairState.PROPOSED)
    .where(t.programs.c.workspace == bindparam("workspace"), t.leads.c.person_id == bindparam("lead"))
)
_MOVE = (
    update(t.pairs)
    .where(t.pairs.c.id == bindparam("the_id"), t.pairs.c.state == bindparam("the_state"))
    .returning(t.pairs)
)
_IN_STATE = select(t.pairs).where(_IN_PROGRAM, t.pairs.c.state == bindparam("state")).order_by(t.pairs.c.id)

_UNDECIDED: dict[str, Any] = dict.fromkeys(("decided_by", "decided_at", "by_rule", "ended_by", "rests_until"))
"""What nobody has said yet of a pair that is proposed; who held it back from the rules still does."""


def propose(
    tx: Tx, program_id: int, cycle_id: int, proposed: Sequence[ProposedPair], at: datetime | None = None
) -> list[int]:
    """Store pairs that are proposed at that moment; gives their numbers in the same order.

    Those that were withdrawn or cut off keep their number.
    """
    earlier = of_cycle(tx, cycle_id, PairState.WITHDRAWN, PairState.ENDED)
    again = {pair.people: pair for pair in earlier if pair.state is PairState.WITHDRAWN or pair.cut_off}
    new: list[dict[str, Any]] = []
    for one in proposed:
        told = {"reasons": list(map(codes.reason, one.reasons)), "topics": list(one.topics)}
        values = asdict(one) | told | {"note": "", "why": None, "proposed_at": at}
        before = again.get((one.mentor_id, one.mentee_id))
        if before is None:
            place = {"program_id": program_id, "cycle_id": cycle_id, "state": PairState.PROPOSED.value}
            new.append(values | place)
        else:
            undecided = {**_UNDECIDED, "bent": None, "instead_of": None, "declined": None}
            move(tx, before, PairState.PROPOSED, **values, **undecided, cut_off=None)
    if new:
        # All at once: one by one, thousands would keep every other writer waiting for seconds.
        tx.execute(insert(t.pairs), new)
    facts.changed(tx, facts.pairs_of_cycle(cycle_id))
    numbers = _numbers(tx, cycle_id)
    return [numbers[one.mentor_id, one.mentee_id] for one in proposed]


def propose_by_hand(tx: Tx, cycle: Cycle, one: ProposedPair) -> int:
    """Store one pair, or propose it again even if it was declined; gives its number."""
    numbers = _numbers(tx, cycle.id)
    before = numbers.get((one.mentor_id, one.mentee_id))
    known = of_id(tx, before) if before else None
    if known and known.state is PairState.PROPOSED:
        return known.id
    if known and known.state is PairState.DECLINED:
        declined = codes.decline(Decline(known.decided_by, known.decided_at, known.note))
        move(tx, known, PairState.PROPOSED, why=None, note="", declined=declined)
        return known.id
    return propose(tx, cycle.program_id, cycle.id, [one])[0]


def _numbers(tx: Tx, cycle_id: int) -> dict[tuple[str, str], int]:
    """The number of each pair that a cycle has, by its people."""
    row = t.pairs.c
    query = select(row.mentor_id, row.mentee_id, row.id).where(row.cycle_id == cycle_id)
    return {(mentor_id, mentee_id): number for mentor_id, mentee_id, number in tx.execute(query)}


def get(tx: Tx, program_id: int, pair_id: int) -> Pair | None:
    """The program's pair with that number, or None."""
    row = tx.execute(_ONE, {"id": pair_id, "program": program_id}).one_or_none()
    return pair_of(row) if row else None


def of_cycle(tx: Tx, cycle_id: int, *states: PairState, limit: int | None = None) -> list[Pair]:
    """A cycle's pairs, all or those in the given states, by number; the first so many if there is a limit."""
    query = select(t.pairs).where(t.pairs.c.cycle_id == cycle_id).order_by(t.pairs.c.id).limit(limit)
    if states:
        query = query.where(t.pairs.c.state.in_(states))
    return [pair_of(row) for row in tx.execute(query)]


def wait_without_card(tx: Tx, cycle_id: int) -> bool:
    """Whether a pair of the cycle waits for a decision and stands in no message in the leads' channel."""
    pair, row = t.pairs.c, t.outbox.c
    waits = (pair.cycle_id == cycle_id, pair.state == PairState.PROPOSED)
    number = int(tx.execute(select(func.count()).where(*waits)).scalar_one())
    if not number:
        return False
    whose = select(t.cycles.c.program_id).where(t.cycles.c.id == cycle_id).scalar_subquery()
    cards = select(row.subject).where(row.program_id == whose, row.kind == Kind.CARD)
    shown = {number for subject in tx.execute(cards).scalars() for number in pairs_in(subject)}
    # Where more wait than stand anywhere, nobody has to look which.
    return number > len(shown) or any(
        one not in shown for one in tx.execute(select(pair.id).where(*waits)).scalars()
    )


def of_person(tx: Tx, program_id: int, person_id: str, *states: PairState) -> list[Pair]:
    """A person's pairs in the given states, by number."""
    # A person has few pairs, and the states are compared here, because SQLite would rather look through all of the
    # program's pairs in these states, or in any. For the same reason the program stands in both branches.
    rows = tx.execute(_OF_PERSON, {"program": program_id, "person": person_id})
    return [pair_of(found) for found in rows if found.state in states]


def numbered_of(tx: Tx, program_id: int, people: Sequence[str]) -> list[tuple[Pair, int]]:
    """Every pair that one of these people is or was in, with the number of its cycle, by the pair's number."""
    rows = tx.execute(_OF_BOTH, {"program": program_id, "people": list(people)})
    return [(pair_of(found), found.number) for found in rows]


def in_state(tx: Tx, program_id: int, state: PairState) -> list[Pair]:
    """A program's pairs in one state, by number."""
    return [pair_of(row) for row in tx.execute(_IN_STATE, {"program": program_id, "state": state})]


def to_recheck(tx: Tx, program_id: int, states: Sequence[PairState], limit: int) -> list[Pair]:
    """The first pairs in these states that have not been looked at again since the rules changed."""
    begins = select(t.programs.c.recheck_from).where(t.programs.c.id == program_id).scalar_subquery()
    row = t.pairs.c
    waiting = (row.program_id == program_id, row.state.in_(states), row.id >= begins)
    query = select(t.pairs).where(*waiting).order_by(row.id).limit(limit)
    return [pair_of(found) for found in tx.execute(query)]


def met_before(tx: Tx, program_id: int) -> list[tuple[str, str, int]]:
    """(mentor, mentee, cycle number) of every pair that was introduced.

    A pair that was cut off, and did not go on, is none of them.
    """
    query = (
        select(
            t.pairs.c.mentor_id, t.pairs.c.mentee_id, t.pairs.c.state, t.pairs.c.cut_off, t.cycles.c.number
        )
        .join(t.cycles, t.cycles.c.id == t.pairs.c.cycle_id)
        .where(t.pairs.c.program_id == program_id)
    )
    # The states are compared here, as in `of_person`.
    return [
        (row.mentor_id, row.mentee_id, row.number)
        for row in tx.execute(query)
        if row.state in MET and row.cut_off is None
    ]


def counts(tx: Tx, cycle_id: int) -> dict[PairState, int]:
    """How many of a cycle's pairs are in each state."""
    query = (
        select(t.pairs.c.state, func.count()).where(t.pairs.c.cycle_id == cycle_id).group_by(t.pairs.c.state)
    )
    return {PairState(state): number for state, number in tx.execute(query)}


def move(tx: Tx, pair: Pair, to: PairState, **changes: Any) -> bool:
    """Change the pair's state if it is still what it was; tells whether it did. Raises `IllegalMove`.

    `changes` are new values of columns, and `why`, a `Because` or None.
    """
    return _moved(tx, pair, to, changes) is not None


def moved(tx: Tx, pair: Pair, to: PairState, **changes: Any) -> Pair | None:
    """The same, and gives the pair as it is now; None if its state was another one."""
    return _moved(tx, pair, to, changes)


def _moved(tx: Tx, pair: Pair, to: PairState, changes: dict[str, Any]) -> Pair | None:
    check_move(PAIR_MOVES, pair.state, to)
    if "why" in changes:
        changes["why"] = codes.because(changes["why"])
    values = {"the_id": pair.id, "the_state": pair.state, "state": to.value, **changes}
    row = tx.execute(_MOVE, values).one_or_none()
    if row is None:
        return None
    _show(tx, pair)
    return pair_of(row)


def _show(tx: Tx, pair: Pair) -> None:
    """Let every message that shows something of this pair show it as it is now."""
    partners = (facts.pairs_of_person(pair.program_id, person_id) for person_id in pair.people)
    facts.changed(tx, facts.pair(pair.id), facts.pairs_of_cycle(pair.cycle_id), *partners)


def served(tx: Tx, cycle_id: int) -> set[tuple[str, str]]:
    """(person, side) of everybody in a pair of a cycle that stands; the side is `mentor` or `mentee`."""
    row = t.pairs.c
    query = select(row.mentor_id, row.mentee_id).where(row.cycle_id == cycle_id, row.state.in_(STANDING))
    return {
        served
        for mentor_id, mentee_id in tx.execute(query)
        for served in ((mentor_id, "mentor"), (mentee_id, "mentee"))
    }


def was_introduced(tx: Tx, pair_id: int, at: datetime, channel: str) -> bool:
    """Record the delivery of the introduction, once."""
    changed = update(t.pairs).where(t.pairs.c.id == pair_id, t.pairs.c.introduced_at.is_(None))
    if tx.execute(changed.values(introduced_at=at, channel=channel, note="", why=None)).rowcount != 1:
        return False
    _show(tx, of_id(tx, pair_id))
    return True


def talks_in(tx: Tx, pair_id: int, channel: str) -> None:
    """Note the pair's own conversation, where their introduction was delivered to a place that nobody knew."""
    row = t.pairs.c
    unknown = (
        row.id == pair_id,
        row.introduced_at.is_not(None),
        or_(row.channel.is_(None), row.channel == ""),
    )
    tx.execute(update(t.pairs).where(*unknown).values(channel=channel))


def moves_to(tx: Tx, pair: Pair, channel: str) -> None:
    """The pair talks in another conversation from now on."""
    if pair.channel != channel:
        tx.execute(update(t.pairs).where(t.pairs.c.id == pair.id).values(channel=channel))
        _show(tx, pair)


def on_their_way(tx: Tx, cycle_id: int) -> int:
    """How many of a cycle's introduced pairs wait for their introduction to be delivered."""
    row = t.pairs.c
    waiting = (row.cycle_id == cycle_id, row.state == PairState.INTRODUCED, row.introduced_at.is_(None))
    return int(tx.execute(select(func.count()).where(*waiting)).scalar_one())


def nudges_due(tx: Tx, introduced_by: datetime, limit: int) -> list[Pair]:
    """Pairs that were introduced by then and of which nobody has looked yet whether they met, oldest first."""
    row = t.pairs.c
    waiting = (row.state == PairState.INTRODUCED, row.nudged_at.is_(None), row.introduced_at <= introduced_by)
    query = select(t.pairs).where(*waiting).order_by(row.introduced_at, row.id).limit(limit)
    return [pair_of(found) for found in tx.execute(query)]


def first_not_nudged(tx: Tx) -> datetime | None:
    """When the first pair was introduced of which nobody has looked yet whether they met."""
    row = t.pairs.c
    waiting = (row.state == PairState.INTRODUCED, row.nudged_at.is_(None))
    query = select(row.introduced_at).where(*waiting, row.introduced_at.is_not(None))
    return tx.execute(query.order_by(row.introduced_at).limit(1)).scalar_one_or_none()


def was_nudged(tx: Tx, pair: Pair, at: datetime) -> bool:
    """Record that somebody looked whether this pair has met, once."""
    changed = update(t.pairs).where(t.pairs.c.id == pair.id, t.pairs.c.nudged_at.is_(None))
    done = tx.execute(changed.values(nudged_at=at)).rowcount == 1
    _show(tx, pair)
    return done


def hold(tx: Tx, pair: Pair, by: str | None) -> bool:
    """Note that no rule approves a pair that waits, because this lead says so, or let the rules again; once."""
    as_seen = update(t.pairs).where(t.pairs.c.id == pair.id, t.pairs.c.state == PairState.PROPOSED)
    done = tx.execute(as_seen.values(held_by=by)).rowcount == 1
    _show(tx, pair)
    return done


def rest(tx: Tx, pair: Pair, until: date | None) -> bool:
    """Let a pair rest until a day, or go on, if it rests as long as was seen; tells whether it does."""
    row = t.pairs.c
    as_seen = (row.id == pair.id, row.state == PairState.INTRODUCED)
    rests = row.rests_until.is_(None) if pair.rests_until is None else row.rests_until == pair.rests_until
    done = tx.execute(update(t.pairs).where(*as_seen, rests).values(rests_until=until)).rowcount == 1
    _show(tx, pair)
    return done


def bend(tx: Tx, pair: Pair, rules: Sequence[Rule]) -> None:
    """Set these rules aside for a pair from now on."""
    changed = update(t.pairs).where(t.pairs.c.id == pair.id)
    tx.execute(changed.values(bent=[rule.value for rule in rules]))
    _show(tx, pair)


def resting(tx: Tx, program_id: int, until: date | None = None) -> list[Pair]:
    """A program's pairs that rest, the first to go on before all others; or those that do by that day."""
    row = t.pairs.c
    rest_ = (row.program_id == program_id, row.state == PairState.INTRODUCED, row.rests_until.is_not(None))
    query = select(t.pairs).where(*rest_).order_by(row.rests_until, row.id)
    found = tx.execute(query if until is None else query.where(row.rests_until <= until))
    return [pair_of(one) for one in found]


def is_any_rested(tx: Tx, day: date) -> bool:
    """Whether the rest of a pair, in any program, ends on or before that day."""
    ends = (t.pairs.c.state == PairState.INTRODUCED, t.pairs.c.rests_until <= day)
    return bool(tx.execute(select(exists().where(*ends))).scalar_one())


def waits(tx: Tx, pair: Pair, why: Because) -> bool:
    """Note why the introduction of a pair has not arrived; tells whether that is news."""
    waiting = (t.pairs.c.id == pair.id, t.pairs.c.state == PairState.INTRODUCED)
    changed = update(t.pairs).where(*waiting, t.pairs.c.introduced_at.is_(None))
    if pair.why == why or tx.execute(changed.values(why=codes.because(why))).rowcount != 1:
        return False
    _show(tx, pair)
    return True


def refused(tx: Tx, cycle_id: int) -> list[Pair]:
    """A cycle's pairs that were taken back because Slack refused their introduction for good."""
    pair, row = t.pairs.c, t.outbox.c
    failed = select(row.id).where(
        row.program_id == pair.program_id,
        row.kind == Kind.INTRO,
        row.subject == cast(pair.id, String),
        row.state == RowState.FAILED,
    )
    query = select(t.pairs).where(
        pair.cycle_id == cycle_id, pair.state == PairState.WITHDRAWN, failed.exists()
    )
    return [pair_of(found) for found in tx.execute(query.order_by(pair.id))]


def waiting_for(tx: Tx, workspace: str, lead_id: str, pair_id: int) -> tuple[str, str] | None:
    """The people of a pair that waits for the decision of somebody whom its program names as a lead; None otherwise."""
    row = tx.execute(_WAITING, {"id": pair_id, "workspace": workspace, "lead": lead_id}).one_or_none()
    return (row.mentor_id, row.mentee_id) if row else None


def of_id(tx: Tx, pair_id: int) -> Pair:
    """The pair with that number, whatever its program."""
    return pair_of(tx.execute(select(t.pairs).where(t.pairs.c.id == pair_id)).one())


def pair_of(row: Any) -> Pair:
    """What stands in a row that carries the columns of its table."""
    return Pair(
        id=row.id,
        program_id=row.program_id,
        cycle_id=row.cycle_id,
        mentor_id=row.mentor_id,
        mentee_id=row.mentee_id,
        state=PairState(row.state),
        score=row.score,
        reasons=tuple(map(codes.reason_of, row.reasons)),
        topics=tuple(row.topics),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        note=row.note,
        introduced_at=row.introduced_at,
        channel=row.channel,
        intro_of=row.intro_of,
        declined=codes.decline_of(row.declined),
        cut_off=row.cut_off,
        nudged_at=row.nudged_at,
        why=codes.because_of(row.why),
        proposed_at=row.proposed_at,
        held_by=row.held_by,
        by_rule=row.by_rule,
        ended_by=row.ended_by,
        rests_until=row.rests_until,
        made_by_hand=row.bent is not None or row.instead_of is not None,
        bent=tuple(map(Rule, row.bent or ())),
        instead_of=row.instead_of,
    )
