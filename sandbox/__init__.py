"""A local stand-in for Slack, as strict as the real one; it knows Slack's protocol and no particular app."""

from sandbox.errors import (
    NoModal,
    NoSuchButton,
    NoSuchField,
    NoSuchOption,
    NothingSeen,
    PersonError,
    SlackError,
)
from sandbox.faults import Faults
from sandbox.manifest import AppConfig, ManifestError, SlashCommand
from sandbox.people import Person
from sandbox.record import Call, Happening
from sandbox.sandbox import Sandbox
from sandbox.settings import PATIENCE, RateClock, Settings
from sandbox.shown import Channel, Message, Outcome, Reply, Screen

__all__ = [
    "PATIENCE",
    "AppConfig",
    "Call",
    "Channel",
    "Faults",
    "Happening",
    "ManifestError",
    "Message",
    "NoModal",
    "NoSuchButton",
    "NoSuchField",
    "NoSuchOption",
    "NothingSeen",
    "Outcome",
    "Person",
    "PersonError",
    "RateClock",
    "Reply",
    "Sandbox",
    "Screen",
    "Settings",
    "SlackError",
    "SlashCommand",
]
