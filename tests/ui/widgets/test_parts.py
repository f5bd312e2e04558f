"""Pictures and codes, read back from the pixels."""

import logging

import numpy as np
import pytest
import qrcode
from project import ASSETS
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from ui_support import INCH_27, UPRIGHT

from kiosk.screens.common.model import Button
from ui.devtools.geometry import pixels_of
from ui.look import icons
from ui.look.palette import PALETTES, Contrast, Role, contrast_ratio
from ui.look.theme import Theme
from ui.widgets.answer_field import AnswerField
from ui.widgets.button import BigButton, Style
from ui.widgets.indicators import FocusRing
from ui.widgets.label import FittingLabel
from ui.widgets.pictures import MODULE_MM, QrCode
from ui.widgets.touch import TouchGuard

THEME = Theme(UPRIGHT, INCH_27)


def test_a_qr_code_is_painted_square_by_square_with_its_quiet_zone(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    code = QrCode(host, THEME)
    code.set("YLK1:400000000002")
    side = code.needed(300)
    code.resize(side, side)
    module = side // len(code.matrix)
    assert module / THEME.px_per_mm >= MODULE_MM
    pixels = pixels_of(code.grab().toImage())
    middles = pixels[module // 2 :: module, module // 2 :: module][: len(code.matrix), : len(code.matrix)]
    expected = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    expected.add_data("YLK1:400000000002")
    assert np.array_equal(middles == 0, np.array(expected.get_matrix()))
    assert set(np.unique(pixels)) == {0x000000, 0xFFFFFF}


def test_a_qr_code_never_gets_squares_too_small_to_read(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    code = QrCode(host, THEME)
    code.set("x" * 200)
    assert code.module(60) / THEME.px_per_mm >= MODULE_MM


def test_of_several_texts_the_first_that_fits_is_shown(qtbot: QtBot) -> None:
    """Neither too high nor too wide: words that stay together have no room on a narrow panel."""
    host = QWidget()
    qtbot.addWidget(host)
    label = FittingLabel(host, THEME)
    label.offer(["medical\u00a0insurance\u00a0balance", "balance", ""], "detail", "quiet")
    em = int(THEME.em_mm("detail") * THEME.px_per_mm)
    for ems, shown in ((20, "medical\u00a0insurance\u00a0balance"), (8, "balance"), (1, "")):
        label.place(QRect(0, 0, ems * em, 4 * em))
        assert label.string == shown


@pytest.mark.parametrize("icon", sorted(path.stem for path in (ASSETS / "icons").glob("*.svg")))
def test_every_picture_draws_something(icon: str) -> None:
    picture = icons._tinted(icon, 64, "#0a4a3e", 1.0)
    assert picture is not None
    drawn = np.count_nonzero(pixels_of(picture.toImage()))
    assert drawn > 64 * 64 * 0.05


def test_a_missing_picture_is_left_out_and_named(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    shown = Button("next", "下一步", icon="not-there")
    button = BigButton(host, THEME, TouchGuard(lambda: 0.0), shown, Style("card"))
    button.resize(300, 80)
    with caplog.at_level(logging.WARNING):
        button.grab()
    assert "not-there.svg" in caplog.text


def test_a_long_number_stays_on_one_line(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    field = AnswerField(host, Theme(UPRIGHT, INCH_27, "L"), TouchGuard(lambda: 0.0))
    field.set("110105 19491231 002X", "", "")
    field.resize(round(225 * THEME.px_per_mm), field.needed(round(225 * THEME.px_per_mm)))
    shown = field.painted()[0]
    assert shown.fits
    assert shown.rect.height() < 2 * shown.em_px


@pytest.mark.parametrize("placeholder", ["", "比如 1945"])
def test_in_an_empty_field_the_caret_stands_in_the_middle_and_on_no_letter(qtbot: QtBot, placeholder: str) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    field = AnswerField(host, THEME, TouchGuard(lambda: 0.0))
    field.resize(600, 90)
    field.set("", "", placeholder)
    picture = field.grab().toImage()
    accent = QColor(THEME.palette.accent).rgb()
    edge = THEME.mm(2)
    lit = [
        (x, y) for x in range(edge, 300) for y in range(edge, field.height() - edge) if picture.pixel(x, y) == accent
    ]
    top, bottom = min(y for _, y in lit), max(y for _, y in lit)
    assert abs((top + bottom) / 2 - field.height() / 2) <= 3
    assert max(x for x, _ in lit) < THEME.mm(5)


@pytest.mark.parametrize("contrast", PALETTES)
@pytest.mark.parametrize("role", ["page", "quiet", "selected"])
def test_the_focus_ring_shows_on_every_panel(qtbot: QtBot, contrast: Contrast, role: Role) -> None:
    theme = Theme(UPRIGHT, INCH_27, contrast=contrast)
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(400, 300)
    fill = theme.paint(role).fill
    ground.setStyleSheet(f"background: {fill}")
    target, ring = QWidget(ground), FocusRing(ground, theme)
    target.setGeometry(100, 100, 200, 100)
    ring.around(target)
    across = pixels_of(ground.grab().toImage())[150, :100]  # from the ground over the ring to the target
    assert max(contrast_ratio(fill, f"#{colour:06x}") for colour in across) >= 3
