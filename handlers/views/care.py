"""Care in messages: partners who rest, a nudge to begin, pairs that do not get going, and who was paused."""

from __future__ import annotations

from handlers.ids import Word
from handlers.views.parting import alone_parts, each_alone
from handlers.views.parts import PROGRAM_MAX, Rendered, note, rendered, say
from handlers.views.text import (
    agreeing,
    bullets,
    count,
    escape,
    joined,
    mention,
    mentions,
    some_mentions,
    typed,
)
from mentoring.care import Nudge, PartnersRest, Paused, Pauses, Stuck

SHOWN = 30
_RESTS = "{who} is taking a break from *{program}*."
_REST = "{who} are taking a break from *{program}*."
_PAIR_STAYS = "Your pair stays, and there is nothing to do: I do not ask you about it before they are back."
_PAIRS_STAY = "Your pairs stay, and there is nothing to do: I do not ask you about them before they are back."


def partners_rest(content: PartnersRest) -> Rendered:
    """To somebody in a pair, in neutral words: their partner takes a break, and what that means for them."""
    program = escape(content.program, PROGRAM_MAX)
    if content.asked:
        return _asked(content, program)
    if not content.partners:
        return rendered(say(f"No pair of yours in *{program}* waits for somebody's break any more."))
    number, who = len(content.partners), mentions(content.partners)
    ask = f"If you would rather have another partner, you can ask {_one_of(content.leads)}."
    return rendered(
        say(
            agreeing(number, _RESTS, _REST, who=who, program=program),
            _some_go_on(content.together) if content.together else agreeing(number, _PAIR_STAYS, _PAIRS_STAY),
        ),
        say(ask) if content.leads else None,
    )


def _asked(content: PartnersRest, program: str) -> Rendered:
    """Who takes a break, and for each pair what the reader may choose or chose."""
    number, open_ = len(content.partners), len(content.asked)
    if open_ > 1 or not number:
        return rendered(say(f"About your pairs in *{program}*:"), *each_alone(content.asked))
    return rendered(
        say(
            agreeing(number, _RESTS, _REST, who=mentions(content.partners), program=program),
            _some_go_on(content.together) if content.together else "Your pair stays.",
        ),
        *alone_parts(content.asked[0]),
    )


def _some_go_on(mentors: tuple[str, ...]) -> str:
    return (
        f"Your pairs stay, and there is nothing to do. You can go on with {mentions(mentors)} in your conversation, "
        "and I go on asking you about that."
    )


def _one_of(people: tuple[str, ...]) -> str:
    return joined([mention(one) for one in people], "or")


def nudge(content: Nudge) -> Rendered:
    """To the senior of a pair that has not met: a small step, and words to copy."""
    program = escape(content.program, PROGRAM_MAX)
    if not content.partners:
        return rendered(say(f"Thank you. There is nothing left to do about a first talk in *{program}*."))
    with_whom = mentions(content.partners)
    return rendered(
        say(
            f"As far as I know, you and {with_whom} have not met yet in *{program}*.",
            "It is easiest for the two of you when you, as the more senior one, make the first move."
            if len(content.partners) == 1
            else "It is easiest for all of you when you, as the more senior one, make the first move.",
        ),
        say(f"*A message you can send:* {escape(content.opener, 1500)}"),
        note(f"Have you met already? Type {typed(Word.CHECKIN)} to tell me."),
    )


def stuck(content: Stuck) -> Rendered:
    """Privately to somebody who can help: a pair that does not get going."""
    mentor, mentee = mention(content.mentor_id), mention(content.mentee_id)
    pair = f"pair {content.pair_id}: {mentor} teaches, {mentee} learns"
    program = escape(content.program, PROGRAM_MAX)
    if content.moved and content.still:
        who = some_mentions(content.moved)
        return rendered(
            say(
                f"Pair {content.pair_id} in *{program}* is looked after by {who} now. There is nothing to do for you."
            )
        )
    if not content.still:
        return rendered(say(f"About {pair}, in *{program}*: there is nothing to do any more."))
    why = (
        "Two weeks after its introduction, nobody had said that they met."
        if content.never_met
        else "It has not met in three check-ins in a row."
    )
    return rendered(
        say(f"A pair in *{program}* does not get going ({pair}).", why),
        say("*A good next step:* ask both what would help, and offer another partner if they would rather."),
    )


def pauses(content: Pauses) -> Rendered:
    """To the leads, once a week: who is paused for being silent, and who of them is in a pair."""
    program = escape(content.program, PROGRAM_MAX)
    if not content.people:
        return rendered(say(f"Nobody is paused in *{program}* any more for being silent."))
    lines = [_paused(one) for one in content.people[:SHOWN]]
    more = len(content.people) - len(lines)
    return rendered(
        say(
            f"*Paused in {program}: {count(len(content.people), 'person', 'people')}*",
        ),
        say(
            "They left three weeks of check-ins without an answer. Nobody is asked about their pairs meanwhile."
        ),
        say(bullets([*lines, f"and {more} more"] if more else lines, 2400)),
        say(f"*What helps:* write to them. They come back with one tap, or with {typed(Word.RESUME)}."),
    )


def _paused(one: Paused) -> str:
    return mention(one.person_id) + (f", in a pair with {mentions(one.partners)}" if one.partners else "")
