"""The settings form of a program: who leads it, when things happen, and the rules for pairs."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
)

from handlers.ids import Action, Callback, RuleOption, SetupField
from handlers.views.inputs import choice, clock, days, field, modal, number, people, search_one, text_input
from handlers.views.options import fixed
from handlers.views.parts import button, buttons, heading
from handlers.views.text import OPTION_MAX
from mentoring.cadence import WEEKDAYS
from mentoring.people import MAX_NAME
from mentoring.plans import AS_IT_IS, MEETINGS, Rhythm
from mentoring.programs import MAX_LEADS, PROPOSAL_DAYS, ProgramDraft
from mentoring.spelled.offsets import zone_label
from mentoring.working_time import MONDAY_TO_FRIDAY
from program.forms import SetupForm

_DAYS = [fixed(day, str(index)) for index, day in enumerate(WEEKDAYS)]
_RHYTHMS = [fixed(f"{one.words[0].upper()}{one.words[1:]}", one.value) for one in Rhythm]
_RULES = [
    fixed("Only pair people from different departments", RuleOption.OTHER_DEPARTMENT_ONLY),
    fixed("Guests may take part", RuleOption.GUESTS_ALLOWED),
]


def setup_modal(form: SetupForm) -> dict[str, Any]:
    """The settings, filled in with what stands; a running program's form says that its first start stays."""
    draft = form.draft
    blocks = [
        *_people(draft),
        heading("Dates").block,
        *_cycles(form),
        *_weekly(draft),
        heading("Rules for pairs").block,
        *_rules(form),
    ]
    title, submit = ("Program settings", "Save") if form.exists else ("Set up the program", "Set up")
    return modal(Callback.SETUP, title, blocks, submit)


def _people(draft: ProgramDraft) -> list[Block]:
    return [
        field(
            "Name",
            text_input(SetupField.NAME, draft.name, MAX_NAME),
            "Everybody in the program reads this name.",
        ),
        field(
            "Leads",
            people(SetupField.LEADS, draft.leads, "Choose people", MAX_LEADS),
            f"Up to {MAX_LEADS} people who approve pairs and hear when somebody asks for help, "
            "unless it is about a pair of their own.",
        ),
        field(
            "Leads' channel",
            ConversationSelectElement(
                action_id=SetupField.LEADS_CHANNEL,
                initial_conversation=draft.leads_channel or None,
                placeholder="Choose a channel",
                filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
            ),
            "Proposed pairs are posted here, so it must be a private channel of your company alone. "
            "Everybody in it reads them. Invite the app to it first.",
        ),
    ]


def _cycles(form: SetupForm) -> list[Block]:
    draft = form.draft
    return [
        field(
            "Time zone",
            search_one(SetupField.TIME_ZONE, draft.time_zone, "Type a city, like Lisbon", zone_label),
            "The program's dates and introductions follow this time zone.",
        ),
        _first_start(form),
        *_meetings(form),
        field(
            "Days for approval",
            number(SetupField.PROPOSAL_DAYS, draft.proposal_days, PROPOSAL_DAYS),
            "So many days before the introductions, the leads get the proposed pairs. "
            "From a day off this moves to the working day before.",
        ),
    ]


def _meetings(form: SetupForm) -> list[Block]:
    """How many meetings, and how often; a program that was set up in weeks can stay as it is."""
    draft = form.draft
    in_weeks = form.exists and draft.rhythm is None
    stays = [fixed(f"As it is: a cycle of {draft.cycle_weeks} weeks"[:OPTION_MAX], AS_IT_IS)]
    return [
        field(
            "Meetings of a pair",
            number(SetupField.MEETINGS, draft.meetings, MEETINGS),
            "This program was set up in weeks. Leave this empty to keep that."
            if in_weeks
            else "So many in a cycle. Each pair counts its own, like “3 of 6”.",
            optional=in_weeks,
        ),
        field(
            "How often",
            choice(
                SetupField.RHYTHM,
                [*(stays if in_weeks else []), *_RHYTHMS],
                AS_IT_IS if in_weeks else draft.rhythm,
                "Choose a rhythm",
            ),
            "A cycle is as long as its meetings take; after it, new pairs are made. "
            "A change counts from the next cycle.",
        ),
    ]


def _first_start(form: SetupForm) -> Block:
    start = form.draft.first_start
    stays = "This date stays, because pairs have been proposed already."
    return field(
        "First start",
        DatePickerElement(
            action_id=SetupField.FIRST_START,
            initial_date=start if _is_date(start) else None,
            placeholder="Choose a date",
        ),
        stays if form.running else "The first cycle starts on this day, and all later ones count from it.",
    )


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _weekly(draft: ProgramDraft) -> list[Block]:
    working_days = MONDAY_TO_FRIDAY if draft.working_days is None else draft.working_days
    return [
        field(
            "Working days",
            days(SetupField.WORKING_DAYS, working_days),
            "What I begin reaches people on these days, unless their own profile names others.",
        ),
        field(
            "Introductions: day",
            choice(SetupField.INTRO_WEEKDAY, _DAYS, draft.intro_weekday, "Choose a day"),
            "On the first such day of a cycle, approved pairs are introduced, each once both are at work.",
        ),
        field(
            "Introductions: time",
            clock(SetupField.INTRO_TIME, draft.intro_time),
            "In the program's time zone.",
        ),
        field(
            "Check-ins: day",
            choice(SetupField.CHECKIN_WEEKDAY, _DAYS, draft.checkin_weekday, "Choose a day"),
            "On this day of each week, everybody in a pair is asked whether they met.",
        ),
        field(
            "Check-ins: time",
            clock(SetupField.CHECKIN_TIME, draft.checkin_time),
            "In each person's own time zone. Whoever is not at work then is asked as soon as they are.",
        ),
    ]


def _rules(form: SetupForm) -> list[Block]:
    draft = form.draft
    more = buttons(button("Rules and weights", Action.RULES)).block
    chosen = [one for one in _RULES if getattr(draft, one["value"])]
    return [
        field(
            "Levels between mentor and mentee",
            number(SetupField.MIN_GAP, draft.min_gap, range(1, form.levels)),
            "The mentee is at least so many levels above the mentor.",
        ),
        field(
            "More rules",
            CheckboxesElement(action_id=SetupField.RULES, options=_RULES, initial_options=chosen or None),
            "Leave both empty if you are not sure.",
            optional=True,
        ),
        *([more] if form.exists else []),
    ]
