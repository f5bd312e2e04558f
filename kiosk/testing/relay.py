"""A line that can go silent without closing, as that to a server that was stopped."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread


class Relay:
    """Carries bytes between whoever connects to `port`, 0 for any free one, and a server."""

    def __init__(self, server: tuple[str, int], port: int = 0) -> None:
        self._server, self._flows = server, Event()
        self._flows.set()
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]

    def fall_silent(self) -> None:
        self._flows.clear()

    def go_on(self) -> None:
        self._flows.set()

    def run(self) -> None:
        """Until it is closed."""
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self._flows.wait()
                far = socket.create_connection(self._server)
                for source, target in ((near, far), (far, near)):
                    Thread(target=self._carry, args=(source, target), daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.go_on()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError), source, target:
            while part := source.recv(65536):
                self._flows.wait()
                target.sendall(part)
            target.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay_to(host: str, port: int, *, at: int = 0) -> Iterator[Relay]:
    """On the port `at`, 0 for any free one."""
    relay = Relay((host, port), at)
    Thread(target=relay.run, daemon=True).start()
    try:
        yield relay
    finally:
        relay.close()
