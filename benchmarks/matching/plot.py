"""A plot of seconds by people, both on logarithmic scales, as an SVG that brings its own light and dark colors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 760, 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 40, 100, 56
_PEOPLE = (50, 100_000)
_SECONDS = (0.0001, 100.0)
_PEOPLE_TICKS = (50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000)
_SECONDS_TICKS = {
    0.0001: "0.1 ms",
    0.001: "1 ms",
    0.01: "10 ms",
    0.1: "0.1 s",
    1.0: "1 s",
    10.0: "10 s",
    100.0: "100 s",
}
_KEYS_A_ROW = 3
_ROLE = 'role="img" aria-labelledby="title description"'
_TITLE = "Seconds to match so many people"

_STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: var(--ink) }
.title { font-size: 15px; font-weight: 600 } .tick { font-size: 12px }
.card { fill: var(--card) } .grid { stroke: var(--grid) } .line { fill: none; stroke-width: 2 }
.s0 { --color: var(--c0) } .s1 { --color: var(--c1) } .s2 { --color: var(--c2) }
.s3 { --color: var(--c3) } .s4 { --color: var(--c4) }
.line { stroke: var(--color) } .mark { fill: var(--card); stroke: var(--color); stroke-width: 2 }
.s0 .line { stroke-width: 3.5 } .s0 .mark { fill: var(--color) } .s0 text { font-weight: 600 }
svg { --card: #ffffff; --ink: #1f2328; --grid: #d8dee4;
  --c0: #0550ae; --c1: #b3420a; --c2: #7a3fb8; --c3: #0f7a5a; --c4: #6b7280 }
@media (prefers-color-scheme: dark) { svg { --card: #151b23; --ink: #e6edf3; --grid: #38414b;
  --c0: #6cb2ff; --c1: #ff9a5c; --c2: #c9a4ff; --c3: #4fd0a5; --c4: #a4adb8 } }
"""
_MARKS = (
    '<circle class="mark" r="4.5"/>',
    '<rect class="mark" x="-4" y="-4" width="8" height="8"/>',
    '<path class="mark" d="M0 -5.5 5 4 -5 4z"/>',
    '<path class="mark" d="M0 -5.5 5.5 0 0 5.5 -5.5 0z"/>',
    '<path class="mark" d="M-4 -4 4 4M-4 4 4 -4"/>',
)
_DASHES = ("", "7 4", "2 3", "9 3 2 3", "4 4")


@dataclass(frozen=True, slots=True)
class Series:
    """A line with a name: (people, seconds), fewest people first."""

    name: str
    points: Sequence[tuple[int, float]]


def svg(lines: Sequence[Series]) -> str:
    """Draw up to five lines; what lies outside the scales is drawn at their edge."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {_ROLE}>',
        f'<title id="title">{_TITLE}</title>',
        f'<desc id="description">{escape(in_words(lines))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="card" width="{_WIDTH}" height="{_HEIGHT}" rx="8"/>',
        f'<text class="title" x="{_LEFT}" y="28">{_TITLE}</text>',
        *_grid(),
        *(_line(number, line) for number, line in enumerate(lines)),
        *(_key(number, line) for number, line in enumerate(lines)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def in_words(lines: Sequence[Series]) -> str:
    """Say what the plot shows, for those who do not see it."""
    told = [f"{line.name}: {', '.join(map(_told, _few(line.points)))}." for line in lines]
    return " ".join(["Seconds by number of people, both on logarithmic scales.", *told])


def _few(points: Sequence[tuple[int, float]]) -> Sequence[tuple[int, float]]:
    """Return the first point, the one in the middle and the last."""
    return points if len(points) <= 3 else (points[0], points[len(points) // 2], points[-1])


def _told(point: tuple[int, float]) -> str:
    people, seconds = point
    if seconds < 0.001:
        return f"less than a millisecond for {people:,}"
    return f"{seconds:.2g} s for {people:,}" if seconds < 100 else f"{seconds:,.0f} s for {people:,}"


def _x(people: float) -> float:
    return _LEFT + _share(people, *_PEOPLE) * (_WIDTH - _LEFT - _RIGHT)


def _y(seconds: float) -> float:
    return _HEIGHT - _BOTTOM - _share(seconds, *_SECONDS) * (_HEIGHT - _TOP - _BOTTOM)


def _share(value: float, low: float, high: float) -> float:
    """Return how far between low and high the value is, on a logarithmic scale, from 0 to 1."""
    return math.log(min(max(value, low), high) / low) / math.log(high / low)


def _grid() -> list[str]:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    upright = [
        f'<path class="grid" d="M{_x(people):.1f} {_TOP}V{bottom}"/>'
        f'<text class="tick" x="{_x(people):.1f}" y="{bottom + 20}" text-anchor="middle">{people:,}</text>'
        for people in _PEOPLE_TICKS
    ]
    level = [
        f'<path class="grid" d="M{_LEFT} {_y(seconds):.1f}H{right}"/>'
        f'<text class="tick" x="{_LEFT - 8}" y="{_y(seconds) + 4:.1f}" text-anchor="end">{words}</text>'
        for seconds, words in _SECONDS_TICKS.items()
    ]
    middle = (_LEFT + right) / 2
    return [*upright, *level, f'<text x="{middle}" y="{_HEIGHT - 12}" text-anchor="middle">people</text>']


def _line(number: int, line: Series) -> str:
    places = [f"{_x(people):.1f} {_y(seconds):.1f}" for people, seconds in line.points]
    marks = "".join(f'<g transform="translate({place})">{_MARKS[number]}</g>' for place in places)
    path = f'<path class="line" stroke-dasharray="{_DASHES[number]}" d="M{"L".join(places)}"/>'
    return f'<g class="s{number}">{path}{marks}</g>'


def _key(number: int, line: Series) -> str:
    """Draw the sample of a line with its name, above the plot."""
    row, column = divmod(number, _KEYS_A_ROW)
    return (
        f'<g class="s{number}" transform="translate({_LEFT + 215 * column} {52 + 24 * row})">'
        f'<path class="line" stroke-dasharray="{_DASHES[number]}" d="M0 0H34"/>'
        f'<g transform="translate(17 0)">{_MARKS[number]}</g><text x="44" y="4">{escape(line.name)}</text></g>'
    )
