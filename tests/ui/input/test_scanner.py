"""A scanner at the real window: its keys never type, a person's do; and the slip that goes to the printer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_support import Kiosk

from kiosk.devices.cards import Card
from kiosk.devices.printers import USUAL_DOTS, Paper
from kiosk.hall.in_memory import RECEIPT_NUMBER as NUMBER
from kiosk.operations.settings import Settings
from kiosk.testing.reader import SimulatedReader
from ui.input.wedge import ScannerKeys
from ui.processes.paper import paper_png
from ui.processes.peripherals import Devices, Peripherals, devices_of
from ui.widgets.button import BigButton

Typing = Callable[..., None]
FAST, FINGER = 0.008, 0.12


@pytest.fixture
def typing(kiosk: Kiosk) -> Typing:
    """Types a text with that many seconds between the keys; ends with the silence after it."""
    now = [100.0]
    keys = ScannerKeys(kiosk.window, kiosk.rehearsal.session.scanned, lambda: now[0])

    def type_(text: str, gap: float, *, quiet: bool = True) -> None:
        now[0] += FINGER
        for character in text:
            now[0] += gap
            if character == "\r":
                QTest.keyClick(kiosk.window, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(kiosk.window, character)
        if quiet:
            keys._settle()

    return type_


def test_a_scan_is_not_typed_into_the_answer(kiosk: Kiosk, typing: Typing) -> None:
    kiosk.to_the_id_number()
    typing("6901234567892\r", FAST)
    assert kiosk.typed == ""
    assert kiosk.name == "question-resident_id"  # and Enter pressed no button
    assert "不认识" in kiosk.screen.notices[0]


def test_a_person_types_as_ever(kiosk: Kiosk, typing: Typing) -> None:
    kiosk.to_the_id_number()
    typing("11010519491231002x", FINGER)
    assert kiosk.typed == "11010519491231002X"
    typing("\r", FINGER)
    assert kiosk.name == "question-hukou_here"


def test_a_scan_amid_typing_leaves_what_was_typed(kiosk: Kiosk, typing: Typing) -> None:
    kiosk.to_the_id_number()
    typing("1101", FINGER)
    typing("6901234567892\r", FAST)
    typing("05", FINGER)
    assert kiosk.typed == "110105"


def test_a_finger_just_before_a_scan_is_not_lost(kiosk: Kiosk, typing: Typing) -> None:
    kiosk.to_the_id_number()
    typing("7", FINGER, quiet=False)  # still held when the scanner begins
    typing("6901234567892\r", FAST)
    assert kiosk.typed == "7"


def test_a_receipt_is_looked_up_from_the_first_screen(kiosk: Kiosk, typing: Typing) -> None:
    typing(f"YLK1:{NUMBER}\r", FAST)
    assert kiosk.name == "answer-looking"


def test_arrows_and_help_go_through_at_once(kiosk: Kiosk, typing: Typing) -> None:
    kiosk.to_the_id_number()
    QTest.keyClick(kiosk.window, Qt.Key.Key_F1)
    assert kiosk.name.startswith("help")


def test_the_silence_after_a_key_hands_it_over(kiosk: Kiosk, typing: Typing, qtbot: QtBot) -> None:
    kiosk.to_the_id_number()
    QTest.keyClicks(kiosk.window, "5")
    qtbot.waitUntil(lambda: kiosk.typed == "5", timeout=2000)


def test_devices_reach_the_visit_until_it_is_over(kiosk: Kiosk, qtbot: QtBot) -> None:
    scanner: SimulatedReader[str] = SimulatedReader()
    cards: SimulatedReader[Card] = SimulatedReader()
    devices = Peripherals(kiosk.window, Devices(scanner, cards))
    kiosk.do("start", ("choose", "old-age-allowance"), "next", ("answer", "self"))
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(cards.present, Card("11010519491231002X", "王秀英")).result()
    qtbot.waitUntil(lambda: kiosk.name == "card", timeout=2000)
    focused = kiosk.window.focusWidget()
    assert isinstance(focused, BigButton)
    assert focused.button.action == "take_card"  # Enter on the keypad is a yes
    kiosk.press("不用")
    scanner.present("6901234567892")
    qtbot.waitUntil(lambda: bool(kiosk.screen.notices), timeout=2000)
    devices.stop()
    cards.present(Card("11010519491231002X", "王秀英"))
    assert kiosk.name == "question-name"


def test_a_scanner_is_spoken_of_where_the_settings_name_one(kiosk: Kiosk) -> None:
    """One that types like a keyboard cannot be seen, and is listened to in any case."""
    for name, there in (("", False), ("Honeywell", True)):
        Peripherals(kiosk.window, devices_of(Settings(scanner=name))).stop()
        assert kiosk.rehearsal.session.state.scanner == there


def test_the_number_of_a_receipt_is_the_largest_on_its_paper(qapp: object) -> None:
    """Twelve digits have more room than the sixteen of a slip, and both stay on one line."""
    drawn = []
    for number in ("4000 0000 0002", "1234 5678 9012 3452"):
        with_it, without = (
            QImage.fromData(paper_png(Paper("回执", some, "YLK1:400000000002", ()), USUAL_DOTS)).height()
            for some in (number, "1")
        )
        drawn.append(with_it - without)
    assert drawn[0] > drawn[1], "heights of the line, less that of one digit"
    assert drawn[0] <= 0, "no line is taller than that of a single digit: nothing is wrapped"


def test_a_slip_is_as_wide_as_receipt_paper_and_all_of_it_is_there(qapp: object) -> None:
    lines = (
        "高龄津贴",
        "存到：2026年12月1日",
        "下次到这台机器来，按“接着办上次的”。",
        "别给外人看，拿着它就能看到您填的。",
    )
    short, long = (
        QImage.fromData(paper_png(Paper("下次接着办", "1234 5678 9012 3452", "YLS1:" + "A" * 52, some), USUAL_DOTS))
        for some in (lines[:1], lines)
    )
    assert short.width() == long.width() == USUAL_DOTS
    assert USUAL_DOTS < short.height() < long.height() < 1500
    bottom = [long.pixelColor(x, y).lightness() for x in range(USUAL_DOTS) for y in (0, long.height() - 1)]
    assert min(bottom) == 255  # nothing is cut off
