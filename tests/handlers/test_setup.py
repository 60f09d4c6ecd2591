"""Setting up the program and changing its settings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers import payloads, setup
from handlers.services import Directory
from mentoring.errors import Invalid, ProgramError
from mentoring.people import Person as Known
from mentoring.programs import ProgramDraft
from program import programs
from tests.handlers import raw
from tests.handlers.world import World


def test_an_admin_sets_up_the_program_from_nothing(world: World) -> None:
    ada = world.admin
    ada.types("/reverse-mentor setup", channel=world.leads_channel)
    form = ada.waits_for_modal()
    assert form.title == "Set up the program"
    assert form.values["Leads' channel"]["selected_conversation"] == world.leads_channel.id
    ada.fills("Name", "Upside Down")
    ada.fills("Leads", [world.lead, world.other_lead])
    ada.fills("Time zone", "new york", pick=lambda texts: texts[0])
    ada.fills("Weeks in a cycle", 8)
    ada.fills("Levels between mentor and mentee", 2)
    ada.fills("More rules", ["Guests may take part"])
    outcome = ada.submits()
    assert outcome.view is not None
    assert "*Upside Down* is set up" in outcome.view.text
    program = programs.find(world.ctx, world.workspace)
    assert program is not None
    assert set(program.leads) == {world.lead.id, world.other_lead.id}
    assert (program.calendar.time_zone, program.calendar.cycle_weeks) == ("America/New_York", 8)
    assert (program.rules.min_gap, program.rules.guests_allowed) == (2, True)
    assert program.leads_channel == world.leads_channel.id
    assert world.quiet() == []


def test_settings_come_back_and_can_be_changed_by_a_lead(led: World) -> None:
    led.lead.types("/reverse-mentor setup")
    led.lead.fills("Name", "Other Way Round")
    outcome = led.lead.submits()
    assert outcome.view is not None
    assert "The settings of *Other Way Round* are saved." in outcome.view.text
    program = programs.find(led.ctx, led.workspace)
    assert program is not None
    assert (program.name, len(program.leads)) == ("Other Way Round", 2)
    assert led.quiet() == []


def test_a_channel_without_the_bot_is_refused_until_it_is_invited(world: World) -> None:
    channel = world.slack.add_channel("other", members=[world.admin], private=True)
    world.admin.types("/reverse-mentor setup")
    world.admin.fills("Name", "Kept name")
    world.admin.fills("Leads' channel", channel)
    outcome = world.admin.submits()
    assert outcome.errors == {
        "Leads' channel": "I am not in that channel yet. Type /invite @Reverse Mentor there, then save again."
    }
    assert outcome.view is not None
    assert outcome.view.values["Name"]["value"] == "Kept name"
    world.slack.invite_bot(channel)
    assert not world.admin.submits().errors
    assert programs.find(world.ctx, world.workspace) is not None


def test_a_date_in_the_past_is_refused_on_its_field(world: World) -> None:
    world.admin.types("/reverse-mentor setup", channel=world.leads_channel)
    world.admin.fills("First start", "2020-01-01")
    outcome = world.admin.submits()
    assert "has passed" in outcome.errors["First start"]


def test_time_zones_are_found_by_any_of_their_parts(world: World) -> None:
    world.admin.types("/reverse-mentor setup")
    assert world.admin.searches("Time zone", "new york")[0] == "America/New_York"
    assert world.admin.searches("Time zone", "Atlantis") == []
    assert "UTC" in world.admin.searches("Time zone", "")
    assert world.quiet() == []


def test_an_admin_who_is_none_any_more_cannot_save_the_open_form(world: World) -> None:
    world.admin.types("/reverse-mentor setup", channel=world.leads_channel)
    world.slack.update_person(world.admin, admin=False)
    outcome = world.admin.submits()
    assert "Only workspace admins" in "".join(outcome.errors.values())
    assert programs.find(world.ctx, world.workspace) is None


def test_errors_of_grouped_fields_stay_inside_the_form(world: World) -> None:
    body = raw.submission(world, world.admin.id, "setup", {"name": {"value": "x"}})
    answer = raw.dispatch(world, body)
    assert answer.body["response_action"] == "errors"
    assert set(answer.body["errors"]) == {"name"}
    assert "Choose between 1 and 10 leads" in answer.body["errors"]["name"]


def test_somebody_who_is_gone_cannot_be_chosen_as_leads(world: World) -> None:
    gone = world.slack.add_person("Gina Gone")
    world.admin.types("/reverse-mentor setup", channel=world.leads_channel)
    world.admin.fills("Leads", [world.lead, gone])
    world.slack.deactivate(gone)
    outcome = world.admin.submits()
    # Of a deactivated account Slack keeps the user name alone.
    assert outcome.errors == {"Leads": "gina.gone has no active account here. Choose somebody else."}
    assert programs.find(world.ctx, world.workspace) is None


class Blind:
    """A directory that does not know everybody."""

    def __init__(self, seeing: Directory, unknown: str) -> None:
        self._seeing, self._unknown = seeing, unknown

    def person(self, user_id: str) -> Known:
        if user_id == self._unknown:
            raise ProgramError("Slack does not know one of these people.")
        return self._seeing.person(user_id)

    def bot_in_channel(self, channel_id: str) -> bool | None:
        return self._seeing.bot_in_channel(channel_id)


def test_somebody_who_is_unknown_is_told_on_the_field(world: World) -> None:
    services = replace(world.services, directory=Blind(world.directory, world.lead.id))
    with pytest.raises(Invalid) as told:
        setup._chosen(services, ProgramDraft(leads=(world.other_lead.id, world.lead.id)))
    assert told.value.fields == {"leads": "Slack does not know one of these people."}


def test_slackbot_is_an_app_though_slack_does_not_say_so() -> None:
    slackbot = payloads.person({"id": "USLACKBOT", "is_bot": False})
    assert slackbot is not None
    assert slackbot.bot
