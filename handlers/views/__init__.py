"""What Slack shows: pure functions from values to Block Kit, without Slack calls and without storage."""

from __future__ import annotations

from functools import singledispatch

from handlers.views import self_checks
from handlers.views.alone import no_partner
from handlers.views.ask_first import asked_first, asks_wait
from handlers.views.calls import help_alert
from handlers.views.cards import pair_card, pair_cards
from handlers.views.care import nudge, partners_rest, pauses, stuck
from handlers.views.checkin import checkin_questions
from handlers.views.digest import digest
from handlers.views.doubts import intro_case, intro_question, many_unconfirmed
from handlers.views.greeting import leads_welcome, set_up_trouble
from handlers.views.group import intro
from handlers.views.inviting import invitation
from handlers.views.leads import intro_time, no_lead, summary
from handlers.views.meeting import unsigned
from handlers.views.members import back, pair_closed, pair_goes_on, pair_rests, silence_pause, welcome
from handlers.views.pair import thanks
from handlers.views.parting import misfit, parted_why, pause_over
from handlers.views.parts import Rendered
from handlers.views.readiness import get_ready, next_cycle
from handlers.views.reporting import cycle_report
from handlers.views.troubles import channel_trouble, delivery_trouble
from handlers.views.unconfirmed import unconfirmed
from mentoring.messages import Content

__all__ = ["Rendered", "render"]

self_checks.install()


@singledispatch
def render(content: Content) -> Rendered:
    """The message for a content: at most 50 blocks, and 3,500 characters of text alternative."""
    raise TypeError(f"no message is written for {type(content).__name__}")


render.register(welcome)
render.register(summary)
render.register(pair_card)
render.register(pair_cards)
render.register(intro_time)
render.register(intro)
render.register(no_partner)
render.register(checkin_questions)
render.register(help_alert)
render.register(silence_pause)
render.register(pair_closed)
render.register(thanks)
render.register(unconfirmed)
render.register(channel_trouble)
render.register(delivery_trouble)
render.register(no_lead)
render.register(stuck)
render.register(partners_rest)
render.register(nudge)
render.register(pauses)
render.register(back)
render.register(pair_goes_on)
render.register(pair_rests)
render.register(many_unconfirmed)
render.register(intro_case)
render.register(intro_question)
render.register(leads_welcome)
render.register(set_up_trouble)
render.register(invitation)
render.register(get_ready)
render.register(next_cycle)
render.register(asked_first)
render.register(asks_wait)
render.register(unsigned)
render.register(digest)
render.register(cycle_report)
render.register(pause_over)
render.register(parted_why)
render.register(misfit)
