"""Refusals tell nothing: what is somebody else's is answered like what never was, whoever presses or types."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from handlers import errors
from handlers.command import COMMANDS
from handlers.ids import Action, Word
from handlers.payloads import Act
from handlers.replying import Asked
from handlers.services import Services
from handlers.views import Rendered
from tests.handlers import raw
from tests.handlers.test_matrix import RANDOM, Prepared, hears, prepared, surface

__all__ = ["prepared"]

WHO = ("outsider", "member", "ex-lead")

OTHERS = ("pair", "approved", "held", "misfit", "asked", "alone", "message", "call")
"""Kinds of numbers of which the member in this workspace has none."""

NOT_A_PAIRS = {Word.ASK}
"""Words whose number is none of anything."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that anybody reads, with every number as N."""
    said: list[str] = []

    def noting(what: Any) -> None:
        said.append(re.sub(r"[0-9]+", "N", json.dumps(what, default=str)))

    refused, say, shows = errors.told_as, Asked.say, Asked.open

    def refusing(services: Services, error: Exception, act: Act) -> Rendered:
        reply = refused(services, error, act)
        noting(reply.text)
        return reply

    def saying(asked: Asked, reply: Rendered, **how: bool) -> None:
        noting([reply.text, reply.blocks])
        say(asked, reply, **how)

    def showing(asked: Asked, view: dict[str, Any]) -> None:
        noting(view)
        shows(asked, view)

    monkeypatch.setattr(errors, "told_as", refusing)
    monkeypatch.setattr(Asked, "say", saying)
    monkeypatch.setattr(Asked, "open", showing)
    return said


def answer(prepared: Prepared, told: list[str], body: dict[str, Any]) -> list[str]:
    told.clear()
    hears(prepared, body)
    return [*told, re.sub(r"[0-9]+", "N", prepared.told)]


@pytest.mark.slow
def test_no_button_tells_whether_something_is_there(prepared: Prepared, told: list[str]) -> None:
    differs = []
    for action in Action:
        # What has another form than its own kind is no question about anything.
        never = f"{RANDOM} U1 U2" if action is Action.SWAP_CHOOSE else prepared.value(action, "random")
        for who in WHO:
            foreign, random = (
                answer(
                    prepared,
                    told,
                    raw.click(prepared.world, prepared.person(action, who), action, value, **surface(action)),
                )
                for value in (prepared.value(action, "foreign"), never)
            )
            if foreign != random:
                differs.append((action, who, foreign, random))
    assert differs == []


@pytest.mark.slow
def test_no_word_tells_whether_something_is_there(prepared: Prepared, told: list[str]) -> None:
    differs = []
    for word in sorted({one for one in COMMANDS if one} - NOT_A_PAIRS):
        for who in WHO:
            answers = {
                kind: answer(
                    prepared, told, raw.command(prepared.world, prepared.people[who], f"{word} {number}")
                )
                for kind, number in {
                    **{kind: prepared.ids[kind]["own"] for kind in OTHERS},
                    "none": RANDOM,
                }.items()
            }
            differs += [
                (word, who, kind, given) for kind, given in answers.items() if given != answers["none"]
            ]
    assert differs == []
