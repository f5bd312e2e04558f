"""Real widgets without a display, over the rehearsed session."""

import os
from collections.abc import Callable

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui_support import ASSETS, INCH_27, UPRIGHT, Kiosk, WrittenSpeaker

from kiosk.catalogue import Catalogue, load_catalogue
from kiosk.pinyin import PinyinTable
from kiosk.rehearsal import Rehearsal
from kiosk.screens import Look
from kiosk.texts import Texts
from ui.reader import Reader
from ui.screenshots import PlayedEars
from ui.theme import FAMILY, Theme
from ui.window import KioskWindow


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ASSETS)


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load(ASSETS)


@pytest.fixture(scope="session")
def pinyin() -> PinyinTable:
    return PinyinTable.load(ASSETS)


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
