"""What set-up ends with: a welcome in the leads' channel, which proves that it works there, and word if it does not.

1. The first save says the welcome, and so does one that chooses another channel or leaves little time (`greet`).
2. It shows the dates of the cycle to come, and follows them (`welcome`).
3. If it cannot be posted, whoever saved hears so at once, also if they lead nothing (`could_not_post`).
"""

from __future__ import annotations

from mentoring.greeting import Dates, LeadsWelcome, SetUpTrouble, dates_of, number_to_come
from mentoring.messages import Kind, Notice, to_leads, to_person
from mentoring.programs import Program
from program import recipients
from program.act import Act
from program.look import Look
from program.notices import channel_subject, of_channel, of_welcome, welcome_subject
from storage import audit, letters
from storage.facts import ON_THEIR_WAY
from storage.letters import Letter


def greet(act: Act, before: Program | None) -> None:
    """Say the welcome after a save, where it has not been said or the leads have to know that there is little time."""
    program = act.program
    number = number_to_come(program.calendar, act.now)
    dates = dates_of(program.calendar, number, act.now)
    moved = before is not None and before.calendar != program.calendar
    if _said_in(act, program.leads_channel) and not (moved and dates and dates.short):
        return
    if before is not None and before.leads_channel == program.leads_channel and not moved:
        return
    act.say(to_leads(Kind.LEADS_WELCOME, welcome_subject(program.leads_channel, number, act.now)), asked=True)


def dates_now(act: Act) -> Dates | None:
    """The dates of the cycle to come, for whoever has just saved them."""
    calendar = act.program.calendar
    return dates_of(calendar, number_to_come(calendar, act.now), act.now)


def could_not_post(act: Act, channel: str, why: str) -> None:
    """Tell whoever saved the settings that the welcome cannot be posted, unless they hear it like every lead."""
    if not any(letter.ts is None for letter in _said_in(act, channel)):
        return
    saved = audit.last(act.tx, act.program.id, act.program.id, ("set up",))
    heard = recipients.for_leads(act.tx, act.admins, act.program).people
    if saved and saved[0] != audit.SCHEDULE and saved[0] not in heard:
        act.say(
            to_person(Kind.SETUP_TROUBLE, channel_subject(channel, act.now.date(), why), saved[0]), asked=True
        )


def welcome(look: Look, notice: Notice) -> LeadsWelcome:
    """The welcome, with the dates as they are now."""
    about = of_welcome(notice.subject)
    return LeadsWelcome(look.name, dates_of(look.calendar, about.number, about.since))


def trouble(look: Look, notice: Notice) -> SetUpTrouble:
    """Why the welcome could not be posted, and whether that is settled."""
    about = of_channel(notice.subject)
    settled = about.channel != look.leads_channel or look.is_welcomed(about.channel)
    return SetUpTrouble(look.name, about.channel, about.why, settled)


def _said_in(act: Act, channel: str) -> list[Letter]:
    """The welcomes that stand in a channel, or are on their way there."""
    said = letters.of_kind(act.tx, act.program.id, Kind.LEADS_WELCOME)
    return [
        one for one in said if of_welcome(one.notice.subject).channel == channel and one.state in ON_THEIR_WAY
    ]
