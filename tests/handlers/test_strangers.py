"""People of another workspace, who see our buttons through Slack Connect."""

from __future__ import annotations

from handlers.ids import Callback
from mentoring.pairings import PairState
from program import approvals
from tests.handlers import raw
from tests.handlers.world import World

ELSEWHERE = {"id": "U0ELSEWHERE", "team_id": "T0ELSEWHERE"}


def test_a_click_from_another_company_is_refused_even_in_a_leads_name(led: World) -> None:
    led.couple()
    led.proposes()
    led.slack.update_person(led.lead, home="T0ELSEWHERE")
    led.clock.passes(hours=2)
    led.directory.person(led.lead.id)
    assert raw.dispatch(led, raw.click(led, led.lead.id, "approve", "1")).status == 200
    assert led.lead.waits_to_see("for people of its own workspace").ephemeral
    assert approvals.card(led.ctx, led.workspace, led.lead.id, 1).pair.state is PairState.PROPOSED


def test_what_a_payload_says_of_a_home_does_not_turn_a_member_away(led: World) -> None:
    led.couple()
    led.proposes()
    led.directory.person(led.lead.id)
    body = raw.click(led, led.lead.id, "approve", "1")
    body["user"]["team_id"] = "T0ELSEWHERE"
    raw.dispatch(led, body)
    led.soon(lambda: "Approved by" in led.lead.types("/reverse-mentor approve 1").text)


def test_a_form_from_another_workspace_is_refused_on_its_first_field(led: World) -> None:
    for callback in Callback:
        body = raw.submission(led, "U0ELSEWHERE", callback, {"reason": {"value": "x"}}, "1")
        answer = raw.dispatch(led, body | {"user": ELSEWHERE})
        assert "its own workspace" in answer.body["errors"]["reason"], callback


def test_somebody_whose_home_the_payload_does_not_tell_is_one_of_us(led: World) -> None:
    body = raw.click(led, led.lead.id, "approve", "1")
    del body["user"]["team_id"]
    raw.dispatch(led, body)
    led.lead.waits_to_see("There is no pair with that number here.")
