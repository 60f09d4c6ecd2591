"""What a pair reads in its own group DM: the introduction, and thanks at the end of the cycle."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Word
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, note, rendered, say
from handlers.views.text import agreeing, bullets, date_token, escape, joined, mention, mentions, typed
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
_DAY = 24 * 60
_CAN_TEACH = "{mentor} can teach {skills}"
_OVER = "You are no longer a pair in the program. This conversation stays yours, and I cannot read it."


def intro(content: Intro) -> Rendered:
    """Welcome, why these two, what each brings, first steps, shared hours, ways to begin."""
    pair = content.pair
    return rendered(
        say(_welcome(content)),
        reasons(pair, "Why you two", REASONS_MAX),
        say(_brings(pair)),
        _experiences(content),
        say(_steps(pair)),
        shared_hours(content.hours, "When you both work"),
        ways_to_begin(content.starters),
        *changes(content),
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


def _reason(pair: Pair, one: Reason | str) -> str:
    if isinstance(one, Teaches):
        skills = escape(said.skills(one, said.unranked), _REASON_MAX)
        return _CAN_TEACH.format(mentor=mention(pair.mentor_id), skills=skills)
    return escape(sentences.reason(one), _REASON_MAX) if sentences.reason(one).strip() else ""


def _escaped(items: Sequence[str]) -> list[str]:
    return [escape(item, _REASON_MAX) for item in items if item.strip()]


def _listed(title: str, told: Sequence[str], limit: int) -> Part | None:
    return say(f"*{title}*\n{bullets(told, limit)}") if told else None


def ways_to_begin(starters: Sequence[str]) -> Part | None:
    """Questions for a first talk."""
    return _listed("Ways to begin", _escaped(starters), _STARTERS_MAX)


def _brings(pair: Pair) -> str:
    mentor, mentee = map(mention, pair.people)
    shown = topics(pair)
    return (
        f"*What each of you brings*\n• {mentor} brings {shown or 'skills to share'}.\n"
        f"• {mentee} brings the questions, and experience of how things work here."
    )


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


def _steps(pair: Pair) -> str:
    mentor, mentee = map(mention, pair.people)
    return (
        f"*First steps*\n• {mentee}: propose two times for a first talk. 30 minutes is enough.\n"
        f"• {mentor}: choose one of them, and say what you would like to show first.\n"
        "• At the start, agree that what is said stays between the two of you."
    )


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
    return (
        f"Once a week{when} I ask each of you in a direct message how it is going. One tap is enough. "
        "I cannot read this conversation."
    )


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
