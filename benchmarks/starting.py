"""Starting: how long it takes from the process to the open socket and to the first answer, and in what memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from benchmarks.acts import Acts
from benchmarks.contender import BARE, Contender, Props, Staged, Start, staged
from benchmarks.load import BARE_APP

BOT_RUN = ("bot", "run")


def measure(
    props: Props, contenders: Sequence[Contender], times: int, tell: Callable[[str], None]
) -> dict[Contender, list[Start]]:
    """Start each contender so many times, in turns."""
    found: dict[Contender, list[Start]] = {contender: [] for contender in contenders}
    with ExitStack() as stack:
        stages = {contender: stack.enter_context(staged(props, contender)) for contender in contenders}
        for contender in contenders:
            # The first start of all reads files that the others find in memory.
            _started(stages[contender], contender)
        for number in range(1, times + 1):
            tell(f"start {number} of {times}")
            for contender in contenders:
                found[contender].append(_started(stages[contender], contender))
    return found


def _started(stage: Staged, contender: Contender) -> Start:
    module = (BARE_APP,) if contender == BARE else BOT_RUN
    with stage.running(*module) as app:
        # Whoever types at once waits for all that a start has left to do.
        lap = Acts(stage.place).open_form()()
        stage.place.seen_at(lap.effect)
        return Start(app.connected - app.began, lap.answered - app.began, app.process.used())
