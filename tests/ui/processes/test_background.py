"""Work off the GUI thread: its result comes back, and nothing that goes wrong there ends a visit."""

from typing import NoReturn

import pytest
from pytestqt.qtbot import QtBot

from kiosk.hall.service import HallAway
from ui.processes.background import in_background


def test_a_fault_in_the_background_ends_no_visit(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    told: list[HallAway] = []

    def fault() -> NoReturn:
        raise KeyError("phone_last4")

    in_background(fault, lambda found: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].why == "staff"
    assert "phone_last4" in caplog.text


def test_a_result_and_a_hall_that_is_away_come_back(qtbot: QtBot) -> None:
    found: list[int] = []
    told: list[HallAway] = []

    def away() -> NoReturn:
        raise HallAway("No line.")

    in_background(lambda: 7, found.append, told.append)
    in_background(away, found.append, told.append)
    qtbot.waitUntil(lambda: bool(found and told))
    assert found == [7]
    assert told[0].why == "offline"
