"""The fields of the profile form, one by one: what each asks, what stands in it, and who sees the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from slack_sdk.models.blocks import (
    InputBlock,
    Option,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement

from handlers.ids import ProfileField
from handlers.views.inputs import choice, clock, days, field, people, search_many, text_input
from handlers.views.options import fixed, option
from handlers.views.text import plain
from mentoring.experiences import MOST_ASKED, MOST_OPEN
from mentoring.hr import same
from mentoring.own_words import SEVERAL
from mentoring.people import MAX_AVOID, MAX_CAPACITY, MAX_NAME, MAX_TOGETHER, TOGETHER, Role
from program.forms import ProfileForm

NOT_SURE = "not-sure"
"""Chosen by whoever does not know their level; the leads then hold them."""

_ROLES = [
    fixed("Share what I know, as a mentor", Role.SHARE),
    fixed("Learn from others, as a mentee", Role.LEARN),
    fixed("Both", Role.BOTH),
]
_CAPACITIES = [fixed("1 person", "1")] + [fixed(f"{n} people", str(n)) for n in range(2, MAX_CAPACITY + 1)]
_MENTORS = _CAPACITIES + [
    fixed(f"{n} people together, in one conversation", f"{n}{TOGETHER}") for n in range(2, MAX_TOGETHER + 1)
]
_SEARCH = "Type to search; your own words are welcome"
_OWN_WORDS = (
    "A word of your own is offered to others, without your name, "
    f"once {SEVERAL} people use it or a lead takes it in."
)
_NUMBER_SEEN = "Nobody sees the number; the program's leads may read that you have no room left."
_FROM_HR = "From your HR records; tell a lead if it is wrong. "
_FROM_SLACK = "From your Slack profile; tell a lead if it is wrong. "
_SLACK_DIFFERS = "Your Slack profile says “{value}”; a lead decides which counts. "
_HR_DIFFERS = "Your HR records say “{value}”; a lead decides which counts. "
_KEPT = "Your role has no use for this; it is only here so that nothing you typed is lost."


def _role(form: ProfileForm) -> InputBlock:
    chosen = next((one for one in _ROLES if one["value"] == form.draft.role), None)
    return field(
        "What would you like to do?",
        RadioButtonsElement(action_id=ProfileField.ROLE, options=_ROLES, initial_option=chosen),
        "A mentor is earlier in their career than the mentee they teach.",
        tells=True,
    )


def _shares(form: ProfileForm) -> InputBlock:
    return field(
        "Skills I can share",
        search_many(ProfileField.SHARES, form.draft.shares, _SEARCH),
        _OWN_WORDS,
    )


def _wants(form: ProfileForm) -> InputBlock:
    order = "The order in which you choose is your ranking."
    return field(
        "Skills I want to learn, most wanted first",
        search_many(ProfileField.WANTS, form.draft.wants, _SEARCH),
        order if form.draft.role == Role.BOTH else f"{order} {_OWN_WORDS}",
    )


def _level(form: ProfileForm) -> InputBlock:
    ladder = [fixed(name, str(level)) for level, name in enumerate(form.program.ladder[:_LEVELS], 1)]
    unsure = fixed("I am not sure", NOT_SURE)
    return field(
        "My level",
        choice(ProfileField.LEVEL, [*ladder, unsure], form.draft.level, "Choose your level"),
        f"{_hr(form, ProfileField.LEVEL)}Without one the leads cannot pair you yet. Your age is never asked. "
        "The program's leads see this; your partner sees how far apart you are.",
    )


_LEVELS = 99
"""A menu takes 100 choices, and one of them is not to be sure."""


def _department(form: ProfileForm) -> InputBlock:
    needed = needs_department(form)
    why = "This program pairs people from different departments, so it needs yours. " if needed else ""
    return field(
        "My department",
        text_input(ProfileField.DEPARTMENT, form.draft.department, MAX_NAME),
        f"{_hr(form, ProfileField.DEPARTMENT)}{why}"
        "The program's leads see this; your partner sees whether you share it.",
        optional=not needed,
    )


def needs_department(form: ProfileForm) -> bool:
    """Whether nobody can be paired here without one."""
    return form.program.rules.other_department_only


def _languages(form: ProfileForm) -> InputBlock:
    return field(
        "Languages I am glad to talk in",
        search_many(ProfileField.LANGUAGES, form.draft.languages, "Type to search"),
        "You are only paired with people who share one. The program's leads see only whether two people do.",
    )


def _starts(form: ProfileForm) -> InputBlock:
    return field(
        "My working day starts",
        clock(ProfileField.STARTS, form.draft.starts),
        "In your own time zone. Your partner sees only the hours you share; the program's leads see how many.",
    )


def _ends(form: ProfileForm) -> InputBlock:
    return field(
        "My working day ends",
        clock(ProfileField.ENDS, form.draft.ends),
        "A night shift ends on the next day. Who sees it is as for the start.",
    )


def _working_days(form: ProfileForm) -> InputBlock:
    chosen, usual = form.draft.working_days, form.program.calendar.working_days
    return field(
        "My working days",
        days(ProfileField.WORKING_DAYS, usual if chosen is None else chosen),
        "What I begin is meant to reach you on these days, in your working hours. Nobody sees them.",
    )


def _mentor_capacity(form: ProfileForm) -> InputBlock:
    return field(
        "How many people I would teach at most",
        choice(ProfileField.MENTOR_CAPACITY, _CAPACITIES, form.draft.mentor_capacity, "Choose a number"),
        f"At the same time. {_NUMBER_SEEN} Where several mentors teach one person together, "
        "they also see each other's skills and the hours that all share.",
    )


def _mentee_capacity(form: ProfileForm) -> InputBlock:
    seen = "" if form.draft.role == Role.BOTH else f" {_NUMBER_SEEN}"
    return field(
        "How many people I would learn from at most",
        choice(ProfileField.MENTEE_CAPACITY, _MENTORS, form.draft.mentee_capacity, "Choose a number"),
        f"At the same time.{seen} Together means one conversation with everybody who teaches you. "
        "The program's leads and these mentors see that you chose it.",
    )


def _opens(form: ProfileForm) -> InputBlock:
    return field(
        f"Experiences I am glad to talk about in cycle {form.cycle_number}",
        _topics(ProfileField.OPENS, form, form.draft.opens or (), MOST_OPEN),
        f"Yours to give, at most {MOST_OPEN}; leaving it empty tells nobody anything. "
        "Choosing one is your consent for this cycle alone, and you can take it back at any time. "
        "It is used for one partner at most, who asked for the same; only that partner then reads it.",
        optional=True,
    )


def _asks(form: ProfileForm) -> InputBlock:
    return field(
        f"Experiences I would like to hear about in cycle {form.cycle_number}",
        _topics(ProfileField.ASKS, form, form.draft.asks or (), MOST_ASKED),
        f"At most {MOST_ASKED}, for this cycle alone. Only a mentor who is glad to talk about the same, "
        "and becomes your partner, reads it.",
        optional=True,
    )


def _topics(
    name: ProfileField, form: ProfileForm, chosen: Sequence[str], most: int
) -> InputInteractiveElement:
    def choices(topics: Sequence[str]) -> list[Option]:
        return [option(topic) for topic in topics]

    on = [topic for topic in form.experiences if topic in chosen]
    return StaticMultiSelectElement(
        action_id=name,
        options=choices(form.experiences),
        initial_options=choices(on[:most]) or None,
        placeholder="None this time",
        max_selected_items=most,
    )


def _manager(form: ProfileForm) -> InputBlock:
    return field(
        "My manager",
        UserSelectElement(
            action_id=ProfileField.MANAGER_ID,
            initial_user=form.draft.manager_id or None,
            placeholder="Choose a person",
        ),
        f"{_hr(form, ProfileField.MANAGER_ID)}Only used so that you are not paired inside your own reporting line. "
        "Nobody sees it.",
        optional=True,
    )


def _avoid(form: ProfileForm) -> InputBlock:
    return field(
        "People I would rather not be paired with",
        people(ProfileField.AVOID, form.draft.avoid, "Choose people", MAX_AVOID),
        "Private. Only the matching uses this; nobody sees it.",
        optional=True,
    )


def _hr(form: ProfileForm, name: str) -> str:
    """Where a value comes from, if HR has a say in it: it counts, or it differs."""
    slack = name in form.from_slack
    if name in form.from_hr:
        return _FROM_SLACK if slack else _FROM_HR
    hr, shown = form.hr_says.get(name, ""), _shown(form, name)
    differs = _SLACK_DIFFERS if slack else _HR_DIFFERS
    return differs.format(value=plain(hr)[:MAX_NAME]) if hr and not same(hr, shown) else ""


def _shown(form: ProfileForm, name: str) -> str:
    return level_name(form) if name == ProfileField.LEVEL else form.draft.department


def level_name(form: ProfileForm) -> str:
    """The level in the ladder's word, empty where there is none or none of this ladder."""
    level = form.draft.level
    on_ladder = level is not None and 1 <= level <= len(form.program.ladder)
    return form.program.ladder[level - 1] if level is not None and on_ladder else ""


