"""For the doctor: who hears what is said to leads one by one, and who is asked about messages of unknown fate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from handlers.views.text import joined
from mentoring.messages import Kind
from mentoring.programs import Program
from program import recipients
from storage import calls, people
from storage.database import Tx
from storage.outbox import doubts, letters


@dataclass(frozen=True, slots=True)
class Hearing:
    """By name: the leads who can lead, who hears in their place, and who is asked about messages of unknown fate.

    `unheard` counts calls for help that nobody can hear of.
    """

    program: str
    leads: tuple[str, ...]
    instead: tuple[str, ...]
    asked: tuple[str, ...]
    unheard: int = 0

    @property
    def waits_for(self) -> str:
        """Whom messages of unknown fate wait for."""
        if not self.asked:
            return "Nobody has been asked about them: choose leads with /reverse-mentor setup."
        return f"They wait for {joined(self.asked)}. They can look and decide in my direct message to them."

    @property
    def calls_wait(self) -> str:
        """That somebody asked for help and nobody can be told."""
        calls = "1 call for help waits" if self.unheard == 1 else f"{self.unheard} calls for help wait"
        return f"{calls} in “{self.program}”, and there is nobody whom I could tell."

    @property
    def nobody_leads(self) -> str:
        """That the program has no lead."""
        return f"Nobody leads the program “{self.program}”: its leads are gone or cannot lead any more."

    @property
    def in_their_place(self) -> str:
        """Who hears calls for help meanwhile, and what to do."""
        helps = "Choose leads with /reverse-mentor setup."
        if not self.instead:
            return f"Nobody can hear calls for help. {helps}"
        return f"Calls for help go to {joined(self.instead)} until then. {helps}"


def look(tx: Tx, admins: Collection[str], program: Program) -> Hearing:
    """Who hears what in this program now."""
    leads, heard = recipients.leads(tx, program), recipients.for_leads(tx, admins, program)
    asked = doubts.asked(tx, program.id)
    waiting: dict[str, None] = {}
    for letter in letters.unknown(tx, program.id):
        right = recipients.of(tx, admins, program, Kind.UNCONFIRMED, letter.id).people
        waiting |= dict.fromkeys(one for one in right if one in asked.get(letter.id, ()))
    instead = () if heard.are_leads else heard.people
    unheard = _unheard(tx, admins, program)
    names = [_names(tx, program, ids) for ids in (leads, instead, waiting)]
    return Hearing(program.name, names[0], names[1], names[2], unheard)


def _unheard(tx: Tx, admins: Collection[str], program: Program) -> int:
    """How many open calls for help nobody can hear of, because all who could are in the pair themselves, or gone."""
    numbers = [call.checkin_id for call in calls.every_open(tx, program.id)]
    return sum(not recipients.of(tx, admins, program, Kind.HELP, number).people for number in numbers)


def _names(tx: Tx, program: Program, ids: Collection[str]) -> tuple[str, ...]:
    known = people.some(tx, program.workspace, list(ids)) if ids else {}
    return tuple(known[one].name if one in known else one for one in ids)
