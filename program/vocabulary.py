"""The program's words for skills: what leads see of them, take in or out, and keep apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from mentoring.errors import NoSuchWord, UnknownWord
from mentoring.own_words import Verdict
from mentoring.skills import Spelling, skill_key, starter
from program import access
from program.context import Context
from program.forms import MergedWord, OwnWords
from storage import members
from storage import skills as own_words
from storage.database import Tx

LISTED = 50
"""The most words of a kind that a lead is shown at once."""


def own(ctx: Context, workspace: str, lead_id: str) -> OwnWords:
    """The words that people brought, without those of people who are gone. Raises `NotAllowed` or `NoProgram`."""
    known = {skill_key(label) for label in starter().labels}
    with ctx.read(workspace, lead_id) as act:
        tx, program = act.tx, access.lead(act)
        waiting, many = own_words.waiting(tx, program.id, known, LISTED)
        out, gone = own_words.ruled_out(tx, program.id, known, LISTED)
        offered = [word for word in own_words.offered(tx, program.id) if word.key not in known]
    return OwnWords(tuple(waiting), many, tuple(offered[:LISTED]), len(offered), tuple(out), gone)


def take_in(ctx: Context, workspace: str, lead_id: str, word: str) -> str:
    """Offer a word to everybody; gives its label. Raises `NotAllowed`, `NoProgram`, or `UnknownWord`."""
    return _rule(ctx, workspace, lead_id, word, Verdict.IN)


def take_out(ctx: Context, workspace: str, lead_id: str, word: str) -> str:
    """Offer a word to nobody but those who have it in their profile; gives its label.

    Raises `NotAllowed`, `NoProgram`, or `UnknownWord`.
    """
    return _rule(ctx, workspace, lead_id, word, Verdict.OUT)


def _rule(ctx: Context, workspace: str, lead_id: str, word: str, verdict: Verdict) -> str:
    with ctx.act(workspace, lead_id) as act:
        tx, program = act.tx, access.lead(act)
        known = own_words.find(tx, program.id, skill_key(word))
        label = starter().same(word) or (known.label if known else None)
        if label is None:
            raise UnknownWord
        if known is None or known.verdict is not verdict:
            own_words.rule(tx, program.id, label, verdict)
            ruled = known.verdict if known else None
            before = {"ruled": ruled.value if ruled else "by nobody"}
            act.note(f"take_{verdict}", label, before=before, after={"ruled": verdict.value})
    return label


def merged(ctx: Context, workspace: str, lead_id: str) -> list[MergedWord]:
    """The words that count as another skill, those of most people first. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        found = own_words.spellings(act.tx, access.lead(act).id)
    groups: dict[tuple[str, str], list[Spelling]] = defaultdict(list)
    for one in found:
        groups[skill_key(one.written), one.label].append(one)
    words = [MergedWord(alike[0].written, alike[0].label, len(_people(alike))) for alike in groups.values()]
    return sorted(words, key=lambda word: (-word.people, word.written))


def keep_apart(ctx: Context, workspace: str, lead_id: str, word: str) -> MergedWord:
    """Make a word a skill of its own, from now on and for whoever wrote it; it is taken in with that.

    Raises `NotAllowed`, `NoProgram`, or `NoSuchWord` for a word that counts as no other.
    """
    with ctx.act(workspace, lead_id) as act:
        tx, program = act.tx, access.lead(act)
        alike = [
            one for one in own_words.spellings(tx, program.id) if skill_key(one.written) == skill_key(word)
        ]
        if not alike:
            raise NoSuchWord
        written = alike[0].written
        own_words.rule(tx, program.id, written, Verdict.IN)
        for one in alike:
            _take_back(tx, workspace, program.id, replace(one, written=written))
        own_words.forget_spellings(tx, program.id, _words(alike))
        before, after = {"counts as": alike[0].label}, {"counts as": written}
        act.note("keep_apart", written, before=before, after=after)
    return MergedWord(written, alike[0].label, len(_people(alike)))


def _take_back(tx: Tx, workspace: str, program_id: int, spelling: Spelling) -> None:
    """Put the word back where its writer had it."""
    member = members.get(tx, program_id, spelling.person_id)
    if member is not None:
        shares, wants = (
            spelling.taken_back(skills) for skills in (member.profile.shares, member.profile.wants)
        )
        changed = replace(member, profile=replace(member.profile, shares=shares, wants=wants))
        members.save(tx, workspace, changed, member)


def _people(alike: Iterable[Spelling]) -> set[str]:
    return {one.person_id for one in alike}


def _words(alike: Iterable[Spelling]) -> set[str]:
    return {one.written for one in alike}
