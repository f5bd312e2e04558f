"""A receipt as it lies in somebody's hand: drawn, sent to a printer and read back from its paper."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtGui import QImage
from receipt_paper import HAS_PAPER, ReceiptPaper

from kiosk.devices.escpos import Wire
from kiosk.devices.printers import Paper
from kiosk.devices.qr import qr_modules
from ui.processes.paper import paper_png

LINES = ("申请人：䶮**", "𠮷**，￥1,200.00", "下一步：工作人员五个工作日内会看您填的表。" * 4)


@pytest.fixture
def printer() -> Iterator[ReceiptPaper]:
    standing = ReceiptPaper(HAS_PAPER)
    yield standing
    standing.close()


@pytest.mark.parametrize(("dots", "payload"), [(576, "YLK1:400000000002"), (384, "YLS1:" + "A" * 52)])
def test_the_code_on_the_paper_is_that_of_the_receipt_and_every_line_is_there(
    printer: ReceiptPaper, qapp: object, dots: int, payload: str
) -> None:
    drawn = paper_png(Paper("回执", "4000 0000 0002", payload, LINES), dots)
    with closing(Wire(printer.address)) as wire:
        wire.send_page(drawn)
    rows, cuts = printer.page()
    assert cuts == 1
    picture = QImage.fromData(drawn)  # a byte a dot
    assert len(rows) == picture.height()
    lights = bytes(picture.constBits())
    assert len(lights) == dots * len(rows)
    black = [[bool(row[x // 8] >> (7 - x % 8) & 1) for x in range(dots)] for row in rows]
    assert [dark for row in black for dark in row] == [light < 128 for light in lights]
    modules = qr_modules(payload)
    side = min(9, dots // len(modules))
    left = (dots - side * len(modules)) // 2
    wanted = [
        (left + side * column + side // 2, side * row + side // 2, bool(dark))
        for row, squares in enumerate(modules)
        for column, dark in enumerate(squares)
    ]
    tops = range(len(rows) - side * len(modules))
    assert any(all(black[top + y][x] == dark for x, y, dark in wanted) for top in tops)


def test_a_narrow_page_and_its_rare_letters_are_drawn(qapp: object) -> None:
    """A letter that no font holds is drawn as 〓; those that one holds, money too, are not."""
    missing, geta, rare, money = (
        QImage.fromData(paper_png(Paper("回执", "4000", "YLS1:" + "A" * 52, (line,)), 384))
        for line in ("\U0010ffff", "〓", "䶮𠮷", "￥")
    )
    assert missing.width() == 384
    assert missing == geta
    assert geta not in (rare, money)
    edge = [rare.pixelColor(x, y).lightness() for y in range(rare.height()) for x in (0, 383)]
    assert min(edge) == 255  # nothing is cut off
