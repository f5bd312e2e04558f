"""What a drawn screen really measures: read off the widgets and off the painted pixels, for people and for tests."""

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from ui.look.lettering import Painted
from ui.look.palette import contrast_ratio
from ui.widgets.button import BigButton
from ui.widgets.part import Part
from ui.window.view import View

Pixels = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Target:
    """Something to touch; millimetres from the top left of the screen."""

    name: str
    x_mm: float
    y_mm: float
    w_mm: float
    h_mm: float
    enabled: bool
    primary: bool


@dataclass(frozen=True)
class ShownText:
    """`lines` make up the string; `contrast` is of the two colours most used where it stands, `ground` one of them.

    `clipped` when it does not lie inside its widget.
    """

    string: str
    lines: tuple[str, ...]
    em_mm: float
    contrast: float
    ground: str
    clipped: bool


@dataclass(frozen=True)
class Meaning:
    """The text that people came to read; no larger for want of room, or because larger text is slower to read."""

    string: str
    em_mm: float
    next_step_fits: bool
    at_cap: bool


@dataclass(frozen=True)
class Measured:
    targets: list[Target]
    texts: list[ShownText]
    focus_order: list[str]

    def as_json(self, name: str, spoken: str) -> dict[str, object]:
        return {"name": name, **asdict(self), "spoken": spoken}


def measure(view: View, image: QImage) -> Measured:
    """Everything on `view`, of which `image` is a picture at one pixel a pixel."""
    scale = view.theme.px_per_mm
    buttons = view.targets()
    shown = [part for part in view.pool.used if not part.isHidden()]
    texts = [_text(part, text, image, scale, view.rect()) for part in shown for text in part.painted()]
    return Measured(
        [_target(button, scale) for button in buttons],
        texts,
        [button.button.label for button in buttons if button.isEnabled()],
    )


def measure_meaning(view: View) -> Meaning:
    """`view` has to be drawn again afterwards: the next larger text was tried on it."""
    part = view.meaning
    theme, shown, role = part.theme, part.painted()[0], part.font_role
    at_cap = theme.with_text(theme.larger + 1).em_mm(role) <= theme.em_mm(role)
    return Meaning(shown.string, round(shown.em_px / theme.px_per_mm, 2), view.larger_text_fits(), at_cap)


def _target(button: BigButton, scale: float) -> Target:
    place = button.geometry()
    x, y, wide, high = (round(px / scale, 2) for px in (place.x(), place.y(), place.width(), place.height()))
    return Target(button.button.label, x, y, wide, high, button.isEnabled(), button.style_.primary)


def _text(part: Part, text: Painted, image: QImage, scale: float, screen: QRect) -> ShownText:
    place = text.rect.translated(part.pos())
    fits = text.fits and screen.contains(part.geometry())
    ground, ink = painted_colours(image, place)
    contrast = round(contrast_ratio(ground, ink), 2)
    return ShownText(text.string, text.lines, round(text.em_px / scale, 2), contrast, ground, not fits)


def pixels_of(image: QImage, place: QRect | None = None) -> Pixels:
    """Rows of 0xRRGGBB, of all of the image or of what of it lies in `place`."""
    place = image.rect() & place if place else image.rect()
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    whole = np.frombuffer(plain.constBits(), dtype=np.uint32).reshape(plain.height(), plain.bytesPerLine() // 4)
    part = whole[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
    return part & np.uint32(0xFFFFFF)


def painted_colours(image: QImage, place: QRect) -> tuple[str, str]:
    """The two commonest colours in `place`: what lies behind a text, and its ink."""
    colours, counts = np.unique(pixels_of(image, place), return_counts=True)
    common = [f"#{colours[at]:06x}" for at in np.argsort(counts)[::-1][:2]] or ["#000000"]  # beyond the panel
    return common[0], common[-1]
