"""The tables, as SQLAlchemy Core sees them; every row belongs to a workspace or to one of its programs."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from mentoring.checkins import Answer, CheckInState
from mentoring.cycles import CycleState
from mentoring.own_words import Verdict
from mentoring.pairings import PairState
from mentoring.people import Role, Standing
from mentoring.urgency import Lane
from storage import (  # noqa: F401 - so that whoever has the metadata has all tables
    checkin_tables,
    enroll_tables,
    hr_tables,
    parting_tables,
)
from storage.ask_tables import asks
from storage.delivery_tables import (
    admitted,
    audit,
    came_by,
    cases,
    copies,
    doubts,
    erasures,
    invitations,
    shows,
    turns,
)
from storage.instant import Instant
from storage.listed import Listed
from storage.meeting_tables import agreements, guides, pacts
from storage.metadata import metadata, one_of
from storage.middle_tables import calls, late_pairs, left_out, seekers
from storage.report_tables import reports
from storage.seeing_tables import digests, leads, tidings
from storage.states import RowState
from storage.went_tables import past_checkins, went

__all__ = [
    "admitted",
    "agreements",
    "asks",
    "audit",
    "calls",
    "came_by",
    "cases",
    "copies",
    "digests",
    "doubts",
    "erasures",
    "guides",
    "invitations",
    "late_pairs",
    "leads",
    "left_out",
    "metadata",
    "one_of",
    "pacts",
    "past_checkins",
    "reports",
    "seekers",
    "shows",
    "tidings",
    "turns",
    "went",
]

programs = Table(
    "programs",
    metadata,
    Column("id", Integer, primary_key=True),
    # One program per workspace for now; dropping this constraint is what several programs will need.
    Column("workspace", String(32), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("leads_channel", String(32), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("cycle_weeks", Integer, nullable=False),
    Column("first_start", Date, nullable=False),
    Column("first_number", Integer, nullable=False),
    Column("intro_weekday", Integer, nullable=False),
    Column("intro_minutes", Integer, nullable=False),
    Column("checkin_weekday", Integer, nullable=False),
    Column("checkin_minutes", Integer, nullable=False),
    Column("proposal_days", Integer, nullable=False),
    Column("working_days", JSON, nullable=False),
    Column("rules", JSON, nullable=False),
    Column("ladder", JSON, nullable=False),
    # The day whose clocks the shared hours on screen follow; see `program.clocks`.
    Column("hours_on", Date),
    # From which pair on those that wait are to be looked at again; see `program.rechecks`.
    Column("recheck_from", Integer),
    Column("sponsor", String(32)),
    Column("junior_champion", String(32)),
    # The last cycle before which everybody was asked whether they are in for it.
    Column("asked_for_cycle", Integer),
    # How many meetings a cycle has and how often they are, from which its weeks follow; empty where weeks were set.
    Column("meetings", Integer),
    Column("rhythm", String(16)),
)

people = Table(
    "people",
    metadata,
    Column("workspace", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("time_zone", String(64)),
    Column("admin", Boolean, nullable=False),
    Column("deactivated", Boolean, nullable=False),
    Column("guest", Boolean, nullable=False),
    Column("bot", Boolean, nullable=False),
    # Empty where Slack does not say whether they belong here.
    Column("stranger", Boolean),
    # Until when their status in Slack says that they are away.
    Column("away_until", Instant),
    Column("seen_at", Instant, nullable=False),
    # By Slack's clock: the second in which their entry last changed, and the microsecond in which an event said so.
    Column("updated", BigInteger),
    Column("reported", BigInteger),
    Index(None, "workspace", "seen_at"),
)

members = Table(
    "members",
    metadata,
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", String(32), primary_key=True),
    Column("workspace", String(32), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("paused_until", Date),
    Column("joined_at", Instant, nullable=False),
    Column("active_since", Instant, nullable=False),
    # Since when somebody is paused because they did not answer; empty for every other pause.
    Column("silent_since", Instant),
    # Set while somebody is out only because the directory said that they are gone, with the standing they had.
    Column("away_since", Instant),
    Column("away_from", String(16)),
    Column("role", String(16), nullable=False),
    Column("shares", Listed, nullable=False),
    Column("wants", Listed, nullable=False),
    Column("level", Integer),
    Column("department", Text, nullable=False),
    Column("languages", Listed, nullable=False),
    Column("starts", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    Column("manager_id", String(32)),
    Column("avoid", Listed, nullable=False),
    Column("mentor_capacity", Integer, nullable=False),
    Column("mentee_capacity", Integer, nullable=False),
    Column("working_days", Listed),  # empty: those of the program
    # Which of level and department are HR's; empty for none.
    Column("from_hr", Listed),
    # What somebody last said about a cycle to come: its number, and whether they are in.
    Column("said_of_cycle", Integer),
    Column("said_in", Boolean),
    # Whether a mentee with several mentors wants them in one conversation.
    Column("together", Boolean, nullable=False, server_default=false()),
    ForeignKeyConstraint(["workspace", "person_id"], ["people.workspace", "people.id"]),
    Index(None, "program_id", "standing", "level"),  # whoever has no level is counted by it
    # Finding the programs of a person whose directory entry changed.
    Index(None, "workspace", "person_id"),
    one_of("standing", Standing),
    one_of("role", Role),
)

words = Table(
    "words",
    metadata,
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True),
    # What makes two spellings one word: `mentoring.labels.skill_key`.
    Column("key", String(200), primary_key=True),
    Column("label", String(80), nullable=False),
    # How many members use it, counted up to `storage.skills.COUNTED`.
    Column("users", Integer, nullable=False),
    # What leads ruled, if they did.
    Column("verdict", String(8)),
    one_of("verdict", Verdict),
    Index(None, "program_id", "verdict", "users"),
)

uses = Table(
    "uses",
    metadata,
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", String(32), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("label", String(80), nullable=False),
    Index(None, "program_id", "key", "person_id"),
)

vocabularies = Table(
    "vocabularies",
    metadata,
    Column(
        "program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    # Counts the changes of what everybody is offered, so that nobody reads all words to see that they are the same.
    Column("version", Integer, nullable=False),
)

spellings = Table(
    "spellings",
    metadata,
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", String(32), primary_key=True),
    Column("written", String(80), primary_key=True),
    Column("label", String(80), nullable=False),
    Column("beside", Boolean, nullable=False),
)

cycles = Table(
    "cycles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("start_on", Date, nullable=False),
    Column("proposal_at", Instant, nullable=False),
    Column("intro_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("runs", Integer, nullable=False),
    Column("matched_at", Instant),
    Column("match_asked_by", String(64)),
    Column("match_asked_at", Instant),
    Column("resolve_by", String(64)),
    Column("resolve_at", Instant),
    # What it was planned with; a cycle that runs keeps that.
    Column("meetings", Integer),
    Column("rhythm", String(16)),
    UniqueConstraint("program_id", "number"),
    one_of("state", CycleState),
)

pairs = Table(
    "pairs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), nullable=False),
    Column("cycle_id", ForeignKey("cycles.id", ondelete="CASCADE"), nullable=False),
    Column("mentor_id", String(32), nullable=False),
    Column("mentee_id", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("score", Integer, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("topics", Listed, nullable=False),
    Column("decided_by", String(32)),
    Column("decided_at", Instant),
    Column("note", Text, nullable=False),
    Column("introduced_at", Instant),
    Column("channel", String(32)),
    # When the directory alone ended it, because one of the two was gone: such a pair can go on.
    Column("cut_off", Instant),
    Column("nudged_at", Instant),
    Column("why", JSON(none_as_null=True)),
    Column("proposed_at", Instant),  # since when it waits for a decision; empty for pairs of older versions
    # The lead who said that no rule approves it, and by which rule it was approved: see `mentoring.policy`.
    Column("held_by", String(32)),
    Column("by_rule", String(16)),
    # The lead who ended it, and the day until which one let it rest.
    Column("ended_by", String(32)),
    Column("rests_until", Date),
    # The rules that a lead bent to pair these two by hand, empty if none and NULL where the matching proposed them; the
    # pair in whose place a swap put them; and the decline that was set aside for them: who, when, and the words.
    Column("bent", Listed),
    Column("instead_of", Integer),
    Column("declined", JSON(none_as_null=True)),
    Column("intro_of", Integer),  # the pair whose introduction brought this one into its conversation, if any
    UniqueConstraint("cycle_id", "mentor_id", "mentee_id"),
    CheckConstraint("mentor_id <> mentee_id", name="two_people"),
    one_of("state", PairState),
    Index(None, "program_id", "state", "introduced_at"),  # both have all that is counted by them
    Index(None, "cycle_id", "state", "mentor_id", "mentee_id"),
    Index(None, "program_id", "mentor_id"),
    Index(None, "program_id", "mentee_id"),
)

wishes = Table(
    "wishes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), nullable=False),
    Column("cycle_id", ForeignKey("cycles.id", ondelete="CASCADE")),
    Column("mentor_id", String(32), nullable=False),
    Column("mentee_id", String(32), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("made_by", String(32), nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("program_id", "mentor_id", "mentee_id"),
)

groups = Table(
    "groups",
    metadata,
    Column("id", Integer, primary_key=True),
    # Whose introduction is that of all; the others came into the conversation by it.
    Column("intro_of", ForeignKey("pairs.id", ondelete="CASCADE"), nullable=False),
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), nullable=False),
    # Whether this pair had a conversation before, which they left for this one.
    Column("talked", Boolean, nullable=False),
    UniqueConstraint("intro_of", "pair_id"),
    Index(None, "pair_id"),
)

partners = Table(
    "partners",
    metadata,
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", String(32), primary_key=True),
    # Empty while no check-in is planned: before the introduction and after the pair's end.
    Column("next_checkin_at", Instant, index=True),
)

checkins = Table(
    "checkins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pair_id", ForeignKey("pairs.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", String(32), nullable=False),
    Column("week", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("asked_at", Instant),
    Column("reask_at", Instant),
    Column("answer", String(16)),
    Column("answered_at", Instant),
    UniqueConstraint("pair_id", "person_id", "week"),
    one_of("state", CheckInState),
    CheckConstraint("answer IN (" + ", ".join(f"'{answer.value}'" for answer in Answer) + ")", name="answer"),
    Index(None, "person_id", "week"),
    Index(None, "state", "reask_at"),
    Index(None, "answer"),  # calls for help are few
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    # Travels in the message's metadata, so that a message can be recognized in a conversation; random on purpose.
    Column("token", String(32), nullable=False, unique=True),
    Column("program_id", ForeignKey("programs.id", ondelete="CASCADE"), nullable=False),
    Column("key", String(160), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("recipient", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("not_before", Instant, nullable=False),
    # Whether it waits until its readers are at work, and the moment until which it did.
    Column("patient", Boolean, nullable=False),
    Column("held_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("owner", String(64)),
    Column("lease_until", Instant),
    Column("first_attempt_at", Instant),
    # Versions of what the message should show and of what it shows; a difference means work.
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("channel", String(32)),
    Column("ts", String(32)),
    Column("sent_at", Instant),
    Column("trouble", Text, nullable=False),
    # Of the contents on screen; the same contents are not sent again.
    Column("digest", String(64), nullable=False),
    Column("settled", String(16)),  # what ended the doubt whether it arrived: `storage.states.Settled`
    # What goes first, as `mentoring.urgency` has it; set when it is queued, and again when it is to change.
    Column("lane", Integer, nullable=False, server_default=str(Lane.MAIL.value)),
    Column("act", String(8)),  # that last called for it, as the log names it; none where the calendar did
    UniqueConstraint("program_id", "key"),
    one_of("state", RowState),
    Index(None, "state", "not_before"),
    # Only what waits is in it, so that it stays as small as the backlog. On PostgreSQL as well: the migration says so,
    # because an argument named after that database would load all of SQLAlchemy's part for it at each start.
    Index(None, "lane", "not_before", "id", sqlite_where=text("state = 'ready'")),
    Index(None, "lease_until"),
    Index(None, "program_id", "kind", "subject"),
    Index(None, "program_id", "recipient"),
    Index(None, "channel", "ts"),
)
