"""Leads look at the words for skills, take them in or out, and keep two apart."""

from __future__ import annotations

from dataclasses import replace

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import payloads, words
from handlers.errors import heard
from handlers.ids import Action, Word
from handlers.payloads import Act, Body
from handlers.replying import Asked, privately
from handlers.services import Services
from handlers.views import Rendered
from handlers.views.vocabulary import kept_apart, taken_in, taken_out, word_list
from handlers.wording import stacked
from program import vocabulary


def register(app: App, services: Services) -> None:
    """Listen for the buttons."""
    app.action(Action.KEEP_APART)(heard(services, keep_apart))
    app.action(Action.TAKE_IN)(heard(services, take_in))
    app.action(Action.TAKE_OUT)(heard(services, take_out))


def typed_skills(asked: Asked) -> None:
    """`skills`: the words that people brought, and which count as one skill; `skills take-in Chess` decides."""
    acts = {Word.TAKE_IN: _taken_in, Word.TAKE_OUT: _taken_out, Word.KEEP_APART: _kept}
    line = words.read(asked.rest, acts)
    act = acts.get(Word(line.word)) if line.word in acts else None
    if act and line.rest:
        asked.say(act(asked.services, asked.person_id, line.rest))
    else:
        asked.say(_list(asked.services, asked.person_id))


def typed_keep_apart(asked: Asked) -> None:
    """`keep-apart Javascript`: make a word a skill of its own; without one, show those there are."""
    typed_skills(replace(asked, rest=f"{Word.KEEP_APART} {asked.rest}"))


def typed_take_in(asked: Asked) -> None:
    """`take-in Chess`: offer a word to everybody; without one, show those that wait."""
    typed_skills(replace(asked, rest=f"{Word.TAKE_IN} {asked.rest}"))


def typed_take_out(asked: Asked) -> None:
    """`take-out Chess`: offer a word to nobody; without one, show those that are offered."""
    typed_skills(replace(asked, rest=f"{Word.TAKE_OUT} {asked.rest}"))


def keep_apart(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Make a word a skill of its own from the list, which is then shown anew."""
    ack()
    act = payloads.act(body)
    _show(services, client, act, _kept(services, act.person_id, act.value))


def take_in(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Offer a word to everybody from the list, which is then shown anew."""
    ack()
    act = payloads.act(body)
    _show(services, client, act, _taken_in(services, act.person_id, act.value))


def take_out(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Offer a word to nobody from the list, which is then shown anew."""
    ack()
    act = payloads.act(body)
    _show(services, client, act, _taken_out(services, act.person_id, act.value))


def _show(services: Services, client: WebClient, act: Act, told: Rendered) -> None:
    privately(client, act, stacked(told, _list(services, act.person_id)), replace=True)


def _kept(services: Services, lead_id: str, word: str) -> Rendered:
    return kept_apart(vocabulary.keep_apart(services.ctx, services.workspace, lead_id, word))


def _taken_in(services: Services, lead_id: str, word: str) -> Rendered:
    return taken_in(vocabulary.take_in(services.ctx, services.workspace, lead_id, word))


def _taken_out(services: Services, lead_id: str, word: str) -> Rendered:
    return taken_out(vocabulary.take_out(services.ctx, services.workspace, lead_id, word))


def _list(services: Services, lead_id: str) -> Rendered:
    merged = vocabulary.merged(services.ctx, services.workspace, lead_id)
    return word_list(merged, vocabulary.own(services.ctx, services.workspace, lead_id))
