"""Decisions: leads approve and decline the same pairs at once, and each pair has one outcome."""

from __future__ import annotations

import random
import tempfile
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text

from mentoring.errors import ProgramError
from program import approvals
from storage.database import Database
from storage.keeping import schema
from tests.program.office import LEAD, OTHER_LEAD, Office
from tests.soak.measured import Measured, Plan, flaws_of
from tests.soak.replicas import server


def at_once(plan: Plan) -> Measured:
    """Leads who decide about the same pairs at the same moment, on both databases."""
    found: list[str] = []
    flaws: list[str] = []
    with server() as postgres, tempfile.TemporaryDirectory(prefix="soak-leads-") as folder:
        urls = {
            "SQLite": f"sqlite:///{Path(folder) / 'leads.db'}",
            "PostgreSQL": postgres.create_database("leads"),
        }
        for name, url in urls.items():
            decided, wins, outcomes = _decided(url, plan)
            found.append(f"{name}: {wins} decisions for {decided} pairs, at most {outcomes} for one")
            flaws += flaws_of(
                (wins == decided and outcomes == 1, f"{name}: {wins} decisions for {decided} pairs")
            )
    return Measured(f"{plan['pairs']} pairs, {plan['leads']} leads at once", "; ".join(found), tuple(flaws))


def _decided(url: str, plan: Plan) -> tuple[int, int, int]:
    """How many pairs there were, how many decisions were taken, and the most for one pair."""
    database = Database(url)
    schema.upgrade(database)
    office = Office(database)
    office.sets_up()
    for number in range(plan["pairs"]):
        office.couple(number)
    office.matches()
    with database.read() as tx:
        numbers = list(tx.execute(text("SELECT id FROM pairs WHERE state = 'proposed'")).scalars())
    wins: Counter[int] = Counter()
    barrier, guard = threading.Barrier(plan["leads"]), threading.Lock()

    def decides(lead: str, seed: int) -> None:
        rng = random.Random(seed)
        barrier.wait()
        for number in numbers:
            with suppress(ProgramError):
                act = rng.choice((approvals.approve, approvals.decline))
                act(office.ctx, office.workspace, lead, number)
                with guard:
                    wins[number] += 1

    leads = [LEAD if number % 2 else OTHER_LEAD for number in range(plan["leads"])]
    threads = [
        threading.Thread(target=decides, args=(lead, plan.seed + place)) for place, lead in enumerate(leads)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    return len(numbers), sum(wins.values()), max(wins.values(), default=0)
