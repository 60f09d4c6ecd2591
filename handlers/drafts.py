"""The two large forms as they were filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.ids import ProfileField, RuleOption, SetupField, row_id
from handlers.payloads import Answers
from handlers.views.profile_fields import NOT_SURE
from mentoring.people import ProfileDraft
from mentoring.programs import ProgramDraft


def profile_draft(answers: Answers, on_file: ProfileDraft | None = None) -> ProfileDraft:
    """The profile form as it was filled in; what it does not show stays as it is `on_file`."""
    kept = ProfileDraft() if on_file is None else on_file
    given: dict[str, Any] = {
        str(name): answers.many(name) if name in _LISTS else answers.one(name)
        for name in ProfileField
        if name not in _BOXES and isinstance(answers.values.get(name), Mapping)
    }
    given |= {str(name): found for name in _BOXES if (found := answers.checked(name)) is not None}
    if ProfileField.LEVEL in given:
        given[ProfileField.LEVEL] = _level(given[ProfileField.LEVEL])
    if ProfileField.MANAGER_ID in given:
        given[ProfileField.MANAGER_ID] = given[ProfileField.MANAGER_ID] or None
    return replace(kept, **given)


def _level(text: str) -> int | None:
    return None if text in ("", NOT_SURE) else row_id(text)


_LISTS = frozenset({ProfileField.SHARES, ProfileField.WANTS, ProfileField.LANGUAGES, ProfileField.AVOID})
_BOXES = (ProfileField.WORKING_DAYS, ProfileField.OPENS, ProfileField.ASKS)
_NUMBERS = frozenset({ProfileField.LEVEL})


def with_typed(draft: ProfileDraft, typed: Mapping[str, Any]) -> ProfileDraft:
    """A draft with what was typed into fields that the form does not show now, as the form carried it."""
    known = {name: _restored(name, typed[name]) for name in ProfileField if name in typed}
    return replace(draft, **{str(name): value for name, value in known.items()})


def _restored(name: ProfileField, value: Any) -> Any:
    if name in (*_LISTS, *_BOXES):
        return tuple(map(str, value)) if isinstance(value, list) else ()
    if name in _NUMBERS:
        return value if isinstance(value, int) else None
    return str(value) if value else None if name == ProfileField.MANAGER_ID else ""


def typed_beyond(on_file: ProfileDraft, draft: ProfileDraft) -> dict[str, Any]:
    """What was typed and is not on file, by field, as JSON has it."""
    both = ((name, getattr(draft, name), getattr(on_file, name)) for name in ProfileField)
    return {
        str(name): _plain(name, one) for name, one, known in both if _plain(name, one) != _plain(name, known)
    }


def _plain(name: ProfileField, value: Any) -> Any:
    """A field's value as JSON has it; every number but a level is the text of it."""
    if isinstance(value, list | tuple):
        return list(map(str, value))
    return value if value is None or name in _NUMBERS else str(value)


def program_draft(answers: Answers) -> ProgramDraft:
    """The settings form as it was filled in."""
    empty, rules = ProgramDraft(), answers.many(SetupField.RULES)
    switches: dict[str, Any] = {option.value: option in rules for option in RuleOption}
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
        meetings=_asked(answers, SetupField.MEETINGS),
        rhythm=_asked(answers, SetupField.RHYTHM),
        **switches,
    )


def _asked(answers: Answers, field: str) -> str | None:
    """The answer to a field; None where the form, as those of older versions, has none."""
    return answers.one(field) if field in answers.values else None
