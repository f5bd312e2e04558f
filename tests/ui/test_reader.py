"""Everything is read aloud, nothing private key by key, and any action silences it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_support import Kiosk


def test_a_screen_is_read_when_it_opens(kiosk: Kiosk) -> None:
    kiosk.press("点这里开始")
    assert kiosk.speaker.heard[-1] == kiosk.screen.say


def test_a_finger_on_the_glass_silences_at_once(kiosk: Kiosk) -> None:
    kiosk.do("start")
    assert kiosk.speaker.speaking
    target = kiosk.button("再说一遍")
    QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=target.rect().center())
    assert not kiosk.speaker.speaking


def test_again_reads_again(kiosk: Kiosk) -> None:
    kiosk.do("start")
    kiosk.press("再说一遍")
    assert kiosk.speaker.heard[-1] == kiosk.screen.say


def test_the_arrow_keys_read_what_they_reach(kiosk: Kiosk) -> None:
    kiosk.do("start")
    kiosk.key(Qt.Key.Key_Tab)
    service = kiosk.screen.choices[0]
    assert kiosk.speaker.heard[-1] == (service.label, service.detail)


def test_keys_of_a_number_are_never_said_when_pressed(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    before = len(kiosk.speaker.heard)
    for digit in "1101":
        kiosk.press(digit)
    kiosk.key(Qt.Key.Key_9)
    assert all(said is None for said in kiosk.speaker.heard[before:])


def test_a_touched_question_is_read_but_not_a_touched_answer(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    title = next(part for part in kiosk.window.view.pool.used if part.accessibleName() == kiosk.screen.title)
    QTest.mouseClick(title, Qt.MouseButton.LeftButton)
    assert kiosk.speaker.heard[-1] == (kiosk.screen.title,)
    for label, _ in kiosk.rehearsal.walk(["old-age-allowance"]):
        if label.endswith(":check"):
            break
    before = len(kiosk.speaker.heard)
    for part in kiosk.window.view.pool.used:
        if part.accessibleName() in {row.value for row in kiosk.screen.rows}:
            QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    assert kiosk.speaker.heard[before:] == []
