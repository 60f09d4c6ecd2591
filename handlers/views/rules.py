"""Rules and weights: one window in sections, of which one at a time is open, and what they would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    MarkdownTextObject,
    SectionBlock,
    UserSelectElement,
)

from handlers.ids import Action, Callback, RuleField
from handlers.metadata import OfRules
from handlers.views import rule_words as words
from handlers.views.inputs import choice, field, modal, number, text_input
from handlers.views.options import fixed
from handlers.views.parts import blocks_of, button, buttons, heading, line, note, say
from handlers.views.text import agreeing, escape
from mentoring.experiences import LONGEST_TOPIC, TOPICS
from mentoring.ladders import LEVELS, LONGEST_LEVEL, read_ladder
from mentoring.rule_sheet import GAPS, MUCH, ON, WAITS, RuleSheet
from program.rules import WhatIf

NOBODY = "none"
"""Stands in a list of options for no value, because Slack takes no empty one."""

LADDER_ROOM = LEVELS[-1] * (LONGEST_LEVEL + 1)
TOPICS_ROOM = TOPICS[-1] * (LONGEST_TOPIC + 1)

_COUNTS = {"off": "Does not count", "little": "Counts a little", "some": "Counts some", "much": "Counts much"}
BOXES = [
    fixed("Only pair people from different departments", "other_department_only"),
    fixed("Guests may take part", "guests_allowed"),
]
"""The rules under `RuleField.SWITCHES`, each with its name in `RuleSheet`."""

_OVERLAPS = (0, 30, 60, 90, 120, 180, 240, 360)
_REPEATS = ("none", "0", "1", "2", "3", "4", "6")
_SCORES = (50, 60, 70, 75, 80, 85, 90, 95)


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its name and title, what it says while it is closed, and its fields while it is open."""

    name: str
    title: str
    told: Callable[[RuleSheet], Sequence[str]]
    fields: Callable[[RuleSheet], Sequence[Block]]
    holds: tuple[str, ...]


def rules_modal(
    sheet: RuleSheet, carries: OfRules, told: WhatIf | None = None, trouble: str = ""
) -> dict[str, Any]:
    """The window, with what was typed so far; `told` is what it would change.

    `trouble` says what is wrong in a section that was closed.
    """
    blocks: list[Block] = []
    if trouble:
        blocks += blocks_of([say(f"*Not saved yet.* {escape(trouble, 2000)}")])
    for section in SECTIONS:
        blocks += _open(section, sheet) if section.name == carries.section else [_closed(section, sheet)]
    blocks += blocks_of([line(), *_what_if(sheet, told)])
    return modal(Callback.RULES, "Rules and weights", blocks, "Save", carries)


def _closed(section: Section, sheet: RuleSheet) -> Block:
    change = button("Change", Action.RULES_SECTION, section.name, label=f"Change {section.title}")
    text = "\n".join([f"*{section.title}*", *section.told(sheet)])
    return SectionBlock(text=MarkdownTextObject(text=text, verbatim=True), accessory=change)


def _open(section: Section, sheet: RuleSheet) -> list[Block]:
    return [heading(section.title).block, *section.fields(sheet), line().block]


def _what_if(sheet: RuleSheet, told: WhatIf | None) -> list[Any]:
    ask = buttons(button("What would change?", Action.RULES_WHAT_IF))
    if told is None:
        return [ask, note("Counts how many places could get a partner, before anything is saved.")]
    return [say("\n".join(["*What would change*", *what_if_lines(sheet, told)])), ask]


def what_if_lines(sheet: RuleSheet, told: WhatIf) -> list[str]:
    """What rules would do, in words: how many places, against now, and what each rule costs."""
    if not told.places:
        return ["Nobody is enrolled who could get a partner, so there is nothing to count yet."]
    under = f"With these rules, {told.under} of {told.places} places could get a partner"
    now = "as many as now" if told.under == told.now else f"{told.now} with the rules of now"
    lines = [
        f"{under}, {now}. A place is a person in one role: who shares and learns counts in both.",
        words.losing(told.losing),
        *_costs(sheet, told),
    ]
    return [one for one in lines if one]


