"""The program's words for skills: which were brought together, and how a lead keeps two apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from mentoring.errors import NoSuchWord
from mentoring.skills import Spelling, skill_key
from program import access
from program.context import Context
from program.forms import MergedWord
from storage import audit, members
from storage import skills as own_words
from storage.database import Tx


def merged(ctx: Context, workspace: str, lead_id: str) -> list[MergedWord]:
    """The words that count as another skill, those of most people first. Raises `NotAllowed` or `NoProgram`."""
    with ctx.database.read() as tx:
        program = access.led_program(tx, workspace, lead_id)
        found = own_words.spellings(tx, program.id)
    groups: dict[tuple[str, str], list[Spelling]] = defaultdict(list)
    for one in found:
        groups[skill_key(one.written), one.label].append(one)
    words = [MergedWord(alike[0].written, alike[0].label, len(_people(alike))) for alike in groups.values()]
    return sorted(words, key=lambda word: (-word.people, word.written))


def keep_apart(ctx: Context, workspace: str, lead_id: str, word: str) -> MergedWord:
    """Make a word a skill of its own, from now on and for whoever wrote it.

    Raises `NotAllowed`, `NoProgram`, or `NoSuchWord` for a word that counts as no other.
    """
    with ctx.database.write() as tx:
        program = access.led_program(tx, workspace, lead_id)
        alike = [
            one for one in own_words.spellings(tx, program.id) if skill_key(one.written) == skill_key(word)
        ]
        if not alike:
            raise NoSuchWord
        written = alike[0].written
        own_words.add(tx, program.id, [written])
        for one in alike:
            _take_back(tx, workspace, program.id, replace(one, written=written))
        own_words.forget_spellings(tx, program.id, _words(alike))
        audit.note(tx, program.id, ctx.now(), lead_id, "keep_apart", written, label=alike[0].label)
    return MergedWord(written, alike[0].label, len(_people(alike)))


def _take_back(tx: Tx, workspace: str, program_id: int, spelling: Spelling) -> None:
    """Put the word back where its writer had it."""
    member = members.get(tx, program_id, spelling.person_id)
    if member is not None:
        shares, wants = (
            spelling.taken_back(skills) for skills in (member.profile.shares, member.profile.wants)
        )
        changed = replace(member, profile=replace(member.profile, shares=shares, wants=wants))
        members.save(tx, workspace, changed)


def _people(alike: Iterable[Spelling]) -> set[str]:
    return {one.person_id for one in alike}


def _words(alike: Iterable[Spelling]) -> set[str]:
    return {one.written for one in alike}
