"""The bars: what is asked of the bot, and what measures it."""

from __future__ import annotations

from tests.soak import backlog, deaf, decisions, faults, kills, load, outage, power, replicas, weeks
from tests.soak.measured import Bar, not_run
from tests.soak.proofs import tests

COUNTS = {
    "kills": "deaths of the process in D1, D2 and D4",
    "faults": "in a hundred calls of delivery, so many go wrong",
    "rounds": "lives of a program, each with a database of its own",
    "crashes": "of the database server, in D2",
    "replicas": "processes on one database",
    "couples": "pairs of people in a program",
    "stages": "parts of a program's life that are played, 8 being all",
    "count": "faults in D7",
    "waiting": "messages that wait",
    "hours": "hours of a day in T1, and of an outage in D10",
    "minutes": "of measuring",
    "seconds": "of measuring",
    "pairs": "that leads decide about at once",
    "leads": "who decide at once",
    "times": "that something is done",
    "zones": "time zones",
    "days": "weekdays",
    "years": "of weeks",
    "people": "who act",
    "rate": "commands a second",
    "warm": "commands before a long run begins",
    "rows": "messages on record",
    "effort": "times as many random examples",
}
"""Every count by its name on the command line."""

BARS = (
    Bar(
        "D1",
        "SQLite: kill -9 again and again while it delivers amid 20 % faults: 0 lost, doubled, stuck, out of order or "
        "for others' eyes, and no click that was heard is forgotten",
        kills.one_process,
        {"kills": 12, "faults": 20},
        {"kills": 1000, "faults": 20},
        in_short=True,
    ),
    Bar(
        "D1b",
        "The same of `python -m bot run` in real time, up to the introductions",
        kills.real_process,
        {"kills": 5, "faults": 20, "couples": 3},
        {"kills": 100, "faults": 20, "couples": 40},
    ),
    Bar(
        "D2",
        "PostgreSQL: the same with several replicas, while they die and the database crashes",
        replicas.several_processes,
        {"kills": 3, "faults": 20, "rounds": 1, "crashes": 1, "replicas": 2, "couples": 4, "stages": 2},
        {"kills": 200, "faults": 20, "rounds": 4, "crashes": 8, "replicas": 4, "couples": 200, "stages": 8},
        in_short=True,
    ),
    Bar(
        "D3",
        "Each point of the protocol, killed, suspended or failed, before and after the effect: one copy",
        tests(
            "tests/bot/test_delivery.py", "tests/bot/test_courier_table.py", "tests/journeys/test_process.py"
        ),
        {"effort": 1},
        {"effort": 3},
    ),
    Bar(
        "D4",
        f"Death right after a commit, the 1st to the {kills.COMMITS}th of a life: the same end",
        kills.at_commits,
        {"kills": 10},
        {"kills": 300},
    ),
    Bar(
        "D5",
        "A history that lags by up to 8 and by up to 20 seconds, half of the answers lost: nothing stands twice",
        faults.lagging_history,
        {"couples": 5},
        {"couples": 100},
    ),
    Bar(
        "D6",
        "The database goes back to a backup: nothing is said twice (window (d) of decision 2)",
        faults.old_backup,
        {"couples": 4},
        {"couples": 40},
    ),
    Bar(
        "D7",
        "10,000 answers nobody wants, every documented error among them: each message ends in order, for a reason",
        faults.any_answer,
        {"count": 100, "couples": 4},
        {"count": 10_000, "couples": 60},
    ),
    Bar(
        "D8",
        "No call is repeated by the SDK",
        tests("tests/bot/test_wiring.py::test_no_call_to_slack_is_repeated_by_the_sdk"),
    ),
    Bar(
        "D9",
        "Leads decide about the same pairs at once, on both databases: one outcome each",
        decisions.at_once,
        {"pairs": 20, "leads": 4},
        {"pairs": 1000, "leads": 8},
        in_short=True,
    ),
    Bar(
        "D10",
        "Six hours without Slack when check-ins are due: no burst, one message each",
        outage.hours_without_slack,
        {"couples": 5, "hours": 6},
        {"couples": 60, "hours": 6},
    ),
    Bar(
        "D10b",
        "Three minutes of resets: at most one message of unknown fate where every call is reset, "
        f"{outage.MOST_UNKNOWN} where only posts are, and one question to each lead",
        outage.minutes_of_resets,
        {"waiting": 20},
        {"waiting": 120},
    ),
    Bar(
        "D11",
        "Events that never come: who is gone is gone all the same",
        tests("tests/journeys/test_people_go.py"),
    ),
    Bar(
        "D12",
        "The power is cut: no commit that was acknowledged is lost",
        not_run(
            "needs a file system that forgets what is not synced; that each commit is synced (`synchronous=FULL`) "
            "is held by tests/storage/test_database.py"
        ),
    ),
    Bar(
        "D12b",
        "The end of SQLite's log is cut off, zeroed or torn at any byte: the file opens undamaged, as what was "
        "committed before",
        power.cuts,
        {"times": 24, "couples": 3},
        {"times": 1000, "couples": 20},
        in_short=True,
    ),
    Bar(
        "D13",
        "The disk is full at 50 moments, and then has room: nothing lost, no crash",
        faults.full_disk,
        {"times": 8, "couples": 3},
        {"times": 50, "couples": 10},
        in_short=True,
    ),
    Bar(
        "D14",
        "Random lives of a program: what was promised holds",
        tests("tests/program/test_lives.py"),
        {"effort": 1},
        {"effort": 10},
    ),
    Bar(
        "T1",
        "20 zones, 4 weekdays, 5 hours, 5 years: one question for each person and week, never early",
        weeks.years,
        {"zones": 20, "days": 1, "hours": 1, "years": 1},
        {"zones": 20, "days": 4, "hours": 5, "years": 5},
        in_short=True,
    ),
    Bar(
        "T2",
        "The wall clock is set while the bot lives: nothing twice, and nothing that cannot be undone",
        faults.clock_steps,
        {"couples": 3, "seconds": 5},
        {"couples": 10, "seconds": 30},
    ),
    Bar(
        "T2b",
        "The ticking goes on when the wall clock is set",
        tests("tests/scheduler/test_clock.py"),
    ),
    Bar(
        "T3",
        "People who travel are asked once in each week",
        tests("tests/program/test_checkins.py::test_whoever_travels_is_asked_once_in_each_week"),
        {"effort": 1},
        {"effort": 20},
    ),
    Bar(
        "T4",
        "Suspended for three hours at a call: everything once, and soon",
        faults.suspended,
        {"couples": 3},
        {"couples": 20},
    ),
    Bar(
        "L1",
        "200 commands a second for a minute, each a commit: p99 under 250 ms, none over 3 s",
        load.commands_a_second,
        {"rate": 20, "seconds": 5, "people": 20},
        {"rate": 200, "seconds": 60, "people": 200},
    ),
    Bar(
        "L2",
        "100 people at once while Slack takes ten seconds for every call: everybody has an answer within 1 s",
        load.clicks_while_slack_is_slow,
        {"people": 10},
        {"people": 100},
    ),
    Bar(
        "L3",
        "5,000 people with 100,000 skills matched in 30 s and 500 MB",
        not_run("measured by `python -m benchmarks.matching`, see docs/benchmarks.md"),
    ),
    Bar(
        "L4",
        "A long run: less than 5 MB more once warm, as many threads and files, a log under 50 MB",
        load.long_run,
        {"seconds": 8, "people": 20, "warm": 100},
        {"seconds": 240, "people": 200, "warm": 6000},
    ),
    Bar(
        "L5",
        "5,000 messages wait behind a limit: a welcome and a call for help within 3 s, a round of waiting under 20 ms",
        backlog.somebody_waits,
        {"waiting": 100, "seconds": 5},
        {"waiting": 5000, "seconds": 20},
    ),
    Bar(
        "L5b",
        "97 % of what Slack permits is used, and it refuses nothing",
        backlog.share_of_what_is_allowed,
        {"minutes": 1},
        {"minutes": 2},
    ),
    Bar(
        "L6",
        "A million messages on record: connected within 3 s, a look under 20 ms",
        load.large_outbox,
        {"rows": 10_000},
        {"rows": 1_000_000},
    ),
    Bar(
        "L7",
        "A socket that dies without a word: heard again within 20 s, at no more than a tenth of a core",
        deaf.silent_sockets,
        {"times": 1},
        {"times": 3},
    ),
)
