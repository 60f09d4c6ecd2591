"""Setting up the program and changing its settings."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any, cast

import pytest

from handlers import entries, setup
from handlers.services import Directory
from mentoring.errors import Invalid, ProgramError
from mentoring.people import Person as Known
from mentoring.programs import ProgramDraft
from program import programs
from sandbox import Channel
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
    ada.fills("Meetings of a pair", 4)
    ada.fills("How often", "Every two weeks")
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
    assert world.complaints() == []


def test_settings_come_back_and_can_be_changed_by_a_lead(led: World) -> None:
    led.lead.types("/reverse-mentor setup")
    led.lead.fills("Name", "Other Way Round")
    outcome = led.lead.submits()
    assert outcome.view is not None
    assert "The settings of *Other Way Round* are saved." in outcome.view.text
    program = programs.find(led.ctx, led.workspace)
    assert program is not None
    assert (program.name, len(program.leads)) == ("Other Way Round", 2)
    assert led.complaints() == []


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
    assert world.complaints() == []


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


SHARINGS = ("", "ext", "pending", "org")


def channel_of(world: World, private: bool, sharing: str, archived: bool, bot: bool) -> Channel:
    """A channel like that, with the admin in it."""
    name = f"c-{private}-{sharing}-{archived}-{bot}".lower()
    channel = world.slack.add_channel(name, [world.admin], private=private, bot=bot)
    if sharing:
        world.slack.share(channel, sharing)  # type: ignore[arg-type]  # one of the sandbox's words
    if archived:
        world.slack.archive(channel)
    return channel


def unfit_channels(world: World) -> list[tuple[Channel, str]]:
    """A channel of every kind that is not fit, with words from the reason."""
    found = []
    for facts in itertools.product((True, False), SHARINGS, (True, False), (True, False)):
        private, sharing, archived, bot = facts
        hidden = private and not bot
        words = (
            "not in that channel yet"
            if hidden
            else "shared with another company"
            if sharing in ("ext", "pending")
            else "public"
            if not private
            else "archived"
            if archived
            else ""
        )
        if words:
            found.append((channel_of(world, *facts), words))
    return found


def test_no_channel_that_others_could_read_is_accepted(world: World) -> None:
    channels = unfit_channels(world)
    assert len(channels) == 30, "of 32 kinds, private ones with the bot and inside the company are fine"
    world.admin.types("/reverse-mentor setup")
    world.admin.fills("Name", "Kept name")
    for channel, words in channels:
        world.admin.fills("Leads' channel", channel)
        outcome = world.admin.submits()
        assert words in outcome.errors["Leads' channel"], channel.name
        assert "/invite @Reverse Mentor" in outcome.errors["Leads' channel"] or words == "archived"
        assert outcome.view is not None
        assert outcome.view.values["Name"]["value"] == "Kept name"
    assert programs.find(world.ctx, world.workspace) is None


def test_no_channel_that_others_could_read_is_offered(world: World) -> None:
    for channel, words in unfit_channels(world):
        if words == "archived" or channel_is_archived(world, channel):
            continue
        world.admin.types("/reverse-mentor setup", channel=channel)
        offered = world.admin.waits_for_modal().values["Leads' channel"].get("selected_conversation")
        assert offered == (channel.id if "not in that" in words else None), channel.name
        world.admin.closes_modal()


def channel_is_archived(world: World, channel: Channel) -> bool:
    return "-true-" in channel.name.removeprefix("c-true").removeprefix("c-false")


@pytest.mark.parametrize("sharing", ["", "org"])
def test_a_private_channel_inside_the_company_is_offered_and_accepted(world: World, sharing: str) -> None:
    channel = channel_of(world, private=True, sharing=sharing, archived=False, bot=True)
    world.admin.types("/reverse-mentor setup", channel=channel)
    assert world.admin.waits_for_modal().values["Leads' channel"]["selected_conversation"] == channel.id
    assert not world.admin.submits().errors


@pytest.mark.parametrize("trouble", ["http", "reset", "ratelimit"])
def test_when_slack_does_not_answer_nothing_is_accepted_unseen(world: World, trouble: str) -> None:
    faults = world.slack.faults
    world.admin.types("/reverse-mentor setup", channel=world.leads_channel)
    if trouble == "http":
        faults.http_error("conversations.info")
    elif trouble == "reset":
        faults.reset("conversations.info")
    else:
        faults.ratelimit("conversations.info")
    outcome = world.admin.submits()
    assert "Slack does not answer at the moment" in outcome.errors["Leads' channel"]
    assert programs.find(world.ctx, world.workspace) is None
    world.clock.passes(minutes=2)
    assert not world.admin.submits().errors


def test_a_program_whose_channel_was_opened_up_cannot_be_saved_with_it(led: World) -> None:
    led.slack.convert(led.leads_channel, private=False)
    led.lead.types("/reverse-mentor setup")
    assert "That channel is public" in led.lead.submits().errors["Leads' channel"]


def test_somebody_who_is_gone_cannot_be_chosen_as_leads(world: World) -> None:
    gone = world.slack.add_person("Gina Gone")
    world.admin.types("/reverse-mentor setup", channel=world.leads_channel)
    world.admin.fills("Leads", [world.lead, gone])
    world.slack.deactivate(gone)
    outcome = world.admin.submits()
    # Of a deactivated account Slack keeps the user name alone.
    assert outcome.errors == {"Leads": "gina.gone has no active account here. Choose somebody else."}
    assert programs.find(world.ctx, world.workspace) is None


class Unknown(ProgramError):
    """Somebody whom nobody knows."""

    words = "Slack does not know one of these people."


class Blind:
    """A directory that does not know everybody."""

    def __init__(self, seeing: Directory, unknown: str) -> None:
        self._seeing, self._unknown = seeing, unknown

    def person(self, user_id: str, *, anew: bool = False) -> Known:
        if user_id == self._unknown:
            raise Unknown
        return self._seeing.person(user_id, anew=anew)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._seeing, name)


def test_somebody_who_is_unknown_is_told_on_the_field(world: World) -> None:
    services = replace(world.services, directory=cast("Directory", Blind(world.directory, world.lead.id)))
    with pytest.raises(Invalid) as told:
        setup._chosen(services, ProgramDraft(leads=(world.other_lead.id, world.lead.id)))
    assert told.value.fields == {"leads": "Slack does not know one of these people."}


def test_slackbot_is_an_app_though_slack_does_not_say_so() -> None:
    slackbot = entries.person({"id": "USLACKBOT", "is_bot": False})
    assert slackbot is not None
    assert slackbot.bot


def test_where_slack_does_not_say_who_was_chosen_the_words_are_about_them(world: World) -> None:
    world.directory.offline = True
    with pytest.raises(Invalid) as told:
        setup.looked_up(world.services, "U0NEWLEAD")
    assert "who somebody you chose is" in told.value.sentence
    assert "your account" not in told.value.sentence
