"""Real widgets without a display, over the rehearsed session."""

import os
from collections.abc import Callable

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui_support import INCH_27, UPRIGHT, Kiosk, WrittenSpeaker

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from ui.devtools.played import PlayedListener
from ui.look.theme import FAMILY, Theme
from ui.speech.screen_reader import ScreenReader
from ui.window.window import KioskWindow


@pytest.fixture(autouse=True)
def _font(qapp: QApplication) -> None:
    assert FAMILY in QFontDatabase.families(), "install fonts-noto-cjk: nothing can be measured without the font"


@pytest.fixture
def make_kiosk(qtbot: QtBot, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Callable[..., Kiosk]:
    made = []  # a window that is collected within a test would be hidden with its attributes gone

    def make(
        size: tuple[int, int] = UPRIGHT,
        diagonal_mm: float = INCH_27,
        look: Look = Look(),  # noqa: B008
        *,
        fades: bool = False,
    ) -> Kiosk:
        rehearsal = Rehearsal(catalogue, texts, pinyin, look)
        speaker, listener, seconds = WrittenSpeaker(), PlayedListener(), [0.0]
        reader = ScreenReader(rehearsal.session, speaker)
        theme = Theme(size, diagonal_mm, look.text, look.contrast)
        window = KioskWindow(rehearsal.session, theme, reader, listener, clock=lambda: seconds[0], fades=fades)
        qtbot.addWidget(window)
        window.show()
        made.append(window)
        return Kiosk(window, rehearsal, speaker, listener, seconds)

    return make


@pytest.fixture
def kiosk(make_kiosk: Callable[..., Kiosk]) -> Kiosk:
    return make_kiosk()
