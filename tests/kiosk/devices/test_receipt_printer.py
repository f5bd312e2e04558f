"""Receipt printers that speak ESC/POS: what is on paper is what was drawn, and what goes wrong is said."""

import io
import os
import tty
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from escpos.printer import Dummy
from PIL import Image
from receipt_paper import HAS_PAPER, NO_PAPER, ReceiptPaper, Rows, commands

from kiosk.devices import escpos, helper_process
from kiosk.devices.letters import with_letters_held
from kiosk.devices.printer_setting import printer_for, printer_problem
from kiosk.devices.printers import Paper
from kiosk.devices.receipt_printer import Port, port_in
from kiosk.operations.settings import SettingsError, load_settings

PAPER = Paper("回执", "4000 0000 0002", "YLK1:400000000002", ("高龄津贴",))


def page(dots: int = 576, height: int = 1500) -> Image.Image:
    """Black and white, no row as the one before: 1500 rows are two pieces for the printer."""
    drawn = Image.new("1", (dots, height), 1)
    for row in range(height):
        drawn.paste(0, (row % dots, row, min(dots, row % dots + 40), row + 1))
    return drawn


def as_png(drawn: Image.Image) -> bytes:
    file = io.BytesIO()
    drawn.save(file, "PNG")
    return file.getvalue()


def on_paper(rows: Rows) -> Image.Image:
    return Image.frombytes("1", (8 * len(rows[0]), len(rows)), bytes(255 - dots for row in rows for dots in row))


def send(address: str, png: bytes) -> None:
    with closing(escpos.Wire(address)) as wire:
        wire.send_page(png)


@pytest.fixture
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PATIENCE_S", "ANSWER_S", "PRINTED_S"):
        monkeypatch.setattr(escpos, name, 0.1)


@pytest.fixture(scope="module")
def paper() -> Iterator[ReceiptPaper]:
    printer = ReceiptPaper(HAS_PAPER)
    yield printer
    printer.close()


@pytest.mark.parametrize("dots", [384, 576])
def test_what_is_sent_is_the_page_as_it_was_drawn_and_one_cut(dots: int) -> None:
    printer = Dummy()
    escpos.put_page(printer, page(dots))
    rows, cuts, rest = commands(printer.output)
    assert on_paper(rows).tobytes() == page(dots).tobytes()
    assert (cuts, rest) == (1, b"")


def test_a_page_comes_out_of_a_printer_on_the_network(paper: ReceiptPaper) -> None:
    asked: list[int] = []

    def draw(_: Paper, dots: int) -> bytes:
        asked.append(dots)
        return as_png(page(dots))

    printer = printer_for(f"escpos:{paper.address}?mm=58", draw)
    assert printer
    assert printer.print(PAPER)
    assert asked == [384]
    rows, cuts = paper.page()
    assert on_paper(rows).tobytes() == page(384).tobytes()
    assert cuts == 1
    assert printer_problem(f"escpos:{paper.address}") == ""


def test_grey_of_smooth_letters_becomes_black_or_white_and_no_pattern_of_dots(paper: ReceiptPaper) -> None:
    grey = Image.new("L", (576, 8), 200)
    grey.paste(90, (0, 0, 576, 4))
    send(paper.address, as_png(grey))
    assert paper.page()[0] == [b"\xff" * 72] * 4 + [b"\0" * 72] * 4


def fails(address: str) -> str:
    with pytest.raises((escpos.PrinterError, OSError)) as told:
        send(address, as_png(page()))
    return str(told.value)


def test_a_printer_without_paper_is_sent_nothing_and_one_that_runs_out_has_not_printed() -> None:
    empty, short = ReceiptPaper(NO_PAPER), ReceiptPaper(HAS_PAPER, NO_PAPER)
    for printer in (empty, short):
        assert fails(printer.address) == "The printer has no paper."
        printer.close()
    assert not empty.printed


