"""The buttons with which a member joins, pauses, comes back, leaves, or asks where they stand."""

from __future__ import annotations

from mentoring.messages import Kind, to_person
from mentoring.people import Standing
from program import members, returning
from sandbox import Person
from storage import members as stored
from storage.outbox import outbox
from tests.handlers.world import World


def standing(world: World, person_id: str) -> str:
    return members.status(world.ctx, world.workspace, person_id).standing


def test_the_question_before_leaving_offers_a_pause(led: World) -> None:
    ana = led.joins("Ana Example")
    ana.types("/reverse-mentor leave")
    ana.clicks("Pause instead")
    assert "You are paused" in ana.waits_to_see("You are paused").text
    assert ana.sees("Would you like to leave") is None, "the question is gone"
    ana.clicks("Take part again")
    ana.waits_to_see("You take part again")
    assert standing(led, ana.id) == Standing.ACTIVE
    assert led.complaints() == []


def test_leaving_from_the_question(led: World) -> None:
    ana = led.joins("Ana Example")
    ana.types("/reverse-mentor leave")
    ana.clicks("Leave the program")
    ana.waits_to_see("You have left the program")
    assert "not in the program" in ana.types("/reverse-mentor status").text


def test_status_from_a_button(led: World) -> None:
    ana = led.joins("Ana Example")
    ana.types("/reverse-mentor help")
    ana.clicks("My status")
    assert ana.waits_to_see("You take part.").ephemeral
    led.outsider.types("/reverse-mentor help")
    led.outsider.clicks("My status")
    led.outsider.waits_to_see("You are not in the program yet")
    assert led.complaints() == []


def test_the_profile_opens_from_the_welcome(led: World) -> None:
    ana = led.joins("Ana Example")
    led.delivers()
    ana.clicks("Open my profile", ana.waits_to_see("You are in"))
    assert ana.waits_for_modal().title == "Your mentoring profile"


def test_one_tap_ends_a_pause_after_silence(led: World) -> None:
    ana = led.joins("Ana Example")
    with led.ctx.database.write() as tx:
        member = stored.get(tx, 1, ana.id)
        assert member is not None
        stored.move(tx, member, Standing.PAUSED, silent_since=led.clock())
        outbox.put(tx, 1, to_person(Kind.SILENCE, "2026-W45", ana.id), led.clock())
    led.delivers()
    ana.clicks("Take part again", ana.waits_to_see("Three weeks of check-ins"))
    led.soon(lambda: standing(led, ana.id) == Standing.ACTIVE)
    led.delivers()
    assert ana.waits_to_see("Welcome back").edited
    assert len([one for one in ana.messages() if "Welcome back" in one]) == 1, "said once, in its place"
    assert led.complaints() == []


def away_and_back(world: World, person: Person) -> None:
    """The directory takes somebody out by mistake, and knows them again."""
    for change in (world.slack.deactivate, world.slack.reactivate):
        change(person)
        world.known(person)
    world.delivers()


def test_one_tap_undoes_a_mistake_of_the_directory(led: World) -> None:
    ana, ben = led.joins("Ana Example"), led.joins("Ben Example")
    for person in (ana, ben):
        away_and_back(led, person)
        assert "not in the program" in person.types("/reverse-mentor status").text
    ana.clicks("Take part again", ana.waits_to_see("Good to see you again."))
    led.soon(lambda: not returning.is_away(led.ctx, led.workspace, ana.id))
    ben.clicks("No, thank you", ben.waits_to_see("Good to see you again."))
    led.soon(lambda: not returning.is_away(led.ctx, led.workspace, ben.id))
    led.delivers()
    assert "Welcome back. You take part in *Upside Down* again." in ana.waits_to_see("Welcome back")
    ben.waits_to_see("You do not take part in")
    assert standing(led, ana.id) == Standing.ACTIVE
    assert "not in the program" in ben.types("/reverse-mentor status").text
    assert led.complaints() == []


def test_whoever_is_asked_can_type_the_answer(led: World) -> None:
    ana, ben = led.joins("Ana Example"), led.joins("Ben Example")
    for person in (ana, ben):
        away_and_back(led, person)
    assert "You take part again" in ana.types("/reverse-mentor resume").text
    assert "you stay out" in ben.types("/reverse-mentor leave").text
    assert standing(led, ana.id) == Standing.ACTIVE
    assert "not in the program" in ben.types("/reverse-mentor resume").text
