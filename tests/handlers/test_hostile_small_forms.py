"""Whatever the payload of a small form holds: a sentence at a field or something to keep, and never an exception."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from handlers.ids import Callback, WhyNotField
from tests.handlers import raw
from tests.handlers.test_hostile_forms import some_of
from tests.handlers.test_matrix import (
    Prepared,
    hears,
    prepared,  # noqa: F401 - pytest finds the fixture by its name here
    submissions,
)

ELSEWHERE = {Callback.PROFILE, Callback.SETUP}
"""The two large forms: `tests/handlers/test_hostile_forms.py`."""
MOMENTS = (-1, 0, 1, 2**31, 10**12, 10**30, 1.5, True, "²")


def hostile(good: dict[str, Any], part: int) -> Iterator[Any]:
    yield from some_of(good, part)
    if "selected_date_time" in good:
        yield from ({"selected_date_time": one} for one in MOMENTS)


def filled_in(given: Prepared) -> dict[Callback, dict[str, Any]]:
    """Every small form with something to fill in, filled in well."""
    world, lead = given.world, given.people["lead"]
    asked: dict[str, Any] = {name: {"selected_user": given.people["member"]} for name in WhyNotField}
    channel = {"channel": {"selected_conversation": world.leads_channel.id}, "words": {"value": "Come."}}
    more = {
        Callback.WHY_NOT: raw.submission(world, lead, Callback.WHY_NOT, asked),
        Callback.INVITE: raw.submission(world, lead, Callback.INVITE, channel),
    }
    return {**submissions(given), **more}


def bodies(body: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A form as often as there are hostile states of its fields, each in one of them."""
    values = body["view"]["state"]["values"]
    for number, (field, good) in enumerate(values.items()):
        for state in hostile(good[field], number):
            changed = deepcopy(body)
            changed["view"]["state"]["values"][field] = {field: state}
            yield field, changed


@pytest.mark.slow
@pytest.mark.parametrize("callback", sorted(set(Callback) - ELSEWHERE))
def test_no_small_form_breaks_anything(
    prepared: Prepared,  # noqa: F811 - the fixture
    caplog: pytest.LogCaptureFixture,
    callback: Callback,
) -> None:
    body = filled_in(prepared).get(callback)
    for field, changed in bodies(body) if body else ():
        state = changed["view"]["state"]["values"][field]
        assert hears(prepared, changed) == 200
        assert not [one for one in caplog.records if one.levelno >= logging.ERROR], (field, state)
        told = json.loads(prepared.told) if prepared.told else {}
        errors = told.get("errors", {})
        assert set(errors) <= set(changed["view"]["state"]["values"]), (field, state)
        assert all(sentence.endswith(".") for sentence in errors.values()), errors
        assert not (errors and prepared.changed), (field, state)
