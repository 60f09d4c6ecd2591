"""Nobody gets more than so many messages in a week from what the bot begins: the rest waits for the next one."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentoring import budget
from mentoring.budget import Worth
from mentoring.cadence import WEEK, instant, local_date
from program import at_work
from program.act import Act
from storage import weekly
from storage.letters import Letter


def waits_until(act: Act, letter: Letter) -> datetime | None:
    """When a message that would be one too many in its reader's week may come; None for one that may come now."""
    notice = letter.notice
    if not notice.reader or budget.worth(notice.kind) is Worth.ALWAYS:
        return None
    ((_, work),) = at_work.readers(act.tx, act.program, notice)
    today = local_date(act.now, work.zone)
    monday = today - timedelta(days=today.weekday())
    begins = instant(monday, 0, work.zone)
    sent, waiting = weekly.of_person(act.tx, act.program.workspace, letter, begins, act.now)
    if not budget.is_over(notice.kind, sent, waiting):
        return None
    return at_work.opens_at(act.tx, act.program, notice, instant(monday + WEEK, 0, work.zone))
