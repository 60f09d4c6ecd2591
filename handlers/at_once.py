"""A message whose button was pressed shows what came of it at once, by the address that came with the press.

The delivery would show the same when its turn comes; what was shown here, it need not send any more.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from handlers.payloads import Act, Kind
from handlers.replying import Asked, replaced
from handlers.views import render
from program import outgoing, redrawing

log = logging.getLogger(__name__)


@contextmanager
def shown(asked: Asked) -> Iterator[None]:
    """Keep the delivery from the message while the act is done, and then show the message as it is now."""
    act = asked.act
    if not _has_its_message(act):
        yield
        return
    with asked.ctx.answering((act.channel, act.message_ts)) as held:
        yield
        try:
            held.shown = _redraw(asked)
        except Exception:
            # Whatever it was, the delivery shows the message when its turn comes.
            log.exception("A message could not be shown at once")


def _has_its_message(act: Act) -> bool:
    return act.kind is Kind.CLICK and act.in_message and bool(act.channel and act.response_url)


def _redraw(asked: Asked) -> bool:
    """Show the message as it is now, where it is to look different; tells whether that is done."""
    act = asked.act
    drawn = redrawing.to_redraw(asked.ctx, (act.channel, act.message_ts))
    if drawn is None:
        return False
    if outgoing.is_for_leads(drawn.letter) and asked.services.directory.channel_lately(act.channel):
        return False  # others may read along by now: the delivery holds it back, and tells leads why
    now = render(drawn.content)
    digest = now.digest
    if digest == drawn.letter.digest:
        return False  # the delivery finds that by itself
    outcome = replaced(asked.client, act.response_url, now)
    shown = outcome is not False and redrawing.redrawn(asked.ctx, drawn, digest if outcome else "")
    if outcome:
        letter = drawn.letter
        log.info("message %d (%s) updated by the press of its button", letter.id, letter.notice.kind)
    return shown
