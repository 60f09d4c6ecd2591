"""Words that people brought: who is offered them, from when on and until when, and that nobody finds out by typing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring import skills as rules
from mentoring.errors import Invalid, NotAllowed, UnknownWord
from mentoring.own_words import SEVERAL
from mentoring.people import Person, ProfileDraft
from mentoring.skills import Vocabulary, skill_key, starter
from program import members, profiles, vocabulary
from program.forms import OwnWords
from storage import audit, tables
from storage.database import Database
from tests.effort import usually
from tests.fixtures.databases import empty
from tests.program.office import HOME, LEAD, OTHER_LEAD, Office

WORD = "Coming out at work"
WRITER, OTHER, GUEST, STRANGER = "UWRITER", "UOTHERONE", "UGUEST", "USTRANGER"
EVERYBODY = (OTHER, GUEST, STRANGER, LEAD)


def offered(office: Office, *people: str, query: str = "coming out") -> list[str]:
    """Who of these is offered the word while typing the query."""
    return [one for one in people if WORD in profiles.suggest(office.ctx, office.workspace, query, one)]


def own(office: Office) -> OwnWords:
    return vocabulary.own(office.ctx, office.workspace, LEAD)


def waiting(office: Office) -> list[tuple[str, int]]:
    return [(word.label, word.users) for word in own(office).waiting]


def take_in(office: Office, word: str = WORD) -> str:
    return vocabulary.take_in(office.ctx, office.workspace, LEAD, word)


def take_out(office: Office, word: str = WORD) -> str:
    return vocabulary.take_out(office.ctx, office.workspace, LEAD, word)


@pytest.fixture
def written(office: Office) -> Office:
    """One person has a word of their own; a member, a guest, a lead and somebody who never joined look for it."""
    office.sets_up()
    office.joins(WRITER, shares=(WORD,), wants=("SQL",))
    office.joins(OTHER, shares=("SQL",), wants=("SQL",))
    office.joins(GUEST, shares=("SQL",), wants=("SQL",))
    office.joins(LEAD, shares=("SQL",), wants=("SQL",))
    office.directory_says(GUEST, guest=True)
    return office


def test_only_its_writer_is_offered_a_word_of_ones_own(written: Office) -> None:
    for query in ("coming out", "", "work", "comming out at work", WORD, "Соming оut"):
        assert offered(written, WRITER, *EVERYBODY, query=query) == [WRITER], query
    assert waiting(written) == [(WORD, 1)], "leads read it on cards too"


def test_several_people_who_use_it_make_it_everybodys(written: Office) -> None:
    for number in range(2, SEVERAL + 1):
        assert offered(written, *EVERYBODY) == []
        assert waiting(written) == [(WORD, number - 1)]
        written.joins(f"UMORE{number}", shares=("coming OUT at work",), wants=("SQL",))
    assert offered(written, WRITER, *EVERYBODY) == [WRITER, *EVERYBODY]
    assert waiting(written) == []
    assert [word.label for word in own(written).offered] == [WORD]


def test_a_lead_takes_it_in_and_out(written: Office) -> None:
    assert take_in(written, "COMING OUT AT WORK!") == WORD
    assert offered(written, WRITER, *EVERYBODY) == [WRITER, *EVERYBODY]
    assert take_out(written) == WORD
    assert offered(written, WRITER, *EVERYBODY) == [WRITER], "they keep it"
    assert written.member(WRITER).profile.shares == (WORD,)
    for number in range(SEVERAL):
        written.joins(f"UMORE{number}", shares=(WORD,))
    assert offered(written, *EVERYBODY) == [], "a lead's word counts more than many"
    assert [word.label for word in own(written).out] == [WORD]
    take_in(written)
    assert offered(written, *EVERYBODY) == [*EVERYBODY]


def leaves(office: Office, person: str) -> None:
    members.leave(office.ctx, office.workspace, person)


def is_deactivated(office: Office, person: str) -> None:
    office.directory_says(person, deactivated=True)


def changes_the_word(office: Office, person: str) -> None:
    office.edit(person, shares=("SQL",))


GOES: dict[str, Callable[[Office, str], None]] = {
    "left": leaves,
    "deactivated": is_deactivated,
    "another word": changes_the_word,
}


@pytest.mark.parametrize("goes", GOES.values(), ids=GOES)
def test_a_word_goes_with_its_users(written: Office, goes: Callable[[Office, str], None]) -> None:
    more = [f"UMORE{number}" for number in range(1, SEVERAL)]
    for person in more:
        written.joins(person, shares=(WORD,), wants=("SQL",))
    assert offered(written, *EVERYBODY) == [*EVERYBODY]
    goes(written, WRITER)
    assert offered(written, *more, *EVERYBODY) == more
    for person in more:
        goes(written, person)
    assert offered(written, *EVERYBODY) == []
    assert waiting(written) == []
    assert own(written) == OwnWords()
    with pytest.raises(UnknownWord):
        take_in(written)


@pytest.mark.parametrize("goes", GOES.values(), ids=GOES)
def test_a_word_that_a_lead_took_in_stays(written: Office, goes: Callable[[Office, str], None]) -> None:
    take_in(written)
    goes(written, WRITER)
    assert offered(written, *EVERYBODY) == [*EVERYBODY]
    take_out(written)
    assert offered(written, *EVERYBODY) == []


def test_who_comes_back_finds_their_word_and_counts_again(written: Office) -> None:
    leaves(written, WRITER)
    assert offered(written, WRITER, *EVERYBODY) == [WRITER]
    written.joins(WRITER, shares=(WORD,))
    assert waiting(written)[0] == (WORD, 1)


def test_what_was_taken_out_stays_out_after_everybody_was_gone(written: Office) -> None:
    take_out(written)
    is_deactivated(written, WRITER)
    assert own(written).out == ()
    for number in range(SEVERAL):
        written.joins(f"UMORE{number}", shares=(WORD,))
    assert offered(written, *EVERYBODY) == []


def test_a_word_that_the_program_came_with_can_be_taken_out_too(office: Office) -> None:
    office.sets_up()
    assert "Podcasts" in profiles.suggest(office.ctx, office.workspace, "podc")
    assert take_out(office, "podcast") == "Podcasts"
    assert profiles.suggest(office.ctx, office.workspace, "podc") == []
    assert [word.label for word in own(office).out] == ["Podcasts"]
    office.joins(WRITER, shares=("podcasts",), wants=("SQL",))
    assert office.member(WRITER).profile.shares == ("podcasts",), "as they wrote it"
    assert take_in(office, "podcast") == "Podcasts"
    assert profiles.suggest(office.ctx, office.workspace, "podc") == ["Podcasts"]


@pytest.mark.parametrize(
    "typed", ["coming out at work", "Coming out at works", "Coming-out at wörk!", "comming out at work"]
)
def test_typing_nearly_the_same_tells_nobody_of_it(written: Office, typed: str) -> None:
    draft = ProfileDraft(level=2, shares=(typed,), wants=("SQL",), languages=("English",))
    person = Person(OTHER, "Otto", HOME)
    form = profiles.form(written.ctx, written.workspace, person, shares=[typed])
    assert form.draft.shares == ("SQL", typed)
    saved = profiles.save(written.ctx, written.workspace, person, draft)
    assert saved.merged == ()
    assert saved.member.profile.shares == (typed,)
    assert vocabulary.merged(written.ctx, written.workspace, LEAD) == []


def test_the_same_word_in_two_spellings_makes_a_pair(office: Office) -> None:
    office.sets_up()
    office.joins("UANA", role="share", level=1, shares=(WORD,), wants=())
    office.joins("UMAX", role="learn", level=5, shares=(), wants=("COMING OUT at work!",))
    office.proposes()
    assert [pair.people for pair in office.pairs] == [("UANA", "UMAX")]
    (topic,) = office.pair().topics
    assert topic in (WORD, "COMING OUT at work!")


def test_a_profile_is_not_rewritten_when_the_word_becomes_everybodys(office: Office) -> None:
    office.sets_up()
    office.joins("U1", shares=("bee-keeping", "Knittting patterns"), wants=("SQL",))
    for number, word in enumerate(("Beekeeping", "Bee keeping", "Bee keeping"), 2):
        office.joins(f"U{number}", shares=(word, "Knitting patterns"), wants=("SQL",))
    office.joins("U9", shares=("Bee-keepings", "Knittting patterns"), wants=("SQL",))
    saved = office.edit("U1", level=3)
    assert saved.profile.shares == ("bee-keeping", "Knittting patterns")
    assert office.member("U9").profile.shares[1] == "Knitting patterns", "everybody is offered that"


def test_only_leads_decide_and_it_is_noted(written: Office) -> None:
    for person in (WRITER, OTHER, "UADMIN"):
        for act in (vocabulary.take_in, vocabulary.take_out):
            with pytest.raises(NotAllowed):
                act(written.ctx, written.workspace, person, WORD)
        with pytest.raises(NotAllowed):
            vocabulary.own(written.ctx, written.workspace, person)
    for word in ("Nobody wrote this", "", "!!!", "x" * 1_000_000):
        with pytest.raises(UnknownWord):
            take_in(written, word)
    take_in(written)
    vocabulary.take_out(written.ctx, written.workspace, OTHER_LEAD, WORD)
    vocabulary.take_out(written.ctx, written.workspace, OTHER_LEAD, WORD)
    with written.ctx.database.read() as tx:
        noted = audit.entries(tx, written.program.id)[-2:]
    assert [entry[1:] for entry in noted] == [
        (LEAD, "take_in", WORD),
        (OTHER_LEAD, "take_out", WORD),
    ], "the third changed nothing"


def test_another_process_offers_the_same(offices: list[Office]) -> None:
    one, other = offices
    one.sets_up()
    one.joins(WRITER, shares=(WORD,))
    assert offered(other, OTHER) == []
    take_in(one)
    assert offered(other, OTHER) == [OTHER]
    take_out(other)
    assert offered(one, OTHER) == []


# --- what it costs


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every comparison of two words that are not the same."""
    made: list[str] = []
    near = rules._near

    def counted(one: str, other: str) -> bool:
        made.append(one)
        return near(one, other)

    monkeypatch.setattr(rules, "_near", counted)
    return made


