"""Properties: every legal message and view passes, and one change for the worse anywhere in it is refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.block_kit import check_message, check_options_answer, check_view
from sandbox_tests.block_kit.build import Json
from sandbox_tests.block_kit.strategies import homes, messages, modals
from sandbox_tests.patience import examples

# Whole messages are large to draw, and both cores may be busy: neither is what is tested here.
MODERATE = settings(
    max_examples=examples(50),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)

Path = tuple[str | int, ...]
CHECKS: dict[str, tuple[Any, Callable[[object], list[str]]]] = {
    "message": (messages, check_message),
    "modal": (modals, check_view),
    "home": (homes, check_view),
}
surfaces = st.sampled_from(sorted(CHECKS))


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value inside a payload with its path."""
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*path, key))


def pointer(surface: str, path: Path) -> str:
    root = "/blocks" if surface == "message" else "/view"
    return root + "".join(f"/{step}" for step in path)


def replaced(payload: Any, path: Path, value: Any) -> Any:
    """Return a copy of the payload with another value at `path`."""
    if not path:
        return value
    changed = copy.copy(payload)
    changed[path[0]] = replaced(payload[path[0]], path[1:], value)
    return changed


def of_another_type(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes"
    if isinstance(value, str):
        return 7
    if isinstance(value, int):
        return str(value)
    return {} if isinstance(value, list) else []


@MODERATE
@given(surfaces, st.data())
def test_legal_payloads_pass(surface: str, data: st.DataObject) -> None:
    strategy, check = CHECKS[surface]
    payload = data.draw(strategy)
    assert check(payload) == []
    assert check(json.loads(json.dumps(payload))) == []


@MODERATE
@given(surfaces, st.data())
def test_an_unknown_key_anywhere_is_refused_by_name(surface: str, data: st.DataObject) -> None:
    strategy, check = CHECKS[surface]
    payload = data.draw(strategy)
    path, value = data.draw(
        st.sampled_from([found for found in places(payload) if isinstance(found[1], dict)])
    )
    complaints = check(replaced(payload, path, value | {"unknown": 1}))
    expected = f"[ERROR] invalid additional property: unknown [json-pointer:{pointer(surface, path)}]"
    assert expected in complaints


@MODERATE
@given(surfaces, st.data())
def test_a_value_of_another_type_anywhere_is_refused(surface: str, data: st.DataObject) -> None:
    strategy, check = CHECKS[surface]
    payload = data.draw(strategy)
    path, value = data.draw(st.sampled_from(list(places(payload))))
    for wrong in (None, of_another_type(value)):
        complaints = check(replaced(payload, path, wrong))
        assert f"[json-pointer:{pointer(surface, path)}]" in complaints[-1]


@MODERATE
@given(surfaces, st.data())
def test_an_object_without_its_type_is_refused(surface: str, data: st.DataObject) -> None:
    strategy, check = CHECKS[surface]
    payload = data.draw(strategy)
    objects = [found for found in places(payload) if isinstance(found[1], dict) and "type" in found[1]]
    path, value = data.draw(st.sampled_from(objects))
    bare = {key: part for key, part in value.items() if key != "type"}
    where = f"[json-pointer:{pointer(surface, path)}]"
    assert check(replaced(payload, path, bare))[-1] == f"[ERROR] missing required field: type {where}"
    unknown = value | {"type": "unheard_of"}
    assert "unsupported type: unheard_of" in check(replaced(payload, path, unknown))[-1]


@MODERATE
@given(surfaces, st.data())
def test_a_repeated_block_is_refused(surface: str, data: st.DataObject) -> None:
    strategy, check = CHECKS[surface]
    payload = data.draw(strategy)
    blocks = payload if surface == "message" else payload["blocks"]
    blocks.append(blocks[0])
    assert any("already exists" in line for line in check(payload))


@MODERATE
@given(surfaces, st.data())
def test_an_emptied_text_anywhere_is_refused(surface: str, data: st.DataObject) -> None:
    strategy, check = CHECKS[surface]
    payload = data.draw(strategy)
    texts = [path for path, value in places(payload) if isinstance(value, str) and path[-1] == "text"]
    for path in texts:
        if inline_link(payload, path):
            continue
        complaints = check(replaced(payload, path, ""))
        where = f"[json-pointer:{pointer(surface, path)}]"
        assert complaints[-1] == f"[ERROR] must be more than 0 characters {where}"


def inline_link(payload: Any, path: Path) -> bool:
    """Whether the text at `path` is the optional text of a rich text link, which may be empty."""
    for step in path[:-1]:
        payload = payload[step]
    return bool(payload["type"] == "link")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "blocks", "elements", "options"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_gets_an_answer(value: Any) -> None:
    """Nothing an app sends may break the check itself."""
    for check in (check_message, check_view, check_options_answer):
        complaints = check(value)
        assert all(line.startswith("[ERROR] ") and line.endswith("]") for line in complaints)


@MODERATE
@given(surfaces, st.data())
def test_checking_changes_nothing(surface: str, data: st.DataObject) -> None:
    strategy, check = CHECKS[surface]
    payload: Json | list[Json] = data.draw(strategy)
    before = copy.deepcopy(payload)
    check(payload)
    assert payload == before
