"""What somebody's status in Slack says about being away; only one that says until when counts.

A status has an emoji, a text and an end (https://docs.slack.dev/reference/objects/user-object). Many stand for months
after they were true, so one without an end says nothing. “In a meeting” and “Working remotely” are nobody's absence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_EMOJI = frozenset(
    """palm_tree beach_with_umbrella umbrella_on_ground desert_island island airplane airplane_departure luggage
    face_with_thermometer sneezing_face nauseated_face thermometer hospital ooo pto vacation sick""".split()
)
"""Those that Slack itself suggests for a vacation and for being out sick, and what people take for the same."""

_WORDS = re.compile(
    r"\b(?:vacation(?:ing)?|on holidays?|(?:on|annual|parental|sick) leave|maternity|paternity|sabbatical|pto|ooo|"
    r"out of (?:the )?office|away|(?:out|off) sick|off work|(?:time|day) off|"
    r"urlaub|krank|elternzeit|abwesend|en vacances|en cong[eé]s?|absente?|de vacaciones|de baja|ausente|de f[eé]rias|"
    r"in ferie|assente|met vakantie|afwezig|urlop)\b",
    re.IGNORECASE,
)


def away_until(profile: Mapping[str, Any]) -> datetime | None:
    """Until when a status says that somebody is away; None where it does not say both."""
    ends, emoji, text = (profile.get(f"status_{name}") for name in ("expiration", "emoji", "text"))
    if not isinstance(ends, int) or isinstance(ends, bool) or ends <= 0:
        return None
    if not (_is_away(emoji) or (isinstance(text, str) and _WORDS.search(text))):
        return None
    try:
        return datetime.fromtimestamp(ends, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _is_away(emoji: object) -> bool:
    """Whether an emoji like `:palm_tree:` is one of those; a skin tone behind it changes nothing."""
    return isinstance(emoji, str) and emoji.strip(":").partition(":")[0].casefold() in _EMOJI
