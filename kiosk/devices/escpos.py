"""Speaks ESC/POS to a receipt printer, in a process of its own (helper_process).

usage: python -m kiosk.devices.escpos /dev/usb/lp0|tcp://HOST:PORT < PAGE.png   (without a page: only asks for paper)
"""

import io
import os
import select
import socket
import sys
from contextlib import closing
from urllib.parse import urlsplit

from escpos.escpos import Escpos
from PIL import Image

PATIENCE_S = 5.0  # for a connection, and for the printer to take more of a page
ANSWER_S = 2.0  # for the answer of a printer that prints nothing
PRINTED_S = 10.0  # for the answer of one that has a page to print first
_DARK = 128  # what is as dark as that is black


class PrinterError(Exception):
    """Why nothing, or not all, is on paper, in one plain sentence."""


class Wire(Escpos):  # type: ignore[misc]  # python-escpos is not looked at by mypy
    """A device file or a TCP port, both written and read without ever waiting longer than is said above.

    A printer on the network has to answer: its line takes a whole page from us even when nobody reads at the other end.
    A device file need not, for many cannot be read. Who has answered once has to again.
    """

    def __init__(self, address: str) -> None:
        super().__init__()
        self._patience, self._has_to_answer = ANSWER_S, False
        parts = urlsplit(address)
        if parts.scheme:
            with socket.create_connection((parts.hostname, parts.port), PATIENCE_S) as line:
                self._file = os.dup(line.fileno())
            self._has_to_answer = True
        else:
            self._file = os.open(address, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        os.set_blocking(self._file, False)

    def send_page(self, png: bytes) -> None:
        """Print and cut."""
        self._expect_paper(ANSWER_S)
        if not png:
            return
        page = Image.open(io.BytesIO(png)).convert("L").point(lambda light: 255 if light >= _DARK else 0)
        put_page(self, page)
        self._await_room()  # usblp drops what it still has to send when it is closed
        if self._has_to_answer:
            self._expect_paper(PRINTED_S)

    def close(self) -> None:
        """Called by python-escpos, more than once."""
        if hasattr(self, "_file"):
            os.close(self._file)
            del self._file

    def _expect_paper(self, patience: float) -> None:
        self._patience = patience
        if self.paper_status() == 0:
            raise PrinterError("The printer has no paper.")

    def _raw(self, msg: bytes) -> None:
        left = memoryview(msg)
        while left:
            self._await_room()
            left = left[os.write(self._file, left) :]

    def _await_room(self) -> None:
        if not select.select([], [self._file], [], PATIENCE_S)[1]:
            raise PrinterError("The printer takes nothing; it may be out of paper, open or busy.")

    def _read(self) -> bytes:
        there = select.select([self._file], [], [], self._patience)[0]
        answer = os.read(self._file, 16) if there else b""
        if answer:
            self._has_to_answer = True
        elif self._has_to_answer:
            raise PrinterError("The printer does not answer.")
        return answer


def put_page(printer: Escpos, page: Image.Image) -> None:
    """A page, black and white and as wide as the paper, as a raster; then cut."""
    printer.hw("INIT")
    printer.image(page, impl="bitImageRaster")
    printer.cut()


def main(address: str) -> None:
    try:
        with closing(Wire(address)) as wire:
            wire.send_page(sys.stdin.buffer.read())
    except PrinterError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{error.strerror or error}.")


if __name__ == "__main__":
    main(sys.argv[1])
