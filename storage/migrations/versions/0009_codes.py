"""Codes with parameters in the place of sentences: why two people are a pair, and why a pair is none any more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

# Only for the way back: older versions have to find sentences.
from mentoring import sentences
from storage import codes

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_BATCH = 5_000
_Json = Any

_pairs = sa.table(
    "pairs",
    sa.column("id", sa.Integer),
    sa.column("state", sa.String),
    sa.column("note", sa.Text),
    sa.column("reasons", sa.JSON),
    sa.column("why", sa.JSON(none_as_null=True)),
)
_cycles = sa.table("cycles", sa.column("id", sa.Integer), sa.column("left_out", sa.JSON))

_CAUSES = {
    "One of the two has paused.": "paused",
    "One of the two has left the program.": "left",
    "One of the two is not in the workspace any more.": "gone",
    "One of the two is not in the program any more.": "no_member",
    "The cycle ended first.": "cycle_ended",
    "A later matching found a better set of pairs without it.": "made_way",
}
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

_CHOICE = rf"(?:(?:{'|'.join(_RANKS)}) choice|choice \d+)"
_WISH = rf"(?:related to “.+?”, )?{_CHOICE}"
_SKILL = rf"(?:the basics of )?“.+?” \({_WISH}(?:, and {_WISH})*\)"
_TEACHES = re.compile(rf"Teaches ({_SKILL}(?:, {_SKILL})*(?: and (?:{_SKILL}|\d+ more))?)")
_ONE_SKILL = re.compile(rf"(?:, | and )?(the basics of )?“(.+?)” \(({_WISH}(?:, and {_WISH})*)\)")
_ONE_WISH = re.compile(rf"(?:, and )?(?:related to “(.+?)”, )?({_CHOICE})")
_MORE = re.compile(r" and (\d+) more$")
_APART = re.compile(r"(\w+|[\d,]+) levels? apart")
_HOURS = re.compile(r"(\d+) shared hours? a day")
_TIME = re.compile(r"(?:(\d+) hours? ?)?(?:(\d+) minutes?)? of shared working time a day")
_FIXED: dict[str, _Json] = {
    "No shared working hours": {"code": "shared_time", "minutes": 0},
    "Same department": {"code": "departments", "same": True},
    "Different departments": {"code": "departments", "same": False},
}


def upgrade() -> None:
    """Take this step. What cannot be read exactly stays as it was written, and is shown so."""
    op.add_column("pairs", sa.Column("why", sa.JSON(none_as_null=True), nullable=True))
    _change(_pairs, ("reasons", "note", "why"), _coded)


def downgrade() -> None:
    """Take it back: everything is stored as sentences again."""
    _change(_pairs, ("reasons", "note"), _worded)
    _change(_cycles, ("left_out",), _left_out_worded)
    with op.batch_alter_table("pairs") as batch:
        batch.drop_column("why")


def _change(table: sa.TableClause, columns: tuple[str, ...], new: Callable[[sa.Row[Any]], _Json]) -> None:
    """Give the rows of a table new values, some rows at a time."""
    tx = op.get_bind()
    values = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in columns}
    changed = sa.update(table).where(table.c.id == sa.bindparam("row")).values(values)
    for rows in _rows(tx, table):
        tx.execute(
            changed,
            [
                {"row": row.id}
                | {f"new_{name}": value for name, value in zip(columns, new(row), strict=True)}
                for row in rows
            ],
        )


def _rows(tx: sa.Connection, table: sa.TableClause) -> Iterator[list[sa.Row[Any]]]:
    last = 0
    query = sa.select(table).where(table.c.id > sa.bindparam("last")).order_by(table.c.id).limit(_BATCH)
    while rows := list(tx.execute(query, {"last": last})):
        yield rows
        last = rows[-1].id


def _coded(row: sa.Row[Any]) -> tuple[_Json, str, _Json]:
    reasons = [_reason(one) for one in row.reasons]
    # Declining is the one thing for which people write the note themselves.
    cause = _CAUSES.get(row.note) if row.state != "declined" else None
    return (reasons, "", {"code": cause}) if cause else (reasons, row.note, None)


def _reason(text: str) -> _Json:
    """A reason as a code, or the text where it does not say exactly that."""
    if text in _FIXED:
        return _FIXED[text]
    for pattern, reader in _READERS:
        if found := pattern.fullmatch(text):
            return reader(found) or text
    return text


def _teaches(found: re.Match[str]) -> _Json | None:
    told = found[1]
    more = _MORE.search(told)
    skills = told[: more.start()] if more else told
    named = [
        {"skill": skill, "basics": bool(basics), "wishes": [*_wishes(skill, wishes)]}
        for basics, skill, wishes in _ONE_SKILL.findall(skills)
    ]
    # A skill may be called anything, also what looks like the words around it.
    exact = _listed(named) == skills if not more else ", ".join(map(_skill, named)) == skills
    return {"code": "teaches", "skills": named, "more": int(more[1]) if more else 0} if exact else None


def _listed(named: list[_Json]) -> str:
    *first, last = map(_skill, named)
    return f"{', '.join(first)} and {last}" if first else last


def _skill(one: _Json) -> str:
    wishes = [_wish(one["skill"], wish) for wish in one["wishes"]]
    return f"{'the basics of ' if one['basics'] else ''}“{one['skill']}” ({', and '.join(wishes)})"


def _wish(skill: str, one: _Json) -> str:
    rank = one["rank"]
    choice = f"{_RANKS[rank - 1]} choice" if rank <= len(_RANKS) else f"choice {rank}"
    return choice if one["skill"] == skill else f"related to “{one['skill']}”, {choice}"


def _wishes(skill: str, told: str) -> Iterator[_Json]:
    for wish, choice in _ONE_WISH.findall(told):
        first, _, number = choice.partition(" ")
        yield {"skill": wish or skill, "rank": int(number) if first == "choice" else _RANKS.index(first) + 1}


def _levels_apart(found: re.Match[str]) -> _Json | None:
    told = found[1].casefold()
    if told in _NUMBERS:
        return {"code": "levels_apart", "levels": _NUMBERS.index(told)}
    digits = told.replace(",", "")
    return {"code": "levels_apart", "levels": int(digits)} if digits.isdigit() else None


def _whole_hours(found: re.Match[str]) -> _Json:
    return {"code": "shared_time", "minutes": int(found[1]) * 60}


def _time(found: re.Match[str]) -> _Json:
    return {"code": "shared_time", "minutes": int(found[1] or 0) * 60 + int(found[2] or 0)}


_READERS = ((_TEACHES, _teaches), (_APART, _levels_apart), (_HOURS, _whole_hours), (_TIME, _time))


def _worded(row: sa.Row[Any]) -> tuple[_Json, str]:
    reasons = [sentences.reason(codes.reason_of(one)) for one in row.reasons]
    why = codes.because_of(row.why)
    return reasons, sentences.because(why) if why else row.note


def _left_out_worded(row: sa.Row[Any]) -> tuple[_Json]:
    return ([one | _told(one) for one in row.left_out],)


def _told(one: _Json) -> _Json:
    reason, help_ = codes.stop_of(one["reason"]), codes.helps_of(one["help"])
    return {"reason": sentences.stop(reason), "help": sentences.helps(help_)}
