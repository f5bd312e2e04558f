"""How everything looks. Sizes are in millimetres, made for eyes at 60 cm and unsteady fingers."""

import math
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from PySide6.QtGui import QFont

from kiosk.texts.words import Words
from ui.look.palette import PALETTES, Contrast, Paint, Palette, Role

TextSize = Literal["S", "M", "L"]
FontRole = Literal[
    "body", "detail", "label", "message", "choice", "title", "headline", "number", "entry", "frame", "frame small",
]  # fmt: skip

FAMILY = "Noto Sans CJK SC"
BODY_MM: dict[TextSize, float] = {"S": 8.0, "M": 10.0, "L": 13.0}
BODY_FLOOR_MM = 7.0
TARGET_MM = 16.0  # the smallest side of anything to touch
PRIMARY_MM = 20.0
GAP_FLOOR_MM = 3.0
TITLE_FLOOR_MM = 12.0
CONTRAST_LEAST = 10.0  # of text to what lies behind it
COMPACT_BELOW_MM = 500.0  # of diagonal: about 20 inch
TALL_ABOVE_MM = 550.0  # of height: 27 inch upright, whose upper half who sits cannot reach

# Text of the content grows in steps while there is room, up to these millimetres: larger slows reading down. Running
# text of one size stays under that of the next, so that a larger size always is larger.
STEP = 1.08
MOST_STEPS = 12
MOST_MM: dict[FontRole, dict[TextSize, float]] = {
    "body": {"S": 9.5, "M": 12.5, "L": 16},
    "label": {"S": 9.5, "M": 12.5, "L": 18},
    "message": {"S": 12, "M": 15, "L": 18},
    "choice": {"S": 14, "M": 18, "L": 24},
    "title": {"S": 18, "M": 21, "L": 26},
    "headline": {"S": 26, "M": 29, "L": 32},
}


RUNNING: tuple[FontRole, ...] = ("body", "detail", "message")  # sentences, not what is read at a glance


