"""How the program stands, for leads: what needs them, the figures, and the list behind each; one row for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action, Callback, Word
from handlers.metadata import Sees
from handlers.views.inputs import modal
from handlers.views.parts import (
    PROGRAM_MAX,
    Part,
    Rendered,
    beside,
    blocks_of,
    button,
    buttons,
    heading,
    note,
    rendered,
    say,
)
from handlers.views.progress import so_far
from handlers.views.text import agreeing, count, escape, joined, mention, mentions, typed
from mentoring.at_risk import Reason
from mentoring.days import full_day
from mentoring.digest import Digest, Figure, Figures, Phase
from program.seeing import SeenPage, SeenPair, SeenPerson

_PAIR = {
    Reason.NO_FIRST_MEETING: "has not met by day 14 after the introduction",
    Reason.NOT_HELD: "has planned two meetings since the last one and held none",
    Reason.NOBODY_ANSWERS: "has left two weeks of questions without an answer",
    Reason.NOT_SIGNED: "has not accepted its agreement by day 14",
    Reason.BOTH_AWAY: "has both people on a break, without a day to come back",
}
_PAIRS = {
    Reason.NO_FIRST_MEETING: "have not met by day 14 after their introduction",
    Reason.NOT_HELD: "have planned two meetings since the last one and held none",
    Reason.NOBODY_ANSWERS: "have left two weeks of questions without an answer",
    Reason.NOT_SIGNED: "have not accepted their agreement by day 14",
    Reason.BOTH_AWAY: "have both people on a break, without a day to come back",
}
_TITLES: Mapping[Figure | Reason, str] = {
    Figure.RUNNING: "Pairs that run",
    Figure.MET: "Pairs that have met",
    Figure.PLANNED: "Pairs that plan to meet",
    Figure.SILENT: "Nobody answers",
    Figure.PAUSED: "Paused",
    Figure.HELP: "Asked for help",
    Figure.ALONE: "Without a partner",
    Figure.ENDED: "Ended before time",
    Reason.NO_FIRST_MEETING: "Not met by day 14",
    Reason.NOT_HELD: "Planned, not held",
    Reason.NOBODY_ANSWERS: "Nobody answers",
    Reason.NOT_SIGNED: "Agreement not accepted",
    Reason.BOTH_AWAY: "Both on a break",
}
_NONE_OF = {
    Figure.RUNNING: "running pairs",
    Figure.MET: "pairs that have met",
    Figure.PLANNED: "pairs that plan to meet",
    Figure.SILENT: "pairs in which nobody answers",
    Figure.PAUSED: "paused people",
    Figure.HELP: "calls for help",
    Figure.ALONE: "people without a partner",
    Figure.ENDED: "pairs that ended before time",
}
_NEXT = {
    Reason.NO_FIRST_MEETING: "write to both and offer to find a time with them.",
    Reason.NOT_HELD: "ask both what keeps coming between, and whether another rhythm would help.",
    Reason.NOBODY_ANSWERS: "write to both and ask how it goes.",
    Reason.NOT_SIGNED: "remind both that their agreement is in their conversation.",
    Reason.BOTH_AWAY: "ask both whether they would like to go on, and end the pair if they would not.",
}
_APART = "Pairs of your own are left out of what people answered."
_DECIDE = "Decide"
_NOBODY_NAMED = "I count what a pair answered, and never say which of the two it was."


def digest(content: Digest) -> Rendered:
    """To the leads' channel, once a week: how the program stood that morning, each line with its next step."""
    figures = content.figures
    apart = agreeing(
        figures.apart,
        "1 pair of a lead is left out of what people answered.",
        "{these} pairs of leads are left out of what people answered.",
        these=str(figures.apart),
    )
    return rendered(
        heading(f"{_headline(figures, 'Nothing needs you this week')} · {content.program}"),
        note(phase_words(content.phase), f"This is how it stood on {full_day(content.on)}."),
        *needs(figures, _DECIDE),
        *figure_rows(figures),
        note(
            _NOBODY_NAMED,
            apart if figures.apart else "",
            f"{typed(Word.DIGEST)} shows you how it stands now.",
        ),
    )


def as_it_stands(content: Digest) -> Rendered:
    """The same as an answer to `digest`: how it stands now, for one lead."""
    return rendered(
        heading(f"{_headline(content.figures, 'Nothing needs you right now')} · {content.program}"),
        note(phase_words(content.phase), f"This is how it stands on {full_day(content.on)}."),
        *needs(content.figures, _DECIDE),
        *figure_rows(content.figures),
        note(_NOBODY_NAMED, _APART if content.figures.apart else ""),
    )


