"""Rules and weights: the window, what it would change, and the same by typing."""

from __future__ import annotations

from dataclasses import replace

from handlers import home, setup
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, RuleField
from handlers.metadata import OfRules
from handlers.replying import Asked
from handlers.rule_lines import RuleLine, read_rule
from handlers.views import rule_text
from handlers.views.rules import BOXES, NOBODY, rules_modal, section_of
from handlers.views.text import plain
from handlers.wording import notice
from mentoring.errors import Invalid
from mentoring.ids import is_person
from mentoring.people import Person
from mentoring.rule_sheet import OFF, ON, RuleSheet, sheet_of
from program import rules
from program.context import Context

_FACES = ("sponsor", "junior_champion")
_LINES = (RuleField.LADDER, RuleField.EXPERIENCES)


def register(on: Hearing) -> None:
    """Listen for the button that opens the window, and for all that is in it."""
    on.action(Action.RULES, show)
    on.action(Action.RULES_SECTION, turn_to)
    on.action(Action.RULES_WHAT_IF, count)
    on.view(Callback.RULES, save)


def show(asked: Asked) -> None:
    """Open the window, on top of the settings where its button was pressed there."""
    sheet = rules.sheet(*_by(asked))
    view = rules_modal(sheet, OfRules(seen=sheet.name, from_home=asked.act.from_home))
    if asked.act.view is None or asked.act.on_home:
        asked.open(view)
    else:
        asked.push(view)


def turn_to(asked: Asked) -> None:
    """Open one section and close the other; what was typed there is kept."""
    sheet, carried = _typed(asked)
    asked.update(rules_modal(sheet, replace(carried, section=asked.act.value)))


def count(asked: Asked) -> None:
    """Say in the window what these rules would change; what is wrong is said instead."""
    sheet, carried = _typed(asked)
    asked.takes_longer()
    try:
        told = rules.what_if(*_by(asked), sheet)
    except Invalid as wrong:
        asked.update(_with_trouble(sheet, carried, wrong))
    else:
        asked.update(rules_modal(sheet, carried, told))


def save(asked: Asked) -> None:
    """Store the rules. What is wrong in a section that is closed opens it; nothing that was typed is lost."""
    sheet, carried = _typed(asked)
    fields = asked.act.view.fields if asked.act.view else ()
    try:
        saved = rules.save(*_by(asked), sheet, carried.seen, _looked_up(asked, sheet))
    except Invalid as wrong:
        if wrong.fields.keys() <= {*fields}:
            raise
        asked.ack(response_action="update", view=_with_trouble(sheet, _anew(asked, carried, wrong), wrong))
        return
    asked.ack(response_action="update", view=notice(rule_text.saved(sheet_of(saved.program), saved.losing)))
    home.refresh(asked)


def typed_rules(asked: Asked) -> None:
    """`rules`: what they are and what each costs; with a name behind it, the rule is changed, or only counted."""
    if not asked.rest.strip():
        sheet = rules.sheet(*_by(asked))
        asked.say(rule_text.all_rules(sheet, rules.what_if(*_by(asked), sheet)))
        return
    line = read_rule(asked.rest)
    if line is None:
        rules.sheet(*_by(asked))
        asked.say(rule_text.no_such_rule(asked.rest))
    elif line.only_counts:
        _count_line(asked, line)
    else:
        _save_line(asked, line)


def _count_line(asked: Asked, line: RuleLine) -> None:
    sheet = line.on(rules.sheet(*_by(asked)))
    asked.say(rule_text.would_change(line.field, sheet, rules.what_if(*_by(asked), sheet)))


def _save_line(asked: Asked, line: RuleLine) -> None:
    before = rules.sheet(*_by(asked))
    sheet = line.on(before)
    saved = rules.save(*_by(asked), sheet, before.name, _looked_up(asked, sheet))
    asked.say(rule_text.changed(line.field, sheet_of(saved.program), saved.losing))
    home.refresh(asked)


def _by(asked: Asked) -> tuple[Context, str, Person]:
    return asked.ctx, asked.workspace, setup.who(asked)


def _typed(asked: Asked) -> tuple[RuleSheet, OfRules]:
    """The sheet with all that was typed so far, and what the window has to carry of it."""
    stored = rules.sheet(*_by(asked))
    carried = asked.act.carried if isinstance(asked.act.carried, OfRules) else OfRules(seen=stored.name)
    given = {**carried.typed, **_visible(asked)}
    known = {name: text for name, text in given.items() if name in RuleSheet.__slots__}
    sheet = replace(stored, **known)
    changed = {name: text for name, text in known.items() if text != getattr(stored, name)}
    return sheet, replace(carried, typed=changed)


def _visible(asked: Asked) -> dict[str, str]:
    """What stands in the open section."""
    answers, found = asked.act.answers, dict[str, str]()
    for name in asked.act.view.fields if asked.act.view else ():
        if name == RuleField.SWITCHES:
            chosen = answers.many(name)
            found |= {box["value"]: ON if box["value"] in chosen else OFF for box in BOXES}
        elif name in _LINES:
            found[name] = "\n".join(filter(None, map(plain, answers.one(name).splitlines())))
        else:
            found[name] = answers.one(name).removeprefix(NOBODY)
    return found


def _with_trouble(sheet: RuleSheet, carried: OfRules, wrong: Invalid) -> dict[str, object]:
    """The window with the section open in which something is wrong, and the sentences about it."""
    first = next((name for name in wrong.fields if name != "sheet"), None)
    section = section_of(first) if first else carried.section
    return rules_modal(sheet, replace(carried, section=section), trouble=wrong.sentence)


def _anew(asked: Asked, carried: OfRules, wrong: Invalid) -> OfRules:
    """What the window carries from now on: after a change by somebody else, that it has been seen."""
    return replace(carried, seen=rules.sheet(*_by(asked)).name) if "sheet" in wrong.fields else carried


def _looked_up(asked: Asked, sheet: RuleSheet) -> list[Person]:
    """Who is newly chosen to stand for the program, as the directory knows them."""
    stored, found = rules.sheet(*_by(asked)), []
    for name in _FACES:
        chosen = getattr(sheet, name)
        if chosen != getattr(stored, name) and is_person(chosen):
            try:
                found.append(setup.looked_up(asked.services, chosen))
            except Invalid as unknown:
                raise Invalid({name: unknown.sentence}) from unknown
    return found