def _costs(sheet: RuleSheet, told: WhatIf) -> list[str]:
    dear = [(name, more) for name, more in told.costs if more]
    if not dear:
        return ["No rule here costs a place: without any one of them it would be as many."]
    lines = [
        f"• Without “{words.without(name, sheet)}”: {told.under + more}, "
        + agreeing(more, "1 more", "{more} more", more=str(more))
        for name, more in dear
    ]
    free = [words.without(name, sheet) for name, more in told.costs if not more]
    rest = [f"• These cost none: {', '.join(free)}."] if free else []
    return ["What each rule costs, the dearest first:", *lines, *rest]


def _levels(sheet: RuleSheet) -> list[Block]:
    gaps = range(1, max(2, len(read_ladder(sheet.ladder))))
    return [
        field(
            "Levels, one a line, the lowest first",
            text_input(RuleField.LADDER, sheet.ladder, LADDER_ROOM, multiline=True),
            "A new name in the place of an old one renames the level. Whoever is on a level that you take out keeps "
            "everything else, and is asked to choose a level again.",
        ),
        field(
            "Smallest gap",
            number(RuleField.MIN_GAP, sheet.min_gap, gaps),
            "The mentee is at least so many levels above the mentor.",
        ),
        field(
            "Largest gap",
            number(RuleField.MAX_GAP, sheet.max_gap, GAPS),
            "The mentee is at most so many levels above. Empty means any number.",
            optional=True,
        ),
    ]


def _who(sheet: RuleSheet) -> list[Block]:
    on = [one for one in BOXES if getattr(sheet, one["value"]) == ON]
    return [
        field(
            "Departments and guests",
            CheckboxesElement(action_id=RuleField.SWITCHES, options=BOXES, initial_options=on or None),
            "With different departments, whoever named none cannot be paired.",
            optional=True,
        ),
        field(
            "Shared working time",
            _one_of(
                RuleField.MIN_OVERLAP,
                sheet.min_overlap,
                [(str(one), _overlap(str(one))) for one in _OVERLAPS],
            ),
            "Both are at work at the same time for at least so long a day.",
        ),
        field(
            "The same two again",
            _one_of(
                RuleField.REPEAT_CYCLES,
                sheet.repeat_cycles or NOBODY,
                [(one, _again(one)) for one in _REPEATS],
            ),
            "Two people who were a pair are not paired again before that.",
        ),
    ]


def _overlap(minutes: str) -> str:
    return "None needed" if minutes == "0" else f"At least {words.span(minutes)} a day"


def _again(cycles: str) -> str:
    if cycles == NOBODY:
        return "Never"
    return "At once" if cycles == "0" else f"After {cycles} {'cycle' if cycles == '1' else 'cycles'} apart"


def _weights(sheet: RuleSheet) -> list[Block]:
    much = [(word, _COUNTS[word]) for word in MUCH]

    def weight(name: RuleField, label: str, hint: str) -> Block:
        return field(label, _one_of(name, getattr(sheet, name), much), hint)

    return [
        weight(
            RuleField.SKILL_FIT,
            "Skills that fit",
            "The more of what the mentee wants most, the better the pair.",
        ),
        weight(
            RuleField.GAP, "A gap near the ideal one", "The nearer to the ideal number of levels, the better."
        ),
        field(
            "Ideal gap",
            number(RuleField.IDEAL_GAP, sheet.ideal_gap, GAPS),
            "So many levels between the two are best.",
        ),
        weight(
            RuleField.HOURS_OVERLAP,
            "Shared hours",
            "The more shared working time, up to four hours, the better.",
        ),
        weight(RuleField.OTHER_DEPARTMENT, "Another department", "Pairs across departments are better."),
        field(
            "Waiting time",
            _one_of(
                RuleField.WAITING_FIRST,
                sheet.waiting_first,
                [("on", "Comes first"), ("off", "Does not count")],
            ),
            "Whoever went without a partner comes before all wishes next time.",
        ),
    ]


