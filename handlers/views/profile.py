"""The profile form: about four questions for the role at hand, and the rest behind a button in the same window."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from handlers.ids import Action, Callback, ProfileField
from handlers.metadata import OfProfile
from handlers.views.inputs import modal
from handlers.views.parts import PROGRAM_MAX, beside, button, note, say
from handlers.views.profile_fields import kept_field, level_name, needs_department, profile_field
from handlers.views.text import clip, escape, joined, plain
from mentoring.people import Role
from program.forms import ProfileForm

_CLOSED = OfProfile()
_SUMMARY_MAX = 120
_TROUBLE_MAX = 2_000

_MORE = {
    ProfileField.DEPARTMENT: "your department",
    ProfileField.STARTS: "your hours",
    ProfileField.MENTOR_CAPACITY: "how many people",
    ProfileField.MENTEE_CAPACITY: "how many people",
    ProfileField.OPENS: "experiences to talk about",
    ProfileField.ASKS: "experiences to hear about",
    ProfileField.MANAGER_ID: "your manager",
    ProfileField.AVOID: "people you would rather not be paired with",
}


def profile_modal(
    form: ProfileForm,
    carries: OfProfile = _CLOSED,
    beside_it: Collection[ProfileField] = (),
    trouble: Sequence[str] = (),
) -> dict[str, Any]:
    """The form of one person, filled in with what is known and was typed.

    It carries what was typed into fields that are hidden now; those of `beside_it` are shown instead, because their
    answers are too long for that. `trouble` has a sentence for each thing that keeps it from being saved.
    """
    name = escape(form.program.name, PROGRAM_MAX)
    minimum, more = minimum_fields(form), detail_fields(form)
    blocks: list[Block] = [
        *([say(f"*Not saved yet.* {escape(' '.join(trouble), _TROUBLE_MAX)}").block] if trouble else []),
        note(
            f"For *{name}*. Your role and your skills are seen by the program's leads, by others in their "
            "private channel, and by your partner.",
        ).block,
        *(profile_field(one, form) for one in minimum),
    ]
    if carries.details:
        blocks += [DividerBlock(), *(profile_field(one, form) for one in more)]
    else:
        blocks.append(_closed(form))
    blocks += [kept_field(one, form) for one in ProfileField if one in beside_it]
    return modal(
        Callback.PROFILE, "Your mentoring profile", blocks, "Save" if form.enrolled else "Join", carries
    )


def shown_fields(form: ProfileForm, details: bool) -> frozenset[ProfileField]:
    """What the form asks for this role, with its details or without."""
    return frozenset([*minimum_fields(form), *(detail_fields(form) if details else [])])


def minimum_fields(form: ProfileForm) -> list[ProfileField]:
    """What nobody can be paired without in this role, and nothing that is known already."""
    return [
        ProfileField.ROLE,
        *([ProfileField.SHARES] if _role(form).mentors else []),
        *([ProfileField.WANTS] if _role(form).learns else []),
        *([] if _knows_level(form) else [ProfileField.LEVEL]),
        *([ProfileField.DEPARTMENT] if _asks_department(form) else []),
    ]


def detail_fields(form: ProfileForm) -> list[ProfileField]:
    """Everything else that this role has a use for."""
    role = _role(form)
    return [
        *([ProfileField.LEVEL] if _knows_level(form) else []),
        *([] if _asks_department(form) else [ProfileField.DEPARTMENT]),
        ProfileField.LANGUAGES,
        ProfileField.STARTS,
        ProfileField.ENDS,
        ProfileField.WORKING_DAYS,
        *([ProfileField.MENTOR_CAPACITY] if role.mentors else []),
        *([ProfileField.MENTEE_CAPACITY] if role.learns else []),
        *([ProfileField.OPENS] if role.mentors and form.experiences else []),
        *([ProfileField.ASKS] if role.learns and form.experiences else []),
        ProfileField.MANAGER_ID,
        ProfileField.AVOID,
    ]


def _knows_level(form: ProfileForm) -> bool:
    """Whether a level of this ladder was known before anybody typed: what is typed must not move its field away."""
    level = form.on_file.level
    return level is not None and 1 <= level <= len(form.program.ladder)


def _asks_department(form: ProfileForm) -> bool:
    return needs_department(form) and not form.on_file.department


def _role(form: ProfileForm) -> Role:
    """The role that is chosen; with none, nothing is hidden."""
    return Role(form.draft.role) if form.draft.role in set(Role) else Role.BOTH


def _closed(form: ProfileForm) -> Block:
    """What stands in the details, and the way to them."""
    more = dict.fromkeys(_MORE[one] for one in detail_fields(form) if one in _MORE)
    words = f"*More, if you like:* {joined(list(more))}.\n{_stands(form)}"
    return beside(
        words, button("More details" if form.enrolled else "Add details", Action.PROFILE_DETAILS)
    ).block


def _stands(form: ProfileForm) -> str:
    """What counts while nobody opens the details."""
    draft = form.draft
    level = f"Level: {escape(level_name(form), _SUMMARY_MAX)}. " if _knows_level(form) else ""
    languages = escape(clip(", ".join(map(plain, draft.languages)), _SUMMARY_MAX))
    spoken = f"Languages: {languages}. " if languages else ""
    return f"{level}{spoken}Hours: {escape(draft.starts, 20)} to {escape(draft.ends, 20)}."
