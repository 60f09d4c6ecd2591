"""What several mentors and their mentee read in their one conversation: why each is in it, and how to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.views import pair as of_two
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, note, rendered, say
from handlers.views.text import escape, mention, mentions
from mentoring.matching import Reason, Teaches
from mentoring.messages import Intro
from mentoring.pairings import Pair

_OVER = "You are no longer a group in the program. This conversation stays yours, and I cannot read it."


def intro(content: Intro) -> Rendered:
    """Welcome, why each of the mentors, one next step, and what all sign; all else is behind a button."""
    if not content.others:
        return of_two.intro(content)
    return rendered(
        say(_welcome(content)),
        *_why(content.pairs),
        of_two.next_step(content),
        of_two.hours_instead(content),
        of_two.to_sign(content),
        *of_two.changes(content),
        of_two.ways_on(content),
        note(_OVER if content.over else of_two.afterwards(content)),
    )


def _welcome(content: Intro) -> str:
    mentors, mentee = _mentors(content.pairs), mention(content.pair.mentee_id)
    program = f"*{escape(content.program, PROGRAM_MAX)}*"
    new = [pair.mentor_id for pair in content.pairs if pair.mentor_id not in content.talked]
    if content.talked and new:
        return (
            f"Welcome, {mentions(new)}. {program} brings you together with {mentions(content.talked)} and {mentee}. "
            "Slack adds nobody to a conversation that is there already, so this new one is for all of you. "
            f"{mentors} teach, {mentee} learns."
        )
    return (
        f"Welcome, {mentions([*(pair.mentor_id for pair in content.pairs), content.pair.mentee_id])}. "
        f"{program} brings you together: {mentors} teach, {mentee} learns."
    )


def _mentors(those: Sequence[Pair]) -> str:
    return mentions([pair.mentor_id for pair in those])


def _why(those: Sequence[Pair]) -> list[Part | None]:
    """What each can teach; how far two are apart, and the like, is for those two alone."""
    room = of_two.REASONS_MAX // (2 * len(those))
    skills = [replace(pair, reasons=tuple(filter(_is_about_skills, pair.reasons))) for pair in those]
    return [of_two.why(pair, f"Why {mention(pair.mentor_id)}", room) for pair in skills]


def _is_about_skills(reason: Reason | str) -> bool:
    return isinstance(reason, Teaches)
