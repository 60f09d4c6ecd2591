"""Joining, and changing one's answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mentoring.errors import Invalid, NoProgram
from mentoring.messages import Kind, Welcome
from mentoring.people import Person, ProfileDraft, Role, Standing
from program import members, profiles
from tests.program.office import HOME, INTRO, LEAD, MONDAY, OTHER_LEAD, Office
from tests.storage.together import together

ADA = Person("U1", "Ada", HOME)
DRAFT = ProfileDraft(role="both", shares=("Beekeeping",), wants=("SQL",), level=2, languages=("English",))


def save(office: Office, **answers: Any) -> profiles.Saved:
    return profiles.save(office.ctx, office.workspace, ADA, replace(DRAFT, **answers))


def test_nobody_joins_before_there_is_a_program(office: Office) -> None:
    with pytest.raises(NoProgram):
        save(office)
    with pytest.raises(NoProgram):
        profiles.form(office.ctx, office.workspace, ADA)
    with pytest.raises(NoProgram):
        profiles.suggest(office.ctx, office.workspace, "s")


def test_somebody_joins_and_is_welcomed_once(office: Office) -> None:
    office.sets_up()
    saved = save(office)
    assert (saved.joined, saved.merged, saved.member.standing) == (True, (), Standing.ACTIVE)
    assert saved.member == office.member("U1")
    office.delivers()
    (welcome,) = office.heard("U1")
    assert welcome.content == Welcome(
        "Upside Down", Role.BOTH, True, INTRO, HOME, (LEAD, OTHER_LEAD), prepared=False
    )
    assert save(office, level=3).joined is False
    office.delivers()
    assert len(office.heard("U1")) == 1
    assert office.member("U1").profile.level == 3


def test_words_come_into_the_programs_own(office: Office) -> None:
    office.sets_up()
    saved = save(office, shares=("ai tool", "Beekeeping"), wants=("beekeeping ", "Sql"))
    assert saved.member.profile.shares == ("AI tools", "Beekeeping")
    assert saved.member.profile.wants == ("Beekeeping", "SQL")
    assert ("ai tool", "AI tools") in saved.merged
    assert profiles.suggest(office.ctx, office.workspace, "beek", "U1") == ["Beekeeping"]
    assert profiles.suggest(office.ctx, office.workspace, "") != []


def test_every_mistake_is_told_and_nothing_is_kept(office: Office) -> None:
    office.sets_up()
    with pytest.raises(Invalid) as told:
        save(office, shares=("!!!",), wants=("Origami", "x" * 70), level=99, languages=())
    fields = told.value.fields
    assert sorted(fields) == ["languages", "level", "shares", "wants"]
    assert "at least one letter" in fields["shares"]
    assert "60 characters" in fields["wants"]
    assert profiles.form(office.ctx, office.workspace, ADA).enrolled is False
    assert profiles.suggest(office.ctx, office.workspace, "origami", "U1") == []


def test_an_unusable_word_is_told_when_everything_else_is_fine(office: Office) -> None:
    office.sets_up()
    with pytest.raises(Invalid) as told:
        save(office, shares=("Beekeeping", "..."))
    assert list(told.value.fields) == ["shares"]


def test_the_form_shows_what_is_on_file_and_what_was_typed(office: Office) -> None:
    office.sets_up()
    empty = profiles.form(office.ctx, office.workspace, ADA, shares=["ai tool"])
    assert (empty.enrolled, empty.draft.shares, empty.draft.wants) == (False, ("AI tools",), ())
    save(office)
    form = profiles.form(office.ctx, office.workspace, ADA, ["beekeeping", "Chess"], ["Chess"])
    assert form.enrolled
    assert (form.draft.shares, form.draft.wants) == (("Beekeeping", "Chess"), ("SQL", "Chess"))
    assert form.draft.level == 2


def test_whoever_left_can_join_again_as_new(office: Office) -> None:
    office.sets_up()
    save(office)
    office.delivers()
    members.leave(office.ctx, office.workspace, "U1")
    assert profiles.form(office.ctx, office.workspace, ADA).enrolled is False
    office.passes(days=3)
    saved = save(office)
    assert (saved.joined, saved.member.joined_at) == (True, office.clock())
    assert saved.member.joined_at > MONDAY
    office.delivers()
    assert len(office.heard("U1", Kind.WELCOME)) == 2


def test_an_edit_does_not_end_a_pause(office: Office) -> None:
    office.sets_up()
    save(office)
    members.pause(office.ctx, office.workspace, "U1")
    assert save(office, level=4).member.standing is Standing.PAUSED
    assert office.member("U1").standing is Standing.PAUSED


def test_saving_the_same_form_many_times_at_once_joins_once(offices: list[Office]) -> None:
    offices[0].sets_up()
    saved = together(4, lambda number: save(offices[number % 2]).joined)
    assert sorted(map(str, saved)) == ["False", "False", "False", "True"]
    offices[0].delivers()
    assert len(offices[0].heard("U1", Kind.WELCOME)) == 1


def test_working_days_are_the_programs_until_somebody_chooses_others(office: Office) -> None:
    office.sets_up()
    assert save(office, working_days=("0", "1", "2", "3", "4")).member.profile.working_days is None
    assert save(office, working_days=("6", "0")).member.profile.working_days == (0, 6)
    # A form that does not ask leaves them as they are.
    assert save(office, working_days=None).member.profile.working_days == (0, 6)
    with pytest.raises(Invalid) as told:
        save(office, working_days=())
    assert told.value.fields == {"working_days": "Choose at least one day on which you work."}
    assert office.member("U1").profile.working_days == (0, 6)
