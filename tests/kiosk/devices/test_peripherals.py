"""ID cards and slips on paper: what devices say is judged, and what cannot be printed is said."""

import os
import stat
import subprocess
from datetime import date
from pathlib import Path
from queue import Queue
from typing import IO

import pytest

from kiosk.devices.cards import Card, card_in
from kiosk.devices.printer_setting import printer_for, printer_problem
from kiosk.devices.printers import Paper
from kiosk.devices.readers import LineReader, reader_problem
from kiosk.intents import scanned_codes as scans
from kiosk.operations import doctor
from kiosk.operations.doctor import Finding
from kiosk.operations.settings import Settings
from kiosk.state.slip import Slip
from kiosk.testing.reader import SimulatedReader

ID = "11010519491231002X"
TODAY = date(2026, 11, 24)
PAPER = Paper("下次接着办", "1234 5678 9012 3452", "YLS1:KEY", ("高龄津贴",))
LINE = '{"name": "王秀英 ", "number": "11010519491231002x"}\n'


def test_a_line_of_a_card_reader() -> None:
    assert card_in(LINE, TODAY) == Card(ID, "王秀英")


@pytest.mark.parametrize(
    "line",
    ["", "nonsense", "[]", '{"name": "王秀英"}', '{"name": 3, "number": "11010519491231002X"}',
     '{"name": "王", "number": null}', '{"name": "王秀英", "number": "110105194912310020"}'],
)  # fmt: skip
def test_what_is_no_card_is_left_alone_and_not_logged(line: str, caplog: pytest.LogCaptureFixture) -> None:
    assert card_in(line, TODAY) is None
    assert "王" not in caplog.text
    assert "1949" not in caplog.text


def test_cards_come_through_a_pipe_also_after_the_bridge_was_started_anew(tmp_path: Path) -> None:
    pipe = tmp_path / "cards"
    os.mkfifo(pipe)
    cards: Queue[Card] = Queue()
    reader = LineReader(pipe, lambda line: card_in(line, TODAY))
    reader.start(cards.put)
    for _ in range(2):
        pipe.write_text(f"junk\n{LINE}", "utf-8")
        assert cards.get(timeout=10) == Card(ID, "王秀英")
    reader.stop()


def test_a_pipe_stays_open_between_its_writers_until_another_pipe_takes_its_place(tmp_path: Path) -> None:
    pipe = tmp_path / "cards"
    os.mkfifo(pipe)
    opened: list[int] = []
    cards: Queue[Card] = Queue()

    class Watched(type(pipe)):  # type: ignore[misc]
        def open(self, *args: str) -> IO[bytes]:
            opened.append(1)
            return super().open(*args)  # type: ignore[no-any-return]

    reader = LineReader(Watched(pipe), lambda line: card_in(line, TODAY))
    reader.start(cards.put)
    for _ in range(2):
        pipe.write_text(LINE, "utf-8")
        cards.get(timeout=10)
    assert len(opened) == 1
    os.mkfifo(tmp_path / "other")
    (tmp_path / "other").replace(pipe)
    pipe.write_text(LINE, "utf-8")
    assert cards.get(timeout=10) == Card(ID, "王秀英")
    reader.stop()


def test_the_simulated_reader_and_a_card_nobody_sees_in_print() -> None:
    seen: list[Card] = []
    reader: SimulatedReader[Card] = SimulatedReader()
    reader.present(Card(ID))  # nobody listens yet
    reader.start(seen.append)
    reader.present(Card(ID, "王秀英"))
    reader.stop()
    reader.present(Card(ID))
    assert seen == [Card(ID, "王秀英")]
    assert ID not in repr(seen)
    assert "王秀英" not in repr(seen)


