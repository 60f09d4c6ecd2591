"""What a pair reads in its own group DM: the introduction, and thanks at the end of the cycle."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Word
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, note, rendered, say
from handlers.views.text import bullets, date_token, escape, joined, mention, typed
from mentoring import sentences
from mentoring.matching import Reason, Teaches, said
from mentoring.messages import Intro, SharedHours, Thanks
from mentoring.pairings import Pair
from mentoring.people import clock_text
from mentoring.spelled.offsets import zone_words

_REASON_MAX = 250
_REASONS_MAX = 800
_TOPICS_MAX = 450
_STARTERS_MAX = 750
_DAY = 24 * 60
_CAN_TEACH = "{mentor} can teach {skills}"
_OVER = "You are no longer a pair in the program. This conversation stays yours, and I cannot read it."


def intro(content: Intro) -> Rendered:
    """Welcome, why these two, what each brings, first steps, shared hours, ways to begin."""
    pair = content.pair
    return rendered(
        say(_welcome(content)),
        _listed("Why you two", _reasons(pair), _REASONS_MAX),
        say(_brings(pair)),
        say(_steps(pair)),
        _hours(content.hours),
        _listed("Ways to begin", _escaped(content.starters), _STARTERS_MAX),
        note(_OVER if content.over else _afterwards(content)),
    )


def _welcome(content: Intro) -> str:
    mentor, mentee = map(mention, content.pair.people)
    return (
        f"Welcome, {mentor} and {mentee}. *{escape(content.program, PROGRAM_MAX)}* brings you together: "
        f"{mentor} teaches, {mentee} learns."
    )


def _reasons(pair: Pair) -> list[str]:
    """The reasons as the two may read them together: who teaches is named, and nobody is a third choice."""
    return [told for one in pair.reasons if (told := _reason(pair, one))]


def _reason(pair: Pair, one: Reason | str) -> str:
    if isinstance(one, Teaches):
        skills = escape(said.skills(one, said.unranked), _REASON_MAX)
        return _CAN_TEACH.format(mentor=mention(pair.mentor_id), skills=skills)
    return escape(sentences.reason(one), _REASON_MAX) if sentences.reason(one).strip() else ""


def _escaped(items: Sequence[str]) -> list[str]:
    return [escape(item, _REASON_MAX) for item in items if item.strip()]


def _listed(title: str, told: Sequence[str], limit: int) -> Part | None:
    return say(f"*{title}*\n{bullets(told, limit)}") if told else None


def _brings(pair: Pair) -> str:
    mentor, mentee = map(mention, pair.people)
    topics = _topics(pair)
    return (
        f"*What each of you brings*\n• {mentor} brings {topics or 'skills to share'}.\n"
        f"• {mentee} brings the questions, and experience of how things work here."
    )


def _topics(pair: Pair) -> str:
    """The topics as one list; those that would make it too long are counted."""
    topics = [f"“{escape(topic, 150)}”" for topic in pair.topics if topic.strip()]
    shown: list[str] = []
    for topic in topics:
        if sum(map(len, shown)) + len(topic) > _TOPICS_MAX:
            break
        shown.append(topic)
    more = len(topics) - len(shown)
    return joined([*shown, f"{more} more"] if more else shown)


def _steps(pair: Pair) -> str:
    mentor, mentee = map(mention, pair.people)
    return (
        f"*First steps*\n• {mentee}: propose two times for a first talk. 30 minutes is enough.\n"
        f"• {mentor}: choose one of them, and say what you would like to show first.\n"
        "• At the start, agree that what is said stays between the two of you."
    )


def _hours(hours: tuple[SharedHours, ...]) -> Part | None:
    if not hours:
        return None
    lines = [
        f"• {mention(one.person_id)}: {clock_text(one.starts % _DAY)} to {clock_text(one.ends % _DAY)} "
        f"({escape(zone_words(one.time_zone), 80)})"
        for one in hours
    ]
    return say("\n".join(["*When you both work*", *lines]))


def _afterwards(content: Intro) -> str:
    when = f" ({escape(content.checkin, 80)}, your own local time)" if content.checkin else ""
    return (
        f"Once a week{when} I ask each of you in a direct message how it is going. One tap is enough. "
        "I cannot read this conversation."
    )


def _new_ones(content: Thanks) -> str:
    if content.next_intro is None:
        return "New introductions have begun."
    return f"New introductions begin on {date_token(content.next_intro)}."


def thanks(content: Thanks) -> Rendered:
    """Thanks at the end of the cycle, and what comes next."""
    mentor, mentee = map(mention, content.pair.people)
    return rendered(
        say(
            f"Cycle {content.cycle_number} of *{escape(content.program, PROGRAM_MAX)}* has ended. "
            f"Thank you for taking part, {mentor} and {mentee}."
        ),
        say(
            "This conversation stays yours, and you are free to go on meeting.",
            "I will not ask about this pair again.",
            _new_ones(content),
            "If you stay in the program, you can be paired again.",
        ),
        note(f"To take a break, type {typed(Word.PAUSE)}."),
    )
