"""The profile form between two looks at it: nothing that was typed is lost, whatever the role asks for and hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handlers import drafts
from handlers.ids import ProfileField
from handlers.metadata import OfProfile, written
from handlers.payloads import Answers
from handlers.views.profile import profile_modal, shown_fields
from mentoring.errors import Invalid
from program.forms import ProfileForm

CARRIED_MAX = 2900
"""A view's `private_metadata` holds 3,000 characters (https://docs.slack.dev/reference/views/modal-views)."""


def with_answers(known: ProfileForm, carried: OfProfile, answers: Answers) -> ProfileForm:
    """The form with everything that was typed so far, shown or hidden, over what is known."""
    draft = drafts.with_typed(known.draft, carried.typed)
    return replace(known, draft=drafts.profile_draft(answers, draft), known=known.on_file)


def reshaped(form: ProfileForm, carries: OfProfile, trouble: Sequence[str] = ()) -> dict[str, Any]:
    """The form for its role. It carries what it does not show; what would be too long for that is shown after all."""
    carries = replace(carries, cycle=form.cycle_number)
    shown = shown_fields(form, carries.details)
    typed = drafts.typed_beyond(form.on_file, form.draft)
    hidden = {name: value for name, value in typed.items() if name not in shown}
    beside = set[ProfileField]()
    while len(written(replace(carries, typed=hidden))) > CARRIED_MAX:
        longest = max(hidden, key=lambda name: len(str(hidden[name])))
        beside.add(ProfileField(longest))
        del hidden[longest]
    return profile_modal(form, replace(carries, typed=hidden), beside, trouble)


def with_trouble(form: ProfileForm, carried: OfProfile, wrong: Invalid) -> dict[str, Any]:
    """The form with the questions in it that keep it from being saved, and why."""
    minimum = shown_fields(form, details=False)
    carries = replace(carried, details=carried.details or not wrong.fields.keys() <= minimum)
    return reshaped(form, carries, list(wrong.fields.values()))


def is_of_another_cycle(form: ProfileForm, carried: OfProfile) -> bool:
    """Whether experiences were chosen for a cycle that is not the next one any more: consent is for one."""
    draft, before = form.draft, form.on_file
    chosen = any(
        tuple(getattr(draft, name) or ()) != tuple(getattr(before, name) or ()) for name in ("opens", "asks")
    )
    return chosen and carried.cycle not in (0, form.cycle_number)
