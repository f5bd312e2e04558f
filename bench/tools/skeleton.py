"""Strokes of characters made from a font: the glyph is thinned to lines one pixel wide, and these are followed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage, QPainter

from kiosk.entry.strokes import Stroke

SIDE = 96  # pixels of the glyph
_AROUND = ((0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1))
Pixel = tuple[int, int]


def strokes_of(character: str, family: str) -> list[Stroke]:
    """Lines between ends and crossings, in pixels; a real stroke that crosses others comes in pieces."""
    left = _thin(_glyph(character, family))
    links = {pixel: _neighbours(pixel, left) for pixel in left}
    knots = {pixel for pixel, near in links.items() if len(near) != 2}
    walked: set[frozenset[Pixel]] = set()
    strokes: list[Stroke] = []
    for start in sorted(knots) + sorted(left - knots):
        for step in links[start]:
            line, before, here = [start], start, step
            while frozenset((before, here)) not in walked:
                walked.add(frozenset((before, here)))
                line.append(here)
                onward = [one for one in links[here] if one != before]
                if here in knots or not onward:
                    break
                before, here = here, onward[0]
            if len(line) > 4:
                strokes.append(tuple((float(x), float(y)) for x, y in line))
    return strokes


def _glyph(character: str, family: str) -> set[Pixel]:
    image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    font = QFont(family)
    font.setPixelSize(SIDE * 4 // 5)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, character)
    painter.end()
    return {(x, y) for x in range(SIDE) for y in range(SIDE) if image.pixelColor(x, y).lightness() < 128}


def _neighbours(pixel: Pixel, ink: set[Pixel]) -> list[Pixel]:
    """Those linked to it; a corner does not count where a straight way leads round it."""
    x, y = pixel
    near = []
    for dx, dy in _AROUND:
        if (x + dx, y + dy) in ink and not (dx and dy and ((x + dx, y) in ink or (x, y + dy) in ink)):
            near.append((x + dx, y + dy))
    return near


def _thin(ink: set[Pixel]) -> set[Pixel]:
    """Zhang and Suen, 1984."""
    ink = set(ink)
    while True:
        gone = 0
        for first in (True, False):
            drop = {pixel for pixel in ink if _may_go(pixel, ink, first=first)}
            ink -= drop
            gone += len(drop)
        if not gone:
            return ink


def _may_go(pixel: Pixel, ink: set[Pixel], *, first: bool) -> bool:
    x, y = pixel
    ring = [(x + dx, y + dy) in ink for dx, dy in _AROUND]
    up, right, down, left = ring[0], ring[2], ring[4], ring[6]
    turns = sum(not one and other for one, other in zip(ring, ring[1:] + ring[:1], strict=True))
    if not 2 <= sum(ring) <= 6 or turns != 1:
        return False
    if first:
        return not (up and right and down) and not (right and down and left)
    return not (up and right and left) and not (up and down and left)
