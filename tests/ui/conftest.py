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
from kiosk.screens.model import Look
from kiosk.texts.strings import Texts
from kiosk.walk.walk import Rehearsal
from ui.devtools.screenshots import PlayedEars
from ui.look.theme import FAMILY, Theme
from ui.speech.reader import Reader
from ui.window.window import KioskWindow


@pytest.fixture(autouse=True)
def _font(qapp: QApplication) -> None:
    assert FAMILY in QFontDatabase.families(), "install fonts-noto-cjk: nothing can be measured without the font"


@pytest.fixture
def make_kiosk(qtbot: QtBot, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Callable[..., Kiosk]:
    def make(
        size: tuple[int, int] = UPRIGHT,
        diagonal_mm: float = INCH_27,
        look: Look = Look(),  # noqa: B008
        *,
        fades: bool = False,
    ) -> Kiosk:
        rehearsal = Rehearsal(catalogue, texts, pinyin, look)
        speaker, ears, seconds = WrittenSpeaker(), PlayedEars(), [0.0]
        reader = Reader(rehearsal.session, speaker)
        theme = Theme(size, diagonal_mm, look.text, look.contrast)
        window = KioskWindow(rehearsal.session, theme, reader, ears, clock=lambda: seconds[0], fades=fades)
        qtbot.addWidget(window)
        window.show()
        return Kiosk(window, rehearsal, speaker, ears, seconds)

    return make


@pytest.fixture
def kiosk(make_kiosk: Callable[..., Kiosk]) -> Kiosk:
    return make_kiosk()
