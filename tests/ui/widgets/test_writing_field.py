"""The writing field: fingers, palms and mice, and what is on the screen afterwards."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QEventPoint, QPointingDevice
from PySide6.QtTest import QTest
from ui_support import Kiosk

from ui.widgets.button import BigButton
from ui.widgets.writing_field import PALM_MM, WritingField


@pytest.fixture
def at_the_name(kiosk: Kiosk) -> Kiosk:
    kiosk.do("start", ("choose", "old-age-allowance"), "next", ("answer", "self"))
    kiosk.window.move(0, -600)  # Qt's offscreen glass is 800 pixels high, and touches beyond it are lost
    return kiosk


@pytest.fixture
def field(at_the_name: Kiosk) -> WritingField:
    return paper(at_the_name)


@pytest.fixture
def glass() -> QPointingDevice:
    return QTest.createTouchDevice()


def paper(kiosk: Kiosk) -> WritingField:
    return next(one for one in kiosk.window.findChildren(WritingField) if one.isVisible())


def by_mouse(field: WritingField, *places: tuple[int, int]) -> None:
    first, *rest = (QPoint(*place) for place in places)
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=first)
    for place in rest:
        QTest.mouseMove(field, place)
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton, pos=(rest or [first])[-1])


def strokes(kiosk: Kiosk) -> tuple[object, ...]:
    entry = kiosk.window.session.screen().entry
    assert entry
    return entry.strokes


def test_a_stroke_by_mouse_or_pen_and_then_the_characters(at_the_name: Kiosk, field: WritingField) -> None:
    by_mouse(field, (50, 60), (150, 60), (250, 62))
    assert len(strokes(at_the_name)) == 1
    at_the_name.rehearsal.finish_background()
    at_the_name.window.refresh()
    at_the_name.press("王")
    assert at_the_name.typed == "王"
    assert strokes(at_the_name) == ()
    assert paper(at_the_name) is field, "the field stays while one writes on it"
    assert field.strokes == ()


def test_the_ink_is_thick_and_where_the_pen_was(at_the_name: Kiosk, field: WritingField) -> None:
    by_mouse(field, (60, 100), (160, 100), (260, 100))
    image, theme = field.grab().toImage(), field.theme
    dark = [y for y in range(60, 140) if image.pixelColor(160, y).lightness() < 90]
    assert min(dark) <= 100 <= max(dark)
    assert len(dark) >= theme.mm(5) - 2


def test_strokes_are_the_same_on_a_larger_field(at_the_name: Kiosk, field: WritingField) -> None:
    tall = field.height()
    by_mouse(field, (0, 0), (tall // 2, tall // 2), (tall - 1, tall - 1))
    last = at_the_name.window.session.state.entry.strokes[0][-1]
    assert last == pytest.approx(((tall - 1) / tall, (tall - 1) / tall))


def test_the_first_finger_that_moves_writes_and_a_resting_one_does_not(
    at_the_name: Kiosk, field: WritingField, glass: QPointingDevice
) -> None:
    touch = QTest.touchEvent(field, glass)
    touch.press(1, QPoint(300, 300), field).commit()
    QTest.touchEvent(field, glass).stationary(1).press(2, QPoint(50, 50), field).commit()
    for x in range(60, 200, 20):
        QTest.touchEvent(field, glass).stationary(1).move(2, QPoint(x, 50), field).commit()
    QTest.touchEvent(field, glass).stationary(1).release(2, QPoint(180, 50), field).commit()
    QTest.touchEvent(field, glass).release(1, QPoint(300, 300), field).commit()
    assert len(strokes(at_the_name)) == 1
    assert max(y for _, y in at_the_name.window.session.state.entry.strokes[0]) < 0.3


def test_a_second_finger_waits(at_the_name: Kiosk, field: WritingField, glass: QPointingDevice) -> None:
    QTest.touchEvent(field, glass).press(1, QPoint(50, 50), field).commit()
    QTest.touchEvent(field, glass).move(1, QPoint(150, 50), field).commit()
    QTest.touchEvent(field, glass).stationary(1).press(2, QPoint(60, 200), field).commit()
    QTest.touchEvent(field, glass).move(1, QPoint(200, 50), field).move(2, QPoint(200, 200), field).commit()
    QTest.touchEvent(field, glass).release(1, QPoint(200, 50), field).release(2, QPoint(200, 200), field).commit()
    assert len(strokes(at_the_name)) == 1


def test_a_tap_is_a_dot(at_the_name: Kiosk, field: WritingField, glass: QPointingDevice) -> None:
    QTest.touchEvent(field, glass).press(1, QPoint(80, 80), field).commit()
    QTest.touchEvent(field, glass).release(1, QPoint(80, 80), field).commit()
    assert len(strokes(at_the_name)) == 1


def test_a_broad_palm_writes_nothing_even_when_it_slides(at_the_name: Kiosk, field: WritingField) -> None:
    broad = field.theme.mm(PALM_MM + 2)
    for state, x in (("Pressed", 50), ("Updated", 120), ("Updated", 250), ("Released", 250)):
        field.finger(Palm(QEventPoint.State[state], QPointF(x, 60), broad), QPointF(x, 60))
    assert strokes(at_the_name) == ()


def test_buttons_take_back_a_stroke_and_all_of_them(at_the_name: Kiosk, field: WritingField) -> None:
    by_mouse(field, (50, 50), (200, 50))
    by_mouse(field, (50, 90), (200, 90))
    at_the_name.press("删一笔")
    assert len(strokes(at_the_name)) == 1
    at_the_name.press("擦掉重写")
    assert strokes(at_the_name) == ()
    assert not at_the_name.button("删一个").isEnabled(), "a character has a key of another name"


def test_by_the_keypad_alone_one_gets_to_the_letters(at_the_name: Kiosk) -> None:
    focused = None
    for _ in range(20):
        at_the_name.key(Qt.Key.Key_Tab)
        focused = at_the_name.window.focusWidget()
        if isinstance(focused, BigButton) and focused.button.label == "用拼音":
            break
    at_the_name.key(Qt.Key.Key_Return)
    assert at_the_name.button("w")


@dataclass
class Palm:
    """A contact as broad as it says; Qt's test fingers have no breadth."""

    now: QEventPoint.State
    place: QPointF
    broad: int

    def id(self) -> int:
        return 1

    def state(self) -> QEventPoint.State:
        return self.now

    def position(self) -> QPointF:
        return self.place

    def ellipseDiameters(self) -> QSizeF:
        return QSizeF(self.broad, self.broad)


def test_the_key_of_the_point_does_not_read_as_press_here(at_the_name: Kiosk) -> None:
    at_the_name.press("名字里的点 ·")
    assert at_the_name.typed == "·"
