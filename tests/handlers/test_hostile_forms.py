"""Whatever a form's payload holds: a sentence at a field or clean values, never an exception, never half a change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any
from unicodedata import category

import pytest

from handlers.ids import Callback, ProfileField, SetupField
from mentoring.ids import is_channel, is_person
from mentoring.people import MAX_AVOID, MAX_LANGUAGES, MAX_NAME, MAX_SKILLS, Profile
from mentoring.programs import MAX_LEADS, Program
from mentoring.skills import MAX_LABEL
from program import programs
from storage import members
from tests.effort import seeds
from tests.handlers import raw
from tests.handlers.world import World

TEXTS = (
    *(
        "",
        " ",
        "\0",
        "\u202eabc\u2066",
        "\u200d",
        "\ud800",
        "x" * 10_000,
        "<!channel>",
        "<@U1> & <b>",
        "'; --",
    ),
    *(
        "../../etc/passwd",
        "a" * 300,
        "Europe",
        "٣",
        "１",
        "1e3",
        "-1",
        "0",
        "99999999999999999999",
        "1" * 5000,
    ),
    *(
        "2026-13-45",
        "9999-12-31",
        "0001-01-01",
        "25:61",
        "24:00",
        "U",
        "u0may",
        "U0 MAY",
        "U" * 40,
        "D1",
        "C1\n",
    ),
)
MANY = (["U0MAY"] * 200, [f"U{n}X" for n in range(200)], [f"Word {n}" for n in range(101)], list(TEXTS))
ODD: tuple[Any, ...] = (
    None,
    [],
    {},
    7,
    "text",
    {"value": 7},
    {"selected_option": "x"},
    {"selected_options": 3},
)
PARTS = 3
"""A third of the states of each field in a usual run, the others among the slow proofs."""

PROFILE: dict[str, Any] = {
    "role": {"selected_option": {"value": "both"}},
    "shares": {"selected_options": [{"value": "Video editing"}]},
    "wants": {"selected_options": [{"value": "Negotiation"}]},
    "level": {"selected_option": {"value": "2"}},
    "department": {"value": "Sales"},
    "languages": {"selected_options": [{"value": "English"}]},
    "starts": {"selected_time": "09:00"},
    "ends": {"selected_time": "17:00"},
    "working_days": {"selected_options": [{"value": "0"}]},
    "manager_id": {"selected_user": "U0MANAGER"},
    "avoid": {"selected_users": []},
    "mentor_capacity": {"selected_option": {"value": "1"}},
    "mentee_capacity": {"selected_option": {"value": "1"}},
    "opens": {"selected_options": []},
    "asks": {"selected_options": []},
}


def setup_form(world: World) -> dict[str, Any]:
    return {
        "name": {"value": "Upside Down"},
        "leads": {"selected_users": [world.lead.id]},
        "leads_channel": {"selected_conversation": world.leads_channel.id},
        "time_zone": {"selected_option": {"value": "UTC"}},
        "meetings": {"value": "6"},
        "rhythm": {"selected_option": {"value": "2"}},
        "first_start": {"selected_date": "2026-11-02"},
        "intro_weekday": {"selected_option": {"value": "1"}},
        "intro_time": {"selected_time": "10:00"},
        "checkin_weekday": {"selected_option": {"value": "3"}},
        "checkin_time": {"selected_time": "10:00"},
        "working_days": {"selected_options": [{"value": "0"}]},
        "proposal_days": {"value": "5"},
        "min_gap": {"value": "1"},
        "rules": {"selected_options": []},
    }


def states(good: dict[str, Any]) -> Iterator[Any]:
    """Every hostile state of a field, shaped as that field's is, and some that have no shape."""
    yield from ODD
    (key,) = good
    if key == "selected_options":
        yield from (
            {key: [{"value": text} for text in texts]} for texts in (*([one] for one in TEXTS), *MANY)
        )
    elif key == "selected_users":
        yield from ({key: texts} for texts in (*([one] for one in TEXTS), *MANY))
    else:
        yield from ({key: {"value": text} if key == "selected_option" else text} for text in TEXTS)


