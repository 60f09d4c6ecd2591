"""Who stands for a program, where members read who runs it."""

from __future__ import annotations

from handlers.views.text import joined, mention


def stand_for(sponsor: str | None, junior_champion: str | None) -> str:
    """Like `@Ana sponsors this program, and @Ben is its junior champion.`; empty where nobody is named."""
    told = [f"{mention(sponsor)} sponsors this program"] if sponsor else []
    if junior_champion:
        told.append(f"{mention(junior_champion)} is {'its' if told else 'the'} junior champion")
    return f"{joined(told)}." if told else ""
