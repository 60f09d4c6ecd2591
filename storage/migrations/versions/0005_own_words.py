"""Who uses which word, and which words everybody is offered."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

# The keys in the database have to be those that the code compares with, whatever version of it runs this step.
from mentoring.skills import SkillError, clean_label, skill_key

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COUNTED = 100
_BATCH = 5_000
_Word = tuple[int, str]
"""A program's id and a word's key."""

_skills = sa.table("skills", sa.column("program_id", sa.Integer), sa.column("label", sa.String))
_words = sa.table(
    "words",
    *(sa.column(name, sa.Integer) for name in ("program_id", "users")),
    *(sa.column(name, sa.String) for name in ("key", "label", "verdict")),
)
_uses = sa.table(
    "uses",
    sa.column("program_id", sa.Integer),
    *(sa.column(name, sa.String) for name in ("person_id", "key", "label")),
)
_people = sa.table(
    "people",
    *(sa.column(name, sa.String) for name in ("workspace", "id")),
    sa.column("deactivated", sa.Boolean),
)
_members = sa.table(
    "members",
    sa.column("program_id", sa.Integer),
    *(sa.column(name, sa.String) for name in ("workspace", "person_id", "standing")),
    *(sa.column(name, sa.JSON) for name in ("shares", "wants")),
)
_audit = sa.table(
    "audit",
    sa.column("program_id", sa.Integer),
    *(sa.column(name, sa.String) for name in ("action", "subject")),
)


def upgrade() -> None:
    """Take this step. Words that people brought are not offered any more, unless several use them."""
    op.create_table(
        "words",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("users", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=True),
        sa.CheckConstraint("verdict IN ('in', 'out')", name=op.f("ck_words_verdict")),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_words_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "key", name=op.f("pk_words")),
    )
    op.create_index(op.f("ix_words_program_id_verdict_users"), "words", ["program_id", "verdict", "users"])
    op.create_table(
        "uses",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_uses_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "person_id", "key", name=op.f("pk_uses")),
    )
    op.create_index(op.f("ix_uses_program_id_key_person_id"), "uses", ["program_id", "key", "person_id"])
    op.create_table(
        "vocabularies",
        sa.Column("program_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_vocabularies_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", name=op.f("pk_vocabularies")),
    )
    _fill()
    op.drop_table("skills")


def downgrade() -> None:
    """Take it back: everybody is offered every word again."""
    op.create_table(
        "skills",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_skills_program_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "label", name=op.f("pk_skills")),
    )
    words = sa.select(_words.c.program_id, _words.c.label).distinct()
    op.execute(_skills.insert().from_select(["program_id", "label"], words))
    for table in ("vocabularies", "uses", "words"):
        op.drop_table(table)


def _fill() -> None:
    """Fill the tables from everybody's profile. What leads kept apart before is taken in, as it will be from now on."""
    tx = op.get_bind()
    spelled: dict[_Word, Counter[str]] = defaultdict(Counter)
    uses: list[dict[str, Any]] = []
    for row in tx.execute(_everybody()):
        for key, label in _own(row).items():
            uses.append(
                {"program_id": row.program_id, "person_id": row.person_id, "key": key, "label": label}
            )
            if row.counts:
                spelled[row.program_id, key][label] += 1
    apart = {(row.program_id, skill_key(row.subject)): row.subject for row in tx.execute(_kept_apart())}
    words = [
        {
            "program_id": program_id,
            "key": key,
            "label": apart.get((program_id, key)) or _most_common(spelled[program_id, key]),
            "users": min(spelled[program_id, key].total(), _COUNTED),
            "verdict": "in" if (program_id, key) in apart else None,
        }
        for program_id, key in sorted({*spelled, *apart})
    ]
    for table, rows in ((_uses, uses), (_words, words)):
        for start in range(0, len(rows), _BATCH):
            tx.execute(table.insert(), rows[start : start + _BATCH])


def _everybody() -> sa.Select[Any]:
    member, person = _members.c, _people.c
    counts = sa.and_(member.standing != "left", person.deactivated.is_(False)).label("counts")
    same = sa.and_(member.workspace == person.workspace, member.person_id == person.id)
    columns = (member.program_id, member.person_id, member.shares, member.wants, counts)
    return sa.select(*columns).select_from(_members.join(_people, same))


def _kept_apart() -> sa.Select[Any]:
    row = _audit.c
    return sa.select(row.program_id, row.subject).where(row.action == "keep_apart")


def _own(row: sa.Row[Any]) -> dict[str, str]:
    """A member's words by their keys, of two spellings the first."""
    found: dict[str, str] = {}
    for text in (*row.shares, *row.wants):
        try:
            label = clean_label(text)
        except SkillError:
            continue
        found.setdefault(skill_key(label), label)
    return found


def _most_common(spelled: Counter[str]) -> str:
    return min(spelled, key=lambda label: (-spelled[label], label))
