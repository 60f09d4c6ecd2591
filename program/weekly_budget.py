"""Nobody gets more than so many messages in a week from what the bot begins: the rest waits for the next one."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentoring import budget
from mentoring.budget import Worth
from mentoring.cadence import WEEK, instant, local_date
from mentoring.working_time import WorkingTime
from program import at_work
from program.act import Act
from storage import weekly
from storage.outbox.letters import Letter


def waits_until(act: Act, letter: Letter) -> datetime | None:
    """When a message that would be one too many in a reader's week may come; None for one that may come now.

    A pair's message waits for both, as it does for their working hours. A channel has no budget.
    """
    notice = letter.notice
    if budget.worth(notice.kind) is Worth.ALWAYS:
        return None
    everybody = at_work.readers(act.tx, act.program, notice)
    weeks = [_next_week(act, letter, who, work) for who, work in everybody if who]
    over = [begins for begins in weeks if begins is not None]
    return at_work.opens_at(act.tx, act.program, notice, max(over)) if over else None


def _next_week(act: Act, letter: Letter, person_id: str, work: WorkingTime) -> datetime | None:
    """When somebody's next week begins, where the message is too many in this one."""
    today = local_date(act.now, work.zone)
    monday = today - timedelta(days=today.weekday())
    begins = instant(monday, 0, work.zone)
    sent, waiting = weekly.of_person(act.tx, act.program.workspace, letter, person_id, begins, act.now)
    over = budget.is_over(letter.notice.kind, sent, waiting)
    return instant(monday + WEEK, 0, work.zone) if over else None
