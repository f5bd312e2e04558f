"""The fade from screen to screen: it shows the old one first and the new one last, and holds nobody up."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from ui_support import Kiosk

from ui.window.transition import Fade


@pytest.fixture
def fading(make_kiosk: Callable[..., Kiosk]) -> Kiosk:
    return make_kiosk(fades=True)


def fade_of(kiosk: Kiosk) -> Fade:
    fade = kiosk.window.findChild(Fade)
    assert isinstance(fade, Fade)
    return fade


def seen(kiosk: Kiosk) -> QImage:
    return kiosk.window.grab().toImage()


def test_the_old_screen_is_seen_first_and_the_new_one_last(fading: Kiosk, qtbot: QtBot) -> None:
    old = seen(fading)
    fading.do("start")
    assert seen(fading) == old
    qtbot.waitUntil(fade_of(fading).isHidden)
    assert seen(fading) == fading.window.view.grab().toImage() != old


def test_the_new_screen_can_be_touched_at_once(fading: Kiosk) -> None:
    fading.do("start")
    card = fading.button("高龄津贴")
    assert fade_of(fading).isVisible()
    assert fading.window.childAt(card.mapTo(fading.window, card.rect().center())) is card


def test_what_changes_within_a_screen_shows_at_once(fading: Kiosk) -> None:
    fading.do("start")
    fading.window.refresh()
    assert fade_of(fading).isHidden()


def test_fades_can_be_turned_off(kiosk: Kiosk) -> None:
    kiosk.do("start")
    assert seen(kiosk) == kiosk.window.view.grab().toImage()
    assert kiosk.window.findChild(Fade) is None
