"""Joining and changing one's profile: the form, its type-ahead fields, and saving it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import choices, drafts, home, payloads, words
from handlers.errors import heard
from handlers.ids import Action, Callback, ProfileField, Word
from handlers.payloads import Act, Body
from handlers.replying import Asked, open_form, remembered
from handlers.services import Services
from handlers.views.options import OPTIONS_MAX, name_options, skill_options
from handlers.views.profile import profile_modal
from handlers.wording import saved_profile, too_many_skills
from mentoring.labels import LONGEST
from mentoring.people import Person
from program import profiles, programs
from program.forms import ProfileForm


def register(app: App, services: Services) -> None:
    """Listen for the Join button, the form and its type-ahead fields."""
    app.action(Action.JOIN)(heard(services, join))
    app.view(Callback.PROFILE)(heard(services, save))
    app.options(ProfileField.SHARES)(heard(services, skills))
    app.options(ProfileField.WANTS)(heard(services, skills))
    app.options(ProfileField.LANGUAGES)(heard(services, languages))


def typed_profile(asked: Asked) -> None:
    """`/reverse-mentor`: open the form."""
    asked.open(_form(asked.services, asked.act))


def typed_share(asked: Asked) -> None:
    """`share video editing, AI tools`: open the form with these skills to share filled in."""
    _typed_skills(asked, _Typed(shares=words.listed(asked.rest)))


def typed_learn(asked: Asked) -> None:
    """`learn negotiation`: open the form with these skills to learn filled in."""
    _typed_skills(asked, _Typed(wants=words.listed(asked.rest)))


def join(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Open the form from a button, with the skills that were typed before it was shown."""
    ack()
    act = payloads.act(body)
    line = words.read(act.value, (Word.SHARE, Word.LEARN))
    listed = words.listed(line.rest)
    typed: dict[str, _Typed] = {Word.SHARE: _Typed(shares=listed), Word.LEARN: _Typed(wants=listed)}
    open_form(client, act, _form(services, act, typed.get(line.word)))


def save(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Store the form. A word that became another one is told, and so is a pause; otherwise the form just closes."""
    act = payloads.act(body)
    person = _who(services, act.person_id)
    saved = profiles.save(services.ctx, services.workspace, person, drafts.profile_draft(act.answers))
    if saved.merged or saved.still_paused:
        leads = programs.leads_now(services.ctx, services.workspace)
        paused = saved.member if saved.still_paused else None
        told = saved_profile(saved.merged, leads, paused)
        ack(response_action="update", view=remembered(told, act))
    else:
        ack()
    home.refresh(services, client, act)


def skills(services: Services, ack: Ack, body: Body, _client: WebClient) -> None:
    """Offer the program's skills that fit what was typed, the person's own, and the typed word itself."""
    act = payloads.act(body)
    typed = act.value[:LONGEST]
    ack(skill_options(profiles.suggest(services.ctx, services.workspace, typed, act.person_id), typed))


def languages(_services: Services, ack: Ack, body: Body, _client: WebClient) -> None:
    """Offer languages that fit what was typed."""
    ack(name_options(choices.languages(payloads.act(body).value)))


def _who(services: Services, person_id: str) -> Person:
    """Who saves. Slack is asked, and may not say, only where somebody joins: members are known."""
    known = services.directory.known(person_id)
    if known is not None and profiles.form(services.ctx, services.workspace, known).enrolled:
        return known
    return services.directory.person(person_id)


@dataclass(frozen=True, slots=True)
class _Typed:
    """Skills that were typed behind a word."""

    shares: Sequence[str] = ()
    wants: Sequence[str] = ()


def _typed_skills(asked: Asked, typed: _Typed) -> None:
    form = _known(asked.services, asked.act, typed)
    if _fits(form):
        asked.open(remembered(profile_modal(form), asked.act))
        return
    on_file = _known(asked.services, asked.act, _Typed()).draft
    skills = on_file.shares if typed.shares else on_file.wants
    asked.say(too_many_skills([*typed.shares, *typed.wants], len(skills)))


def _fits(form: ProfileForm) -> bool:
    return max(len(form.draft.shares), len(form.draft.wants)) <= OPTIONS_MAX


def _form(services: Services, act: Act, typed: _Typed | None = None) -> dict[str, Any]:
    """The form, with what was typed if there is room for it."""
    form = _known(services, act, typed or _Typed())
    return remembered(profile_modal(form if _fits(form) else _known(services, act, _Typed())), act)


def _known(services: Services, act: Act, typed: _Typed) -> ProfileForm:
    # The form needs nothing of the directory but the id, so Slack is not asked before the trigger runs out.
    person = Person(act.person_id, name=act.person_id)
    return profiles.form(services.ctx, services.workspace, person, typed.shares, typed.wants)