def some_of(good: dict[str, Any], part: int) -> Iterator[Any]:
    """A part of the states of a field; its neighbor in the form gets the next part."""
    return islice(states(good), part % PARTS, None, PARTS)


def sent(world: World, who: str, callback: str, form: dict[str, Any], field: str) -> bool:
    """Submit a form; whether it was refused, and then with sentences at fields of the form."""
    answer = raw.dispatch(world, raw.submission(world, who, callback, form))
    assert answer.status == 200
    assert "reference" not in json.dumps(answer.body), form[field]
    errors = answer.body.get("errors", {})
    assert set(errors) <= set(form)
    assert all(sentence.endswith(".") for sentence in errors.values()), errors
    return bool(errors)


def test_these_are_all_fields_of_both_forms(led: World) -> None:
    assert set(PROFILE) == set(ProfileField)
    assert set(setup_form(led)) == set(SetupField) - {SetupField.CYCLE_WEEKS}


@pytest.mark.slow
@pytest.mark.parametrize("part", seeds(1, PARTS))
def test_no_profile_form_breaks_anything(led: World, part: int) -> None:
    ana = led.joins("Ana Example")
    before = stored(led, ana.id)
    for number, (field, good) in enumerate(PROFILE.items()):
        for state in some_of(good, part + number):
            refused = sent(led, ana.id, Callback.PROFILE, PROFILE | {field: state}, field)
            after = stored(led, ana.id)
            assert_clean(after)
            assert not refused or after == before, (field, state)
            before = after


@pytest.mark.slow
@pytest.mark.parametrize("part", seeds(1, PARTS))
def test_no_settings_form_breaks_anything(led: World, part: int) -> None:
    before = program(led)
    form = setup_form(led)
    for number, (field, good) in enumerate(form.items()):
        for state in some_of(good, part + number):
            refused = sent(led, led.admin.id, Callback.SETUP, form | {field: state}, field)
            after = program(led)
            assert_clean_program(after)
            assert not refused or after == before, (field, state)
            before = after


@pytest.mark.parametrize("field", ["leads", "leads_channel", "time_zone", "first_start", "min_gap"])
def test_no_first_settings_form_breaks_anything(world: World, field: str) -> None:
    form = setup_form(world)
    for state in states(form[field]):
        if not sent(world, world.admin.id, Callback.SETUP, form | {field: state}, field):
            break
        assert programs.find(world.ctx, world.workspace) is None, state


def program(world: World) -> Program:
    found = programs.find(world.ctx, world.workspace)
    assert found is not None
    return found


def stored(world: World, person_id: str) -> Profile:
    with world.ctx.database.read() as tx:
        member = members.get(tx, program(world).id, person_id)
    assert member is not None
    return member.profile


def assert_clean(profile: Profile) -> None:
    assert max(len(profile.shares), len(profile.wants)) <= MAX_SKILLS
    assert len(profile.avoid) <= MAX_AVOID
    assert 1 <= len(profile.languages) <= MAX_LANGUAGES
    assert all(
        is_person(one) for one in (*profile.avoid, *([profile.manager_id] if profile.manager_id else ()))
    )
    for name in (*profile.shares, *profile.wants):
        assert 1 <= len(name) <= MAX_LABEL
        assert_shown(name)
    for name in (profile.department, *profile.languages):
        assert len(name) <= MAX_NAME
        assert_shown(name)


def assert_clean_program(found: Program) -> None:
    assert 1 <= len(found.leads) <= MAX_LEADS
    assert all(map(is_person, found.leads))
    assert is_channel(found.leads_channel)
    assert 1 <= len(found.name) <= MAX_NAME
    assert_shown(found.name)


def assert_shown(name: str) -> None:
    assert not {category(sign) for sign in name if sign not in "\u200c\u200d"} & {"Cc", "Cf", "Cs"}, ascii(
        name
    )