def test_too_many_skills_are_counted_and_not_compared(office: Office, compared: list[str]) -> None:
    office.sets_up()
    office.joins("U0", shares=("Investing",))
    take_in(office, "Investing")
    compared.clear()
    many = tuple(f"Investing{number}" for number in range(2_000))
    with pytest.raises(Invalid) as told:
        office.joins("U1", shares=many, wants=many[:21])
    assert told.value.fields == {
        "shares": "Please choose at most 20 skills. You have 2000.",
        "wants": "Please choose at most 20 skills. You have 21.",
    }
    assert compared == []


def test_nothing_is_compared_while_others_wait_to_write(
    office: Office, compared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sets_up()
    office.joins("U0", shares=("Investing",))
    take_in(office, "Investing")
    writes: list[int] = []
    write = Database.write

    def entered(database: Database) -> Any:
        writes.append(len(compared))
        return write(database)

    monkeypatch.setattr(Database, "write", entered)
    office.joins("U1", shares=("Investinng",), wants=("Invesstting",))
    assert writes == [len(compared)], "one write, after the last comparison"
    assert compared != []


@pytest.mark.parametrize("words", usually([10_000], [10_000, 100_000]))
def test_a_save_and_a_keystroke_cost_the_same_however_many_words_there_are(
    office: Office, compared: list[str], words: int
) -> None:
    program = office.sets_up()
    rows = [
        {
            "program_id": program.id,
            "key": skill_key(word),
            "label": word,
            "users": number % 2 + 1,
            "verdict": None,
        }
        for number in range(words)
        if (word := f"Own word number {number}")
    ]
    with office.ctx.database.write() as tx:
        tx.execute(tables.words.insert(), rows)
    office.joins("U1", shares=("Own wrod number 7", "Own word numberr"), wants=("Photograhpy",))
    assert len(compared) < 50
    with office.ctx.database.read() as tx:
        known = office.ctx.vocabularies.of(tx, program.id)
        assert len(known.words.labels) == len(starter().labels)
        assert office.ctx.vocabularies.of(tx, program.id) is known, "read once"


def test_a_slip_is_looked_for_among_few_of_many_offered_words(compared: list[str]) -> None:
    words = [
        " ".join(pair) for pair in combinations(sorted({label.split()[0] for label in starter().labels}), 2)
    ]
    many = Vocabulary(words)
    assert len(words) > 1_000
    assert many.find("Accessibilitty Budgeting") == many.find("Accessibility Budgeting")
    assert len(compared) < len(words) / 20


def test_a_save_is_thought_through_again_when_the_words_changed_meanwhile(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sets_up()
    office.joins("U0", shares=("Investing",))
    plan, tries = profiles._plan, 0

    def meanwhile(*given: Any) -> Any:
        nonlocal tries
        planned = plan(*given)
        tries += 1
        if tries == 1:
            take_in(office, "Investing")
        return planned

    monkeypatch.setattr(profiles, "_plan", meanwhile)
    saved = office.joins("U1", shares=("Investinng",))
    assert (saved.profile.shares, tries) == (("Investing",), 2)


def test_a_vocabulary_that_never_rests_does_not_keep_a_save_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sets_up()
    office.joins("U0", shares=("Investing",))
    plan = profiles._plan

    def meanwhile(*given: Any) -> Any:
        planned = plan(*given)
        rule = take_out if planned.basis.version % 2 else take_in
        rule(office, "Investing")
        return planned

    monkeypatch.setattr(profiles, "_plan", meanwhile)
    assert office.joins("U1", shares=("Chess",)).profile.shares == ("Chess",)


# --- nobody finds out


_words = st.lists(
    st.sampled_from(
        ["Accessibility", "Acessibility", "Investing", "investings", "Investinng", "Инвестинг", "Chess"]
    ),
    min_size=1,
    max_size=4,
)
_acts = st.lists(
    st.one_of(st.tuples(st.sampled_from("1234"), _words), st.sampled_from(["in", "out"])), max_size=9
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(_acts)
def test_whatever_happens_people_only_see_offered_words_and_their_own(
    sqlite: Database, acts: list[Any]
) -> None:
    office = Office(empty(sqlite))
    office.sets_up()
    for act in acts:
        if isinstance(act, str):
            if found := own(office).waiting or own(office).offered:
                (take_in if act == "in" else take_out)(office, found[0].label)
            continue
        who, texts = act
        open_words = set(profiles.suggest(office.ctx, office.workspace, "")) | _all_offered(office)
        before = office.find(f"U{who}")
        mine = {*before.profile.shares} if before else set()
        member = office.joins(f"U{who}", shares=tuple(texts), wants=("SQL",))
        assert {*member.profile.shares} <= open_words | mine | {*texts}
        for word in member.profile.shares:
            assert word in profiles.suggest(office.ctx, office.workspace, word, f"U{who}")


def _all_offered(office: Office) -> set[str]:
    return {word.label for word in own(office).offered}
