"""The tour: what a visitor may try on the page once the story is told, one step after the other.

A feature that a visitor should see adds its step here; the page knows nothing of what the steps are about.
"""

from __future__ import annotations

from dataclasses import replace

from sandbox import Sandbox
from sandbox.page import Step, Tour

JUNIOR, SENIOR, LEAD = "Nell Harborough", "Otis Marlowe", "Ottoline Wayfarer"
LEADS_CHANNEL = "#mentoring-leads"
SKILL = "Hybrid work"
"""A skill that nobody in the story shares or wants, so that these two find each other."""

SET_UP = Step(
    "Set up the program",
    f"Nothing is configured yet. {LEAD} is an admin here. Act as her and send /reverse-mentor setup: the form wants a "
    f"name, the leads and the channel {LEADS_CHANNEL}. Later, as time passes, more and more people join by themselves.",
    who=LEAD,
    where="messages",
    types="/reverse-mentor setup",
    done=rf"{LEAD} submitted",
)

TOUR = Tour(
    "Take the tour",
    (
        Step(
            "Join as a mentor",
            f"{JUNIOR} is new here. Act as her and send /reverse-mentor. Choose to share, take a level such as "
            f"Associate, a department, and “{SKILL}” as the skill. Leave something out to see what the form says.",
            who=JUNIOR,
            where="messages",
            types="/reverse-mentor",
            done=rf"posted in DM with {JUNIOR}: You are in",
        ),
        Step(
            "Join as a mentee",
            f"{SENIOR} is a director who wants to learn “{SKILL}”. Send the command as him and choose to learn. "
            "Take another department than hers, so that the two can be paired.",
            who=SENIOR,
            where="messages",
            types="/reverse-mentor",
            done=rf"posted in DM with {SENIOR}: You are in",
        ),
        Step(
            "Look for pairs",
            f"{LEAD} leads the program. Her Home tab shows how it stands. Press “Look for pairs” there; at the start "
            "of a cycle this happens by itself.",
            who=LEAD,
            where="home",
            done=rf"{LEAD} clicked 'Look for pairs'",
        ),
        Step(
            "Approve the pair",
            "Each proposed pair comes to the leads' channel as a card with reasons; Swap on it shows other partners. "
            "Approve the newest one. Nothing is sent to the two before that.",
            who=LEAD,
            where=LEADS_CHANNEL,
            done=rf"{LEAD} clicked 'Approve'",
        ),
        Step(
            "Read the introduction",
            "Approved pairs are introduced at the hour the program has set; this cycle has begun, so it happens at "
            "once. The bot opens a group conversation for the two and says why they fit.",
            who=JUNIOR,
            where="group",
            done=rf"posted in group DM .*({JUNIOR}|{SENIOR})",
        ),
        Step(
            "Answer the weekly question",
            "Let a few days pass. On check-in day everybody is asked at their own hour whether they met. Then answer "
            f"as {JUNIOR} with one tap in her messages, and leave {SENIOR} silent.",
            who=JUNIOR,
            where="messages",
            leap="day",
            done=rf"{JUNIOR} clicked '(We met|Planned|Not yet|I need help)'",
        ),
        Step(
            "Stay silent",
            f"{SENIOR} has not answered. Let days pass and look at his messages: one reminder, and no more. "
            "Whoever stays silent for weeks is paused and can come back with one tap.",
            who=SENIOR,
            where="messages",
            leap="day",
            done=rf"posted in DM with {SENIOR}: .*In case you missed it",
        ),
        Step(
            "Look behind the scenes",
            "Open the inspector at the top right: everything that the bot and Slack said to each other. Switch on a "
            "fault there, press a button somewhere, and see the bot get over it.",
        ),
    ),
)

FROM_THE_START = replace(TOUR, steps=(SET_UP, *TOUR.steps))
"""The tour for whoever begins before anything is set up."""


def newcomers(slack: Sandbox) -> None:
    """Let the two people come in whom the tour is about."""
    slack.add_person(JUNIOR, tz="Europe/Lisbon", title="Associate, Design")
    slack.add_person(SENIOR, tz="Europe/London", title="Director, Finance")
