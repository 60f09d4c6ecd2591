"""The preparation: five cards in one window, turned by buttons, and recorded at the end of the last."""

from __future__ import annotations

from functools import partial

from handlers import home
from handlers.hearing import Hearing
from handlers.ids import Action, Callback
from handlers.metadata import Prepares
from handlers.replying import Asked
from handlers.views.preparation import finished, preparation_modal
from mentoring.people import Role
from program import preparation


def register(on: Hearing) -> None:
    """Listen for the button that opens the cards, those that turn them, and the end."""
    on.action(Action.PREPARE, show)
    on.action(Action.PREPARE_BACK, partial(turn, -1))
    on.action(Action.PREPARE_NEXT, partial(turn, 1))
    on.view(Callback.PREPARATION, finish)


def show(asked: Asked) -> None:
    """Open the first card of one's role."""
    role = preparation.role_of(*asked.by)
    asked.open(preparation_modal(Prepares(role, from_home=asked.act.from_home)))


def turn(by: int, asked: Asked) -> None:
    """Show the card before or after this one."""
    here = _carried(asked)
    asked.update(preparation_modal(Prepares(here.role, here.page + by, here.from_home)))


def finish(asked: Asked) -> None:
    """Keep that the cards were read to their end."""
    preparation.finish(*asked.by, Role(_carried(asked).role))
    asked.ack(response_action="update", view=finished())
    home.refresh(asked)


def _carried(asked: Asked) -> Prepares:
    carried = asked.act.carried
    return carried if isinstance(carried, Prepares) else Prepares(preparation.role_of(*asked.by))
