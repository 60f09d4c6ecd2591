"""Rules and weights as answers: all of them in words, what one would change, and that one was changed."""

from __future__ import annotations

from collections.abc import Callable

from handlers.ids import Action, Word
from handlers.rule_lines import NAMES, word_for
from handlers.views import rule_words as words
from handlers.views.parts import Rendered, button, buttons, heading, note, rendered, say
from handlers.views.rules import SECTIONS, what_if_lines
from handlers.views.text import escape, joined, typed
from mentoring.rule_sheet import RuleSheet
from program.rules import WhatIf

_EXAMPLES = {
    "ladder": "Intern, Associate, Senior, Director",
    "min_gap": "2",
    "max_gap": "3",
    "ideal_gap": "2",
    "other_department_only": "on",
    "guests_allowed": "on",
    "min_overlap": "2 hours",
    "repeat_cycles": "2",
    "skill_fit": "much",
    "gap": "some",
    "hours_overlap": "little",
    "other_department": "off",
    "waiting_first": "first",
    "approve_above": "80",
    "approve_after_days": "5",
    "sponsor": "@Ana",
    "junior_champion": "@Ben",
    "ask_first": "on",
    "preparation_required": "on",
    "experiences": "My way here; Working in a second language",
}
_TOLD: dict[str, Callable[[RuleSheet], str]] = {
    "ladder": words.ladder,
    "min_gap": words.gaps,
    "max_gap": words.gaps,
    "other_department_only": words.departments,
    "guests_allowed": words.guests,
    "min_overlap": words.overlap,
    "repeat_cycles": words.repeats,
    "waiting_first": words.waiting,
    "approve_above": words.approval,
    "approve_after_days": words.approval,
    "sponsor": words.faces,
    "junior_champion": words.faces,
    "ask_first": words.ask_first,
    "preparation_required": words.preparation,
    "experiences": words.experiences,
}
AGAIN = "Pairs that wait are looked at again: those that these rules forbid are withdrawn."


def all_rules(sheet: RuleSheet, told: WhatIf) -> Rendered:
    """All rules in words with how each is typed, and what each costs."""
    shown = [say("\n".join([f"*{one.title}*", *one.told(sheet), *_how_typed(one.holds)])) for one in SECTIONS]
    return rendered(
        heading("Rules and weights"),
        *shown,
        say("\n".join(["*What they do*", *what_if_lines(sheet, told)])),
        note(
            f"A question mark behind it only counts, like {typed(Word.RULES, 'max-gap 3?')}.",
            "“none” takes a limit away.",
        ),
        buttons(
            button("Rules and weights", Action.RULES), instead=f"Or type {typed(Word.RULES, 'max-gap 3')}."
        ),
    )


def _how_typed(fields: tuple[str, ...]) -> list[str]:
    forms = [f"`{word_for(field)} {_EXAMPLES[field]}`" for field in fields]
    return [f"Type `{Word.RULES}` and then {joined(forms, 'or')}."]


def would_change(field: str, sheet: RuleSheet, told: WhatIf) -> Rendered:
    """What one other rule would do; nothing is saved."""
    return rendered(
        say("\n".join([f"*If it were so:* {_sentence(field, sheet)}", *what_if_lines(sheet, told)])),
        note(f"Nothing is saved. Type it without the question mark to save it: {_typed_as(field, sheet)}."),
    )


def _typed_as(field: str, sheet: RuleSheet) -> str:
    between = "; " if field == "experiences" else ", "
    value = between.join(getattr(sheet, field).splitlines()) or "none"
    return typed(Word.RULES, word_for(field), escape(value.replace("`", "'"), 300))


def changed(field: str, sheet: RuleSheet, losing: int) -> Rendered:
    """One rule is another now."""
    return rendered(say(f"Saved. {_sentence(field, sheet)}", words.losing(losing)), note(AGAIN))


def saved(sheet: RuleSheet, losing: int) -> Rendered:
    """The window was saved."""
    told = [line for one in SECTIONS for line in one.told(sheet)]
    return rendered(
        say("*Saved.* These rules hold from now on.", words.losing(losing)), say("\n".join(told)), note(AGAIN)
    )


def no_such_rule(text: str) -> Rendered:
    """What was typed names no rule."""
    names = joined([f"`{name}`" for name in NAMES], "or")
    return rendered(
        say(f"There is no rule “{escape(text, 100)}”. After {typed(Word.RULES)} comes one of {names}."),
        buttons(
            button("Rules and weights", Action.RULES),
            instead=f"Or type {typed(Word.RULES)} alone for the whole list.",
        ),
    )


def _sentence(field: str, sheet: RuleSheet) -> str:
    return _TOLD.get(field, words.wishes)(sheet)
