"""The words of a program: who uses which, what leads ruled about them, and those that became another word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, delete, func, insert, or_, select, update

from mentoring.own_words import MAX_OFFERED, SEVERAL, OwnWord, Verdict
from mentoring.people import Standing
from mentoring.skills import Spelling, skill_key
from storage import tables as t
from storage.database import Tx
from storage.upsert import insert_once, upsert

COUNTED = 100
"""Users of a word are counted up to here, so that a change of one profile costs the same in any program."""

_VERSION = select(t.vocabularies.c.version).where(t.vocabularies.c.program_id == bindparam("program"))
_ONE = select(t.words).where(
    t.words.c.program_id == bindparam("program"), t.words.c.key == bindparam("the_key")
)
_USES = select(t.uses).where(
    t.uses.c.program_id == bindparam("program_id"), t.uses.c.person_id == bindparam("person_id")
)
_NOTE = insert(t.uses)
_IS_MEMBER = and_(t.members.c.program_id == t.uses.c.program_id, t.members.c.person_id == t.uses.c.person_id)
_SPELLED = (
    select(t.uses.c.label)
    .select_from(t.uses.join(t.members, _IS_MEMBER).join(t.people))
    .where(t.uses.c.program_id == bindparam("program_id"), t.uses.c.key == bindparam("the_key"))
    .where(t.members.c.standing != Standing.LEFT.value)
    .where(t.people.c.deactivated.is_(False), t.people.c.stranger.is_not(True))
    .order_by(t.uses.c.person_id)
    .limit(COUNTED)
)


def version(tx: Tx, program_id: int) -> int:
    """A number that changes whenever other words are offered, or stand apart, than before."""
    return tx.execute(_VERSION, {"program": program_id}).scalar_one_or_none() or 0


def offered(tx: Tx, program_id: int) -> list[OwnWord]:
    """The words that everybody is offered: those that leads took in, then those that most people use."""
    word = t.words.c
    query = select(t.words).where(word.program_id == program_id, _is_offered())
    ordered = query.order_by(word.verdict.is_(None), word.users.desc(), word.label).limit(MAX_OFFERED)
    return [_word(row) for row in tx.execute(ordered)]


def waiting(tx: Tx, program_id: int, known: Collection[str], limit: int) -> tuple[list[OwnWord], int]:
    """The first used words, of most people first, that are not offered and not ruled about; and how many there are.

    `known` are keys of words that the program came with.
    """
    word = t.words.c
    of_few = and_(word.program_id == program_id, word.verdict.is_(None), word.users.between(1, SEVERAL - 1))
    return _listed(tx, select(t.words).where(of_few, word.key.not_in(list(known))), limit)


def ruled_out(tx: Tx, program_id: int, known: Collection[str], limit: int) -> tuple[list[OwnWord], int]:
    """The first words that leads took out, and how many there are.

    Those that nobody uses are left away, except `known` ones.
    """
    word = t.words.c
    out = and_(word.program_id == program_id, word.verdict == Verdict.OUT.value)
    return _listed(tx, select(t.words).where(out, or_(word.users > 0, word.key.in_(list(known)))), limit)


def apart(tx: Tx, program_id: int) -> list[str]:
    """The labels of all words that leads took out."""
    word = t.words.c
    query = select(word.label).where(word.program_id == program_id, word.verdict == Verdict.OUT.value)
    return list(tx.execute(query.order_by(word.label)).scalars())


def find(tx: Tx, program_id: int, key: str) -> OwnWord | None:
    """The word with this key, or None."""
    row = tx.execute(_ONE, {"program": program_id, "the_key": key}).first()
    return _word(row) if row else None


def rule(tx: Tx, program_id: int, label: str, verdict: Verdict) -> None:
    """Take a word in or out, with this label; the last word of a lead counts."""
    key = skill_key(label)
    before = find(tx, program_id, key)
    users = before.users if before else 0
    _store(tx, program_id, before, OwnWord(key, label, users, verdict))
    _renew(tx, program_id)


def use(tx: Tx, program_id: int, person_id: str, labels: Iterable[str]) -> None:
    """Note which words stand in a member's profile, in place of what was known."""
    mine = and_(t.uses.c.program_id == program_id, t.uses.c.person_id == person_id)
    place = {"program_id": program_id, "person_id": person_id}
    before = {row.key: row.label for row in tx.execute(_USES, place)}
    after: dict[str, str] = {}
    for label in labels:
        after.setdefault(skill_key(label), label)
    gone = [key for key, label in before.items() if after.get(key) != label]
    if gone:
        tx.execute(delete(t.uses).where(mine, t.uses.c.key.in_(gone)))
    new = [place | {"key": key, "label": label} for key, label in after.items() if before.get(key) != label]
    if new:
        tx.execute(_NOTE, new)
    count_again(tx, program_id, [*before, *after])


