"""The devices around the screen, joined to a visit: scanner, ID-card reader, printer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from kiosk.devices.cards import Card, card_in
from kiosk.devices.printer_setting import printer_for
from kiosk.devices.printers import Printer
from kiosk.devices.readers import LineReader, Reader
from kiosk.operations.settings import Settings
from ui.input.wedge import ScannerKeys
from ui.processes.paper import paper_png
from ui.window.window import KioskWindow


@dataclass(frozen=True)
class Devices:
    """The devices of this kiosk. A scanner that types like a keyboard is always listened to; when it is named in the
    settings, the screens speak of it."""

    scanner: Reader[str] | None = None
    cards: Reader[Card] | None = None
    printer: Printer | None = None
    named_scanner: bool = False


def devices_of(settings: Settings) -> Devices:
    """The devices that the settings name."""
    sends_lines = "/" in settings.scanner
    return Devices(
        LineReader(Path(settings.scanner), lambda line: line.strip() or None) if sends_lines else None,
        LineReader(settings.card_reader, lambda line: card_in(line, date.today())) if settings.card_reader else None,
        printer_for(settings.printer, paper_png),
        bool(settings.scanner),
    )


class Peripherals(QObject):
    """Lives as long as the window. What the devices read arrives at the session on the window's own thread."""

    _read = Signal(object, object)  # what the session does with it, and what was read

    def __init__(self, window: KioskWindow, devices: Devices) -> None:
        super().__init__(window)
        session = window.session
        session.equip(
            card_reader=devices.cards is not None,
            scanner=devices.scanner is not None or devices.named_scanner,
            printer=devices.printer,
        )
        self._keys = ScannerKeys(window, session.scanned)
        self._readers: list[Reader[Any]] = []
        self._read.connect(lambda take, what: take(what))
        self._start(devices.scanner, session.scanned)
        self._start(devices.cards, session.card_read)

    def stop(self) -> None:
        """Read nothing more: what is scanned now belongs to the next visitor."""
        for reader in self._readers:
            reader.stop()

    def _start(self, reader: Reader[Any] | None, take: Callable[[Any], None]) -> None:
        if reader:
            self._readers.append(reader)
            reader.start(lambda what: self._read.emit(take, what))
