"""Every column of every table: the word planted in it, the test that holds it, or why it is no secret.

A new column without a place here fails `test_private_words.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storage.tables import metadata

Columns = Mapping[str, str]
"""For each table, names of columns with blanks between them."""

PLANTED: Columns = {
    "asks": "slots",
    "away": "last_day",
    "disputes": "own hr",
    "experience_uses": "topic",
    "experiences": "topic",
    "hr_records": "name level department manager_id",
    "members": "shares wants department languages manager_id avoid paused_until",
    "pairs": "note",
    "partings": "reason",
    "planned": "at",
    "slack_profiles": "level department manager_id",
    "uses": "label",
    "words": "label",
}
"""What somebody said in words, names or dates of their own: the story plants a word of its own in each."""

HELD: Mapping[str, Columns] = {
    "program/test_asks_private.py::test_a_no_reads_like_everything_that_is_private": {
        "asks": "said said_at after",
    },
    "program/test_seeing.py::test_nothing_that_leads_see_tells_who_of_a_pair_said_it": {
        "checkins": "answer answered_at state",
        "planned": "said_by said_at",
        "tidings": "met_at heard_at answer not_held_by planned_at",
    },
    "program/test_planning.py::test_how_a_meeting_was_is_kept_and_shown_to_its_author_alone": {
        "reflections": "choice at",
    },
    "program/test_parting.py::test_the_other_reads_the_same_whoever_or_whatever_ended_it": {
        "left_alone": "choice chosen_at",
        "partings": "person_id at",
    },
    "program/test_parting.py::test_a_reason_is_read_by_nobody_unless_its_author_lets_leads": {
        "partings": "leads_may_read",
    },
    "program/test_experiences.py::test_nobody_reads_what_was_opened_and_not_asked_for": {
        "experiences": "way cycle place said_at",
        "experience_uses": "place",
    },
    "program/test_who_sees_what.py::test_an_answer_that_is_not_shown_changes_nothing_that_is_read": {
        "members": "mentor_capacity mentee_capacity working_days starts ends",
    },
    "program/test_who_sees_what.py::test_what_is_told_of_a_profile_is_what_its_form_says": {
        "members": "role level together from_hr",
    },
    "program/test_own_words.py::test_whatever_happens_people_only_see_offered_words_and_their_own": {
        "spellings": "written label beside",
        "uses": "key",
        "words": "key users verdict",
    },
    "program/test_preparation.py::test_where_it_is_needed_nobody_is_paired_before_and_leads_see_who_has_not": {
        "preparations": "side done_at",
    },
    "program/test_readiness.py::test_what_was_said_before_is_not_asked": {
        "members": "said_of_cycle said_in",
    },
    "program/test_care.py::test_a_partner_hears_of_a_break_once_and_is_not_asked_meanwhile": {
        "members": "standing silent_since away_since away_from",
        "left_alone": "note asked_at",
    },
    "program/test_calls.py::test_a_lead_of_the_pair_reads_nothing_anywhere": {
        "calls": "opened_at waits_since reminded_at owner_id taken_at done_by done_at calm_at",
    },
    "program/test_by_hand.py::test_neither_of_the_two_is_told_what_leads_ask": {
        "wishes": "kind made_by made_at",
    },
    "program/test_hr.py::test_only_a_lead_decides": {
        "disputes": "fact verdict",
    },
}
"""A choice among a few has no word of its own: a test compares what others read for one choice and for another."""

NO_SECRET: Mapping[str, Columns] = {
    "which row it is, and whose": {
        "agreements": "pair_id person_id",
        "asked_after": "checkin_id planned_id",
        "asks": "pair_id program_id question",
        "away": "id workspace person_id",
        "calls": "checkin_id program_id",
        "came_by": "program_id person_id invitation_id",
        "cases": "pair_id row_id",
        "changed_pairs": "pair_id",
        "checkins": "id pair_id person_id week",
        "cycles": "id program_id number",
        "digests": "program_id week",
        "disputes": "id program_id person_id",
        "experience_uses": "pair_id",
        "experiences": "program_id person_id",
        "fewer": "workspace person_id",
        "first_contact": "pair_id days",
        "groups": "id intro_of pair_id",
        "guides": "program_id topic role",
        "hr_records": "workspace person_id",
        "invitations": "id program_id",
        "late_pairs": "pair_id person_id",
        "leads": "program_id person_id place",
        "left_alone": "pair_id person_id",
        "left_out": "cycle_id person_id side",
        "members": "program_id person_id workspace",
        "pacts": "pair_id",
        "pairs": "id program_id cycle_id mentor_id mentee_id intro_of instead_of",
        "partings": "pair_id",
        "partners": "pair_id person_id",
        "past_checkins": "pair_id",
        "people": "workspace id",
        "planned": "id pair_id",
        "preparations": "program_id person_id",
        "programs": "id workspace",
        "reflections": "checkin_id",
        "reports": "cycle_id",
        "seekers": "program_id person_id",
        "slack_fields": "workspace meaning",
        "slack_profiles": "workspace person_id",
        "spellings": "program_id person_id",
        "tidings": "pair_id",
        "uses": "program_id person_id",
        "vocabularies": "program_id",
        "wishes": "id program_id cycle_id mentor_id mentee_id",
        "words": "program_id",
    },
    "when the bot itself did or will do something": {
        "agreements": "signed_at",
        "asked_after": "at also_weekly",
        "asks": "asked_at remind_at due_at told_at",
        "cases": "opened_at owner_id asked_at",
        "checkins": "asked_at reask_at",
        "first_contact": "at",
        "late_pairs": "at",
        "members": "joined_at active_since",
        "pacts": "asked_at due_at reminded_at",
        "partners": "next_checkin_at",
        "people": "seen_at updated reported",
        "reports": "frozen_at made_at",
        "slack_profiles": "read_at",
    },
    "how often somebody is asked, which changes that alone": {
        "away": "first_day",
        "fewer": "weeks since",
    },
    "what leads decide for all, or about a pair that they see": {
        "slack_fields": "field label",
        "cycles": "start_on proposal_at intro_at ends_at state runs matched_at match_asked_by match_asked_at "
        "resolve_by resolve_at meetings rhythm",
        "groups": "talked",
        "guides": "words edited_by edited_at",
        "invitations": "channel words asked_by asked_at reminded_at",
        "pairs": "state score decided_by decided_at introduced_at channel cut_off nudged_at proposed_at held_by "
        "by_rule ended_by rests_until bent",
        "programs": "name leads_channel time_zone cycle_weeks first_start first_number intro_weekday "
        "intro_minutes checkin_weekday checkin_minutes proposal_days working_days rules ladder hours_on "
        "recheck_from sponsor junior_champion asked_for_cycle meetings rhythm",
    },
    "made from others, so that a planted word would be in it too": {
        "digests": "at shown",
        "left_out": "reason help why",
        "pairs": "reasons topics why declined",
        "past_checkins": "asked answered met",
        "reports": "fewest fewest_for_words topics",
        "vocabularies": "version",
    },
    "what Slack's directory tells the whole workspace": {
        "people": "name time_zone admin deactivated guest bot stranger away_until",
    },
    "what HR's files have no more": {
        "hr_records": "ended_at",
    },
}

ON_NO_SCREEN = frozenset(
    {"admitted", "audit", "copies", "doubts", "erasures", "outbox", "shows", "turns", "went", "written"}
)
"""Tables about messages, requests, processes, and the record that operators keep: the first to read what is sent."""


def placed() -> Iterator[str]:
    """Every column that has a place here, as `table.column`, as often as it has one."""
    for columns in (PLANTED, *HELD.values(), *NO_SECRET.values()):
        yield from _named(columns)


def planted() -> frozenset[str]:
    """The columns in which the story plants words."""
    return frozenset(_named(PLANTED))


def stored() -> list[str]:
    """Every column there is, but for tables that are on no screen."""
    tables = [table for table in metadata.sorted_tables if table.name not in ON_NO_SCREEN]
    return [f"{table.name}.{column.name}" for table in tables for column in table.columns]


def _named(columns: Columns) -> Iterator[str]:
    for table, names in columns.items():
        yield from (f"{table}.{name}" for name in names.split())
