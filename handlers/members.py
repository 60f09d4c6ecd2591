"""Where a member stands, and pausing, coming back and leaving: typed or by a button."""

from __future__ import annotations

from datetime import date

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import dates, home, payloads, words
from handlers.errors import heard
from handlers.ids import Action
from handlers.keyboards import plain
from handlers.payloads import Body
from handlers.replying import Asked, privately, update_modal
from handlers.services import Services
from handlers.views import Rendered, replies
from handlers.wording import not_a_date, notice, which_day
from program import members, returning

_SURE = frozenset({"yes", "now"})


def register(app: App, services: Services) -> None:
    """Listen for the buttons."""
    app.action(Action.STATUS)(heard(services, status))
    app.action(Action.PAUSE)(heard(services, pause))
    app.action(Action.RESUME)(heard(services, resume))
    app.action(Action.LEAVE)(heard(services, leave))
    app.action(Action.COME_BACK)(heard(services, come_back))
    app.action(Action.STAY_OUT)(heard(services, stay_out))


def typed_status(asked: Asked) -> None:
    """`status`: where somebody stands."""
    services = asked.services
    asked.say(replies.status(members.status(services.ctx, services.workspace, asked.person_id)))


def typed_pause(asked: Asked) -> None:
    """`pause`, or until a day: `pause until Friday`, `pause 2 weeks`, `pause 2027-01-31`."""
    services = asked.services
    if words.alone(asked.rest):
        asked.say(_paused(services, asked.person_id, None))
        return
    today = members.today(services.ctx, services.workspace, asked.person_id)
    meant = dates.read(asked.rest, today)
    if meant.day:
        asked.say(_paused(services, asked.person_id, meant.day))
    elif meant.days:
        asked.say(which_day(asked.rest, meant.days))
    else:
        asked.say(not_a_date(asked.rest))


def _paused(services: Services, person_id: str, until: date | None) -> Rendered:
    members.pause(services.ctx, services.workspace, person_id, until)
    return replies.paused(until)


def typed_resume(asked: Asked) -> None:
    """`resume`: take part again."""
    back = returning.resume(asked.services.ctx, asked.services.workspace, asked.person_id)
    asked.say(replies.came_back(back.standing, back.partners))


def typed_leave(asked: Asked) -> None:
    """`leave` asks first; `leave yes` does it. For somebody who was asked to come back, it says no."""
    services = asked.services
    if returning.is_away(services.ctx, services.workspace, asked.person_id):
        returning.decline(services.ctx, services.workspace, asked.person_id)
        asked.say(replies.stayed_out())
    elif plain(asked.rest).casefold() in _SURE:
        members.leave(services.ctx, services.workspace, asked.person_id)
        asked.say(replies.left())
    else:
        members.status(
            services.ctx, services.workspace, asked.person_id
        )  # whoever is not enrolled is told so
        asked.say(replies.leave_question())


def status(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Show where somebody stands."""
    ack()
    act = payloads.act(body)
    found = members.status(services.ctx, services.workspace, act.person_id)
    privately(client, act, replies.status(found))


def pause(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Pause until they come back, or until the day that the button names."""
    ack()
    act = payloads.act(body)
    told = _paused(services, act.person_id, payloads.day(act.value))
    if not act.on_home:
        privately(client, act, told, replace=True)
    home.refresh(services, client, act)


def resume(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Come back; the message about a pause turns into a welcome by itself."""
    ack()
    act = payloads.act(body)
    back = returning.resume(services.ctx, services.workspace, act.person_id)
    told = replies.came_back(back.standing, back.partners)
    if act.in_answer:
        privately(client, act, told, replace=True)
    if act.view is not None and not act.on_home:
        update_modal(client, act.view_id, notice(told))
    home.refresh(services, client, act)


def leave(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Leave; the button comes with a question before it."""
    ack()
    act = payloads.act(body)
    members.leave(services.ctx, services.workspace, act.person_id)
    if not act.on_home:
        privately(client, act, replies.left(), replace=True)
    home.refresh(services, client, act)


def come_back(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Take part again after an absence; the question turns into the answer by itself."""
    ack()
    act = payloads.act(body)
    returning.resume(services.ctx, services.workspace, act.person_id)
    home.refresh(services, client, act)


def stay_out(services: Services, ack: Ack, body: Body, client: WebClient) -> None:
    """Stay out after an absence; the question turns into the answer by itself."""
    ack()
    act = payloads.act(body)
    returning.decline(services.ctx, services.workspace, act.person_id)
    home.refresh(services, client, act)