def home_parts(content: Digest, more: bool) -> list[Part | None]:
    """The same on Home; `more` tells that something stands above it already that needs the reader."""
    figures = content.figures
    rows = needs(figures)
    nothing = [] if more else [say("Nothing needs you right now.")]
    return [
        heading("Needs you"),
        *(rows or nothing),
        heading("How it goes"),
        *figure_rows(figures),
        note(_NOBODY_NAMED, _APART if figures.apart else ""),
    ]


def _headline(figures: Figures, nothing: str) -> str:
    """What is wanted of its readers, in the first words."""
    told = [
        words
        for number, words in (
            (figures.waiting, count(figures.waiting, "pair to decide on", "pairs to decide on")),
            (figures.help, count(figures.help, "call for help", "calls for help")),
            (figures.at_risk, count(figures.at_risk, "pair to look at", "pairs to look at")),
        )
        if number
    ]
    return joined(told) if told else nothing


def phase_words(phase: Phase) -> str:
    """Where the program is in its cycles, with its dates."""
    runs = f"Cycle {phase.running} runs until {full_day(phase.ends_on)}." if phase.ends_on else ""
    intro = full_day(phase.intro_on)
    if phase.proposed:
        then = f"Pairs of cycle {phase.number} are proposed, and those that are approved are introduced on {intro}."
    else:
        day = full_day(phase.proposal_on)
        then = f"Pairs of cycle {phase.number} are proposed on {day} and introduced on {intro}."
    return " ".join(filter(None, (runs, then)))


def needs(figures: Figures, decide: str = "Review pairs") -> list[Part | None]:
    """What waits for a lead, one row and one button each; `decide` is on that for pairs that wait."""
    return [
        _decide(figures, decide),
        _row(figures.held, _held(figures.held), button("Who is not ready", Action.READY), Word.READY),
        *(_risk(reason, figures.risks.get(reason, 0)) for reason in Reason),
    ]


def _decide(figures: Figures, label: str) -> Part | None:
    words = f"*{count(figures.waiting, 'pair waits', 'pairs wait')} for your decision*"
    review = button(label, Action.REVIEW, style="primary")
    return _row(figures.waiting, words, review, Word.REVIEW)


def _held(number: int) -> str:
    return agreeing(
        number,
        "1 person has no level, so nobody can be found for them",
        "{these} people have no level, so nobody can be found for them",
        these=str(number),
    )


def _risk(reason: Reason, number: int) -> Part | None:
    words = f"{count(number, 'pair')} {(_PAIR if number == 1 else _PAIRS)[reason]}"
    what = Figure.SILENT if reason is Reason.NOBODY_ANSWERS else reason
    return _row(number, words, _show(what, words), Word.DIGEST, what)


def _row(number: int, words: str, opens: ButtonElement, word: Word, *rest: str) -> Part | None:
    return beside(words, opens, f"Or type {typed(word, *rest)}.") if number else None


def _show(what: Figure | Reason, words: str) -> ButtonElement:
    return button("Show", Action.SEE, what.value, label=f"Show: {words}"[:75])


def figure_rows(figures: Figures) -> list[Part | None]:
    """Each figure with the way to its list; those that are 0 together."""
    none = [words for figure, words in _NONE_OF.items() if not figures.of(figure)]
    rows = [_figure_row(figure, figures) for figure in Figure if figures.of(figure)]
    way = (
        f"{count(figures.arriving, 'introduction is', 'introductions are')} on the way."
        if figures.arriving
        else ""
    )
    return [*rows, note(f"None: {', '.join(none)}." if none else "", way) if none or way else None]


def _figure_row(figure: Figure, figures: Figures) -> Part:
    words = f"*{_LABELS[figure]}:* {_said(figure, figures)}"
    if figure is Figure.ALONE:
        return beside(
            words,
            button("Show", Action.UNMATCHED, label="Show who is without a partner"),
            _type(Word.UNMATCHED),
        )
    if figure is Figure.HELP:
        return beside(words, _show(figure, "calls for help"), _type(Word.CALLS))
    return beside(words, _show(figure, _NONE_OF[figure]), _type(Word.DIGEST, figure))


def _type(*words: str) -> str:
    return f"Or type {typed(*words)}."


