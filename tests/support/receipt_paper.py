"""A receipt printer without paper: what it is sent is turned back into the picture that would be on paper."""

import socket
from contextlib import suppress
from queue import Queue
from threading import Thread

HAS_PAPER, NO_PAPER = 0x12, 0x72  # its answer to DLE EOT 4

Rows = list[bytes]  # of a picture, from the top down: a bit a dot, 1 is black


def commands(stream: bytes) -> tuple[Rows, int, bytes]:
    """The rows that ESC/POS prints, how often it cuts, and what is not whole yet."""
    rows: Rows = []
    cuts = 0
    while stream:
        if stream[:4] == b"\x1dv0\x00" and len(stream) >= 8:
            across, down = stream[4] + 256 * stream[5], stream[6] + 256 * stream[7]
            if len(stream) < 8 + across * down:
                break
            data, stream = stream[8 : 8 + across * down], stream[8 + across * down :]
            rows += [data[at : at + across] for at in range(0, len(data), across)]
        elif stream[:2] == b"\x1b@":
            stream = stream[2:]
        elif stream[:2] == b"\x1bd":
            stream = stream[3:]
        elif stream[:2] == b"\x1dV":
            cuts, stream = cuts + 1, stream[3:]
        elif len(stream) < 8 and stream[:1] in b"\x10\x1b\x1d":
            break
        else:
            raise AssertionError(f"this printer does not know {stream[:8]!r}")
    return rows, cuts, stream


class ReceiptPaper:
    """Listens on `port`; one page a connection. `answers` are those to the questions for paper, the last one for ever;
    after `breaks_at` bytes of a page somebody pulls the plug.
    """

    def __init__(self, *answers: int, breaks_at: int | None = None) -> None:
        self._answers, self._breaks_at = list(answers), breaks_at
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        self._pages: Queue[tuple[Rows, int]] = Queue()
        if answers:
            Thread(target=self._run, daemon=True).start()

    def page(self) -> tuple[Rows, int]:
        """The next page that came out, and how often it was cut."""
        return self._pages.get(timeout=10)

    @property
    def printed(self) -> bool:
        return not self._pages.empty()

    def close(self) -> None:
        self._listener.close()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                with line:
                    self._print(line)

    def _print(self, line: socket.socket) -> None:
        page = b""
        while got := line.recv(4096):
            page += got
            while page.endswith(b"\x10\x04\x04"):
                page = page[:-3]
                line.sendall(bytes([self._answers.pop(0) if self._answers[1:] else self._answers[0]]))
            if self._breaks_at is not None and len(page) > self._breaks_at:
                return
        rows, cuts, rest = commands(page)
        assert not rest
        if rows:
            self._pages.put((rows, cuts))
