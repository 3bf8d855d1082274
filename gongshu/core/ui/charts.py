"""Geometry of the charts, computed here so that the page needs no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from gongshu.core.ui.figures import number
from gongshu.core.ui.shapes import Series


def share_of(value: float, whole: float) -> float:
    """Return the percentage of the whole, held between 0 and 100, to one decimal."""
    if whole <= 0:
        return 0.0
    return round(min(100.0, max(0.0, value / whole * 100)), 1)


def nice_ceiling(largest: float) -> float:
    """Return the round number at or above the largest value: 1, 2, 4, 5 or 10 times a power of ten."""
    if largest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(largest))
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= largest)


@dataclass(frozen=True)
class Mark:
    """A point of a line, in percent of the drawing from the top left."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Line:
    """A drawn series: its stretches without gaps as `points` strings, and its last known point."""

    label: str
    stretches: Sequence[str]
    last: Mark | None


@dataclass(frozen=True)
class Drawing:
    """A trend ready to draw: lines, ticks of the value axis, labels along the time axis, rows of the table."""

    lines: Sequence[Line]
    ticks: Sequence[Mark]
    axis: Sequence[Mark]
    rows: Sequence[tuple[str, Sequence[str]]]


def trend(labels: Sequence[str], series: Sequence[Series], most_labels: int = 7) -> Drawing:
    """Draw series over labels; the value axis starts at nought."""
    known = [value for one in series for value in one.values if value is not None]
    top = nice_ceiling(max(known, default=0))
    spread = max(len(labels) - 1, 1)
    places = 0 if all(float(value).is_integer() for value in known) else 1
    lines = [_line(one, top, spread, places) for one in series]
    steps = [(part, top * part / 4) for part in range(5)]
    ticks = [Mark(0, 100 - part * 25, _tick(at)) for part, at in steps if places or float(at).is_integer()]
    every = -(-len(labels) // most_labels) or 1
    axis = [Mark(_x(i, spread), 100, label) for i, label in enumerate(labels) if (len(labels) - 1 - i) % every == 0]
    rows = [
        (label, [number(one.values[i], places) if i < len(one.values) else number(None) for one in series])
        for i, label in enumerate(labels)
    ]
    return Drawing(lines, ticks, axis, rows)


def _tick(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 1)


def _x(index: int, spread: int) -> float:
    return round(index / spread * 100, 2)


def _line(one: Series, top: float, spread: int, places: int) -> Line:
    marks: list[Mark | None] = [
        None if value is None else Mark(_x(i, spread), round(100 - value / top * 100, 2), number(value, places))
        for i, value in enumerate(one.values)
    ]
    stretches: list[list[str]] = [[]]
    for mark in marks:
        if mark is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{mark.x},{mark.y}")
    last = next((mark for mark in reversed(marks) if mark is not None), None)
    return Line(one.label, [" ".join(points) for points in stretches if len(points) > 1], last)
