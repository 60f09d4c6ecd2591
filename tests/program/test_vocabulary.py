"""Words that became another skill, and what happens when a lead keeps them apart."""

from __future__ import annotations

import pytest

from mentoring.errors import NoProgram, NoSuchWord, NotAllowed
from mentoring.pairings import PairState
from program import approvals, members, vocabulary
from program.forms import MergedWord
from storage import audit
from tests.program.office import LEAD, Office


def merged(office: Office) -> list[MergedWord]:
    return vocabulary.merged(office.ctx, office.workspace, LEAD)


def keep_apart(office: Office, word: str) -> MergedWord:
    return vocabulary.keep_apart(office.ctx, office.workspace, LEAD, word)


def shares(office: Office, person: str) -> tuple[str, ...]:
    return office.member(person).profile.shares


@pytest.fixture
def slips(office: Office) -> Office:
    """Three people wrote what is a letter away from a word that a lead took in."""
    office.sets_up()
    office.joins("UBEN", shares=("Investing",))
    vocabulary.take_in(office.ctx, office.workspace, LEAD, "Investing")
    office.joins("UANA", shares=("Chess", "Investinng", "SQL"))
    office.joins("UEVA", shares=("investinng!",), wants=("Investinng", "Podcasts"))
    office.joins("UTWO", shares=("Investing", "Investinng"))
    return office


def test_a_slip_is_merged_and_listed(slips: Office) -> None:
    assert shares(slips, "UANA") == ("Chess", "Investing", "SQL")
    assert merged(slips) == [MergedWord("Investinng", "Investing", 3)]


def test_another_case_or_the_plural_is_the_same_skill_and_not_listed(office: Office) -> None:
    office.sets_up()
    office.joins("UANA", shares=("ai tool", "CHESS", "chess"))
    assert merged(office) == []
    with pytest.raises(NoSuchWord):
        keep_apart(office, "ai tool")


def test_kept_apart_the_word_is_back_with_everybody_who_wrote_it(slips: Office) -> None:
    told = keep_apart(slips, "INVESTINNG")
    assert told == MergedWord("Investinng", "Investing", 3)
    assert shares(slips, "UANA") == ("Chess", "Investinng", "SQL")
    assert shares(slips, "UEVA") == ("Investinng",)
    assert slips.member("UEVA").profile.wants == ("Investinng", "Podcasts")
    assert shares(slips, "UBEN") == ("Investing",)
    assert shares(slips, "UTWO") == ("Investing", "Investinng"), "they wrote both"
    assert merged(slips) == []
    with pytest.raises(NoSuchWord):
        keep_apart(slips, "Investinng")


def test_of_two_slips_the_other_stays_what_it_was_taken_for(slips: Office) -> None:
    slips.joins("UTOO", shares=("Investinng", "Investting"))
    assert {word.written for word in merged(slips)} == {"Investinng", "Investting"}
    keep_apart(slips, "Investinng")
    assert shares(slips, "UTOO") == ("Investing", "Investinng")


def test_kept_apart_words_are_never_merged_again(slips: Office) -> None:
    keep_apart(slips, "Investinng")
    slips.joins("UNEW", shares=("investinng", "investing"))
    assert shares(slips, "UNEW") == ("Investinng", "Investing")
    assert merged(slips) == []


def test_the_matching_takes_them_for_two_skills(office: Office) -> None:
    office.sets_up()
    office.joins("UBEN", role="share", level=1, shares=("Investing",), wants=())
    vocabulary.take_in(office.ctx, office.workspace, LEAD, "Investing")
    office.joins("UMAX", role="learn", level=5, shares=(), wants=("Investinng",))
    office.proposes()
    assert office.pair().topics == ("Investing",)
    approvals.decline(office.ctx, office.workspace, LEAD, office.pair().id)
    for person, skill in (("UBEA", "Investing"), ("UANA", "Investinng")):
        office.joins(person, role="share", level=1, shares=(skill,), wants=())
    keep_apart(office, "Investinng")
    office.proposes()
    assert [pair.people for pair in office.pairs if pair.state is PairState.PROPOSED] == [("UANA", "UMAX")]


def test_whoever_took_the_skill_out_meanwhile_is_left_alone(slips: Office) -> None:
    slips.edit("UANA", shares=("Chess",))
    assert merged(slips) == [MergedWord("Investinng", "Investing", 2)]
    keep_apart(slips, "Investinng")
    assert shares(slips, "UANA") == ("Chess",)


def test_an_edit_of_something_else_forgets_nothing(slips: Office) -> None:
    slips.edit("UANA", level=3)
    keep_apart(slips, "Investinng")
    assert shares(slips, "UANA") == ("Chess", "Investinng", "SQL")


def test_it_reaches_those_who_paused_or_left(slips: Office) -> None:
    members.pause(slips.ctx, slips.workspace, "UANA")
    members.leave(slips.ctx, slips.workspace, "UEVA")
    assert keep_apart(slips, "Investinng").people == 3
    assert shares(slips, "UANA") == ("Chess", "Investinng", "SQL")
    assert shares(slips, "UEVA") == ("Investinng",)


def test_only_leads_look_and_keep_apart(slips: Office) -> None:
    for person in ("UANA", "UADMIN"):
        with pytest.raises(NotAllowed):
            vocabulary.merged(slips.ctx, slips.workspace, person)
        with pytest.raises(NotAllowed):
            vocabulary.keep_apart(slips.ctx, slips.workspace, person, "Investinng")


def test_without_a_program_there_are_no_words(office: Office) -> None:
    with pytest.raises(NoProgram):
        merged(office)


def test_what_a_lead_did_is_noted(slips: Office) -> None:
    keep_apart(slips, "Investinng")
    with slips.ctx.database.read() as tx:
        noted = audit.entries(tx, slips.program.id)[-1]
    assert noted[1:] == (LEAD, "keep_apart", "Investinng")