def test_a_plug_that_is_pulled_in_the_middle_of_a_receipt_is_noticed() -> None:
    """Though the line has taken the whole page by then."""
    printer = ReceiptPaper(HAS_PAPER, breaks_at=5000)
    told = fails(printer.address)
    assert any(word in told for word in ("does not answer", "reset", "Broken pipe"))
    printer.close()


@pytest.mark.usefixtures("no_patience")
def test_a_printer_that_takes_nothing_is_given_up() -> None:
    silent = ReceiptPaper()
    assert fails(silent.address) == "The printer does not answer."
    silent.close()
    assert "refused" in fails(silent.address)
    near, far = os.openpty()
    tty.setraw(far)
    assert "takes nothing" in fails(os.ttyname(far))
    os.close(near)
    os.close(far)


def test_the_longest_waits_are_short_enough_for_somebody_who_stands_there() -> None:
    assert escpos.ANSWER_S + escpos.PATIENCE_S < 10
    assert 2 * escpos.PATIENCE_S + escpos.ANSWER_S <= helper_process.PATIENCE_S


@pytest.mark.usefixtures("no_patience")
def test_a_device_that_cannot_be_read_prints_all_the_same() -> None:
    near, far = os.openpty()
    tty.setraw(far)
    got = bytearray()

    def take() -> None:
        while not got.endswith(b"\x1dV\x00"):
            got.extend(os.read(near, 4096))

    reader = Thread(target=take)
    reader.start()
    send(os.ttyname(far), as_png(page()))
    reader.join(10)
    rows, cuts, _ = commands(bytes(got).removeprefix(b"\x10\x04\x04"))
    assert on_paper(rows).tobytes() == page().tobytes()
    assert cuts == 1
    os.close(near)
    os.close(far)


def test_a_device_that_is_not_there_is_one_sentence_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    setting = f"escpos:{tmp_path}/lp0"
    printer = printer_for(setting, lambda paper, dots: as_png(page(dots)))
    assert printer
    assert not printer.print(PAPER)
    assert [record.message for record in caplog.records] == [
        f"The printer {tmp_path}/lp0 did not print a page: No such file or directory."
    ]
    assert printer_problem(setting) == f"{tmp_path}/lp0: No such file or directory"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("setting", "port"),
    [
        ("escpos:/dev/usb/lp0", Port("/dev/usb/lp0", 576)),
        ("escpos:/dev/usb/lp0?mm=58", Port("/dev/usb/lp0", 384)),
        ("escpos:tcp://10.0.0.9", Port("tcp://10.0.0.9:9100", 576)),
        ("escpos:tcp://printer.hall:9101?mm=80", Port("tcp://printer.hall:9101", 576)),
        ("escpos:tcp://[::1]:9100", Port("tcp://[::1]:9100", 576)),
    ],
)
def test_what_a_setting_says(setting: str, port: Port) -> None:
    assert port_in(setting) == port


@pytest.mark.parametrize(
    "setting",
    ["escpos:", "escpos:lp0", "escpos:/dev/usb/lp0?mm=70", "escpos:/dev/usb/lp0?wide=58", "escpos:http://host",
     "escpos:tcp://:9100", "escpos:tcp://host:99999", "escpos:usb:0416:5011", "pdf:", "pdf:papers"],
)  # fmt: skip
def test_a_setting_that_names_no_printer_is_refused_with_what_it_may_be(
    setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINLING_PRINTER", setting)
    with pytest.raises(SettingsError, match=r"'printer' is wrong: (escpos|pdf):.* say (escpos|pdf):/"):
        load_settings()


def test_a_letter_that_no_font_holds_is_a_geta_and_the_log_does_not_tell_which(
    caplog: pytest.LogCaptureFixture,
) -> None:
    given = Paper("回执", "4000", "YLK1:4000", ("申请人：\ue123**\n", "龙\U000e0100"))
    assert with_letters_held(given, lambda letter: letter != "\ue123").lines == ("申请人：〓**\n", "龙\U000e0100")
    assert "holds 1 letters" in caplog.text
    assert "\ue123" not in caplog.text