_LABELS = {
    Figure.RUNNING: "Running",
    Figure.MET: "Met",
    Figure.PLANNED: "Planned",
    Figure.SILENT: "Silent",
    Figure.PAUSED: "Paused",
    Figure.HELP: "Asked for help",
    Figure.ALONE: "Without a partner",
    Figure.ENDED: "Ended",
}


def _said(figure: Figure, figures: Figures) -> str:
    number = figures.of(figure)
    if figure is Figure.PAUSED:
        return f"{count(number, 'person', 'people')}, {figures.paused_in_pairs} of them in a pair"
    if figure is Figure.ALONE:
        return f"{count(number, 'person', 'people')} of {figures.members}"
    if figure is Figure.MET:
        return f"{number} of {count(figures.running - figures.apart, 'pair')} in this cycle"
    if figure is Figure.ENDED:
        return f"{count(number, 'pair')} before the end of the cycle"
    return count(number, "call") if figure is Figure.HELP else count(number, "pair")


def seen_modal(page: SeenPage) -> dict[str, Any]:
    """One page of a list, which it carries, with buttons to turn."""
    turn = [
        *([button("Previous page", Action.SEE_PREVIOUS)] if page.page > 0 else []),
        *([button("Next page", Action.SEE_NEXT)] if page.page + 1 < page.pages else []),
    ]
    parts = [*_parts(page), buttons(*turn) if turn else None]
    return modal(Callback.SEEN, _TITLES[page.what], blocks_of(parts), carries=Sees(page.what, page.page))


def seen_answer(page: SeenPage) -> Rendered:
    """The same as an answer to `digest met`, whose text alone is enough."""
    following = page.page + 2 if page.page + 1 < page.pages else 1
    more = (
        f"{typed(Word.DIGEST, page.what, str(following))} shows page {following}." if page.pages > 1 else ""
    )
    return rendered(*_parts(page), note(more) if more else None)


def _parts(page: SeenPage) -> list[Part | None]:
    return [
        say(_title(page)),
        *(_pair(one) for one in page.pairs),
        *(say(f"• {_person(one)}") for one in page.people),
        _ways(page),
        _step(page),
        note(_APART) if page.apart else None,
    ]


def _title(page: SeenPage) -> str:
    name, title = escape(page.program, PROGRAM_MAX), _TITLES[page.what]
    if not page.total:
        return f"*{title}* in {name}: nobody right now."
    things = ("person", "people") if page.what is Figure.PAUSED else ("pair", "pairs")
    turn = f", page {page.page + 1} of {page.pages}" if page.pages > 1 else ""
    return f"*{title}* in {name}: {count(page.total, *things)}{turn}"


def _pair(one: SeenPair) -> Part:
    number = str(one.pair_id)
    since = f", introduced on {full_day(one.introduced_on)}" if one.introduced_on else ""
    told = [f"• Pair {number}: {mention(one.mentor_id)} teaches {mention(one.mentee_id)}{since}."]
    told += [f"{so_far(one.progress)}."] if one.progress else []
    told += [f"It {_PAIR[reason]}." for reason in one.reasons]
    if one.rests_until:
        told.append(f"It rests until {full_day(one.rests_until)}.")
    if one.over:
        return say(*told)
    close = button("End or rest", Action.CLOSE_PAIR, number, label=f"End or rest pair {number}")
    return beside(" ".join(told), close)


def _ways(page: SeenPage) -> Part | None:
    """What can be typed instead of the buttons, once for all: the text of a full page has no room for it in each."""
    going_on = [str(one.pair_id) for one in page.pairs if not one.over]
    if not going_on:
        return None
    ways = f"{typed(Word.END, going_on[0])} or {typed(Word.REST, going_on[0], 'until Friday')}"
    return note(f"Or type {ways}, each with the pair's number.")


def _person(one: SeenPerson) -> str:
    until = f" until {full_day(one.until)}" if one.until else ""
    why = " after three weeks without an answer" if one.silent else ""
    pair = f", in a pair with {mentions(one.partners)}" if one.partners else ""
    return f"{mention(one.person_id)}: paused{until}{why}{pair}."


def _step(page: SeenPage) -> Part | None:
    """What a lead can do about those in the list."""
    if not page.total:
        return None
    if page.what is Figure.PAUSED:
        return note(f"They come back by themselves on that day, or with {typed(Word.RESUME)}.")
    reason = Reason.NOBODY_ANSWERS if page.what is Figure.SILENT else page.what
    if isinstance(reason, Reason):
        return say(f"*A good next step:* {_NEXT[reason]}")
    return note(f"{typed(Word.REVIEW)} shows their cards.") if page.what is Figure.ENDED else None
