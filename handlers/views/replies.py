"""Answers to somebody who just typed or clicked; only they see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.ids import Action, Word
from handlers.views.cards import brief, decision, outcome
from handlers.views.changed import changed
from handlers.views.leads import held, left_out
from handlers.views.members import NO_LEVEL, profile_button, resume_button
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, button, buttons, line, note, rendered, say
from handlers.views.progress import so_far
from handlers.views.text import (
    agreeing,
    channel,
    clip,
    count,
    date_token,
    day_words,
    escape,
    joined,
    mention,
    mentions,
    plain,
    typed,
)
from mentoring.cycles import StillAlone
from mentoring.days import full_day
from mentoring.for_leads import PairCard
from mentoring.pairings import Pair
from mentoring.people import Role, Standing
from program.forms import Matched, Status
from program.lines import UNKNOWN_LINE
from program.resolving import Changed

PAIRS_SHOWN = 5
PAIRS_ROOM = 2050
WARNING_ROOM = len(UNKNOWN_LINE) + len("\nPlease look at this first: ")
LEFT_OUT_ROOM = 850
_SKILLS_MAX = 700
PAIRS_END = (
    "Pairs you are in end now. I tell your partner only that the program closed the pair; "
    "the program's leads can read that one of you has left."
)
"""What leaving means, and who hears what of it."""

_ROLES = {
    Role.SHARE: "You share what you know.",
    Role.LEARN: "You learn from others.",
    Role.BOTH: "You share what you know, and you learn.",
}


def status(content: Status) -> Rendered:
    """Where somebody stands: taking part or paused, their skills, partners, and the next introductions."""
    return rendered(*status_parts(content), _way_back(content))


def status_parts(content: Status) -> list[Part | None]:
    """The parts of a status, for the answer and for the Home tab."""
    return [
        say(standing_words(content)),
        None if content.has_level else say(NO_LEVEL),
        skills_part(content),
        say(f"*Your partners*\n{_partners(content)}"),
        note(f"The next introductions are on {date_token(content.next_intro)}."),
    ]


def standing_words(content: Status) -> str:
    """The program, and how somebody stands in it."""
    return f"*{escape(content.program, PROGRAM_MAX)}*\n{_standing(content)} {_ROLES[content.role]}"


def is_paused(content: Status) -> bool:
    """Whether somebody is out of the program until a date or until they come back."""
    return content.standing == Standing.PAUSED


def _standing(content: Status) -> str:
    if not is_paused(content):
        return "You take part."
    return (
        f"You are paused until {day_words(content.paused_until)}."
        if content.paused_until
        else "You are paused."
    )


def _way_back(content: Status) -> Part:
    return resume_button() if is_paused(content) else profile_button()


def skills_part(content: Status) -> Part | None:
    """What somebody shares and wants to learn."""
    lists = (
        ("Skills you share", content.shares, content.role.mentors),
        ("Skills you want to learn, most wanted first", content.wants, content.role.learns),
    )
    lines = [f"*{title}:* {_short(skills)}" for title, skills, fits in lists if fits]
    return say("\n".join(lines)) if lines else None


def _short(skills: Sequence[str]) -> str:
    return escape(", ".join(map(plain, skills)), _SKILLS_MAX) or "none yet"


def _partners(content: Status) -> str:
    if not content.partners:
        return "None right now."
    return "\n".join(dict.fromkeys(_partner(content, *one) for one in content.partners))


def _partner(content: Status, partner: str, part: str) -> str:
    """A line about a partner, or one about all who teach somebody together."""
    together = next((group for group in content.together if partner in group), ())
    far = content.progress.get(partner)
    end = f": {so_far(far)}." if far else "."
    if part == "mentor":
        mates = mentions([one for one in together if one != partner])
        return f"• You teach {mention(partner)}{f', together with {mates}' if mates else ''}{end}"
    if together:
        return f"• {mentions(together)} teach you, together in one conversation{end}"
    return f"• {mention(partner)} teaches you{end}"


def paused(until: date | None) -> Rendered:
    """The pause has begun."""
    end = f" until {full_day(until)}" if until else ""
    return rendered(
        say(
            f"You are paused{end}. Nobody new is paired with you, and I do not ask you anything.",
            "If you are in a pair now, your partner reads only that you are taking a break, and can wait for you or "
            "have somebody new looked for. A pair that was only proposed is withdrawn.",
        ),
        resume_button(),
    )


def came_back(standing: Standing, partners: Sequence[str]) -> Rendered:
    """They were away, and are in as before; with whom a pair goes on."""
    goes_on = f"Your pair with {mentions(partners)} goes on." if partners else ""
    told = (
        "You are in again, and paused as before."
        if standing is Standing.PAUSED
        else "Welcome back. You take part again."
    )
    return rendered(say(told, goes_on), resume_button() if standing is Standing.PAUSED else None)


def stayed_out() -> Rendered:
    """They were away, and stay out."""
    return sentence(
        f"All right, you stay out of the program. You are welcome at any time: {typed()} is enough."
    )


def left() -> Rendered:
    """They are out of the program."""
    return sentence(f"You have left the program. You are welcome back at any time: {typed()} is enough.")


def leave_question() -> Rendered:
    """Whether they really want to leave, with the milder way beside it."""
    leave = button("Leave the program", Action.LEAVE, style="danger")
    return rendered(
        say(
            "Would you like to leave the program?",
            PAIRS_END,
        ),
        say("A pause keeps your place, and you can come back with one tap."),
        buttons(
            leave,
            button("Pause instead", Action.PAUSE),
            instead=f"Or type {typed(Word.LEAVE, 'yes')} or {typed(Word.PAUSE)}.",
        ),
    )


def pending(
    cards: Sequence[PairCard],
    alone: StillAlone = StillAlone(),  # noqa: B008 - it cannot change
    without_level: Sequence[str] = (),
    others: Sequence[int] = (),
) -> Rendered:
    """The pairs that wait for a decision, the first few with buttons, and who has no partner.

    `others` are the numbers of pairs that have no card here.
    """
    entries = _entries(cards)
    rest = [card.pair.id for card in cards[len(entries) :]]
    return rendered(
        say(_how_many(len(cards) + len(others))),
        *(part for entry in entries for part in entry),
        _rest([*rest, *others], shown=bool(entries)),
        left_out(alone, room=LEFT_OUT_ROOM),
        held(without_level),
    )


def _how_many(waiting: int) -> str:
    if not waiting:
        return "No pair is waiting for a decision."
    return f"{count(waiting, 'pair is', 'pairs are')} waiting for a decision."


def _entries(cards: Sequence[PairCard]) -> list[list[Part]]:
    """As many pairs as fit, one at least, so that the text alternative stays whole."""
    entries: list[list[Part]] = []
    room = PAIRS_ROOM
    for card in cards:
        entry = [
            part
            for part in (line(), say(brief(card)), decision(card, Action.APPROVE, Action.DECLINE))
            if part
        ]
        room -= sum(len(part.text) + 1 for part in entry) + _room_kept(card)
        if entries and (room < 0 or len(entries) == PAIRS_SHOWN):
            break
        entries.append(entry)
    return entries


def _room_kept(card: PairCard) -> int:
    """The room for a warning where there is none, so that how many pairs are shown does not depend on warnings."""
    return 0 if card.warnings else WARNING_ROOM


def _rest(pair_ids: Sequence[int], shown: bool) -> Part | None:
    if not pair_ids:
        return None
    numbers = clip(joined(list(map(str, pair_ids))), 300)
    also = "Also waiting" if shown else "Waiting"
    return say(
        f"{also}: {'pair' if len(pair_ids) == 1 else 'pairs'} {numbers}. {typed(Word.REVIEW)} shows all."
    )


def already_decided(pair: Pair, and_then: Changed | None = None) -> Rendered:
    """Who decided what: to that lead, with what changed by it, or to the one who came second."""
    return rendered(say(f"Pair {pair.id}: {outcome(pair)}"), changed(and_then) if and_then else None)


def what_changed(what: Changed) -> Rendered:
    """What a decision changed around it, above the review, which shows the decision itself."""
    return rendered(changed(what))


def unknown_word(word: str) -> Rendered:
    """A word that is no command, said back, with the way to help."""
    return rendered(
        say(f"I do not know “{escape(word, 100)}”. {typed(Word.HELP)} shows what you can type."),
        buttons(button("Open my profile", Action.JOIN), button("My status", Action.STATUS)),
    )


def greeting() -> Rendered:
    """To somebody who only says hello or thanks."""
    return rendered(
        say(f"Hello! {typed(Word.HELP)} shows what you can type."),
        buttons(button("Open my profile", Action.JOIN), button("My status", Action.STATUS)),
    )


def matched(result: Matched) -> Rendered:
    """To the lead who asked for a matching: what it brought."""
    new = f"{count(result.proposed, 'new pair')} proposed" if result.proposed else "no new pair was found"
    told = [f"Cycle {result.cycle_number}: {new}."]
    if result.replaced:
        told.append(f"{count(result.replaced, 'earlier proposal')} made way for better ones.")
    if result.left_out:
        told.append(f"{count(result.left_out, 'person has', 'people have')} no partner yet.")
    if result.held:
        told.append(f"{count(result.held, 'person is', 'people are')} held, because they have no level yet.")
    if not result.proposed:
        told.append(f"More people make more pairs possible: they join with {typed()}.")
    where = f"the leads' channel, {channel(result.channel)}" if result.channel else "the leads' channel"
    return rendered(say(*told, f"Details are in {where}."))


def introduced(pairs: int, unanswered: int = 0) -> Rendered:
    """To the lead who asked for introductions: how many go out, and how many wait for their mentee's answer."""
    told = f"{count(pairs, 'pair is', 'pairs are')} being introduced now."
    waits = agreeing(
        unanswered,
        "1 more waits for its mentee's answer; {way} introduces one anyway.",
        "{pairs} more wait for their mentees' answers; {way} introduces one anyway.",
        pairs=str(unanswered),
        way=typed(Word.INTRODUCE, "12"),
    )
    return rendered(say(told, waits if unanswered else ""))


def sentence(text: str) -> Rendered:
    """One plain answer, written by the program (a code-typed command may stand in it)."""
    return rendered(say(escape(text)))
