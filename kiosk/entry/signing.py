"""A signature that is being drawn: its lines in millimetres of the glass, kept as forms.values.signatures has them.

It stays small however long somebody draws: points that lie close together are left out, and more of them where it
would be too large.
"""

from math import dist

from forms.values.signatures import MOST_LINES, PER_MM, TALL, WIDE, Line, is_large, read_signature, written
from kiosk.entry.strokes import Stroke

FINE = 4  # tenths of a millimetre: points that lie nearer to each other show nothing more


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


def _thinned(line: Line, near: int) -> Line:
    """Without the points that lie nearer than that to the one before; the ends stay."""
    first, *rest = line
    kept = [first]
    for point in rest:
        if dist(point, kept[-1]) >= near:
            kept.append(point)
    return tuple(kept) if kept[-1] == line[-1] else (*kept, line[-1])
