"""What a pair reads in its own group DM: the introduction, and thanks at the end of the cycle."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views import planning
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, button, buttons, note, rendered, say
from handlers.views.progress import so_far
from handlers.views.text import (
    agreeing,
    bullets,
    date_token,
    escape,
    fitting,
    joined,
    mention,
    mentions,
    typed,
)
from mentoring import sentences
from mentoring.matching import Reason, Teaches, said
from mentoring.messages import Intro, SharedHours, Thanks
from mentoring.pairings import Pair
from mentoring.people import clock_text
from mentoring.spelled.offsets import zone_words

_REASON_MAX = 250
REASONS_MAX = 800
TOPICS_MAX = 450
_STARTERS_MAX = 750
_WHY_MAX = 400
_NAMES = 60
"""Room in it for a name and the words around it."""

BEGIN = "How to begin"
"""The button with all that there is for a first meeting."""

_REASONS = 2
"""So many reasons stand in an introduction; all of them are behind its button."""

_DAY = 24 * 60
_BRINGS = "{mentor} brings {topics}"
_AGREED = "what is said here stays between you, both ways; it plays no part in appraisals; either may stop at any time."
_CAN_TEACH = "{mentor} can teach {skills}"
_OVER = "You are no longer a pair in the program. This conversation stays yours, and I cannot read it."


def intro(content: Intro) -> Rendered:
    """Welcome, why these two, one next step, and what they sign; all else is behind a button."""
    pair = content.pair
    return rendered(
        say(_welcome(content)),
        why(pair, "Why you two"),
        _experiences(content),
        next_step(content),
        hours_instead(content),
        to_sign(content),
        *changes(content),
        ways_on(content),
        note(_OVER if content.over else afterwards(content)),
    )


def _welcome(content: Intro) -> str:
    mentor, mentee = map(mention, content.pair.people)
    return (
        f"Welcome, {mentor} and {mentee}. *{escape(content.program, PROGRAM_MAX)}* brings you together: "
        f"{mentor} teaches, {mentee} learns."
    )


def reasons(pair: Pair, title: str, room: int) -> Part | None:
    """The reasons as the two may read them together: who teaches is named, and nobody is a third choice."""
    return _listed(title, [told for one in pair.reasons if (told := _reason(pair, one))], room)


def _reason(pair: Pair, one: Reason | str, room: int = _REASON_MAX) -> str:
    if isinstance(one, Teaches):
        skills = escape(said.skills(one, said.unranked), room)
        return _CAN_TEACH.format(mentor=mention(pair.mentor_id), skills=skills)
    return escape(sentences.reason(one), room) if sentences.reason(one).strip() else ""


def _escaped(items: Sequence[str]) -> list[str]:
    return [escape(item, _REASON_MAX) for item in items if item.strip()]


def _listed(title: str, told: Sequence[str], limit: int) -> Part | None:
    return say(f"*{title}*\n{bullets(told, limit)}") if told else None


def ways_to_begin(starters: Sequence[str]) -> Part | None:
    """Questions for a first talk."""
    return _listed("Ways to begin", _escaped(starters), _STARTERS_MAX)


def topics(pair: Pair, room: int = TOPICS_MAX) -> str:
    """The topics as one list; those that would make it too long are counted."""
    every = [f"“{escape(topic, 150)}”" for topic in pair.topics if topic.strip()]
    shown: list[str] = []
    for topic in every:
        if sum(map(len, shown)) + len(topic) > room:
            break
        shown.append(topic)
    more = len(every) - len(shown)
    return joined([*shown, f"{more} more"] if more else shown)


def _experiences(content: Intro) -> Part | None:
    """What one is glad to talk about and the other asked to hear about; nobody else reads it."""
    if not content.experiences:
        return None
    mentor, mentee = map(mention, content.pair.people)
    topics = joined([f"“{escape(topic, 150)}”" for topic in content.experiences])
    return say(
        f"{mentor} is glad to talk about {topics}, and {mentee} would like to hear about it. "
        f"How much of it is up to {mentor}; only the two of you read this."
    )


def why(pair: Pair, title: str, room: int = _WHY_MAX) -> Part | None:
    """Why these two, in a line: what one teaches the other, and what else counts for them."""
    each = min(_REASON_MAX, room - _NAMES)
    told = [one for one in (_reason(pair, reason, each) for reason in pair.reasons[:_REASONS]) if one]
    if not told and (shown := topics(pair, each)):
        told = [_BRINGS.format(mentor=mention(pair.mentor_id), topics=shown)]
    whole = [one if one.endswith((".", "!", "?")) else f"{one}." for one in told]
    return say(f"*{title}:* {' '.join(fitting(whole, room))}") if whole else None


def next_step(content: Intro) -> Part | None:
    """The one thing to do next: to choose a first time; then when they meet, and once they have, how far they are."""
    if content.over:
        return None
    mentee = mention(content.pair.mentee_id)
    mentors = mentions([pair.mentor_id for pair in content.pairs if pair.mentor_id not in content.left])
    if content.progress.held:
        return say(f"*So far:* {so_far(content.progress)}. The count follows what any of you answers me.")
    if content.planned:
        plan = content.planned
        return say(f"*First talk planned:* {planning.moment(plan)}{planning.who_said(plan)}.")
    if content.times:
        times = "\n".join(f"• {date_token(one, content.time_zone)}" for one in content.times)
        return say(
            f"*Next step:* {mentee}, choose one of these for a first talk, and write it here. "
            f"All are in everybody's working hours; “{BEGIN}” has later ones.\n{times}"
        )
    if not content.signs:
        return say(f"*Next step:* {mentee}, propose two times for a first talk here. 30 minutes is enough.")
    return say(
        f"*Next step:* {mentee}, ask {mentors} here for a time. I found none in two weeks at which all of you are at "
        f"work: an early or a late half hour may do. If your hours are wrong, change them with {typed()}."
    )


def hours_instead(content: Intro) -> Part | None:
    """When all of them work, where no times are proposed and they have not met."""
    if content.times or content.planned or content.over or content.progress.held:
        return None
    return shared_hours(content.hours, "When you all work")


def to_sign(content: Intro) -> Part | None:
    """What they agree on, in short, and who signed it."""
    if not content.signs or content.over:
        return None
    waits = [one for one in _asked_to_sign(content) if one not in content.signed]
    if not waits:
        return say(f"*Agreed by all of you:* {_AGREED}")
    signed = f"Signed: {mentions(content.signed)}. " if content.signed else ""
    return say(f"*To agree on:* {_AGREED} {signed}Still to sign: {mentions(waits)}.")


def _asked_to_sign(content: Intro) -> tuple[str, ...]:
    mentors = [pair.mentor_id for pair in content.pairs if pair.mentor_id not in content.left]
    return (*mentors, content.pair.mentee_id)


def ways_on(content: Intro) -> Part | None:
    """One button to sign with, while somebody has not, and one for all else."""
    if content.over:
        return None
    waits = content.signs and any(one not in content.signed for one in _asked_to_sign(content))
    sign = [button("I agree", Action.AGREE, content.pair.id, style="primary")] if waits else []
    begin = button("Next meeting" if content.progress.held else BEGIN, Action.MEETING, content.pair.id)
    words = [typed(Word.AGREE)] if waits else []
    return buttons(*sign, begin, instead=f"Or type {joined([*words, typed(Word.MEETING)], 'or')}.")


def shared_hours(hours: tuple[SharedHours, ...], title: str) -> Part | None:
    """When all of them work, each in their own time."""
    if not hours:
        return None
    lines = [
        f"• {mention(one.person_id)}: {clock_text(one.starts % _DAY)} to {clock_text(one.ends % _DAY)} "
        f"({escape(zone_words(one.time_zone), 80)})"
        for one in hours
    ]
    return say("\n".join([f"*{title}*", *lines]))


def afterwards(content: Intro) -> str:
    """What comes next, and what I cannot read."""
    when = f" ({escape(content.checkin, 80)}, your own local time)" if content.checkin else ""
    return f"As a rule once a week{when} I ask each of you how it is going. I cannot read this conversation."


def changes(content: Intro) -> list[Part | None]:
    """Who has left the group since, and who has joined it in a newer conversation."""
    left = agreeing(
        len(content.left),
        "{who} is no longer in this group in the program; the others go on.",
        "{who} are no longer in this group in the program; the others go on.",
        who=mentions(content.left),
    )
    moved = (
        f"{mentions(content.moved)} joined since, and you have a newer conversation with everybody in it. "
        "This one stays yours."
    )
    return [say(left) if content.left else None, say(moved) if content.moved else None]


def _thanked(content: Thanks) -> str:
    """Everybody who is thanked, by name."""
    those = (content.pair, *content.others)
    return mentions([*(pair.mentor_id for pair in those), content.pair.mentee_id])


def _new_ones(content: Thanks) -> str:
    if content.next_intro is None:
        return "New introductions have begun."
    return f"New introductions begin on {date_token(content.next_intro)}."


def thanks(content: Thanks) -> Rendered:
    """Thanks at the end of the cycle, and what comes next."""
    return rendered(
        say(
            f"Cycle {content.cycle_number} of *{escape(content.program, PROGRAM_MAX)}* has ended. "
            f"Thank you for taking part, {_thanked(content)}."
        ),
        say(
            "This conversation stays yours, and you are free to go on meeting.",
            "I will not ask about this group again."
            if content.others
            else "I will not ask about this pair again.",
            _new_ones(content),
            "If you stay in the program, you can be paired again.",
        ),
        note(f"To take a break, type {typed(Word.PAUSE)}."),
    )
