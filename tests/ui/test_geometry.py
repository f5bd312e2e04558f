"""Every screen, drawn for real and measured: nothing too small, too pale, cut, or on top of something else."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from ui_support import INCH_27, LYING, UPRIGHT, Kiosk

from kiosk.screens import LANGS, Lang, Look
from ui.breaches import breaches
from ui.furniture import HUGE_KINDS
from ui.geometry import measure, painted_contrast, pixels_of
from ui.palette import PALETTES
from ui.screenshots import Panel as ScreenPanel
from ui.screenshots import every_set

INCH_32, INCH_21, INCH_15 = 813.0, 546.0, 381.0


def every_screen_holds(kiosk: Kiosk) -> None:
    kiosk.rehearsal.session.on_change = None  # drawn once a screen, not once a key
    places: defaultdict[str, set[tuple[int, ...]]] = defaultdict(set)
    for label, screen in kiosk.rehearsal.walk():
        kiosk.window.refresh()
        assert not breaches_of(kiosk, label)
        for target in kiosk.window.view.targets():
            place = target.geometry().getRect()
            if target.button in (screen.help.button, *screen.secondary[:1]) and screen.kind not in HUGE_KINDS:
                places["help" if target.button == screen.help.button else "back"].add(place)
            elif target.style_.primary and screen.kind not in HUGE_KINDS:
                places["primary"].add(place)
    for what, seen in places.items():
        assert len(seen) == 1, f"{what} stands still"


def breaches_of(kiosk: Kiosk, label: str) -> list[str]:
    view = kiosk.window.view
    found = breaches(label, kiosk.screen, view, measure(view, kiosk.window.grab().toImage()))
    return [str(one) for one in found]


def sets(diagonal_mm: float, contrasts: Sequence[str] = tuple(PALETTES)) -> list[object]:
    every = every_set(ScreenPanel(UPRIGHT, diagonal_mm))
    return [pytest.param(look, panel, id=name) for name, look, panel in every if look.contrast in contrasts]


@pytest.mark.parametrize(("look", "panel"), sets(INCH_27))
def test_every_screen_at_27_inch(make_kiosk: Callable[..., Kiosk], look: Look, panel: ScreenPanel) -> None:
    every_screen_holds(make_kiosk(panel.size_px, panel.diagonal_mm, look))


@pytest.mark.parametrize(("look", "panel"), sets(INCH_15, ["yellow"]))  # the contrast changes no size
def test_every_screen_at_15_inch(make_kiosk: Callable[..., Kiosk], look: Look, panel: ScreenPanel) -> None:
    every_screen_holds(make_kiosk(panel.size_px, panel.diagonal_mm, look))


@pytest.mark.parametrize("diagonal_mm", [INCH_32, INCH_21])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [UPRIGHT, LYING], ids=["upright", "lying"])
def test_every_screen_at_other_sizes(
    make_kiosk: Callable[..., Kiosk], size: tuple[int, int], lang: Lang, diagonal_mm: float
) -> None:
    every_screen_holds(make_kiosk(size, diagonal_mm, Look(lang=lang, text="L")))


def test_a_target_moved_shrunk_or_out_of_order_is_a_breach(kiosk: Kiosk) -> None:
    assert not breaches_of(kiosk, "here")
    first, second = kiosk.window.view.targets()[:2]
    place = second.geometry()
    second.setGeometry(first.geometry())
    assert any("overlap" in one for one in breaches_of(kiosk, "here"))
    second.setGeometry(place)
    second.resize(20, 20)
    assert any("wanted: 16 mm or more" in one for one in breaches_of(kiosk, "here"))
    second.setGeometry(place)
    first.setAccessibleName("")
    assert any("accessible name" in one for one in breaches_of(kiosk, "here"))
    QWidget.setTabOrder(kiosk.window.view.targets()[-1], first)
    QWidget.setTabOrder(second, first)
    assert any("focus order" in one for one in breaches_of(kiosk, "here"))


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
