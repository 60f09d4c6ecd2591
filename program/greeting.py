"""What set-up ends with: a welcome in the leads' channel, which proves that it works there, and word if it does not.

1. The first save says the welcome, and so does one that chooses another channel or leaves little time (`greet`).
2. It shows the dates of the cycle to come, and follows them (`welcome`).
3. If it cannot be posted, whoever saved hears so at once, also if they lead nothing (`could_not_post`).
"""

from __future__ import annotations

from mentoring.cycles import cycle_times
from mentoring.greeting import Dates, LeadsWelcome, SetUpTrouble, dates_of, number_to_come
from mentoring.messages import Kind, Notice, to_leads, to_person
from mentoring.programs import Calendar, Program
from program import matching, recipients
from program.act import Act
from program.look import Look
from program.notices import OfWelcome, channel_subject, of_channel, of_welcome, welcome_subject
from storage import audit, cycles, members
from storage.outbox import letters
from storage.outbox.facts import ON_THEIR_WAY
from storage.outbox.letters import Letter

_ENOUGH = 2
"""With so many people, pairs are looked for at once where their time has come."""


def greet(act: Act, before: Program | None) -> None:
    """Say the welcome after a save, where it has not been said or the leads have to know that there is little time."""
    program, about = act.program, _about(act)
    dates = _dates(program.calendar, about)
    moved = before is not None and before.calendar != program.calendar
    elsewhere = before is None or before.leads_channel != program.leads_channel
    is_new = elsewhere and not _said_in(act, program.leads_channel)
    if is_new or (moved and dates is not None and dates.short):
        act.say(to_leads(Kind.LEADS_WELCOME, welcome_subject(about)), asked=True)


def dates_now(act: Act) -> Dates | None:
    """The dates of the cycle to come, for whoever has just saved them."""
    return _dates(act.program.calendar, _about(act))


def _about(act: Act) -> OfWelcome:
    """What a welcome is about now: the first cycle whose pairs have not been looked for."""
    tx, program, now = act.tx, act.program, act.now
    number = number_to_come(program.calendar, now)
    known = cycles.numbered(tx, program.id, number)
    if known is not None and known.runs:
        number += 1
    soon = cycle_times(program.calendar, number).intro_at - now <= matching.LATEST_WAIT
    return OfWelcome(program.leads_channel, number, now, soon or members.count(tx, program.id) >= _ENOUGH)


def _dates(calendar: Calendar, about: OfWelcome) -> Dates | None:
    return dates_of(calendar, about.number, about.since, about.at_once)


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
    return LeadsWelcome(look.name, _dates(look.calendar, about))


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
