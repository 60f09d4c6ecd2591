"""How dates, times, zones and numbers are written in elements, and how their bounds relate.

Sources: the datepicker, timepicker, datetimepicker and number input pages under
https://docs.slack.dev/reference/block-kit/block-elements (numbers are sent as strings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from zoneinfo import available_timezones

from sandbox.block_kit.engine import Form, Json, Problem, Relation

_DATE_PATTERN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME_PATTERN = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NUMBER_PATTERN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NUMBER_KEYS = ("min_value", "max_value", "initial_value")


def _is_date(text: str) -> bool:
    if not _DATE_PATTERN.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


DATE = Form("YYYY-MM-DD", _is_date)
TIME = Form("HH:mm", lambda text: _TIME_PATTERN.fullmatch(text) is not None)
TIME_ZONE = Form("of an IANA time zone, such as America/Chicago", lambda text: text in _zones())
DECIMAL = Form("of a number, such as 1 or -0.5", lambda text: _NUMBER_PATTERN.fullmatch(text) is not None)


def min_not_above_max(low: str, high: str) -> Relation:
    """Return the relation "the lower bound is not above the upper bound" (own wording)."""

    def check(value: Json, at: str) -> Iterator[Problem]:
        if low in value and high in value and Decimal(value[low]) > Decimal(value[high]):
            yield Problem(f"`{low}` must not be more than `{high}`", f"{at}/{low}")

    return check


def whole_numbers_when_required(value: Json, at: str) -> Iterator[Problem]:
    """Yield a problem for each number with decimals in an input that allows none (own wording)."""
    if value["is_decimal_allowed"]:
        return
    for key in _NUMBER_KEYS:
        if "." in value.get(key, ""):
            yield Problem("must be a whole number unless `is_decimal_allowed` is true", f"{at}/{key}")


def initial_number_in_range(value: Json, at: str) -> Iterator[Problem]:
    """Yield a problem when the initial number lies outside the bounds given beside it (own wording)."""
    if "initial_value" not in value:
        return
    initial = Decimal(value["initial_value"])
    too_low = "min_value" in value and initial < Decimal(value["min_value"])
    too_high = "max_value" in value and initial > Decimal(value["max_value"])
    if too_low or too_high:
        yield Problem("must lie between `min_value` and `max_value`", f"{at}/initial_value")