def test_what_is_wrong_with_a_reader(tmp_path: Path) -> None:
    assert "not there" in reader_problem(tmp_path / "none")
    (tmp_path / "file").touch()
    assert "neither a pipe nor a serial device" in reader_problem(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    assert reader_problem(tmp_path / "pipe") == ""


def test_what_a_scanned_code_is() -> None:
    slip = Slip(bytes(range(32)), "1234567890123452", TODAY)
    assert scans.read(slip.qr, TODAY) == scans.ScannedSlip(slip.key)
    assert scans.read("YLK1:400000000002\r\n", TODAY) == scans.ScannedReceipt("400000000002")
    assert scans.read("400000000002", TODAY) == scans.ScannedReceipt("400000000002")
    assert scans.read(ID.lower(), TODAY) == Card(ID, scanned=True)


@pytest.mark.parametrize(
    "text",
    ["", "400000000003", "YLK1:1", "6901234567892", "https://example.com/?YLK1:400000000002", "1" * 500,
     "'; DROP TABLE draft; --", "110105194912310020"],
)  # fmt: skip
def test_everything_else_is_nothing(text: str) -> None:
    assert scans.read(text, TODAY) is None


def test_the_folder_printer_keeps_pages_for_this_user_only(tmp_path: Path) -> None:
    printer = printer_for(str(tmp_path / "slips"), lambda paper, dots: paper.title.encode())
    assert printer
    assert printer.print(PAPER)
    assert printer.print(PAPER)
    pages = list((tmp_path / "slips").iterdir())
    assert [page.read_text("utf-8") for page in pages] == ["下次接着办"] * 2
    assert all(stat.S_IMODE(page.stat().st_mode) == 0o600 for page in pages)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    printer = printer_for(str(tmp_path / "file" / "slips"), lambda paper, dots: b"")
    assert printer
    assert not printer.print(PAPER)
    assert "cannot be written" in printer_problem(str(tmp_path / "file" / "slips"))


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A print service whose lp writes what it got into a file."""
    tool = tmp_path / "lp"
    tool.write_text(
        f'#!/bin/sh\nif [ "$2" != counter ]; then echo "no such queue" >&2; exit 1; fi\ncat > {tmp_path}/got\n'
    )
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "got"


def test_a_print_queue(lp: Path, caplog: pytest.LogCaptureFixture) -> None:
    printer, other = (printer_for(queue, lambda paper, dots: b"PNG") for queue in ("counter", "elsewhere"))
    assert printer
    assert printer.print(PAPER)
    assert lp.read_bytes() == b"PNG"
    assert other
    assert not other.print(PAPER)
    assert "no such queue" in caplog.text


def test_a_print_service_that_hangs_or_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    printer = printer_for("counter", lambda paper, dots: b"")
    assert printer
    monkeypatch.setenv("PATH", "/nowhere")
    assert not printer.print(PAPER)

    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("lp", 20)

    monkeypatch.setattr(subprocess, "run", hang)
    assert not printer.print(PAPER)


def test_no_printer() -> None:
    assert printer_for("", lambda paper, dots: b"") is None


def found(settings: Settings) -> dict[str, Finding]:
    checks = (doctor._printer, doctor._scanner, doctor._card_reader)  # the others open sound devices
    return {one.part: one for one in (check(settings, doctor.Sentences(settings.assets, "en")) for check in checks)}


@pytest.mark.parametrize(
    ("headset", "problem", "status", "told"),
    [
        ("", "", "ok", "none is set"),
        ("USB", "", "ok", "USB"),
        ("USB", "missing", "degraded", "USB is not plugged in"),
        ("USB", "heard", "degraded", "in the room"),
    ],
)
def test_doctor_tells_whether_the_headset_may_be_used(
    monkeypatch: pytest.MonkeyPatch, headset: str, problem: str, status: str, told: str
) -> None:
    settings = Settings(headset=headset)
    monkeypatch.setattr(doctor, "headset_problem", lambda chosen: problem)
    finding = doctor._headset(settings, doctor.Sentences(settings.assets, "en"))
    assert finding.status == status
    assert told in finding.detail
    assert bool(finding.mend) == (status == "degraded")


def test_doctor_tells_of_what_is_there_and_what_is_not(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cards")
    bare = found(Settings(data=tmp_path))
    assert {one.status for one in bare.values()} == {"degraded"}
    assert all(one.mend for one in bare.values())
    told = found(
        Settings(data=tmp_path, printer=str(tmp_path / "slips"), card_reader=tmp_path / "cards", scanner="none such")
    )
    assert told["printer"].status == "ok"
    assert told["card reader"].status == "ok"
    assert told["scanner"].status == "degraded"
    assert "not plugged in" in told["scanner"].detail
    assert found(Settings(data=tmp_path, scanner=str(tmp_path / "cards")))["scanner"].status == "ok"
    assert "not there" in found(Settings(data=tmp_path, scanner="/dev/none such"))["scanner"].detail
