"""A printer without paper."""

from kiosk.devices.printers import Paper


class PlayedPrinter:
    """A printer (kiosk.devices.printers.Printer) that keeps the last page, printed or not."""

    def __init__(self) -> None:
        self.page: Paper | None = None
        self.broken = False

    def print(self, paper: Paper) -> bool:
        self.page = paper
        return not self.broken
