"""Joining and changing one's profile: the form, its type-ahead fields, and saving it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from handlers import choices, home, profile_shape, words
from handlers.hearing import Hearing
from handlers.ids import Action, Callback, ProfileField, Word
from handlers.metadata import JoinsBy, OfProfile
from handlers.replying import Asked, remembered, update_modal
from handlers.views.hr import about_hr
from handlers.views.options import OPTIONS_MAX, name_options, skill_options
from handlers.wording import saved_profile, too_many_skills
from mentoring.errors import Invalid
from mentoring.labels import LONGEST
from mentoring.people import Person
from program import experiences, profiles, programs
from program.forms import ProfileForm

_ANOTHER = "Experiences are for one cycle, and the next is cycle {} by now. Save again if you agree."


def register(on: Hearing) -> None:
    """Listen for the Join button, the form and its type-ahead fields."""
    on.action(Action.JOIN, join)
    on.action(ProfileField.ROLE, reshape)
    on.action(Action.PROFILE_DETAILS, details)
    on.action(Action.EXPERIENCES_BACK, experiences_back)
    on.view(Callback.PROFILE, save)
    on.options(ProfileField.SHARES, skills)
    on.options(ProfileField.WANTS, skills)
    on.options(ProfileField.LANGUAGES, languages)


def typed_share(asked: Asked) -> None:
    """`share video editing, AI tools`: open the form with these skills to share filled in."""
    _typed_skills(asked, _Typed(shares=words.listed(asked.rest)))


def typed_learn(asked: Asked) -> None:
    """`learn negotiation`: open the form with these skills to learn filled in."""
    _typed_skills(asked, _Typed(wants=words.listed(asked.rest)))


def join(asked: Asked) -> None:
    """Open the form, with the skills that were typed before the button for it was shown."""
    line = words.read(asked.act.value, (Word.SHARE, Word.LEARN))
    listed = words.listed(line.rest)
    typed: dict[str, _Typed] = {Word.SHARE: _Typed(shares=listed), Word.LEARN: _Typed(wants=listed)}
    form = _known(asked, typed.get(line.word, _Typed()))
    asked.open(_modal(asked, form if _fits(form) else _known(asked, _Typed())))


def reshape(asked: Asked) -> None:
    """Show what another role asks for; what was typed stays, also where it is hidden."""
    _show(asked, _carried(asked))


def details(asked: Asked) -> None:
    """Open the details in the same window."""
    _show(asked, replace(_carried(asked), details=True))


def _show(asked: Asked, carries: OfProfile) -> None:
    # Before it is acknowledged: until then Slack shows that something is at work, and nobody fills in what is about to
    # go. Where it fails or is late, the form stays as it is, and saving it asks for what is missing.
    update_modal(asked.client, asked.act.view_id, profile_shape.reshaped(_typed(asked), carries))


def save(asked: Asked) -> None:
    """Store the form. A word that became another one is told, and so is a pause; otherwise the form just closes."""
    form, carried = _typed(asked), _carried(asked)
    if profile_shape.is_of_another_cycle(form, carried):
        again = _ANOTHER.format(form.cycle_number)
        view = profile_shape.reshaped(form, replace(carried, details=True), [again])
        asked.ack(response_action="update", view=view)
        return
    try:
        who = _who(asked, form)
        saved = profiles.save(asked.ctx, asked.workspace, who, form.draft, carried.invitation_id)
    except Invalid as wrong:
        if asked.act.view is None or wrong.fields.keys() <= {*asked.act.view.fields}:
            raise
        asked.ack(response_action="update", view=profile_shape.with_trouble(form, carried, wrong))
        return
    if saved.merged or saved.still_paused or saved.undecided or saved.stays:
        leads = programs.leads_now(*asked.by)
        paused = saved.member if saved.still_paused else None
        told = saved_profile(
            saved.merged, leads, paused, about_hr(saved.undecided, saved.stays, saved.from_slack)
        )
        asked.ack(response_action="update", view=remembered(told, asked.act))
    else:
        asked.ack()
    home.refresh(asked)


def experiences_back(asked: Asked) -> None:
    """Take back all experiences that somebody named."""
    experiences.take_back(*asked.by)
    home.refresh(asked)


def skills(asked: Asked) -> None:
    """Offer the program's skills that fit what was typed, the person's own, and the typed word itself."""
    typed = asked.act.value[:LONGEST]
    asked.ack(skill_options(profiles.suggest(asked.ctx, asked.workspace, typed, asked.person_id), typed))


def languages(asked: Asked) -> None:
    """Offer languages that fit what was typed."""
    asked.ack(name_options(choices.languages(asked.act.value)))


def _who(asked: Asked, form: ProfileForm) -> Person:
    """Who saves. Slack is asked, and may not say, only where somebody joins: members are known."""
    directory = asked.services.directory
    known = directory.known(asked.person_id) if form.enrolled else None
    return known or directory.person(asked.person_id)


@dataclass(frozen=True, slots=True)
class _Typed:
    """Skills that were typed behind a word."""

    shares: Sequence[str] = ()
    wants: Sequence[str] = ()


def _typed_skills(asked: Asked, typed: _Typed) -> None:
    form = _known(asked, typed)
    if _fits(form):
        asked.open(_modal(asked, form))
        return
    on_file = form.on_file
    skills = on_file.shares if typed.shares else on_file.wants
    asked.say(too_many_skills([*typed.shares, *typed.wants], len(skills)))


def _fits(form: ProfileForm) -> bool:
    return max(len(form.draft.shares), len(form.draft.wants)) <= OPTIONS_MAX


def _modal(asked: Asked, form: ProfileForm) -> dict[str, Any]:
    """The form as it opens."""
    invitation = asked.act.row_id if asked.act.in_message else 0
    carries = OfProfile(invitation_id=invitation, from_home=asked.act.from_home)
    return profile_shape.reshaped(form, carries)


def _carried(asked: Asked) -> OfProfile:
    """What the open form carries; older versions wrote less."""
    carried = asked.act.carried
    if isinstance(carried, OfProfile):
        return carried
    invitation = carried.invitation_id if isinstance(carried, JoinsBy) else 0
    # A form of an older version shows everything there was.
    return OfProfile(details=True, invitation_id=invitation, from_home=asked.act.from_home)


def _typed(asked: Asked) -> ProfileForm:
    """The form with everything that was typed so far, shown or hidden."""
    return profile_shape.with_answers(_known(asked, _Typed()), _carried(asked), asked.act.answers)


def _known(asked: Asked, typed: _Typed) -> ProfileForm:
    # The form needs nothing of the directory but the id, so Slack is not asked before the trigger runs out.
    person = Person(asked.person_id, name=asked.person_id)
    return profiles.form(asked.ctx, asked.workspace, person, typed.shares, typed.wants)
