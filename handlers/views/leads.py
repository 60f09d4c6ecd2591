"""What the leads read: the summary of a matching, intro time, and requests for help."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ids import Action, Word
from handlers.views.parts import PROGRAM_MAX, Part, Rendered, button, buttons, heading, note, rendered, say
from handlers.views.text import (
    agreeing,
    count,
    date_token,
    escape,
    fitting,
    joined,
    mention,
    mentions,
    some_mentions,
    typed,
)
from mentoring import sentences
from mentoring.cycles import LeftOut, StillAlone
from mentoring.for_leads import IntroTime, Summary
from mentoring.troubles import NoLead

NAMES_SHOWN = 20
DONE = "There is nothing to do for you."
_LEFT_OUT_ROOM = 1800
_REASON_MAX = 350
_NOBODY_YET = (
    f"More people make more pairs possible: they join with {typed()}. Then {typed(Word.MATCH)} looks again."
)
_AGAIN = f"{typed(Word.MATCH)} looks for other partners for those without one; what you approved stays."

_ALL = f"{typed(Word.APPROVE, 'all')} asks once for all that need no look."


def summary(content: Summary) -> Rendered:
    """What one run of the matching proposes, how the decisions stand, and who has no partner and why."""
    return rendered(
        heading(f"Cycle {content.cycle_number} of {content.program}"),
        say(_standing(content)),
        note(_when(content)),
        note(_by_rule(content)) if content.proposed or content.approved_by_rule else None,
        note(_AGAIN) if content.declined and not content.over else None,
        _decide(content),
        _review(content),
        left_out(content.left_out, more=f": {typed(Word.UNMATCHED)}"),
        _unmatched(content),
        held(content.held),
    )


def _standing(content: Summary) -> str:
    counts = (
        (content.proposed, "waiting for your decision"),
        (content.approved, "approved"),
        (content.declined, "declined"),
        (content.withdrawn, "withdrawn"),
    )
    told = [f"*{number}* {words}" for number, words in counts if number]
    if not told:
        return "No pair is possible this time."
    return f"{_countdown(content)} Pairs: {joined(told)}."


def _countdown(content: Summary) -> str:
    return f"*{content.proposed} left to decide.*" if content.proposed else "*All decided.*"


def _when(content: Summary) -> str:
    planned = "Matched at the planned time."
    who = f"{mention(content.asked_by)} asked for this matching." if content.asked_by else planned
    if not _pairs(content):
        return who if content.over else f"{who} {_NOBODY_YET}"
    return " ".join(filter(None, (who, _introductions(content))))


def _introductions(content: Summary) -> str:
    """How far the introductions are: said of what is done, never of what is planned."""
    when, at_once = date_token(content.intro_at), _approved_now(content.asked_first)
    begun = content.approved - content.to_introduce
    if content.on_their_way:
        return "The introductions of this cycle are on their way."
    if not content.introduced:
        early = begun and not content.proposed and not content.to_introduce
        if content.asked_first and not early:
            return f"Mentees are asked first; the introductions are on {when}."
        return "The approved pairs are introduced." if early else f"Approved pairs are introduced on {when}."
    if content.over:
        return "The introductions of this cycle went out." if begun else "No pair was introduced."
    done = (
        "The introductions of this cycle went out."
        if begun
        else f"The introductions were planned for {when}."
    )
    follow = _unanswered(content.to_introduce if content.asked_first else 0)
    return " ".join(filter(None, (done, follow, at_once if content.proposed else "")))


def _approved_now(asked_first: bool) -> str:
    if asked_first:
        return "The mentee of a pair that you approve now is asked first."
    return "A pair that you approve now is introduced at once."


def _unanswered(pairs: int) -> str:
    """Approved pairs that come after the introductions, because their mentees are asked first."""
    return (
        agreeing(
            pairs,
            "1 approved pair follows when its mentee has answered.",
            "{pairs} approved pairs follow when their mentees have answered.",
            pairs=str(pairs),
        )
        if pairs
        else ""
    )


def _by_rule(content: Summary) -> str:
    """By which rules pairs are approved by themselves, and how one of them is stopped."""
    policy, told = content.policy, []
    if not policy:
        return "Leads decide on each pair by hand."
    if policy.above is not None:
        told.append(
            f"A pair that fits at {policy.above} of 100 or better, with nothing to look at, is approved by itself."
        )
    if policy.after_days is not None:
        days = count(policy.after_days, "working day")
        told.append(f"Any pair is approved by itself when nobody has decided for {days}.")
    if content.approved_by_rule:
        told.append(f"{count(content.approved_by_rule, 'pair was', 'pairs were')} approved by rule so far.")
    hold, undo = typed(Word.HOLD, "12"), typed(Word.UNDO, "12")
    return " ".join(
        [*told, f"{hold} keeps one pair from that, and {undo} takes it back before the introduction."]
    )


def _pairs(content: Summary) -> int:
    return content.proposed + content.approved + content.declined + content.withdrawn


def _decide(content: Summary) -> Part | None:
    """How to decide on what waits, also for readers whose cards are far up in the channel."""
    if not content.proposed or not content.cards_posted:
        return None
    return note(f"Decide on their cards, or type {typed(Word.REVIEW)}. {_ALL}")


def _review(content: Summary) -> Part | None:
    if content.cards_posted or not _pairs(content):
        return None
    review = button("Review pairs", Action.REVIEW, content.cycle_id, style="primary")
    return buttons(review, instead=f"Or type {typed(Word.REVIEW)}. {_ALL}")


def _unmatched(content: Summary) -> Part | None:
    """The way to the whole list of those without a partner, and to the question about two people."""
    if not content.left_out.entries:
        return None
    opens = button("Without a partner", Action.UNMATCHED)
    return buttons(opens, instead=f"Or type {typed(Word.UNMATCHED)}, or {typed(Word.WHY_NOT, '@Ana @Ben')}.")


def left_out(alone: StillAlone, room: int = _LEFT_OUT_ROOM, more: str = "") -> Part | None:
    """Who has no partner: those with the same reason together, with what would help.

    The first names, in about `room` characters; the rest are counted, and `more` says where they are.
    """
    if not alone.entries:
        return None
    groups = _groups(alone.first)
    lines = fitting([_group_line(group) for group in groups], room)
    missing = alone.entries - sum(len(group) for group in groups[: len(lines)])
    title = f"*Without a partner: {count(alone.people, 'person', 'people')}*"
    rest = [f"• and {missing} more{more}"] if missing else []
    return say("\n".join([title, *lines, *rest]))


def _groups(people: Sequence[LeftOut]) -> list[list[LeftOut]]:
    groups: dict[tuple[str, str, str], list[LeftOut]] = {}
    for one in people:
        groups.setdefault((one.side, sentences.stop(one.reason), sentences.helps(one.help)), []).append(one)
    return list(groups.values())


def _group_line(group: Sequence[LeftOut]) -> str:
    one = group[0]
    names = mentions([person.person_id for person in group])
    side = f" (as {escape(one.side, 40)})" if one.side else ""
    told = (sentences.stop(one.reason), sentences.helps(one.help))
    words = [_stopped(escape(text, _REASON_MAX)) for text in told if text]
    return f"• {names}{side}: {' '.join(words)}"


def _stopped(words: str) -> str:
    """The words as a sentence, with the full stop that chains of counts lack."""
    return words if words.endswith((".", "…", "?")) else f"{words}."


def held(people: Sequence[str]) -> Part | None:
    """Who cannot be paired before their profile has a level."""
    if not people:
        return None
    shown = [mention(person) for person in people[:NAMES_SHOWN]]
    more = len(people) - len(shown)
    names = joined([*shown, f"{more} more"] if more else shown)
    return say(
        f"*Held, because their profile has no level yet*\n{names}. "
        f"Please ask them to choose their level: {typed()} opens the profile."
    )


def intro_time(content: IntroTime) -> Rendered:
    """What became of the approved pairs at intro time, and what still waits for the leads."""
    told = [_introduced(content)]
    if content.waiting:
        lists = "lists it" if content.waiting == 1 else "lists them"
        told.append(
            f"{count(content.waiting, 'pair still waits', 'pairs still wait')} for your decision "
            f"({typed(Word.PENDING)} {lists}). {_approved_now(content.asked_first)}"
        )
    elif not content.introduced:
        told.append(f"{typed(Word.MATCH)} looks for pairs again. {_approved_now(content.asked_first)}")
    if content.unanswered:
        told.append(_unanswered(content.unanswered))
    if content.withdrawn:
        told.append(
            f"{count(content.withdrawn, 'approved pair', 'approved pairs')} had to be withdrawn, "
            "because something changed. The reason is on the card."
        )
    title = f"*Cycle {content.cycle_number} of {escape(content.program, PROGRAM_MAX)}*"
    return rendered(say(f"{title}\n{' '.join(told)}"))


def _introduced(content: IntroTime) -> str:
    there = content.introduced - content.on_their_way
    if not content.introduced:
        return "No pair is introduced this time."
    if not content.on_their_way:
        return f"{count(there, 'pair has its', 'pairs have their')} introduction."
    way = f"{count(content.on_their_way, 'introduction is', 'introductions are')} on the way"
    return f"{way}, {there} arrived." if there else f"{way}."


def no_lead(content: NoLead) -> Rendered:
    """Privately to an admin: nobody leads the program, and what to do about it."""
    program = escape(content.program, PROGRAM_MAX)
    if content.leads:
        one, several = "{who} leads *{program}*.", "{who} lead *{program}*."
        who = some_mentions(content.leads)
        lead = agreeing(len(content.leads), one, several, who=who, program=program)
        return rendered(say(lead, "There is nothing to do."))
    return rendered(
        say(
            f"Nobody leads *{program}* right now: its leads are gone or cannot lead any more.",
            f"Nobody can approve pairs. {_instead(content.instead)}",
        ),
        say("*What helps:* choose one or more leads in the settings. You can, as an admin."),
        buttons(button("Settings", Action.SETUP), instead=f"Or type {typed(Word.SETUP)}."),
    )


def _instead(people: Sequence[str]) -> str:
    """Who hears calls for help while nobody leads, also where a reader is in a pair themselves."""
    if not people:
        return "Nobody hears calls for help."
    return agreeing(
        len(people),
        "{who} hears calls for help, but nobody hears one about a pair of their own.",
        "{who} hear calls for help, but nobody hears one about a pair of their own.",
        who=some_mentions(people),
    )
