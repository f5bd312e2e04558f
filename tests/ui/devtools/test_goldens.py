"""The main screens look as they did when somebody last looked at them and was content.

A change that is meant: `make goldens`, look at the pictures in tests/ui/devtools/goldens/, commit them.
"""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from project import ROOT
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from ui_support import Kiosk

GOLDENS = Path(__file__).parent / "goldens"
FAILED = ROOT / ".work" / "goldens"  # expected | got | where they differ
WIDTH = 270  # pixels of a golden
CELL = 10  # pixels: small shifts of letters between machines fall within one
SEEN = 24  # of 255, in the mean of a cell: a colour that is another one
ALLOWANCE = "old-age-allowance"
MAIN = {
    "attract",
    "home",
    "settings",
    f"{ALLOWANCE}:prerequisites",
    f"{ALLOWANCE}:question-name",
    f"{ALLOWANCE}:question-resident_id-wrong",
    f"{ALLOWANCE}:question-hukou_here",
    f"{ALLOWANCE}:check",
    f"{ALLOWANCE}:receipt-delivered",
    "help-requested",
    "idle-visit",
    "slip",
    "goodbye",
}


def small(picture: QImage) -> QImage:
    scaled = picture.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    return scaled.convertToFormat(QImage.Format.Format_RGB888)


def cells(picture: QImage) -> NDArray[np.float64]:
    """(rows, columns, 3): the mean colour of each cell."""
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    pixels = rows[:, : picture.width() * 3].reshape(picture.height(), picture.width(), 3)
    high, wide = picture.height() // CELL, picture.width() // CELL
    return pixels[: high * CELL, : wide * CELL].reshape(high, CELL, wide, CELL, 3).mean(axis=(1, 3))


def unlike(expected: QImage, got: QImage) -> list[tuple[int, int]]:
    """(row, column) of the cells whose colour is another one."""
    if expected.size() != got.size():
        return [(0, 0)]
    apart = np.abs(cells(expected) - cells(got)).max(axis=2) > SEEN
    return [(int(row), int(column)) for row, column in np.argwhere(apart)]


def show_difference(expected: QImage, got: QImage, places: list[tuple[int, int]], file: Path) -> None:
    sheet = QImage(WIDTH * 3, max(expected.height(), got.height()), QImage.Format.Format_RGB888)
    sheet.fill(QColor("gray"))
    painter = QPainter(sheet)
    for place, picture in enumerate((expected, got, got)):
        painter.drawImage(place * WIDTH, 0, picture)
    for row, column in places:
        painter.fillRect(2 * WIDTH + column * CELL, row * CELL, CELL, CELL, QColor(255, 0, 0, 120))
    painter.end()
    file.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(str(file))


def test_the_main_screens_look_as_they_did(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk()
    differing, met = [], set()
    for label, _ in kiosk.walk([ALLOWANCE]):
        if label not in MAIN - met:
            continue
        met.add(label)
        got, name = small(kiosk.window.grab().toImage()), label.replace(":", "-") + ".png"
        if os.environ.get("RENEW_GOLDENS"):
            got.save(str(GOLDENS / name))
        expected = QImage(str(GOLDENS / name)).convertToFormat(QImage.Format.Format_RGB888)
        if places := unlike(expected, got):
            show_difference(expected, got, places, FAILED / name)
            differing.append(f"{label}: {len(places)} places, see {FAILED / name}")
    assert met == MAIN
    assert not differing, "\n".join(["Meant? Then make goldens, and look at them.", *differing])


@pytest.mark.parametrize(("colour", "seen"), [("#0b4f42", True), ("#faf5ea", False)])
def test_another_colour_of_a_small_thing_is_seen(colour: str, seen: bool) -> None:
    one = QImage(WIDTH, 480, QImage.Format.Format_RGB888)
    one.fill(QColor("#fbf6eb"))
    other = one.copy()
    painter = QPainter(other)
    painter.fillRect(100, 100, 20, 10, QColor(colour))
    painter.end()
    assert bool(unlike(one, other)) == seen
