"""Pairs that go on and break a hard rule by now: leads are asked what becomes of them, and nothing ends by itself.

1. Somebody in a pair is promoted, moves, becomes a guest or changes their profile, and their pairs are noted.
2. A tick compares each with the rules once more (`due`). Where one is broken, the leads' channel asks; the same once.
3. A lead lets it go on as it is (`keep`), ends it or lets it rest (`program.closing`).

Only what leads may read counts here: a private list or a reporting line that comes up later says nothing to anybody.
"""

from __future__ import annotations

from mentoring.errors import NoSuchPair, NotRunning
from mentoring.for_leads import Misfit
from mentoring.messages import Kind, Notice, to_leads
from mentoring.pairings import Pair, PairState
from program import access, fits
from program.context import AT_ONCE, Context
from program.look import Look
from program.notices import misfit_subject, pair_of
from program.subjects import OfPair
from storage import pairs, partings


def due(ctx: Context) -> int:
    """Compare the pairs that were noted with the rules; gives about how many leads are asked."""
    with ctx.read() as act:
        waiting = partings.to_look_at(act.tx, AT_ONCE)
    return sum(_look(ctx, pair_id) for pair_id in waiting)


def _look(ctx: Context, pair_id: int) -> bool:
    with ctx.act(about=OfPair(pair_id)) as act:
        partings.looked_at(act.tx, pair_id)
        pair = pairs.of_id(act.tx, pair_id)
        if pair.state is not PairState.INTRODUCED:
            return False
        found = fits.broken(act.tx, act.program, pair)
        about = misfit_subject(pair.id, (one.rule for one in found))
        return bool(found) and act.say(to_leads(Kind.MISFIT, about))


def keep(ctx: Context, workspace: str, lead_id: str, pair_id: int) -> Pair:
    """Let a pair go on although it breaks rules: these are set aside for it.

    Raises `NotAllowed`, `NoSuchPair` or `NotRunning`.
    """
    with ctx.act(workspace, lead_id, OfPair(pair_id)) as act:
        pair = pairs.get(act.tx, access.lead(act).id, pair_id)
        if pair is None:
            raise NoSuchPair
        if pair.state is not PairState.INTRODUCED:
            raise NotRunning(pair)
        found = fits.broken(act.tx, act.program, pair)
        bent = tuple(dict.fromkeys((*pair.bent, *(one.rule for one in found))))
        if bent != pair.bent:
            pairs.bend(act.tx, pair, bent)
            act.note("keep", pair.id, before={"bent": list(pair.bent)}, after={"bent": list(bent)})
        return pairs.of_id(act.tx, pair.id)


def shown(look: Look, notice: Notice) -> Misfit | None:
    """What leads read about such a pair now."""
    pair = look.pair(pair_of(notice.subject))
    if pair is None:
        return None
    over = pair.state is not PairState.INTRODUCED
    found = () if over else look.misfits(pair)
    return Misfit(look.name, pair, found, over, kept=not found and bool({*pair.bent} & {*fits.ASKED_ABOUT}))
