"""Journey: words of their own in every private field, and no payload that shows one to anybody whom it is not for."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mentoring.hr import HrRecord, Meaning, SlackField
from mentoring.pairings import Pair
from program import hr, slack_profiles
from sandbox import Person
from storage import cycles, pairs
from storage.tables import metadata
from tests.journeys import inspection, private_fields
from tests.journeys.town import INTRO, PROPOSAL, Town
from tests.journeys.wire import Mark, Sent, Wire, mark
from tests.journeys.written import Log

LATER = timedelta(hours=1)
BOTH_AT_WORK = timedelta(hours=4)
"""After the introductions: one of the mentors begins at noon, and is introduced then."""

OWN_SLOT = datetime(2027, 1, 14, 10, 7, tzinfo=UTC)
SHARED_SLOT = datetime(2027, 1, 14, 14, 37, tzinfo=UTC)
"""Times of a mentee: the mentor works at the second one alone."""

MEETING = datetime(2027, 1, 21, 14, 43, tzinfo=UTC)
AWAY, PAUSED = date(2027, 3, 20), date(2027, 3, 27)
"""Saturdays, on which a program does nothing that could be told with the same date."""

WORDS_OF_LEADS = (
    "pending",
    "review",
    "unmatched",
    "ready",
    "skills",
    "calls",
    "hr",
    "wishes",
    "digest",
    "report",
)
WORDS_OF_ALL = ("status", "partner", "meeting", "checkin", "help")


@dataclass(frozen=True)
class Planted:
    """Something of one person: where it is stored, how it could be written on a screen, and who may read it."""

    column: str
    whose: str
    written: tuple[str, ...]
    readers: frozenset[str]
    kept: str
    told: bool

    def is_in(self, text: str) -> bool:
        return any(re.search(rf"(?<![\w]){re.escape(one.casefold())}(?![\w])", text) for one in self.written)


@dataclass
class Garden:
    """What was planted so far, and in which columns it was seen to stand."""

    town: Town
    all: list[Planted] = field(default_factory=list)
    seen: set[Planted] = field(default_factory=set)

    def plant(
        self,
        column: str,
        whose: Person,
        *readers: Person,
        written: Sequence[str] = (),
        kept: str = "",
        told: bool | None = None,
    ) -> str:
        """A new word of somebody, for them and these readers; or what they say instead of a word.

        It has to reach somebody where there are other readers, unless it is said that it need not be `told`.
        """
        word = written[0] if written else _word(column, whose.name)
        every = frozenset(one.id for one in (whose, *readers))
        is_told = bool(readers) if told is None else told
        self.all.append(
            Planted(column, whose.name, tuple(written) or (word,), every, (kept or word).casefold(), is_told)
        )
        return word

    def looks(self) -> None:
        """See which of them stand in their columns now."""
        rows: dict[str, str] = {}
        with self.town.bot.ctx.database.read() as tx:
            for table in metadata.sorted_tables:
                for row in tx.execute(table.select()).mappings():
                    for name, value in row.items():
                        key = f"{table.name}.{name}"
                        rows[key] = f"{rows.get(key, '')} {value}".casefold()
        self.seen |= {one for one in self.all if one.kept in rows.get(one.column, "")}

    def leaks(self, sent: Sequence[Sent]) -> list[str]:
        """Each word that was sent to somebody whom it is not for."""
        return [
            f"{one.column} of {one.whose}: {one.written[0]} in {it.how} to {sorted(it.readers - one.readers)}"
            for one in self.all
            for it in sent
            if not it.readers <= one.readers and one.is_in(it.text)
        ]

    def untold(self, sent: Sequence[Sent]) -> list[Planted]:
        """Words that should have reached somebody and did not: then the search would find nothing anywhere."""
        return [one for one in self.all if one.told and not any(one.is_in(it.text) for it in sent)]


def _word(column: str, whose: str) -> str:
    """Unlike every other word, so that no two count as one skill."""
    digits = hashlib.sha256(f"{column} {whose}".encode()).hexdigest()[:12]
    return "Zq" + "".join(chr(ord("a") + int(digit, 16)) for digit in digits)


def _days(day: date) -> tuple[str, ...]:
    return (f"{day:%B} {day.day}", f"{day:%b} {day.day}", day.isoformat())


def _moment(moment: datetime) -> tuple[str, ...]:
    return (str(int(moment.timestamp())), f"{moment:%H:%M}")


@dataclass
class Cast:
    """Who is in the story, and the leads with everybody who reads in their channel."""

    town: Town
    garden: Garden

    @property
    def leads(self) -> tuple[Person, ...]:
        return (self.town.lead, self.town.other_lead)

    @property
    def channel(self) -> tuple[Person, ...]:
        return (*self.leads, self.town.admin)

    def joins(self, person: Person, partner: Person, topic: str, starts: str = "09:00") -> None:
        """Somebody fills every field of the form with words of their own."""
        mentor = "Mentor" in person.name
        ghost, stranger = (
            self.town.slack.add_person(f"{who} {person.name[:3]}") for who in ("Boss of", "Ex of")
        )
        plant = self.garden.plant
        skills = [topic, plant(f"members.{'shares' if mentor else 'wants'}", person, partner, *self.channel)]
        for column in ("uses.label", "words.label"):
            plant(column, person, partner, *self.channel, written=(skills[1],))
        plant("members.manager_id", person, written=(ghost.id,))
        plant("members.avoid", person, written=(stranger.id,))
        answers: dict[str, object] = {
            "My department": plant("members.department", person, *self.channel),
            "Languages": ["English", plant("members.languages", person)],
            "My working day starts": starts,
            "My manager": ghost,
            "People I would rather not": [stranger],
        }
        self.town.enrolls(
            person,
            "Associate" if mentor else "Director",
            skills if mentor else (),
            () if mentor else skills,
            **answers,
        )

    def couple(self, first: str, second: str, topic: str, starts: str = "09:00") -> tuple[Person, Person]:
        """A mentor and a mentee who fit each other and nobody else."""
        add = self.town.slack.add_person
        mentor, mentee = (add(name, tz=self.town.zone) for name in (f"{first} Mentor", f"{second} Mentee"))
        self.joins(mentor, mentee, topic, starts)
        self.joins(mentee, mentor, topic)
        return mentor, mentee

    def everybody_looks(self, people: Collection[Person]) -> None:
        """Whoever can ask for something to read does."""
        for person in (*people, *self.channel):
            person.opens_home()
            for word in WORDS_OF_ALL:
                person.types(f"/reverse-mentor {word}")
        for lead in self.channel:
            for word in WORDS_OF_LEADS:
                lead.types(f"/reverse-mentor {word}")
        self.town.quiet()
        self.garden.looks()


def chooses(person: Person, label: str, *topics: str) -> None:
    """Somebody names experiences in the details of their profile."""
    person.types("/reverse-mentor")
    person.clicks("More details")
    person.fills(label, list(topics))
    assert not person.submits().errors


def says_why(person: Person, number: int, reason: str, allows: bool) -> None:
    """Somebody ends a pair of theirs and writes why, for leads or for nobody."""
    person.types(f"/reverse-mentor partner end {number} yes")
    person.types(f"/reverse-mentor partner why {number}")
    person.waits_for_modal()
    person.fills("Why", reason)
    if allows:
        person.fills("Who may read it", ["The program's leads may read this"])
    assert not person.submits().errors
    person.closes_modal()


def test_every_column_has_a_place() -> None:
    placed = Counter(private_fields.placed())
    stored = private_fields.stored()
    assert [one for one in stored if not placed[one]] == [], "is it private? then plant a word in it"
    assert [one for one in placed if one not in stored or placed[one] > 1] == []


def test_what_has_no_word_is_held_by_a_test_that_is_there() -> None:
    tests = Path(__file__).parents[1]
    for named in private_fields.HELD:
        path, _, name = named.partition("::")
        assert f"def {name}(" in (tests / path).read_text(), named


def lives(town: Town) -> tuple[Garden, Mark]:
    """A whole program with words in every private field; gives them, and the moment after the leads named topics."""
    garden = Garden(town)
    cast = Cast(town, garden)
    plant = garden.plant
    town.sets_up()
    town.lead.types("/reverse-mentor rules ask-first on")
    mia, max_ = cast.couple("Mia", "Max", "Podcasting", starts="12:00")
    nora, noah = cast.couple("Nora", "Noah", "Chess")
    ola, otto = cast.couple("Ola", "Otto", "Photography")
    pia, paul = cast.couple("Pia", "Paul", "Public speaking")
    lou = town.other_lead
    lena = town.slack.add_person("Lena Mentor", tz=town.zone)
    cast.joins(lena, lou, "SQL")
    cast.joins(lou, lena, "SQL")
    people = (mia, max_, nora, noah, ola, otto, pia, paul, lena)

    # What two of them open and ask for; what leads offer is known to everybody before.
    shared = plant("experiences.topic", mia, max_, written=("Zqambered my way",))
    plant("experience_uses.topic", mia, max_, written=(shared,))
    opened, asked = plant("experiences.topic", ola), plant("experiences.topic", otto)
    town.lead.types(f"/reverse-mentor rules experiences {shared}; {opened}; {asked}")
    begins = mark(town.slack)
    chooses(mia, "Experiences I am glad to talk about", shared)
    chooses(ola, "Experiences I am glad to talk about", opened)
    chooses(max_, "Experiences I would like to hear about", shared)
    chooses(otto, "Experiences I would like to hear about", asked)
    hr_says(town, garden, cast, mia)
    profiles_say(town, garden)
    cast.everybody_looks(people)

    # Leads decide; mentees are asked first.
    town.lives_until(PROPOSAL + LATER)
    cast.everybody_looks(people)
    numbers = {pair.mentor_id: pair.id for pair in town_pairs(town)}
    reason = plant("pairs.note", town.lead, town.other_lead)
    town.lead.types(f"/reverse-mentor decline {numbers[pia.id]} {reason}")
    town.lead.types("/reverse-mentor forbid " + f"<@{pia.id}> <@{paul.id}>")
    town.approves_all()
    town.lives_for(minutes=2)
    for mentee in (max_, otto, lou):
        mentee.types("/reverse-mentor say-yes")
    plant("asks.slots", max_, written=_moment(OWN_SLOT))
    plant("asks.slots", max_, mia, written=_moment(SHARED_SLOT))
    max_.types(f"/reverse-mentor times {numbers[mia.id]} 2027-01-14 10:07, 2027-01-14 14:37")
    noah.types(f"/reverse-mentor not-this-time {numbers[nora.id]} skip")
    town.quiet()
    cast.everybody_looks(people)

    # A pair agrees, plans, meets and reflects; others are away, call for help, take a break, and end their pair.
    town.lives_until(INTRO + BOTH_AT_WORK)
    mia.types("/reverse-mentor agree")
    plant("planned.at", max_, mia, written=_moment(MEETING), kept="2027-01-21 14:43")
    max_.types("/reverse-mentor planned 2027-01-21 14:43")
    plant("away.last_day", otto, written=_days(AWAY), kept="2027-03-20")
    otto.types(f"/reverse-mentor away until {AWAY}")
    plant("members.paused_until", ola, *cast.leads, written=_days(PAUSED), kept="2027-03-27", told=False)
    ola.types(f"/reverse-mentor pause until {PAUSED}")
    town.quiet()
    cast.everybody_looks(people)
    lena.types("/reverse-mentor checkin help")
    otto.says("I need help, " + plant("typed to the bot", otto, told=False))
    town.lives_until(MEETING + timedelta(days=1, hours=2))
    mia.types("/reverse-mentor checkin met")
    town.quiet()
    cast.everybody_looks(people)
    ola.types("/reverse-mentor resume")
    says_why(max_, numbers[mia.id], plant("partings.reason", max_), allows=False)
    says_why(ola, numbers[ola.id], plant("partings.reason", ola, *cast.leads), allows=True)
    says_why(lena, numbers[lena.id], plant("partings.reason", lena, town.lead), allows=True)
    town.quiet()
    cast.everybody_looks(people)

    # Somebody leaves, the cycle ends, and the leads read what it came to.
    nora.types("/reverse-mentor leave")
    town.lives_until(INTRO + timedelta(weeks=8, hours=2))
    cast.everybody_looks(people)

    return garden, begins


def test_no_payload_shows_anybody_what_is_for_others(town: Town) -> None:
    garden, begins = lives(town)
    sent = list(Wire(town.slack).everything(begins))
    assert garden.leaks(sent) == []
    assert [one for one in garden.all if "." in one.column and one not in garden.seen] == []
    assert garden.untold(sent) == []
    assert {one.column for one in garden.all if "." in one.column} == private_fields.planted()


@pytest.mark.slow
def test_no_line_of_the_log_has_a_word_a_name_or_a_token(log: Log, town: Town) -> None:
    """Whatever level anybody gives to a logger, and though the libraries are told each of them."""
    garden, _ = lives(town)
    planted = {one for it in garden.all for one in it.written if one.startswith("Zq")}
    names = {one.name for one in garden.town.slack.people() if " " in one.name}
    assert log.lines
    assert {one for one in (*planted, *names) if one.casefold() in log.text.casefold()} == set()
    assert inspection.tokens_in(garden.town.slack, log.text) == []
    assert {"slack_bolt", "sqlalchemy"} <= log.raw.who_says(planted)


def hr_says(town: Town, garden: Garden, cast: Cast, member: Person) -> None:
    """HR's file has another department for a member, and somebody who takes no part."""
    hank = town.slack.add_person("Hank Hr")
    boss = town.slack.add_person("Boss of Hank")
    plant = garden.plant
    theirs = plant("disputes.hr", member, *cast.channel)
    plant("hr_records.department", member, *cast.channel, written=(theirs,))
    own = next(one for one in garden.all if (one.column, one.whose) == ("members.department", member.name))
    plant("disputes.own", member, *cast.channel, written=own.written)
    plant("hr_records.manager_id", hank, written=(boss.id,))
    fields = ("name", "level", "department")
    told = {name: plant(f"hr_records.{name}", hank) for name in fields} | {"manager_id": boss.id}
    people = {hank.id: told, member.id: {"department": theirs}}
    ctx = town.bot.ctx
    hr.apply(ctx, town.workspace, hr.planned(ctx, town.workspace, people, frozenset((*fields, "manager_id"))))


def profiles_say(town: Town, garden: Garden) -> None:
    """The Slack profile of somebody who takes no part has what leads chose to have read."""
    pia, boss = town.slack.add_person("Pia Profile"), town.slack.add_person("Boss of Pia")
    ctx, plant = town.bot.ctx, garden.plant
    fields = {one: SlackField(f"Xf{one.value}", one.value, people=one is Meaning.MANAGER) for one in Meaning}
    slack_profiles.choose(ctx, town.workspace, town.lead.id, fields)
    level, department = (plant(f"slack_profiles.{name}", pia) for name in ("level", "department"))
    plant("slack_profiles.manager_id", pia, written=(boss.id,))
    said = HrRecord(pia.id, level=level, department=department, manager_id=boss.id, from_slack=tuple(Meaning))
    slack_profiles.keep(ctx, town.workspace, [said])


def town_pairs(town: Town) -> list[Pair]:
    """Every pair there is."""
    with town.bot.ctx.database.read() as tx:
        return [one for cycle in cycles.of_program(tx, 1) for one in pairs.of_cycle(tx, cycle.id)]