def user_moved(tx: Tx, program_id: int, person_id: str) -> None:
    """Count the words of somebody again who left a program, or came back to it."""
    mine = and_(t.uses.c.program_id == program_id, t.uses.c.person_id == person_id)
    count_again(tx, program_id, tx.execute(select(t.uses.c.key).where(mine)).scalars().all())


def person_moved(tx: Tx, workspace: str, person_id: str) -> None:
    """Count the words of somebody again who is gone, or came back, in each program of the workspace."""
    programs = select(t.programs.c.id).where(t.programs.c.workspace == workspace)
    for program_id in tx.execute(programs).scalars().all():
        user_moved(tx, program_id, person_id)


def count_again(tx: Tx, program_id: int, keys: Iterable[str]) -> None:
    """Bring the words with these keys up to date; one that nobody uses and no lead ruled about is forgotten."""
    changed = [key for key in sorted(set(keys)) if _count_again(tx, program_id, key)]
    if changed:
        _renew(tx, program_id)


def spellings(tx: Tx, program_id: int, person_id: str | None = None) -> list[Spelling]:
    """What people wrote, or one of them, that became another word; by person and word."""
    row = t.spellings.c
    query = select(t.spellings).where(row.program_id == program_id).order_by(row.person_id, row.written)
    if person_id is not None:
        query = query.where(row.person_id == person_id)
    return [Spelling(one.person_id, one.written, one.label, one.beside) for one in tx.execute(query)]


def save_spellings(tx: Tx, program_id: int, person_id: str, found: Iterable[Spelling]) -> None:
    """Store what a person wrote that became another word, in place of what was known; each word once."""
    row = t.spellings.c
    tx.execute(delete(t.spellings).where(row.program_id == program_id, row.person_id == person_id))
    for one in {one.written: one for one in found}.values():
        values = {"written": one.written, "label": one.label, "beside": one.beside}
        tx.execute(insert(t.spellings).values(program_id=program_id, person_id=person_id, **values))


def forget_spellings(tx: Tx, program_id: int, written: Collection[str]) -> None:
    """Forget these words, whoever wrote them."""
    row = t.spellings.c
    tx.execute(delete(t.spellings).where(row.program_id == program_id, row.written.in_(list(written))))


def _is_offered() -> ColumnElement[bool]:
    """What `OwnWord.offered` says, for the database."""
    word = t.words.c
    return or_(word.verdict == Verdict.IN.value, and_(word.verdict.is_(None), word.users >= SEVERAL))


def _count_again(tx: Tx, program_id: int, key: str) -> bool:
    """Bring one word up to date; tells whether others are offered another word than before."""
    before = find(tx, program_id, key)
    spelled = _spelled(tx, program_id, key)
    verdict = before.verdict if before else None
    if not spelled and verdict is None:
        tx.execute(delete(t.words).where(t.words.c.program_id == program_id, t.words.c.key == key))
        return before is not None and before.offered
    keeps = before is not None and (verdict is not None or before.label in spelled)
    label = before.label if before and keeps else spelled.most_common(1)[0][0]
    after = OwnWord(key, label, spelled.total(), verdict)
    _store(tx, program_id, before, after)
    return _shown(before) != _shown(after)


def _spelled(tx: Tx, program_id: int, key: str) -> Counter[str]:
    """How the first members who have the word in their profile, and are still there, write it."""
    return Counter(tx.execute(_SPELLED, {"program_id": program_id, "the_key": key}).scalars())


def _shown(word: OwnWord | None) -> str:
    return word.label if word and word.offered else ""


def _store(tx: Tx, program_id: int, before: OwnWord | None, after: OwnWord) -> None:
    if after != before:
        values = {"label": after.label, "users": after.users, "verdict": after.verdict}
        upsert(tx, t.words, ("program_id", "key"), {"program_id": program_id, "key": after.key} | values)


def _renew(tx: Tx, program_id: int) -> None:
    """From here on, the vocabulary is another one."""
    insert_once(tx, t.vocabularies, {"program_id": program_id, "version": 0})
    mine = t.vocabularies.c.program_id == program_id
    tx.execute(update(t.vocabularies).where(mine).values(version=t.vocabularies.c.version + 1))


def _listed(tx: Tx, found: Select[Any], limit: int) -> tuple[list[OwnWord], int]:
    total = tx.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    first = found.order_by(t.words.c.users.desc(), t.words.c.label).limit(limit)
    return [_word(row) for row in tx.execute(first)], int(total)


def _word(row: Row[Any]) -> OwnWord:
    return OwnWord(row.key, row.label, row.users, Verdict(row.verdict) if row.verdict else None)
