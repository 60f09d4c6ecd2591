"""What Slack's refusals mean for a program, in words for its leads: why, and what helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TO_PEOPLE: Final[Mapping[str, str]] = {
    "cannot_dm_bot": "because their account belongs to an app",
    "invalid_user_combination": "because people of different companies need a channel in common first",
    "not_enough_users": "because too few of the accounts can be reached",
    "org_user_not_in_team": "because their account is not in this workspace",
    "too_many_users": "because there would be too many people in it",
    "ura_max_channels": "because their account is a guest's and may be in one channel only",
    "user_disabled": "because their account is deactivated",
    "user_is_restricted": "because their account is restricted",
    "user_not_found": "because it does not know their account",
    "user_not_visible": "because it does not let me see their account",
    "users_not_found": "because it does not know their account",
}
"""Why Slack does not let the bot write to somebody, or bring people together."""

IN_SETTINGS: Final[Mapping[str, str]] = {
    "access_denied": "because I do not have access",
    "accesslimited": "because the workspace limits access",
    "app_access_restricted": "because the workspace restricts this app",
    "channel_is_limited_access": "because access to that conversation is limited",
    "ekm_access_denied": "because the organization has suspended access to its encryption keys",
    "enterprise_is_restricted": "because the organization restricts it",
    "forbidden_team": "because the app may not be used in this workspace",
    "insecure_request": "because the connection to Slack is not secure",
    "messages_tab_disabled": "because the app's Messages tab is switched off",
    "missing_scope": "because the app lacks a permission",
    "no_permission": "because the app lacks a permission",
    "not_allowed_token_type": "because the app's token is of the wrong kind",
    "not_enabled": "because a feature of the app is switched off",
    "not_in_channel": "because I am not in that conversation",
    "posting_to_channel_denied": "because apps may not post there",
    "team_access_not_granted": "because the app has not been approved for this workspace",
    "team_access_revoked": "because the app's approval for this workspace was taken back",
    "team_not_found": "because the app is not installed in this workspace",
    "two_factor_setup_required": "because the workspace asks for two-factor authentication",
    "user_not_in_channel": "because I am not in that conversation",
}
"""What in Slack's settings stands in the way of everything, or of all that is like it."""

GONE: Final[Mapping[str, str]] = {
    "channel_not_found": "because the conversation is gone, or I am not in it",
    "is_archived": "because the conversation is archived",
    "is_inactive": "because the conversation is archived or gone",
}

NOT_INVITED: Final = ("not_in_channel", "user_not_in_channel")
"""Somebody can invite the bot into a channel, and nobody into a conversation that it opened itself."""

_FAMILIES: Final = (
    ("restricted_action", "because a rule of the workspace says who may post there"),
    ("slack_connect_", "because of a rule for conversations with other companies"),
    ("http_", "because something on the way to Slack answered in its place"),
)

_HELP: Final = (
    (
        ("missing_scope", "no_permission", "not_allowed_token_type", "team_", "forbidden_team"),
        "Ask whoever runs this bot to start the doctor, which names what is missing, and to install the app again.",
    ),
    (("messages_tab_disabled", "not_enabled"), "Ask whoever runs this bot to switch it on under App Home."),
    (("http_", "insecure_request"), "Ask whoever runs this bot to check the network and any proxy."),
    (("not_in_channel", "user_not_in_channel", "channel_not_found"), "Type /invite @Reverse Mentor there."),
)


def because(error: str) -> str:
    """Why Slack refuses, as the end of a sentence, with Slack's own name for it in brackets."""
    words = TO_PEOPLE.get(error) or IN_SETTINGS.get(error) or GONE.get(error)
    words = words or next((told for family, told in _FAMILIES if error.startswith(family)), "")
    return f"{words} ({error})" if words else f"and calls the reason {error}"


def what_helps(error: str) -> str:
    """What a lead can do about a setting that stands in the way."""
    for names, told in _HELP:
        if error.startswith(names):
            return told
    return "Ask an administrator of the workspace to allow it for this app."


_NOT_LET_IN: Final[Mapping[str | None, str]] = {
    "mentor": "Slack does not let the mentor into a group conversation, {because}.",
    "mentee": "Slack does not let the mentee into a group conversation, {because}.",
    None: "Slack does not let one of the two into a group conversation, {because}.",
}


def no_introduction(error: str, who: str | None = None) -> str:
    """Why a pair is taken back whose introduction Slack refuses, for its card; `who` is refused, if that is known."""
    if error in TO_PEOPLE:
        return _NOT_LET_IN[who].format(because=because(error))
    return f"Slack does not take their introduction, {because(error)}."


def not_yet(error: str) -> str:
    """Why an introduction waits, for the pair's card."""
    return f"Slack does not allow it yet, {because(error)}."
