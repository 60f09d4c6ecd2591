"""The profile form: ten seconds for the minimum, and everything that makes a better match below it."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock, RadioButtonsElement, UserSelectElement

from handlers.ids import Callback, ProfileField
from handlers.views.inputs import choice, clock, days, field, modal, people, search_many, text_input
from handlers.views.options import fixed
from handlers.views.parts import PROGRAM_MAX, heading, note
from handlers.views.text import escape, plain
from mentoring.hr import same
from mentoring.own_words import SEVERAL
from mentoring.people import MAX_AVOID, MAX_CAPACITY, MAX_NAME, MAX_TOGETHER, TOGETHER, ProfileDraft, Role
from program.forms import ProfileForm

_ROLES = [
    fixed("Share what I know, as a mentor", Role.SHARE),
    fixed("Learn from others, as a mentee", Role.LEARN),
    fixed("Both", Role.BOTH),
]
_CAPACITIES = [fixed("1 person", "1")] + [fixed(f"{n} people", str(n)) for n in range(2, MAX_CAPACITY + 1)]
_MENTORS = _CAPACITIES + [
    fixed(f"{n} people together, in one conversation", f"{n}{TOGETHER}") for n in range(2, MAX_TOGETHER + 1)
]
_OWN_WORDS = (
    "A word of your own is offered to others, without your name, "
    f"once {SEVERAL} people use it or a lead takes it in."
)

_HOURS_SEEN = (
    "In your own time zone. Your partner sees only the hours you share; the program's leads see how many."
)
_CAPACITY_SEEN = (
    "At the same time. Nobody sees the number; the program's leads may read that you have no room left."
)
_TOGETHER_SEEN = (
    "Together means one conversation with everybody who teaches you. "
    "The program's leads and these mentors see that you chose it."
)


_FROM_HR = "From your HR records; tell a lead if it is wrong. "
_HR_DIFFERS = "Your HR records say “{value}”; a lead decides which counts. "


def profile_modal(form: ProfileForm) -> dict[str, Any]:
    """The form of one person, filled in with what is known."""
    blocks = [
        *_minimum(form),
        DividerBlock(),
        heading("For a better match").block,
        *_about(form),
        *_hours(form),
        *_capacities(form.draft),
        *_private(form),
    ]
    submit = "Save" if form.enrolled else "Join"
    return modal(Callback.PROFILE, "Your mentoring profile", blocks, submit)


def _minimum(form: ProfileForm) -> list[Block]:
    name = escape(form.program.name, PROGRAM_MAX)
    return [
        note(
            f"For *{name}*. Under each question you can read who sees your answer.",
            "What the program's leads see, others in their private channel may see too.",
            "Where several mentors teach one person together, "
            "they also see each other's skills and the hours that all share.",
        ).block,
        _role(form.draft),
        *_skills(form.draft),
        _level(form),
    ]


def _role(draft: ProfileDraft) -> Block:
    chosen = next((one for one in _ROLES if one["value"] == draft.role), None)
    return field(
        "What would you like to do?",
        RadioButtonsElement(action_id=ProfileField.ROLE, options=_ROLES, initial_option=chosen),
        "A mentor is earlier in their career than the mentee they teach. "
        "The program's leads and your partner see this.",
    )


def _skills(draft: ProfileDraft) -> list[Block]:
    own_words = "Type to search; your own words are welcome"
    return [
        field(
            "Skills I can share",
            search_many(ProfileField.SHARES, draft.shares, own_words),
            f"Needed if you share. The program's leads and your partner see this. {_OWN_WORDS}",
            optional=True,
        ),
        field(
            "Skills I want to learn, most wanted first",
            search_many(ProfileField.WANTS, draft.wants, own_words),
            "Needed if you learn. The order in which you choose is your ranking. "
            f"The program's leads and your partner see this. {_OWN_WORDS}",
            optional=True,
        ),
    ]


def _level(form: ProfileForm) -> Block:
    ladder = [fixed(name, str(level)) for level, name in enumerate(form.program.ladder, 1)]
    return field(
        "My level",
        choice(ProfileField.LEVEL, ladder, form.draft.level, "Choose your level"),
        f"{_hr(form, ProfileField.LEVEL)}Without a level the leads cannot pair you yet. Your age is never asked. "
        "The program's leads see this; your partner sees how far apart you are.",
        optional=True,
    )


def _about(form: ProfileForm) -> list[Block]:
    draft, seen = form.draft, "The program's leads see this; your partner sees whether you share it."
    needed = "This program pairs people from different departments, so it needs yours. "
    return [
        field(
            "My department",
            text_input(ProfileField.DEPARTMENT, draft.department, MAX_NAME),
            f"{_hr(form, ProfileField.DEPARTMENT)}{needed if form.program.rules.other_department_only else ''}{seen}",
            optional=True,
        ),
        field(
            "Languages I am glad to talk in",
            search_many(ProfileField.LANGUAGES, draft.languages, "Type to search"),
            "You are only paired with people who share one. The program's leads see only whether two people do.",
        ),
    ]


def _hours(form: ProfileForm) -> list[Block]:
    draft, usual = form.draft, form.program.calendar.working_days
    return [
        field(
            "My working day starts",
            clock(ProfileField.STARTS, draft.starts),
            _HOURS_SEEN,
        ),
        field(
            "My working day ends",
            clock(ProfileField.ENDS, draft.ends),
            f"A night shift ends on the next day. {_HOURS_SEEN}",
        ),
        field(
            "My working days",
            days(ProfileField.WORKING_DAYS, usual if draft.working_days is None else draft.working_days),
            "What I begin is meant to reach you on these days, in your working hours. Nobody sees them.",
        ),
    ]


def _capacities(draft: ProfileDraft) -> list[Block]:
    return [
        field(
            "How many people I would teach at most",
            choice(ProfileField.MENTOR_CAPACITY, _CAPACITIES, draft.mentor_capacity, "Choose a number"),
            _CAPACITY_SEEN,
        ),
        field(
            "How many people I would learn from at most",
            choice(ProfileField.MENTEE_CAPACITY, _MENTORS, draft.mentee_capacity, "Choose a number"),
            f"{_CAPACITY_SEEN} {_TOGETHER_SEEN}",
        ),
    ]


def _hr(form: ProfileForm, name: str) -> str:
    """Where a value comes from, if HR has a say in it: it counts, or it differs."""
    if name in form.from_hr:
        return _FROM_HR
    hr, shown = form.hr_says.get(name, ""), _shown(form, name)
    return _HR_DIFFERS.format(value=plain(hr)[:MAX_NAME]) if hr and not same(hr, shown) else ""


def _shown(form: ProfileForm, name: str) -> str:
    level = form.draft.level
    if name == ProfileField.LEVEL:
        on_ladder = level is not None and 1 <= level <= len(form.program.ladder)
        return form.program.ladder[level - 1] if level is not None and on_ladder else ""
    return form.draft.department


def _private(form: ProfileForm) -> list[Block]:
    draft = form.draft
    manager = UserSelectElement(
        action_id=ProfileField.MANAGER_ID,
        initial_user=draft.manager_id or None,
        placeholder="Choose a person",
    )
    return [
        field(
            "My manager",
            manager,
            f"{_hr(form, ProfileField.MANAGER_ID)}Only used so that you are not paired inside your own reporting line. "
            "Nobody sees it.",
            optional=True,
        ),
        field(
            "People I would rather not be paired with",
            people(ProfileField.AVOID, draft.avoid, "Choose people", MAX_AVOID),
            "Private. Only the matching uses this; nobody sees it.",
            optional=True,
        ),
    ]
