"""A signature as it is kept: its lines, each a list of points [x, y], as JSON without spaces.

`[[[120,310],[480,305]],[[500,290]]]` is a line and a dot. Points are in tenths of a millimetre on the glass, from the
upper left corner of the pad, x to the right and y downward.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from math import dist, hypot

Line = tuple[tuple[int, int], ...]

PER_MM = 10
WIDE, TALL = 6000, 2000  # 60 x 20 cm: no pad is larger
MOST_LINES, MOST_POINTS = 100, 750  # so that a signature has at most 10,000 characters
LEAST = 100  # 10 mm: how much has to be drawn, and how far apart its ends lie


def read_signature(text: str) -> tuple[Line, ...] | None:
    """The lines of a signature, wherever their points lie; None for what is no list of lines of points."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, list) or not all(isinstance(line, list) and line for line in data):
        return None
    if not all(_is_point(point) for line in data for point in line):
        return None
    return tuple(tuple((round(x), round(y)) for x, y in line) for line in data)


def written(lines: Sequence[Line]) -> str:
    return json.dumps(lines, separators=(",", ":"))


def lies_outside(lines: Sequence[Line]) -> bool:
    return not all(0 <= x <= WIDE and 0 <= y <= TALL for line in lines for x, y in line)


def is_large(lines: Sequence[Line]) -> bool:
    return len(lines) > MOST_LINES or sum(map(len, lines)) > MOST_POINTS


def is_little(lines: Sequence[Line]) -> bool:
    """Whether a person should look: dots alone, a short line, or all of it in one spot."""
    drawn = sum(dist(start, end) for line in lines for start, end in pairwise(line))
    xs, ys = zip(*(point for line in lines for point in line), strict=True)
    return drawn < LEAST or hypot(max(xs) - min(xs), max(ys) - min(ys)) < LEAST


def _is_point(point: object) -> bool:
    if not isinstance(point, list) or len(point) != 2:
        return False
    return all(isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < 1e6 for one in point)
