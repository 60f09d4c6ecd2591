"""Joining and changing one's profile."""

from __future__ import annotations

from mentoring.people import Standing
from program import members, profiles, vocabulary
from tests.handlers import raw
from tests.handlers.world import World

OWN = "Underwater basket weaving"


def add_own(texts: list[str]) -> str:
    """Choose the typed word itself."""
    return next(text for text in texts if text.startswith("Add “"))


def test_the_minimum_joins_in_one_form(led: World) -> None:
    ana = led.outsider
    ana.types("/reverse-mentor")
    assert ana.waits_for_modal().title == "Your mentoring profile"
    ana.fills("What would you like to do?", "Share what I know, as a mentor")
    ana.fills("Skills I can share", ["Video editing"])
    ana.fills("My level", "Associate")
    assert ana.submits().closed
    led.delivers()
    assert "You are in *Upside Down*" in ana.waits_to_see("You are in").text
    stored = profiles.form(led.ctx, led.workspace, led.known(ana)).draft
    assert (stored.role, stored.shares, stored.level) == ("share", ("Video editing",), 2)
    assert led.complaints() == []


def test_everything_can_be_filled_in_and_comes_back(led: World) -> None:
    ana, boss, rival = led.outsider, led.slack.add_person("Bea Boss"), led.slack.add_person("Rik Rival")
    ana.types("/reverse-mentor profile")
    ana.fills("Skills I can share", ["Video editing", "AI tools"])
    ana.fills("Skills I want to learn, most wanted first", ["Negotiation"])
    ana.fills("My level", "I am not sure")
    ana.clicks("Add details")
    ana.fills("My department", "Sales")
    ana.fills("Languages I am glad to talk in", ["Portuguese", "English"], pick=lambda texts: texts[0])
    ana.fills("My working day starts", "08:30")
    ana.fills("How many people I would teach at most", "3 people")
    ana.fills("My manager", boss)
    ana.fills("People I would rather not be paired with", [rival])
    assert ana.submits().closed
    draft = profiles.form(led.ctx, led.workspace, led.known(ana)).draft
    assert (draft.shares, draft.wants) == (("Video editing", "AI tools"), ("Negotiation",))
    assert (draft.department, draft.languages, draft.starts) == ("Sales", ("Portuguese", "English"), "08:30")
    assert (draft.mentor_capacity, draft.manager_id, draft.avoid) == (3, boss.id, (rival.id,))
    ana.types("/reverse-mentor")
    again = ana.waits_for_modal()
    assert "Video editing" in again.text or "Video editing" in str(again.values)
    ana.fills("My level", "I am not sure")
    assert ana.submits().closed, "the form as it comes back can be saved as it is"
    assert profiles.form(led.ctx, led.workspace, led.known(ana)).draft == draft
    assert led.complaints() == []


def test_errors_stand_on_their_fields_and_nothing_typed_is_lost(led: World) -> None:
    ana = led.outsider
    ana.types("/reverse-mentor join")
    ana.fills("Skills I can share", ["Video editing"])
    assert set(ana.submits().errors) == {"Skills I want to learn, most wanted first", "My level"}
    ana.fills("Skills I want to learn, most wanted first", ["!!!"], pick=add_own)
    ana.fills("My level", "Associate")
    ana.clicks("Add details")
    ana.fills("My department", "Sales")
    ana.fills("My working day ends", "08:00")
    ana.fills("My manager", ana)
    outcome = ana.submits()
    assert not outcome.closed
    assert set(outcome.errors) == {
        "Skills I want to learn, most wanted first",
        "My working day ends",
        "My manager",
    }
    assert outcome.view is not None
    assert outcome.view.values["My department"]["value"] == "Sales"
    assert "Video editing" in str(outcome.view.values["Skills I can share"])
    ana.fills("Skills I want to learn, most wanted first", ["Negotiation"])
    ana.fills("My working day ends", "17:00")
    ana.fills("My manager", None)
    assert ana.submits().closed
    assert led.complaints() == []


