"""The two large forms as they were filled in."""

from __future__ import annotations

from handlers.ids import ProfileField, RuleOption, SetupField, row_id
from handlers.payloads import Answers
from mentoring.people import ProfileDraft
from mentoring.programs import ProgramDraft


def profile_draft(answers: Answers) -> ProfileDraft:
    """The profile form as it was filled in."""
    empty, level = ProfileDraft(), answers.one(ProfileField.LEVEL)
    return ProfileDraft(
        role=answers.one(ProfileField.ROLE),
        shares=answers.many(ProfileField.SHARES),
        wants=answers.many(ProfileField.WANTS),
        level=row_id(level) if level else None,
        department=answers.one(ProfileField.DEPARTMENT),
        languages=answers.many(ProfileField.LANGUAGES),
        starts=answers.one(ProfileField.STARTS, empty.starts),
        ends=answers.one(ProfileField.ENDS, empty.ends),
        manager_id=answers.one(ProfileField.MANAGER_ID) or None,
        avoid=answers.many(ProfileField.AVOID),
        mentor_capacity=answers.one(ProfileField.MENTOR_CAPACITY, "1"),
        mentee_capacity=answers.one(ProfileField.MENTEE_CAPACITY, "1"),
        working_days=answers.checked(ProfileField.WORKING_DAYS),
    )


def program_draft(answers: Answers) -> ProgramDraft:
    """The settings form as it was filled in."""
    empty, rules = ProgramDraft(), answers.many(SetupField.RULES)
    return ProgramDraft(
        name=answers.one(SetupField.NAME),
        leads=answers.many(SetupField.LEADS),
        leads_channel=answers.one(SetupField.LEADS_CHANNEL),
        time_zone=answers.one(SetupField.TIME_ZONE),
        cycle_weeks=answers.one(SetupField.CYCLE_WEEKS, str(empty.cycle_weeks)),
        first_start=answers.one(SetupField.FIRST_START),
        intro_weekday=answers.one(SetupField.INTRO_WEEKDAY),
        intro_time=answers.one(SetupField.INTRO_TIME),
        checkin_weekday=answers.one(SetupField.CHECKIN_WEEKDAY),
        checkin_time=answers.one(SetupField.CHECKIN_TIME),
        proposal_days=answers.one(SetupField.PROPOSAL_DAYS),
        working_days=answers.checked(SetupField.WORKING_DAYS),
        min_gap=answers.one(SetupField.MIN_GAP),
        other_department_only=RuleOption.OTHER_DEPARTMENT_ONLY in rules,
        guests_allowed=RuleOption.GUESTS_ALLOWED in rules,
        meetings=_asked(answers, SetupField.MEETINGS),
        rhythm=_asked(answers, SetupField.RHYTHM),
    )


def _asked(answers: Answers, field: str) -> str | None:
    """The answer to a field; None where the form, as those of older versions, has none."""
    return answers.one(field) if field in answers.values else None
