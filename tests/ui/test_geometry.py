"""Every screen, drawn for real and measured: nothing too small, too pale, cut, or on top of something else."""

from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from ui_support import INCH_27, LYING, UPRIGHT, Kiosk

from kiosk.screens import Look
from ui.furniture import HUGE_KINDS
from ui.geometry import measure, painted_contrast, pixels_of
from ui.parts import Panel

INCH_32, INCH_21 = 813.0, 546.0
TENTH = 0.05  # mm lost to rounding to whole pixels


def every_screen_holds(kiosk: Kiosk) -> None:
    kiosk.rehearsal.session.on_change = None  # drawn once a screen, not once a key
    places: dict[str, set[tuple[int, ...]]] = {"help": set(), "primary": set()}
    for label, screen in kiosk.rehearsal.walk():
        kiosk.window.refresh()
        texts_can_be_read(kiosk, label)
        targets_can_be_hit(kiosk, label)
        nothing_overlaps(kiosk, label)
        for target in kiosk.window.view.targets():
            if target.button is screen.help.button or target.button == screen.help.button:
                places["help"].add(target.geometry().getRect())
            elif target.style_.primary and screen.kind not in HUGE_KINDS:
                places["primary"].add(target.geometry().getRect())
    assert len(places["help"]) == 1, "the help button stands still"
    assert len(places["primary"]) == 1, "the primary button stands still"


def texts_can_be_read(kiosk: Kiosk, label: str) -> None:
    measured = measure(kiosk.window.view, kiosk.window.grab().toImage())
    for text in measured.texts:
        assert not text.clipped, (label, text)
        assert text.contrast >= 10, (label, text)
        assert text.em_mm >= 7, (label, text)


def targets_can_be_hit(kiosk: Kiosk, label: str) -> None:
    view, scale = kiosk.window.view, kiosk.window.view.theme.px_per_mm
    targets = view.targets()
    for target in targets:
        least = 20 if target.style_.primary else 16
        assert min(target.width(), target.height()) >= (least - TENTH) * scale, (label, target.button)
        assert view.rect().contains(target.geometry()), (label, target.button)
    for one, other in combinations(targets, 2):
        assert apart(one.geometry(), other.geometry()) >= (3 - TENTH) * scale, (label, one.button, other.button)


def nothing_overlaps(kiosk: Kiosk, label: str) -> None:
    parts = [part for part in kiosk.window.view.pool.used if not part.isHidden() and not isinstance(part, Panel)]
    for one, other in combinations(parts, 2):
        assert not one.geometry().intersects(other.geometry()), (label, one.accessibleName(), other.accessibleName())


def apart(one: QRect, other: QRect) -> int:
    """Pixels between two rectangles, along the axis on which they are further apart."""
    across = max(one.left(), other.left()) - min(one.right(), other.right()) - 1
    down = max(one.top(), other.top()) - min(one.bottom(), other.bottom()) - 1
    return max(across, down)


@pytest.mark.parametrize("size", [UPRIGHT, LYING], ids=["upright", "lying"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("text", ["S", "M", "L"])
def test_every_screen_at_27_inch(make_kiosk: Callable[..., Kiosk], size: tuple[int, int], lang: str, text: str) -> None:
    every_screen_holds(make_kiosk(size, INCH_27, Look(lang=lang, text=text)))


@pytest.mark.parametrize("diagonal_mm", [INCH_32, INCH_21])
@pytest.mark.parametrize("size", [UPRIGHT, LYING], ids=["upright", "lying"])
def test_every_screen_at_other_sizes(
    make_kiosk: Callable[..., Kiosk], size: tuple[int, int], diagonal_mm: float
) -> None:
    every_screen_holds(make_kiosk(size, diagonal_mm, Look(lang="en", text="L")))


@pytest.mark.parametrize("contrast", ["dark", "yellow"])
def test_every_screen_in_other_colours(make_kiosk: Callable[..., Kiosk], contrast: str) -> None:
    every_screen_holds(make_kiosk(UPRIGHT, INCH_27, Look(contrast=contrast)))


@pytest.mark.parametrize(("text", "body_mm"), [("S", 8), ("M", 10), ("L", 13)])
def test_a_question_has_the_chosen_text_size(make_kiosk: Callable[..., Kiosk], text: str, body_mm: float) -> None:
    kiosk = make_kiosk(look=Look(text=text))
    kiosk.to_the_id_number()
    shown = measure(kiosk.window.view, kiosk.window.grab().toImage()).texts
    hint = next(one for one in shown if one.string == kiosk.screen.lines[0])
    assert body_mm <= hint.em_mm < body_mm + 0.5
    title = next(one for one in shown if one.string == kiosk.screen.title)
    assert title.em_mm >= 13.9


def test_contrast_is_measured_from_what_was_painted() -> None:
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painter.fillRect(5, 5, 20, 8, QColor("#767676"))
    painter.end()
    assert painted_contrast(pixels_of(image), QRect(0, 0, 60, 20)) == pytest.approx(4.54, abs=0.01)


def test_a_text_too_long_for_its_place_is_reported_as_clipped(kiosk: Kiosk) -> None:
    title = next(part for part in kiosk.window.view.pool.used if part.accessibleName() == kiosk.screen.title)
    title.resize(title.width(), title.height() // 2)
    shown = measure(kiosk.window.view, kiosk.window.grab().toImage()).texts
    assert [one.string for one in shown if one.clipped] == [kiosk.screen.title]