def _approval(sheet: RuleSheet) -> list[Block]:
    scores = [(NOBODY, "No, leads decide"), *((str(one), f"From {one} of 100") for one in _SCORES)]
    return [
        field(
            "Approve good pairs by themselves",
            _one_of(RuleField.APPROVE_ABOVE, sheet.approve_above or NOBODY, scores),
            "A pair that fits at least that much and has nothing that needs a look is approved by itself. "
            "Leads can stop each one.",
        ),
        field(
            "Approve after days of silence",
            number(RuleField.APPROVE_AFTER_DAYS, sheet.approve_after_days, WAITS),
            "A pair on which nobody decided for so many working days is approved by itself. Empty means never.",
            optional=True,
        ),
        field(
            "Ask the mentee first",
            _one_of(
                RuleField.ASK_FIRST,
                sheet.ask_first,
                [("off", "No, introduce approved pairs"), ("on", "Yes, ask before the introduction")],
            ),
            "The mentee says quietly yes or “not this time”, and can offer times. The mentor never learns of a no.",
        ),
    ]


def _faces(sheet: RuleSheet) -> list[Block]:
    return [
        field(
            "Sponsor",
            _person(RuleField.SPONSOR, sheet.sponsor),
            "Somebody senior who stands behind the program. The name is on Home and in the welcome.",
            optional=True,
        ),
        field(
            "Junior champion",
            _person(RuleField.JUNIOR_CHAMPION, sheet.junior_champion),
            "Somebody early in their career who speaks for the program, and is named beside the sponsor.",
            optional=True,
        ),
    ]


def _joining(sheet: RuleSheet) -> list[Block]:
    return [
        field(
            "Preparation",
            _one_of(
                RuleField.PREPARATION_REQUIRED,
                sheet.preparation_required,
                [("off", "Up to each"), ("on", "Needed before anybody is paired")],
            ),
            "Five short cards for each role. Before a cycle you see who has not read them.",
        ),
        field(
            "Experiences, one a line",
            text_input(RuleField.EXPERIENCES, sheet.experiences, TOPICS_ROOM, multiline=True),
            "Mentors may open some of these for a cycle, and mentees ask for some. You never see who did. "
            "Empty means that nobody is asked.",
            optional=True,
        ),
    ]


def _person(name: RuleField, chosen: str) -> UserSelectElement:
    return UserSelectElement(action_id=name, initial_user=chosen or None, placeholder="Choose a person")


def _one_of(name: RuleField, value: str, options: Sequence[tuple[str, str]]) -> Any:
    """A list to choose from; a value that was typed and is not in it is offered too."""
    shown = [fixed(label, known) for known, label in options]
    if value not in [known for known, _ in options]:
        label = {RuleField.MIN_OVERLAP: _overlap, RuleField.REPEAT_CYCLES: _again}.get(name, str)(value)
        shown.append(fixed(label, value or NOBODY))
    return choice(name, shown, value, "Choose")


SECTIONS = (
    Section(
        "levels",
        "Levels",
        lambda sheet: [words.ladder(sheet), words.gaps(sheet)],
        _levels,
        ("ladder", "min_gap", "max_gap"),
    ),
    Section(
        "who",
        "Who can be paired",
        lambda sheet: [
            words.departments(sheet),
            words.guests(sheet),
            words.overlap(sheet),
            words.repeats(sheet),
        ],
        _who,
        ("other_department_only", "guests_allowed", "min_overlap", "repeat_cycles"),
    ),
    Section(
        "weights",
        "What counts most",
        lambda sheet: [words.wishes(sheet), words.waiting(sheet)],
        _weights,
        ("skill_fit", "gap", "ideal_gap", "hours_overlap", "other_department", "waiting_first"),
    ),
    Section(
        "approval",
        "Approval",
        lambda sheet: [words.approval(sheet), words.ask_first(sheet)],
        _approval,
        ("approve_above", "approve_after_days", "ask_first"),
    ),
    Section(
        "faces",
        "Sponsor and champion",
        lambda sheet: [words.faces(sheet)],
        _faces,
        ("sponsor", "junior_champion"),
    ),
    Section(
        "joining",
        "Joining",
        lambda sheet: [words.preparation(sheet), words.experiences(sheet)],
        _joining,
        ("preparation_required", "experiences"),
    ),
)


def section_of(name: str) -> str:
    """The section in which a field stands; the first for one that is in none."""
    return next((one.name for one in SECTIONS if name in one.holds), SECTIONS[0].name)
