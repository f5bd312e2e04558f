"""The devices around the screen, joined to a visit: scanner, ID-card reader, printer."""

from PySide6.QtCore import QObject, Signal

from kiosk.peripherals.cards import CardReader, LineCardReader
from kiosk.peripherals.printers import printer_for
from kiosk.settings import Settings
from ui.paper import paper_png
from ui.wedge import ScannerKeys
from ui.window import KioskWindow


class Peripherals(QObject):
    """Lives as long as the window. What the devices read arrives at the session on the window's own thread."""

    _card = Signal(object)

    def __init__(self, window: KioskWindow, settings: Settings) -> None:
        super().__init__(window)
        session = window.session
        session.printer = printer_for(settings.printer, paper_png)
        self.scanner = ScannerKeys(window, session.scanned)
        self._reader: CardReader | None = LineCardReader(settings.card_reader) if settings.card_reader else None
        self._card.connect(session.card_read)
        if self._reader:
            self._reader.start(self._card.emit)

    def stop(self) -> None:
        """No card of the next visitor gets to this one's session."""
        if self._reader:
            self._reader.stop()