@dataclass(frozen=True)
class Theme:
    """Sizes and colours for one panel and one visitor.

    `size_px` is the window, `diagonal_mm` its real diagonal; 27 inch is 686 mm. `tightness` 0 is generous, 1 usual; 2
    and 3 give up air, more also gives up text size, never below 7 mm. The layout takes the first that fits. No line
    ends within one of the `words`. `lower`: all that is touched stands in the lower half.
    """

    size_px: tuple[int, int]
    diagonal_mm: float
    text: TextSize = "M"
    contrast: Contrast = "default"
    tightness: int = 0
    lower: bool = False
    words: Words = Words()  # noqa: RUF009 - frozen
    larger: int = 0  # steps of the text above what the tightness gives it

    @cached_property
    def px_per_mm(self) -> float:
        return math.hypot(*self.size_px) / self.diagonal_mm

    @property
    def portrait(self) -> bool:
        return self.size_px[1] > self.size_px[0]

    @property
    def palette(self) -> Palette:
        return PALETTES[self.contrast]

    @property
    def tall(self) -> bool:
        """So tall that it can be `lower`."""
        return self.portrait and self.height_mm > TALL_ABOVE_MM

    @property
    def height_mm(self) -> float:
        return self.size_px[1] / self.px_per_mm

    @property
    def compact(self) -> bool:
        """A panel so small that things stand side by side which have a row each on larger ones."""
        return self.diagonal_mm < COMPACT_BELOW_MM

    @property
    def body_mm(self) -> float:
        return max(BODY_FLOOR_MM, BODY_MM[self.text] * 0.88 ** max(0, self.tightness - 3))

    def by_tightness(self, *millimetres: float) -> float:
        """One of four sizes, by how much room there is: generous, usual, tight, tightest."""
        return millimetres[min(self.tightness, 3)]

    def line_spacing(self, role: FontRole) -> float:
        """In ems. Titles, and details on a compact panel, have close lines however much room there is."""
        if role in ("title", "headline") or (role == "detail" and self.compact):
            return 1.3
        return self.by_tightness(1.5, 1.5, 1.4, 1.3)

    @property
    def gap(self) -> int:
        """Pixels between two things to touch."""
        return self.mm(self.by_tightness(7, 5, 4, GAP_FLOOR_MM))

    # What stands still from screen to screen depends on the panel alone, never on what a screen has to say.

    def by_panel(self, tall: float, low: float, small: float) -> float:
        """One of three sizes: a panel over 450 mm high, one over 300 mm, a lower or a compact one, or half of one."""
        if self.compact or self.height_mm <= 300 or self.lower:
            return small
        return tall if self.height_mm > 450 else low

    @property
    def margin(self) -> int:
        """Pixels from the edge of the panel."""
        return self.mm(5 if self.compact else self.by_panel(14, 10, 7))

    @property
    def frame_gap(self) -> int:
        """Pixels between the things that stand still."""
        return self.mm(self.by_panel(6, 5, GAP_FLOOR_MM))

    def mm(self, millimetres: float) -> int:
        """Whole pixels, rounded up so that no floor is lost to rounding."""
        return math.ceil(millimetres * self.px_per_mm - 1e-6)

    def em_mm(self, role: FontRole) -> float:
        """Of the text: asked for again and again while a screen is fitted."""
        if role not in self._ems:
            self._ems[role] = self._em_mm(role)
        return self._ems[role]

    @cached_property
    def _ems(self) -> dict[FontRole, float]:
        return {}

    def _em_mm(self, role: FontRole) -> float:
        usual = self._usual_mm(role)
        most = MOST_MM[role][self.text] if self.larger and role in MOST_MM else 0.0
        return max(usual, min(usual * STEP**self.larger, most))

    def _usual_mm(self, role: FontRole) -> float:
        body = self.body_mm
        match role:
            case "detail" if self.compact:  # stands still there, so it is the same at every text size
                return BODY_FLOOR_MM
            case "detail":
                return max(BODY_FLOOR_MM, body * 0.85)
            case "headline":
                return max(14.0, body * self.by_tightness(2.2, 1.8, 1.4, 1.2))
            case "title":
                return max(self.by_tightness(14, 14, 14, 12), body * self.by_tightness(1.7, 1.4, 1.2, 1.1))
            case "entry":
                return max(
                    self.by_tightness(16, 14, 12, 10 if self.compact else 12),
                    body * self.by_tightness(1.5, 1.3, 1.2, 1.1),
                )
            case "number":  # of a receipt or slip: sixteen digits in fours have room on one line
                return self.by_panel(28, 26, 16) * self.by_tightness(1, 1, 0.9, 0.8)
            case "choice":
                return body * self.by_tightness(1.3, 1.1, 1, 1)
            case "message":
                return body * self.by_tightness(1.2, 1.1, 1, 1)
            case "frame" | "frame small":
                frame = min(self.by_panel(14, 12, 9), BODY_MM[self.text] * 1.2)
                return frame if role == "frame" else max(BODY_FLOOR_MM, frame * 0.75)
            case _:
                return body

    def icon(self, role: FontRole) -> int:
        """Pixels each way of a picture beside words of that role."""
        return self.mm(self.em_mm(role) * 1.2)

    def font(self, role: FontRole) -> QFont:
        """Bold for titles and buttons, regular for running text."""
        return _font(self.mm(self.em_mm(role)), bold=role not in RUNNING)

    def paint(self, role: Role) -> Paint:
        return self.palette.roles[role]

    @property
    def to_read(self) -> "Theme":
        """For what is only read: alone in the upper half it has more room than what is touched in the lower one."""
        return self.with_tightness(max(0, self.tightness - 3)) if self.lower else self

    def with_text(self, steps: int) -> "Theme":
        """The same with text that many steps larger."""
        return self._with(steps, self.tightness)

    def with_tightness(self, level: int) -> "Theme":
        return self._with(self.larger, level)

    def _with(self, larger: int, tightness: int) -> "Theme":
        """Made once, as each keeps what it has worked out."""
        key = larger, tightness
        if key not in self._others:
            self._others[key] = replace(self, larger=larger, tightness=tightness)
        return self._others[key]

    @cached_property
    def _others(self) -> "dict[tuple[int, int], Theme]":
        return {(self.larger, self.tightness): self}

    def tighter(self) -> "Theme":
        return self.with_tightness(self.tightness + 1)

    @property
    def tightest(self) -> bool:
        return self.tightness > 3 and self.body_mm <= BODY_FLOOR_MM


@cache
def _font(pixels: int, *, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font