_FIELDS: Mapping[ProfileField, Callable[[ProfileForm], InputBlock]] = {
    ProfileField.ROLE: _role,
    ProfileField.SHARES: _shares,
    ProfileField.WANTS: _wants,
    ProfileField.LEVEL: _level,
    ProfileField.DEPARTMENT: _department,
    ProfileField.LANGUAGES: _languages,
    ProfileField.STARTS: _starts,
    ProfileField.ENDS: _ends,
    ProfileField.WORKING_DAYS: _working_days,
    ProfileField.MENTOR_CAPACITY: _mentor_capacity,
    ProfileField.MENTEE_CAPACITY: _mentee_capacity,
    ProfileField.OPENS: _opens,
    ProfileField.ASKS: _asks,
    ProfileField.MANAGER_ID: _manager,
    ProfileField.AVOID: _avoid,
}


def profile_field(name: ProfileField, form: ProfileForm) -> InputBlock:
    """One field of the form, with what stands in it."""
    return _FIELDS[name](form)


def kept_field(name: ProfileField, form: ProfileForm) -> InputBlock:
    """A field that only stands there because its answer fits nowhere else: nobody has to fill it in."""
    block = _FIELDS[name](form)
    block.hint, block.optional = PlainTextObject(text=_KEPT), True
    return block
