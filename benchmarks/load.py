"""Load: people act, alone and in a crowd, in front of each contender in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from benchmarks.acts import ActFailed, Acts, Lap
from benchmarks.contender import BARE, Contender, Props, staged
from benchmarks.plan import WARM_UP, Plan
from benchmarks.process import AppProcess
from benchmarks.workplace import Workplace

BARE_APP, BOT_APP = "benchmarks.bare_app", "benchmarks.bot_app"
ACTS: dict[str, Callable[[Acts], Callable[[], Lap]]] = {
    "command": Acts.open_form,
    "submission": Acts.save_form,
    "approval": Acts.approve,
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One contender's turn at one act: what one person alone waited, and what a crowd got done.

    `answered` and `shown` are seconds, one for each act: until Slack had the app's answer, and until what the act
    brings was on somebody's screen. The `_rate`s are acts of the crowd per second, up to the same two moments.
    `cpu_seconds` of the app's processor time went into each act, those of the crowd included.
    """

    contender: Contender
    act: str
    answered: list[float]
    shown: list[float]
    answered_rate: float
    shown_rate: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """All turns, and the memory that each contender had used at the end of each pass, in megabytes at the peak."""

    turns: list[Turn]
    peaks: dict[Contender, list[float]]


@dataclass(frozen=True, slots=True)
class _Player:
    contender: Contender
    place: Workplace
    process: AppProcess
    acts: Acts


def play(props: Props, contenders: Sequence[Contender], plan: Plan, tell: Callable[[str], None]) -> Loaded:
    """Play all passes; raises `AppFailed` when an app failed a person, or Slack had anything to complain about."""
    loaded = Loaded([], {contender: [] for contender in contenders})
    with ThreadPoolExecutor(plan.threads) as crowd:
        for number in range(1, plan.passes + 1):
            tell(f"load, pass {number} of {plan.passes}: posting cards and starting the apps")
            with ExitStack() as stack:
                players = [stack.enter_context(_player(props, contender)) for contender in contenders]
                for round_ in range(plan.rounds):
                    tell(f"load, pass {number} of {plan.passes}, round {round_ + 1} of {plan.rounds}")
                    loaded.turns.extend(_round(players, round_, plan, crowd))
                for player in players:
                    loaded.peaks[player.contender].append(player.process.used().peak_mb)
                    _check(player)
    return loaded


@contextmanager
def _player(props: Props, contender: Contender) -> Iterator[_Player]:
    module = BARE_APP if contender == BARE else BOT_APP
    with staged(props, contender) as stage, stage.running(module) as app:
        player = _Player(contender, stage.place, app.process, Acts(stage.place))
        _warm_up(player)
        yield player


def _warm_up(player: _Player) -> None:
    """Let every act be played, so that nothing is done for the first time while the clock runs."""
    for name, prepare in ACTS.items():
        with _blamed(player, name):
            for _ in range(WARM_UP):
                _shown_at(player, prepare(player.acts)())


def _round(players: Sequence[_Player], number: int, plan: Plan, crowd: ThreadPoolExecutor) -> Iterator[Turn]:
    """Each act by each contender; who begins changes from round to round."""
    first = number % len(players)
    for act in ACTS:
        for player in (*players[first:], *players[:first]):
            with _blamed(player, act):
                yield _turn(player, act, plan, crowd)


@contextmanager
def _blamed(player: _Player, act: str) -> Iterator[None]:
    """Whatever goes wrong with an act is told with the app's name and its log."""
    try:
        yield
    except (ActFailed, TimeoutError) as problem:
        raise player.process.failure(f"{player.contender.name}, {act}: {problem}") from problem


def _turn(player: _Player, act: str, plan: Plan, crowd: ThreadPoolExecutor) -> Turn:
    prepare = ACTS[act]
    alone = [prepare(player.acts) for _ in range(plan.singles)]
    together = [prepare(player.acts) for _ in range(plan.crowd)]
    before = player.process.used().cpu_seconds
    laps = [(lap := one(), _shown_at(player, lap)) for one in alone]
    rush = list(crowd.map(lambda one: one(), together))
    began = min(lap.began for lap in rush)
    shown = max(_shown_at(player, lap) for lap in rush)
    return Turn(
        contender=player.contender,
        act=act,
        answered=[lap.answered - lap.began for lap, _ in laps],
        shown=[shown_at - lap.began for lap, shown_at in laps],
        answered_rate=len(rush) / (max(lap.answered for lap in rush) - began),
        shown_rate=len(rush) / (shown - began),
        cpu_seconds=(player.process.used().cpu_seconds - before) / (plan.singles + plan.crowd),
    )


def _shown_at(player: _Player, lap: Lap) -> float:
    return player.place.seen_at(lap.effect)


def _check(player: _Player) -> None:
    complaints = player.place.complaints()
    if complaints:
        raise player.process.failure(f"Slack refused what the {player.contender.name} did: {complaints[:3]}")