def test_own_words_are_welcome_and_near_duplicates_become_one(led: World) -> None:
    led.joins("Ben Example", shares=[OWN])
    vocabulary.take_in(led.ctx, led.workspace, led.lead.id, OWN)
    ana = led.outsider
    ana.types("/reverse-mentor")
    ana.fills("Skills I can share", ["underwater basket  weavings!", "Falconry"], pick=add_own)
    ana.fills("Skills I want to learn, most wanted first", ["Negotiation"])
    ana.fills("My level", "Associate")
    outcome = ana.submits()
    assert not outcome.closed
    assert outcome.view is not None
    assert outcome.view.title == "Saved"
    assert f"“{OWN}” for “underwater basket weavings!”" in outcome.view.text
    assert profiles.form(led.ctx, led.workspace, led.known(ana)).draft.shares == (OWN, "Falconry")
    ana.closes_modal()
    assert led.complaints() == []


def test_the_type_ahead_offers_skills_and_the_typed_word(led: World) -> None:
    led.outsider.types("/reverse-mentor")
    assert len(led.outsider.searches("Skills I can share", "")) > 10
    found = led.outsider.searches("Skills I can share", "video")
    assert "Video editing" in found
    assert "Add “video”" in found
    assert "Add “Video editing”" not in led.outsider.searches("Skills I can share", "video editing")
    led.outsider.clicks("Add details")
    assert led.outsider.searches("Languages I am glad to talk in", "portug")[0] == "Portuguese"
    assert len(led.outsider.searches("Skills I can share", "x" * 300)) == 1
    assert led.complaints() == []


def test_typed_skills_are_filled_in(led: World) -> None:
    ana = led.joins("Ana Example", shares=["Video editing"], wants=["Negotiation"])
    ana.types("/reverse-mentor share AI tools, falconry, video editing")
    assert ana.submits().closed
    ana.types("/reverse-mentor learn Budgeting")
    ana.submits()
    draft = profiles.form(led.ctx, led.workspace, led.known(ana)).draft
    assert draft.shares == ("Video editing", "AI tools", "falconry")
    assert draft.wants[0] == "Negotiation"
    assert len(draft.wants) == 2
    assert led.complaints() == []


def test_a_skill_that_cannot_be_one_is_refused_on_its_field(led: World) -> None:
    ana = led.joins("Ana Example")
    ana.types("/reverse-mentor share !!!")
    outcome = ana.submits()
    assert "at least one letter or number" in outcome.errors["Skills I can share"]


def test_somebody_who_left_joins_again_with_what_they_had(led: World) -> None:
    ana = led.joins("Ana Example")
    members.leave(led.ctx, led.workspace, ana.id)
    ana.types("/reverse-mentor")
    assert ana.submits().closed
    assert members.status(led.ctx, led.workspace, ana.id).standing == Standing.ACTIVE


def test_a_form_of_a_program_that_is_not_there_says_so_on_its_first_field(world: World) -> None:
    body = raw.submission(world, world.outsider.id, "profile", {"role": {}, "shares": {}})
    answer = raw.dispatch(world, body)
    assert answer.body["response_action"] == "errors"
    assert "no mentoring program" in answer.body["errors"]["role"]


def test_who_is_paused_reads_that_saving_changes_nothing_about_it(led: World) -> None:
    ana = led.outsider
    ana.types("/reverse-mentor share Video editing")
    ana.fills("My level", "Associate")
    assert ana.submits().closed, "whoever types a skill to share means to share it"
    ana.types("/reverse-mentor pause")
    ana.types("/reverse-mentor profile")
    outcome = ana.submits()
    assert not outcome.closed
    told = ana.waits_for_modal()
    assert "You are still paused: nobody new is paired with you before you come back." in told.text
    ana.clicks("Take part again")
    led.soon(lambda: members.status(led.ctx, led.workspace, ana.id).standing == Standing.ACTIVE)
    led.soon(lambda: "You take part again." in ana.waits_for_modal().text or None)
    assert led.complaints() == []
