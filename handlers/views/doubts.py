"""Many messages of unknown fate as one question, one by one in a modal, and an introduction that nobody settles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action, Callback, Word
from handlers.metadata import LooksAt
from handlers.views.inputs import modal
from handlers.views.leads import DONE
from handlers.views.parts import (
    PROGRAM_MAX,
    Part,
    Rendered,
    blocks_of,
    button,
    buttons,
    confirmation,
    line,
    note,
    rendered,
    say,
)
from handlers.views.text import (
    agreeing,
    bullets,
    channel,
    clip,
    count,
    escape,
    joined,
    mention,
    mentions,
    some_mentions,
    typed,
)
from handlers.views.unconfirmed import NOT_THE_TWO, settled_by, where_to_look
from mentoring.care import IntroCase, IntroQuestion
from mentoring.messages import Kind
from mentoring.troubles import ManyUnconfirmed, Unconfirmed
from program.unknown_screens import WHAT

A_PAGE = 20
"""Messages on a page of the modal: four blocks each, of the 100 that Slack permits
(https://docs.slack.dev/reference/views)."""

_NAMES = 6
_ROOM = 1200
_SEVERAL: Mapping[str, str] = {kind: several for kind, (_, several) in WHAT.items()}


def many_unconfirmed(content: ManyUnconfirmed) -> Rendered:
    """Messages that may or may not have arrived, grouped in words, with the ways to settle all of them or each."""
    waiting = content.waiting
    return rendered(
        say(_many(content)),
        say(_groups(waiting)) if waiting else None,
        _settled_ones(content),
        _gone_on(content),
        note(_look_first(waiting), _twice(content)) if waiting else None,
        _ways(content) if waiting else None,
    )


def _many(content: ManyUnconfirmed) -> str:
    number, program = len(content.waiting), escape(content.program, PROGRAM_MAX)
    if not number:
        return f"About messages in *{program}* that Slack did not confirm: {_over(content)}"
    it = agreeing(number, "this message arrived", f"these {number} messages arrived")
    return f"Slack did not answer, so I can't say whether {it} in *{program}*:"


def _over(content: ManyUnconfirmed) -> str:
    return DONE if content.moved else "all of them are settled. Thank you."


def _groups(waiting: Sequence[Unconfirmed]) -> str:
    kinds: dict[str, list[Unconfirmed]] = {}
    for one in waiting:
        words = one.what if one.what.endswith(" to you") else one.kind
        kinds.setdefault(words, []).append(one)
    return bullets([_group(kind, some) for kind, some in kinds.items()], _ROOM)


def _group(kind: str, some: Sequence[Unconfirmed]) -> str:
    what = escape(some[0].what, 300) if len(some) == 1 else f"{len(some)} {_SEVERAL.get(kind, 'messages')}"
    people = list(dict.fromkeys(person for one in some for person in one.people))
    place = some[0].channel
    for_whom = f", {some_mentions(people, _NAMES)}" if people else ""
    return f"{what}{f' in {channel(place)}' if place else ''}{for_whom}"


def _look_first(waiting: Sequence[Unconfirmed]) -> str:
    """Where to look and whom to ask; never the two of a pair about its card or their introduction."""
    places = dict.fromkeys(channel(one.channel) for one in waiting if one.channel)
    asks = any(one.people and not one.channel and one.kind != Kind.INTRO for one in waiting)
    ways = [f"look in {place}" for place in places]
    if asks:
        others = "the others were for" if places else "they were for"
        ways.append(f"ask a few of those whom {others}")
    look = f"Please {joined(ways or ['look where they should be'])} before you send all again."
    about_two = any(one.kind in (Kind.CARD, Kind.INTRO) and not one.met for one in waiting)
    return f"{look} {NOT_THE_TWO}" if about_two else look


def _settled_ones(content: ManyUnconfirmed) -> Part | None:
    """How many are settled, and how."""
    told: dict[str, int] = {}
    for one in content.messages:
        if one.settled:
            told[one.settled] = told.get(one.settled, 0) + 1
    lines = [f"{escape(how, 60)} ({number})" for how, number in sorted(told.items())]
    return note(f"Settled so far: {', '.join(lines)}.") if lines else None


def _gone_on(content: ManyUnconfirmed) -> Part | None:
    if not content.moved:
        return None
    what = count(
        content.moved, "message is not yours to settle any more", "messages are not yours to settle any more"
    )
    return note(f"{what}.", f"I ask {some_mentions(content.gone_to)} instead." if content.gone_to else "")


def _twice(content: ManyUnconfirmed) -> str:
    one, several = (
        "Whoever has it already gets it twice.",
        "Whoever has one of these {many} already gets it twice.",
    )
    return agreeing(len(content.waiting), one, several, many=str(len(content.waiting)))


def _ways(content: ManyUnconfirmed) -> Part:
    seen = f"{content.subject}.{content.up_to}"
    again = confirmation("Send all again", _twice(content), "Send all again")
    return buttons(
        button("Send all again", Action.SEND_ALL_AGAIN, seen, confirm=again),
        button("They all arrived", Action.ALL_ARRIVED, seen),
        button("Look one by one", Action.LOOK_ONE_BY_ONE, content.subject),
        instead=f"Or type {typed(Word.SEND_AGAIN, 'all')} or {typed(Word.IT_ARRIVED, 'all')}; "
        f"for one of them, its number in place of “all”: {_numbers(content.waiting)}. "
        "Before the first one, Slack asks: Send all again, or Cancel.",
    )


def _numbers(waiting: Sequence[Unconfirmed]) -> str:
    shown = [one.row_id for one in waiting[:A_PAGE]]
    more = len(waiting) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def doubts_modal(content: ManyUnconfirmed, page: int) -> dict[str, Any]:
    """One page of a question's messages, each with its two buttons, or with what became of it."""
    pages = max(1, -(-len(content.messages) // A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = content.messages[page * A_PAGE : (page + 1) * A_PAGE]
    entries = [part for one in shown for part in _entry(one)]
    blocks = blocks_of([say(_title(content, page, pages)), _gone_on(content), *entries, _turn(page, pages)])
    return modal(Callback.DOUBTS, "Did they arrive?", blocks, carries=LooksAt(int(content.subject), page))


def _title(content: ManyUnconfirmed, page: int, pages: int) -> str:
    number = len(content.waiting)
    open_ones = (
        agreeing(number, "1 message waits", f"{number} messages wait") if number else "No message waits"
    )
    return f"{open_ones} for your word whether it arrived. Page {page + 1} of {pages}."


def _entry(one: Unconfirmed) -> tuple[Part | None, ...]:
    people = f", {mentions(one.people)}" if one.people else ""
    place = f" in {channel(one.channel)}" if one.channel else ""
    told = say(f"{clip(escape(one.what, 400), 400)}{place}{people}")
    if one.settled:
        return line(), told, note(f"Settled: {escape(one.settled, 90)}{settled_by(one.by)}.")
    return line(), told, note(where_to_look(one)), _two(one.row_id)


def _two(row_id: object) -> Part:
    return buttons(
        button("Send it again", Action.SEND_AGAIN, row_id),
        button("It arrived", Action.IT_ARRIVED, row_id),
        instead=f"Or type {typed(Word.SEND_AGAIN, str(row_id))} or {typed(Word.IT_ARRIVED, str(row_id))}.",
    )


def _turn(page: int, pages: int) -> Part | None:
    turns: list[ButtonElement] = []
    if page > 0:
        turns.append(button("Previous page", Action.DOUBTS_PAGE_PREVIOUS))
    if page + 1 < pages:
        turns.append(button("Next page", Action.DOUBTS_PAGE_NEXT))
    return buttons(*turns) if turns else None


def intro_case(content: IntroCase) -> Rendered:
    """Privately to somebody who can help: a pair without check-ins, and what helps."""
    people = [content.mentor_id, *content.others, content.mentee_id]
    program = escape(content.program, PROGRAM_MAX)
    pair = f"pair {content.pair_id} in *{program}* ({mentions(people)})"
    if content.settled:
        return rendered(say(f"The introduction of {pair} is settled: {escape(content.settled, 90)}."))
    if content.moved:
        who = some_mentions(content.moved)
        return rendered(say(f"The introduction of {pair} is looked after by {who} now.", DONE))
    return rendered(
        say(
            f"Nobody has said yet whether the introduction of {pair} arrived.",
            "Until then I do not ask them how it goes.",
        ),
        say(f"I have asked {'all' if content.others else 'the two'} of them whether they have it.")
        if content.asked
        else None,
        say(_next_step(content, people)),
        _case_ways(content),
    )


def _next_step(content: IntroCase, people: Sequence[str]) -> str:
    if content.owner:
        return f"{mention(content.owner)} looks after it."
    one_of_them = joined([mention(one) for one in people], "or")
    return f"*A good next step:* ask {one_of_them} whether they have a conversation with each other and me."


def _case_ways(content: IntroCase) -> Part:
    row = str(content.row_id)
    takes = button("I look after it", Action.LOOK_AFTER, content.pair_id)
    types = f"{typed(Word.SEND_AGAIN, row)} or {typed(Word.IT_ARRIVED, row)}"
    if not content.owner:
        types = f"{typed(Word.LOOK_AFTER, str(content.pair_id))}, {types}"
    return buttons(
        *([] if content.owner else [takes]),
        button("Send it again", Action.SEND_AGAIN, row),
        button("It arrived", Action.IT_ARRIVED, row),
        instead=f"Or type {types}.",
    )


def intro_question(content: IntroQuestion) -> Rendered:
    """To one of a pair: whether their introduction is there, in words that are true if it is and if it is not."""
    program = escape(content.program, PROGRAM_MAX)
    partner = mentions((*content.others, content.partner_id))
    if content.settled:
        return rendered(say(_what_became(content, partner, program)))
    row = str(content.row_id)
    are, all_of = ("a group", "all") if content.others else ("a pair", "the two")
    them = ", ".join(["You", *map(mention, content.others)])
    return rendered(
        say(
            f"{them} and {mention(content.partner_id)} are {are} in *{program}*. "
            f"I wrote to {all_of} of you in a conversation of your own, "
            "with why you fit and how to begin, but Slack did not say whether it got through."
        ),
        say("Do you have it? Please look among your direct messages."),
        buttons(
            button("Yes, I have it", Action.IT_ARRIVED, row),
            button("No, nothing yet", Action.SEND_AGAIN, row),
            instead=f"Or type {typed(Word.IT_ARRIVED, row)} for yes, {typed(Word.SEND_AGAIN, row)} for no.",
        ),
    )


def _what_became(content: IntroQuestion, partner: str, program: str) -> str:
    all_of = "all" if content.others else "the two"
    if content.settled == "it arrived":
        return (
            f"Your introduction to {partner} in *{program}* has arrived: look among your direct messages for a "
            f"conversation with {all_of} of us. Enjoy your first talk."
        )
    if content.settled == "sent again":
        return (
            f"I send your introduction to {partner} in *{program}* again: "
            f"look among your direct messages for a conversation with {all_of} of us."
        )
    return f"About your pair with {partner} in *{program}*: there is nothing to do any more."
