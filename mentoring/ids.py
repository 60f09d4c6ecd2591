"""What the ids of people and channels look like in Slack, so that nothing else is stored as one."""

from __future__ import annotations

import re

_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}", re.ASCII)
_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,30}", re.ASCII)


def is_person(text: str) -> bool:
    """Whether this looks like a person's id; only the directory knows whether there is such a person.

    Slack publishes no length (https://docs.slack.dev/reference/objects/user-object); 9 to 11 characters are seen.
    """
    return _PERSON.fullmatch(text) is not None


def person_in(text: str) -> str:
    """The person's id that a text is; empty for any other text."""
    return text if is_person(text) else ""


def is_channel(text: str) -> bool:
    """Whether this looks like the id of a public or private channel."""
    return _CHANNEL.fullmatch(text) is not None
