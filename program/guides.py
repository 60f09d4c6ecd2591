"""Leads put their own words in the place of what a topic's guide says to one side."""

from __future__ import annotations

from collections.abc import Mapping

from mentoring.errors import Invalid
from mentoring.guides import MAX_WORDS, Part, topics
from mentoring.people import one_line
from program import access
from program.act import Act
from program.context import Context
from storage import guides


def edited(ctx: Context, workspace: str, lead_id: str) -> Mapping[tuple[str, str], str]:
    """What leads wrote so far, by topic and side. Raises `NotAllowed` or `NoProgram`."""
    with ctx.read(workspace, lead_id) as act:
        return guides.words(act.tx, access.lead(act).id)


def write(ctx: Context, workspace: str, lead_id: str, topic: str, part: str, said: str) -> bool:
    """Have these words in a guide from now on, or ours again where there are none; tells whether they are theirs.

    Raises `NotAllowed`, `NoProgram`, or `Invalid` with a sentence per field.
    """
    words = one_line(said)
    with ctx.act(workspace, lead_id) as act:
        program = access.lead(act)
        problems = {}
        if topic not in {one.key for one in topics()}:
            problems["topic"] = "Choose a topic from the list."
        if part not in set(Part):
            problems["part"] = "Choose whom it is for."
        if len(words) > MAX_WORDS:
            problems["words"] = f"Write at most {MAX_WORDS} characters: these are {len(words)}."
        if problems:
            raise Invalid(problems)
        before = guides.words(act.tx, program.id).get((topic, part), "")
        guides.write(act.tx, program.id, topic, part, words, lead_id, act.now)
        if words != before:
            _note(act, topic, part, bool(before), bool(words))
    return bool(words)


def _note(act: Act, topic: str, part: str, before: bool, after: bool) -> None:
    """Keep on record whose words stand in a guide; the words themselves are on screen, and not in the audit log."""
    was, now = ("the leads" if own else "the product" for own in (before, after))
    act.note("edit a guide", topic, before={"words_of": was}, after={"words_of": now}, side=part)
