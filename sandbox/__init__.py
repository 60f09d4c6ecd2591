"""A local stand-in for Slack, as strict as the real one; it knows Slack's protocol and no particular app."""

from .errors import NoModal, NoSuchButton, NoSuchField, NoSuchOption, NothingSeen, PersonError, SlackError
from .manifest import AppConfig, ManifestError, SlashCommand
from .people import Person
from .record import Call, Happening
from .sandbox import Sandbox
from .settings import Settings
from .shown import Channel, Message, Outcome, Reply, Screen

__all__ = [
    "AppConfig",
    "Call",
    "Channel",
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
    "Reply",
    "Sandbox",
    "Screen",
    "Settings",
    "SlackError",
    "SlashCommand",
]
