"""What somebody reads before their next meeting, and in their conversation while not everybody has signed."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views import pair as of_two
from handlers.views import planning
from handlers.views.parts import Part, Rendered, button, buttons, note, rendered, say
from handlers.views.progress import so_far
from handlers.views.text import bullets, date_token, escape, joined, mentions, typed
from mentoring.calendar_links import Appointment, google, outlook
from mentoring.guides import Guide
from mentoring.pacts import Unsigned
from mentoring.rapport import FIRST_MINUTES, FIRST_QUESTIONS, HOW_TO_ASK, agreement
from program.groups import people_of
from program.next_meeting import NextMeeting

TITLE = "Your next meeting"
BEGIN = "begin"
"""Behind the typed word: the rest, for a first meeting."""
FILE = "file"
"""Behind the typed word: the times as files for a calendar."""

_RESTS = "There is nothing to plan right now, because of a break. Your pair stays, and I suggest times again after it."
_LINKS = "{} has links that put the same times into Google's calendar and Outlook."
_GUIDES_ROOM = 700
_REASONS_ROOM = 400
_PROGRAM_ROOM = 120
_NO_TIME = (
    "I found no time in the next two weeks at which all of you are at work. An early or a late half hour may do: ask "
    "each other. If your hours are wrong, change them with {profile}."
)


def meeting(content: NextMeeting, files: bool = False) -> Rendered:
    """Times with calendar entries, also in `files` where Slack lets the bot send any, and the guide to this meeting."""
    room = _GUIDES_ROOM // max(len(content.guides), 1)
    return rendered(
        say(_which(content)),
        say(_times(content)),
        _ways(content, files),
        *(say(_guide(one, room)) for one in content.guides),
        note("A meeting counts once one of you answers “We met”; the number is the same for all of you."),
    )


def beginning(content: NextMeeting) -> Rendered:
    """How a first meeting begins, and what all of them sign."""
    return rendered(*_begin(content), *_agreement(content))


def how_to_begin() -> Rendered:
    """Where the rest of a typed answer is."""
    return rendered(
        note(f"For the first {FIRST_MINUTES} minutes and what you agree on: {typed(Word.MEETING, BEGIN)}.")
    )


def _which(content: NextMeeting) -> str:
    others = mentions([one for one in people_of(content.pairs) if one != content.reader])
    planned = f" Planned: {content.plan.words}." if content.plan else ""
    return (
        f"*Meeting {content.number} with {others}*, in *{escape(content.program, _PROGRAM_ROOM)}*. "
        f"So far: {so_far(content.progress)}.{planned}"
    )


def _times(content: NextMeeting) -> str:
    lines = "\n".join(f"• {_time(one, content.zone)}" for one in content.appointments)
    if content.planned is not None:
        said = planning.who_said(content.planned, content.reader)
        return f"*When you meet{said}*\n{lines}"
    if content.rests:
        return _RESTS
    if not content.appointments:
        return _NO_TIME.format(profile=typed())
    return f"*Times at which all of you are at work*\nOpen one to put it into your calendar.\n{lines}"


def _time(one: Appointment, zone: str) -> str:
    return f"{date_token(one.begins, zone)}: {_link(google(one), 'Google')}, {_link(outlook(one), 'Outlook')}"


def _link(url: str, words: str) -> str:
    return f"<{escape(url)}|{words}>"


def _ways(content: NextMeeting, files: bool) -> Part | None:
    """To say when they meet, or to change it, and to have the times as a file."""
    if content.rests:
        return None
    number = content.pairs[0].id
    words = [typed(Word.PLANNED, planning.EXAMPLE)]
    shown = [button("Change the time" if content.planned else "Say when you meet", Action.PLAN_PAIR, number)]
    if files and content.appointments:
        shown.append(button("Calendar file", Action.CALENDAR_FILE, number))
        words.append(typed(Word.MEETING, FILE))
    return buttons(*shown, instead=f"Or type {joined(words, 'or')}.")


def sending() -> Rendered:
    """What stands in a modal while a file is on its way."""
    return rendered(say("I am sending it into your conversation with me."))


def in_files(several: bool) -> str:
    """What stands over the files."""
    if several:
        return "For your calendar: each file has one time. Open the one that you choose."
    return "For your calendar: open the file to put the meeting into it."


def sent(several: bool) -> Rendered:
    """Where the files are."""
    if several:
        return rendered(
            say("Your conversation with me has a calendar file for each time. Open the one that you choose.")
        )
    return rendered(
        say(
            "The calendar file is in your conversation with me. Open it to put the meeting into your calendar."
        )
    )


def no_time() -> Rendered:
    """There is nothing that a file could be about."""
    return rendered(
        say(f"There is no time to put into a calendar right now. {typed(Word.MEETING)} says why.")
    )


def not_allowed(refusal: str) -> Rendered:
    """Slack refuses files, and will the next time too."""
    return rendered(
        say(
            f"Slack does not let me send files here ({escape(refusal, 100)}). {_LINKS.format(typed(Word.MEETING))}"
        )
    )


def too_many() -> Rendered:
    """Slack wants fewer calls for a moment."""
    return rendered(
        say(f"Slack asks me to slow down. Please ask again in a minute. {_LINKS.format(typed(Word.MEETING))}")
    )


def unsure() -> Rendered:
    """A connection broke, so nobody knows."""
    return rendered(
        say(
            "Slack did not say whether the file arrived. Please look into your conversation with me before you ask for "
            f"it again. {_LINKS.format(typed(Word.MEETING))}"
        )
    )


def _guide(one: Guide, room: int) -> str:
    side = "as a mentor" if one.part == "mentor" else "as a mentee"
    return f"*{escape(one.topic, 80)}, {side}: {escape(one.title, 80)}*\n{_listed(one.lines, room)}"


def _begin(content: NextMeeting) -> list[Part | None]:
    if content.progress.held:
        return []
    return [
        say(f"*The first {FIRST_MINUTES} minutes*\n{HOW_TO_ASK}\n{_listed(FIRST_QUESTIONS)}"),
        of_two.ways_to_begin(content.starters),
        *(of_two.reasons(pair, "Why you are a pair", _REASONS_ROOM) for pair in content.mine),
    ]


def _agreement(content: NextMeeting) -> list[Part | None]:
    asked = people_of(content.pairs)
    who = f"Signed: {mentions([one for one in asked if one in content.signed])}." if content.signed else ""
    return [
        say(f"*What you agree on*\n{_listed(agreement(content.plan))}", f"\n{who}" if who else ""),
        buttons(
            button("I agree", Action.AGREE, content.pairs[0].id, style="primary"),
            instead=f"Or type {typed(Word.AGREE)}.",
        )
        if content.waits
        else None,
    ]


def _listed(lines: Sequence[str], room: int = 800) -> str:
    return bullets([escape(line, 250) for line in lines], room)


def agreed(partners: Sequence[str]) -> Rendered:
    """Somebody signed by typing it."""
    return rendered(
        say(f"You signed what you agree on with {mentions(list(dict.fromkeys(partners)))}. Thank you.")
    )


def unsigned(content: Unsigned) -> Rendered:
    """In the pair's conversation: not everybody has signed yet; nobody is pressed."""
    if content.over:
        return rendered(say("You are no longer a pair in the program, so there is nothing to sign any more."))
    if not content.missing:
        return rendered(
            say(f"All of you have signed what you agree on. Thank you, {mentions(content.people)}.")
        )
    return rendered(
        say(
            f"{mentions(content.people)}: what you agree on is not signed by everybody yet. One tap is enough, and if "
            "something in it does not suit you, talk about it first."
        ),
        buttons(
            button("I agree", Action.AGREE, content.pair_id, style="primary"),
            button(of_two.BEGIN, Action.MEETING, content.pair_id),
            instead=f"Or type {typed(Word.AGREE)} or {typed(Word.MEETING)}.",
        ),
    )
