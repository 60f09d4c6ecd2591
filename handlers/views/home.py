"""The App Home tab: where one person stands, what waits for them, and what leads need."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import ButtonElement
from slack_sdk.models.views import View

from handlers.ids import Action, Word
from handlers.views.calls import waiting_parts
from handlers.views.checkin import questions_parts
from handlers.views.faces import stand_for
from handlers.views.inviting import SHORT, WHAT_IT_IS
from handlers.views.own_place import own_parts
from handlers.views.parts import (
    PROGRAM_MAX,
    Part,
    blocks_of,
    button,
    buttons,
    confirmation,
    heading,
    line,
    note,
    say,
)
from handlers.views.text import count, escape, typed
from mentoring.programs import Program
from program.forms import Home, LeadView, Status


def home_view(home: Home) -> dict[str, Any]:
    """The Home tab, published whole each time it is opened."""
    parts = _without_program(home) if home.program is None else _with_program(home, home.program)
    return View(type="home", blocks=blocks_of(parts)).to_dict()


def _without_program(home: Home) -> list[Part | None]:
    if not home.may_set_up:
        return [say("There is no mentoring program here yet. A workspace admin can set one up.")]
    return [
        say("There is no mentoring program here yet. You can set one up in a few minutes."),
        buttons(button("Set up the program", Action.SETUP, style="primary")),
    ]


def _with_program(home: Home, program: Program) -> list[Part | None]:
    return [
        *(_member(home, home.status) if home.status else _invitation(program, _style(home))),
        *waiting_parts(home.calls),
        *_lead(home),
        line(),
        note(
            stand_for(program.sponsor, program.junior_champion),
            "I cannot read what people say to each other, only what you write to me.",
            "I learn that you met because you tell me, with a button or a word.",
            f"{typed(Word.HELP)} shows what you can type.",
        ),
    ]


def _style(home: Home) -> str | None:
    """How their own first button looks: pairs that wait for a lead come before it, and one button stands out."""
    return None if home.lead and home.lead.waiting else "primary"


def _invitation(program: Program, style: str | None) -> list[Part | None]:
    return [
        say(
            f"*{escape(program.name, PROGRAM_MAX)}*\n{WHAT_IT_IS}",
            SHORT,
        ),
        buttons(button("Join the program", Action.JOIN, style=style)),
    ]


def _member(home: Home, status: Status) -> list[Part | None]:
    return [*_checkins(home), *own_parts(status, home.place, _style(home))]


def _checkins(home: Home) -> list[Part | None]:
    if not home.checkins:
        return []
    asked = questions_parts(home.checkins)
    return [heading("Your check-in"), *asked, line()]


def _lead(home: Home) -> list[Part | None]:
    lead = home.lead
    if lead is None and not home.may_set_up:
        return []
    told = [heading("For program leads"), say(_figures(lead))] if lead else []
    settings = _row("Rules and settings", *_settings()) if home.may_set_up else []
    return [line(), *told, *(_lead_rows(lead) if lead else []), *settings]


def _settings() -> tuple[ButtonElement, ButtonElement]:
    return button("Rules and weights", Action.RULES), button("Settings", Action.SETUP)


def _row(label: str, *elements: ButtonElement | None) -> list[Part]:
    """Those buttons that there are, under a word on what they are for."""
    present = [element for element in elements if element]
    return [note(label), buttons(*present)] if present else []


def _figures(lead: LeadView) -> str:
    cycle = f"Cycle {lead.cycle_number}: " if lead.cycle_number else ""
    return (
        f"{cycle}{count(lead.waiting, 'pair waits', 'pairs wait')} for a decision, "
        f"{lead.approved} approved and not yet introduced. {count(lead.members, 'person takes', 'people take')} part."
    )


def _lead_rows(lead: LeadView) -> list[Part]:
    """What leads do, in the order in which a cycle needs it; only what there is something to do with."""
    return [
        *_row(
            "Decide and check",
            _review(lead),
            button("Without a partner", Action.UNMATCHED) if lead.cycle_number else None,
            button("Before the run", Action.READY),
        ),
        *_row("Find and introduce pairs", button("Look for pairs", Action.MATCH), _introduce(lead)),
        *_row(
            "People",
            button("Invite people", Action.INVITE),
            button(f"Compare with HR ({lead.differences})", Action.HR_DIFFERENCES)
            if lead.differences
            else None,
            button("Pair two people", Action.PAIR_FORM),
        ),
        *_row("Look ahead", button("Rehearse", Action.REHEARSE)),
    ]


def _review(lead: LeadView) -> ButtonElement | None:
    if not (lead.waiting or lead.approved):
        return None
    return button("Review pairs", Action.REVIEW, style="primary" if lead.waiting else None)


def _introduce(lead: LeadView) -> ButtonElement | None:
    if not lead.approved:
        return None
    sure = confirmation(
        "Introduce now?",
        f"{count(lead.approved, 'approved pair gets', 'approved pairs get')} their introduction right away.",
        "Introduce",
    )
    return button("Introduce approved pairs", Action.INTRODUCE, confirm=sure)
