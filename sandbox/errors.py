"""Errors: what Slack answers to an app, and what a person at the screen runs into."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """Slack's ``ok: false`` answer: an error string and whatever else the answer carries."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """Return the JSON object Slack would send."""
        return {"ok": False, "error": self.error, **self.extra}


def invalid_arguments(*messages: str) -> SlackError:
    """Slack's answer to malformed arguments; the reasons live in ``response_metadata.messages``."""
    return SlackError("invalid_arguments", response_metadata={"messages": list(messages)})


class PersonError(Exception):
    """The person cannot do that: what they were looking for is not on their screen."""


class NoSuchButton(PersonError):
    """No button with that text or action id is visible; the message lists those that are."""


class NoSuchField(PersonError):
    """No field or menu with that label is visible; the message lists those that are."""


class NoSuchOption(PersonError):
    """The menu does not offer that option; the message lists what it offers."""


class NoModal(PersonError):
    """The person has no modal open."""


class NothingSeen(PersonError):
    """The awaited text did not appear in time; the message lists what the person saw last."""
