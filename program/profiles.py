"""Joining the program and saying what one can share and wants to learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mentoring import skills
from mentoring.errors import Invalid
from mentoring.messages import Kind, to_person
from mentoring.people import (
    Member,
    Person,
    Profile,
    ProfileDraft,
    Standing,
    check_profile,
    draft_of,
)
from program import access
from program.context import Context
from program.forms import ProfileForm
from storage import members, outbox, people
from storage import skills as own_words
from storage.database import Tx

SUGGESTIONS = 50

NEW = ProfileDraft(languages=("English",))
"""What the form proposes to somebody new."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored profile; `merged` are (word as typed, word that the program uses already)."""

    member: Member
    joined: bool
    merged: tuple[tuple[str, str], ...]


def form(
    ctx: Context, workspace: str, person: Person, shares: Sequence[str] = (), wants: Sequence[str] = ()
) -> ProfileForm:
    """The profile form, filled in with what is known; typed skills are added to those on file. Raises `NoProgram`."""
    with ctx.database.read() as tx:
        program = access.program_of(tx, workspace)
        member = members.get(tx, program.id, person.id)
        words = _vocabulary(tx, program.id) if shares or wants else None
    draft = draft_of(member.profile) if member else NEW
    if words is not None:
        draft = replace(
            draft,
            shares=tuple(dict.fromkeys([*draft.shares, *(words.same(word) or word for word in shares)])),
            wants=tuple(dict.fromkeys([*draft.wants, *(words.same(word) or word for word in wants)])),
        )
    enrolled = member is not None and member.standing is not Standing.LEFT
    return ProfileForm(program, draft, enrolled)


def suggest(ctx: Context, workspace: str, query: str) -> list[str]:
    """Skills for a type-ahead, best first; everything common for an empty query."""
    with ctx.database.read() as tx:
        program = access.program_of(tx, workspace)
        return _vocabulary(tx, program.id).suggest(query, SUGGESTIONS)


def save(ctx: Context, workspace: str, person: Person, draft: ProfileDraft) -> Saved:
    """Store a profile and, for somebody new, join the program. Raises `Invalid` with a sentence per field."""
    now = ctx.now()
    with ctx.database.write() as tx:
        program = access.program_of(tx, workspace)
        words = _Words(_vocabulary(tx, program.id), person.id)
        draft = replace(
            draft, shares=words.take("shares", draft.shares), wants=words.take("wants", draft.wants)
        )
        profile = _checked(draft, person.id, len(program.ladder), words.problems)
        before = members.get(tx, program.id, person.id)
        joined = before is None or before.standing is Standing.LEFT
        if before is None or joined:
            member = Member(program.id, person, profile, Standing.ACTIVE, joined_at=now, active_since=now)
        else:
            member = replace(before, person=person, profile=profile)
        if people.get(tx, workspace, person.id) != person:  # what was known before is no newer for it
            people.save(tx, workspace, person, now)
        members.save(tx, workspace, member)
        own_words.add(tx, program.id, words.new)
        _remember(tx, member, words.slips)
        if joined:
            outbox.put(tx, program.id, to_person(Kind.WELCOME, int(now.timestamp()), person.id), now)
    ctx.wake()
    return Saved(member, joined, tuple(words.merged))


def _checked(draft: ProfileDraft, person_id: str, levels: int, word_problems: dict[str, str]) -> Profile:
    """The profile, or every problem at once: what is wrong with a word says more than that none is left."""
    try:
        profile = check_profile(draft, person_id, levels)
    except Invalid as invalid:
        raise Invalid(invalid.fields | word_problems) from None
    if word_problems:
        raise Invalid(word_problems)
    return profile


def _remember(tx: Tx, member: Member, slips: Sequence[skills.Spelling]) -> None:
    """Keep which words became others, new ones and earlier ones that still count, so that it can be undone."""
    earlier = own_words.spellings(tx, member.program_id, member.person.id)
    named = {*member.profile.shares, *member.profile.wants}
    known = [one for one in (*earlier, *slips) if one.label in named]
    own_words.save_spellings(tx, member.program_id, member.person.id, known)


def _vocabulary(tx: Tx, program_id: int) -> skills.Vocabulary:
    return skills.Vocabulary([*skills.starter().labels, *own_words.labels(tx, program_id)])


class _Words:
    """Brings typed skills into the program's own words, and remembers which are new and which were merged.

    `slips` are those merged words that differ by more than case, number and punctuation.
    """

    def __init__(self, vocabulary: skills.Vocabulary, person_id: str) -> None:
        self.vocabulary = vocabulary
        self.person_id = person_id
        self.slips: list[skills.Spelling] = []
        self.new: list[str] = []
        self.merged: list[tuple[str, str]] = []
        self.problems: dict[str, str] = {}

    def take(self, field: str, typed: Sequence[str]) -> tuple[str, ...]:
        """The program's word for each typed one, in the same order."""
        named: dict[str, str] = {}
        for text in typed:
            try:
                named[text] = self._label(text)
            except skills.SkillError as problem:
                self.problems[field] = str(problem)
        self.slips += [self._spelling(text, named) for text, label in named.items() if _is_slip(text, label)]
        return tuple(dict.fromkeys(named.values()))

    def _spelling(self, text: str, named: Mapping[str, str]) -> skills.Spelling:
        key, label = skills.skill_key(text), named[text]
        beside = any(one == label and skills.skill_key(other) != key for other, one in named.items())
        return skills.Spelling(self.person_id, skills.clean_label(text), label, beside)

    def _label(self, text: str) -> str:
        known = self.vocabulary.find(text)
        self.vocabulary, label, merged = self.vocabulary.add(text)
        if known is None and not merged:
            self.new.append(label)
        elif merged and label != text:
            self.merged.append((text, label))
        return label


def _is_slip(text: str, label: str) -> bool:
    return skills.skill_key(text) != skills.skill_key(label)
