"""A signature that is being drawn: its lines in millimetres of the glass, kept as forms.values.signatures has them.

It stays small however long somebody draws: points that a line does not need are left out, and more of them where it
would be too large.
"""

from collections.abc import Sequence
from math import dist

from forms.values.signatures import MOST_LINES, PER_MM, TALL, WIDE, Line, is_large, read_signature, written
from kiosk.entry.strokes import Stroke

FINE = 2  # tenths of a millimetre: a point this near the line between its neighbours is left out


def lines_of(answer: str) -> tuple[Stroke, ...]:
    """What is drawn, in millimetres; nothing of a mark."""
    return tuple(tuple((x / PER_MM, y / PER_MM) for x, y in line) for line in read_signature(answer) or ())


def with_line(answer: str, stroke: Stroke) -> str | None:
    """The signature with one more line, in millimetres; None where it has as many as fit."""
    lines = [*(read_signature(answer) or ()), tuple(map(_point, stroke))]
    if len(lines) > MOST_LINES:
        return None
    near = FINE
    lines[-1] = _thinned(lines[-1], near)
    while is_large(lines):
        near *= 2
        lines = [_thinned(line, near) for line in lines]
    return written(lines)


def without_last(answer: str) -> str:
    lines = (read_signature(answer) or ())[:-1]
    return written(lines) if lines else ""


def _point(place: tuple[float, float]) -> tuple[int, int]:
    x, y = (round(one * PER_MM) for one in place)
    return min(max(x, 0), WIDE), min(max(y, 0), TALL)


def _thinned(line: Line, near: float) -> Line:
    """Without the points that lie nearer than that to the line between those that stay (Douglas and Peucker 1973)."""
    kept, open_parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        between = range(first + 1, last)
        farthest = max(between, key=lambda at: _away(line[at], line[first], line[last]), default=None)
        if farthest is not None and _away(line[farthest], line[first], line[last]) > near:
            kept.add(farthest)
            open_parts += [(first, farthest), (farthest, last)]
    return tuple(line[at] for at in sorted(kept))


def _away(point: Sequence[int], start: Sequence[int], end: Sequence[int]) -> float:
    """How far a point is from a line, which may be a point."""
    long = dist(start, end)
    if not long:
        return dist(point, start)
    along = sum((e - s) * (p - s) for s, e, p in zip(start, end, point, strict=True)) / long
    share = min(max(along / long, 0), 1)
    return dist(point, [s + (e - s) * share for s, e in zip(start, end, strict=True)])
