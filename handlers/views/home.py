"""The App Home tab: where one person stands, what waits for them, and what leads need."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from handlers.ids import Action, Word
from handlers.views.ask_first import waiting_parts as waiting_parts_of_asks
from handlers.views.calls import SHOWN_ON_HOME, waiting_parts
from handlers.views.checkin import questions_parts
from handlers.views.digest import home_parts, phase_words
from handlers.views.faces import stand_for
from handlers.views.inviting import SHORT, WHAT_IT_IS
from handlers.views.own_place import own_parts
from handlers.views.parts import (
    PROGRAM_MAX,
    Part,
    beside,
    blocks_of,
    button,
    buttons,
    confirmation,
    heading,
    line,
    note,
    say,
)
from handlers.views.text import count, escape, joined, typed
from mentoring.digest import Figures
from mentoring.programs import Program
from program.forms import Home, LeadView, Status

HOME_BLOCKS_MAX = 100
"""In a view (https://docs.slack.dev/reference/views/home-tab-views)."""

_LAST = 20
"""So many blocks at the end hold somebody's profile, how often they are asked, and the ways out."""


def home_view(home: Home) -> dict[str, Any]:
    """The Home tab, published whole each time it is opened."""
    parts = _without_program(home) if home.program is None else _with_program(home, home.program)
    return View(type="home", blocks=_fitting(blocks_of(parts))).to_dict()


def _fitting(blocks: list[Block]) -> list[Block]:
    """As many as Slack takes: what waits for somebody and their ways out stay, and the middle goes."""
    if len(blocks) <= HOME_BLOCKS_MAX:
        return blocks
    words = joined([typed(one) for one in (Word.STATUS, Word.PARTNER, Word.CHECKIN)])
    cut = blocks_of([note(f"Not everything fits here: {words} have the rest.")])
    return [*blocks[: HOME_BLOCKS_MAX - _LAST - 1], *cut, *blocks[-_LAST:]]


def _without_program(home: Home) -> list[Part | None]:
    if not home.may_set_up:
        return [say("There is no mentoring program here yet. A workspace admin can set one up.")]
    return [
        say("There is no mentoring program here yet. You can set one up in a few minutes."),
        buttons(button("Set up the program", Action.SETUP, style="primary")),
    ]


def _with_program(home: Home, program: Program) -> list[Part | None]:
    return [
        *(_dashboard(home, home.lead, program) if home.lead else _own(home, program)),
        line(),
        note(
            stand_for(program.sponsor, program.junior_champion),
            "I cannot read what people say to each other, only what you write to me.",
            "I learn that you met because you tell me, with a button or a word.",
            f"{typed(Word.HELP)} shows what you can type.",
        ),
    ]


def _own(home: Home, program: Program) -> list[Part | None]:
    """What somebody sees who does not lead: themselves first."""
    own = _member(home, home.status) if home.status else _invitation(program, _style(home))
    return [*own, *waiting_parts(home.calls, SHOWN_ON_HOME), *_settings_row(home, line())]


def _dashboard(home: Home, lead: LeadView, program: Program) -> list[Part | None]:
    """What a lead sees: what waits for them, how the program stands, what they can do, and themselves last."""
    stands = lead.stands
    return [
        heading(program.name),
        note(phase_words(stands.phase)),
        *_checkins(home),
        *_asks(home),
        *waiting_parts(home.calls, SHOWN_ON_HOME),
        *home_parts(stands, more=bool(home.checkins or home.asks or home.calls)),
        heading("What you can do"),
        say(_who_and_what(stands.figures)),
        *_lead_rows(lead),
        *_settings_row(home),
        line(),
        *_lead_themselves(home),
    ]


def _lead_themselves(home: Home) -> list[Part | None]:
    if home.status:
        return own_parts(home.status, home.place, home.ways, _style(home))
    join = button("Join the program", Action.JOIN)
    return [beside("You lead the program and do not take part yourself.", join)]


def _style(home: Home) -> str | None:
    """How their own first button looks: pairs that wait for a lead come before it, and one button stands out."""
    return None if home.lead and home.lead.stands.figures.waiting else "primary"


def _invitation(program: Program, style: str | None) -> list[Part | None]:
    return [
        say(
            f"*{escape(program.name, PROGRAM_MAX)}*\n{WHAT_IT_IS}",
            SHORT,
        ),
        buttons(button("Join the program", Action.JOIN, style=style)),
    ]


def _member(home: Home, status: Status) -> list[Part | None]:
    return [*_checkins(home), *_asks(home), *own_parts(status, home.place, home.ways, _style(home))]


def _checkins(home: Home) -> list[Part | None]:
    if not home.checkins:
        return []
    asked = questions_parts(home.checkins, home=True)
    return [heading("Your check-in"), *asked, line()]


def _asks(home: Home) -> list[Part | None]:
    return [heading("A question for you"), *waiting_parts_of_asks(home.asks), line()] if home.asks else []


def _settings_row(home: Home, *above: Part) -> list[Part | None]:
    return [*above, *_row("Rules and settings", *_settings())] if home.may_set_up else []


def _settings() -> tuple[ButtonElement, ButtonElement]:
    return button("Rules and weights", Action.RULES), button("Settings", Action.SETUP)


def _row(label: str, *elements: ButtonElement | None) -> list[Part]:
    """Those buttons that there are, under a word on what they are for."""
    present = [element for element in elements if element]
    return [note(label), buttons(*present)] if present else []


def _who_and_what(figures: Figures) -> str:
    """What stands in no row: who takes part, and which pairs have only to be introduced."""
    people = f"{count(figures.members, 'person takes', 'people take')} part."
    if not figures.approved:
        return people
    return f"{people} {count(figures.approved, 'pair is', 'pairs are')} approved and not yet introduced."


def _lead_rows(lead: LeadView) -> list[Part]:
    """What leads do, in the order in which a cycle needs it; only what there is something to do with."""
    figures = lead.stands.figures
    return [
        *_row(
            "Decide and check",
            _review(figures),
            button("Without a partner", Action.UNMATCHED) if figures.cycle else None,
            button("Before the run", Action.READY),
        ),
        *_row(
            "Find and introduce pairs",
            button("Look for pairs", Action.MATCH),
            _introduce(figures, lead.unanswered),
        ),
        *_row(
            "People",
            button("Invite people", Action.INVITE),
            button(f"Compare with {lead.source.value} ({lead.differences})", Action.HR_DIFFERENCES)
            if lead.differences
            else None,
            button("Pair two people", Action.PAIR_FORM),
        ),
        *_row("Look ahead", button("Rehearse", Action.REHEARSE), button("Meeting guides", Action.GUIDES)),
    ]


def _review(figures: Figures) -> ButtonElement | None:
    """Where pairs wait for a decision, the row about that has this button."""
    return button("Review pairs", Action.REVIEW) if figures.approved and not figures.waiting else None


def _introduce(figures: Figures, unanswered: int) -> ButtonElement | None:
    ready = figures.approved - unanswered
    if not ready:
        return None
    sure = confirmation(
        "Introduce now?",
        f"{count(ready, 'approved pair gets', 'approved pairs get')} their introduction right away.",
        "Introduce",
    )
    return button("Introduce approved pairs", Action.INTRODUCE, confirm=sure)
