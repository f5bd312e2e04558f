"""The pad to sign on, and the signature as it is shown afterwards."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from ui_support import Kiosk

from ui.widgets.signature import SignatureDrawing, SignaturePad

ENTRUSTED = "question-entrusted"


@pytest.fixture
def signing(kiosk: Kiosk) -> Kiosk:
    """Where the living allowance is to be signed for."""
    kiosk.walk_to(ENTRUSTED, "minimum-living-allowance")
    return kiosk


def pad(kiosk: Kiosk) -> SignaturePad:
    return next(one for one in kiosk.window.findChildren(SignaturePad) if one.isVisible())


def draw(kiosk: Kiosk, *places: tuple[float, float]) -> None:
    """By mouse, through points in millimetres of the pad."""
    on, unit = pad(kiosk), pad(kiosk).unit
    first, *rest = (QPoint(round(x * unit), round(y * unit)) for x, y in places)
    QTest.mousePress(on, Qt.MouseButton.LeftButton, pos=first)
    for place in rest:
        QTest.mouseMove(on, place)
    QTest.mouseRelease(on, Qt.MouseButton.LeftButton, pos=(rest or [first])[-1])


def strokes(kiosk: Kiosk) -> tuple[tuple[tuple[float, float], ...], ...]:
    assert kiosk.screen.entry
    return kiosk.screen.entry.strokes


def test_it_is_signed_in_millimetres_taken_back_and_shown_on_the_check_screen(signing: Kiosk) -> None:
    draw(signing, (20, 20), (40, 20), (60, 22))
    ((begin, *_, end),) = strokes(signing)
    assert begin == pytest.approx((20, 20), abs=0.3)
    assert end == pytest.approx((60, 22), abs=0.3)
    ink = pad(signing).grab().toImage().pixelColor(round(40 * pad(signing).unit), round(20 * pad(signing).unit))
    assert ink.lightness() < 100, "the line is to be seen where the finger was"
    draw(signing, (20, 60), (1000, 60))
    wide = pad(signing).width() / pad(signing).unit
    assert strokes(signing)[1][-1][0] == pytest.approx(wide, abs=0.3), "what leaves the pad goes along its edge"
    signing.press("删一笔")
    assert len(strokes(signing)) == 1
    signing.press("下一步")
    signing.do(("answer", "yes"))
    while signing.window.view.page_left:
        if any(one.isVisible() for one in signing.window.findChildren(SignatureDrawing)):
            break
        signing.press("下一页")
    (drawing,) = [one for one in signing.window.findChildren(SignatureDrawing) if one.isVisible()]
    assert drawing.accessibleName() == "已签字"
    image = drawing.grab().toImage()
    assert min(image.pixelColor(x, image.height() // 2).lightness() for x in range(image.width())) < 100


def test_signing_anew_is_pressed_twice(signing: Kiosk) -> None:
    draw(signing, (20, 20), (60, 22))
    signing.press("重新签")
    assert strokes(signing), "one may have touched it by mistake"
    signing.press("重新签")
    assert strokes(signing) == ()


def test_by_the_keys_alone_one_comes_to_the_mark(signing: Kiosk) -> None:
    for _ in range(12):
        focused = signing.window._focus.button
        if focused and focused.button.value == "mark":
            break
        signing.key(Qt.Key.Key_Down)
    signing.key(Qt.Key.Key_Return)
    assert signing.rehearsal.session.state.visit
    assert signing.rehearsal.session.state.visit.answers["entrusted"] == "mark"
