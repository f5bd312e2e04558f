"""Pages as PDF: text that can be read aloud and searched, in files for this user only."""

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtPdf import QPdfDocument

from kiosk.devices import pdf
from kiosk.devices.printer_setting import printer_for, printer_problem
from kiosk.devices.printers import Paper
from kiosk.devices.qr import qr_modules

RECEIPT = Paper(
    "回执",
    "4000 0000 0002",
    "YLK1:400000000002",
    ("䶮** 𠮷**，￥1,200.00", "看不到的字：\U0010ffff", "下一步：" + "工作人员来看。" * 200),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages") / "pdf"


@pytest.fixture(scope="module")
def document(folder: Path, qapp: object) -> QPdfDocument:
    printer = printer_for(f"pdf:{folder}", lambda paper, dots: b"")
    assert printer
    assert printer.print(RECEIPT)
    opened = QPdfDocument()
    assert opened.load(str(next(folder.iterdir()))) == QPdfDocument.Error.None_
    return opened


def test_a_page_is_text_with_rare_letters_and_money(document: QPdfDocument) -> None:
    text = "".join(document.getAllText(0).text().split())
    for wanted in ("回执", "400000000002", "䶮**𠮷**，￥1,200.00", "看不到的字：〓"):
        assert wanted in text
    assert document.pageCount() > 1, "what does not fit goes on to the next page"
    assert document.metaData(QPdfDocument.MetaDataField.Title) == "回执"


def test_it_is_a5_and_its_code_is_that_of_the_receipt(document: QPdfDocument) -> None:
    drawn = document.render(0, QSize(1480, 2100))  # clear where nothing is drawn
    assert round(document.pagePointSize(0).width() / 72 * 25.4) == 148
    modules, side = qr_modules(RECEIPT.qr), 12
    left = (1480 - side * len(modules)) // 2
    wanted = [
        (left + side * column + side // 2, side * row + side // 2, bool(dark))
        for row, squares in enumerate(modules)
        for column, dark in enumerate(squares)
    ]
    tops = range(1000)
    assert any(all((drawn.pixelColor(x, top + y).alpha() > 128) == dark for x, y, dark in wanted) for top in tops)


def test_the_file_is_for_this_user_only(document: QPdfDocument, folder: Path) -> None:
    (file,) = folder.iterdir()
    assert file.name.startswith("paper-")
    assert file.suffix == ".pdf"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert printer_problem(f"pdf:{folder}") == ""


def test_without_the_font_there_is_none_and_what_to_install_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "fc-match"
    tool.write_text("#!/bin/sh\nprintf '/usr/share/fonts/other.ttf|0|Other'\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ValueError, match="apt-get install fonts-noto-cjk"):
        pdf.make_pdf(RECEIPT)
