"""A socket on which a test hears what programs tell the service manager."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ALIVE = b"READY=1\nWATCHDOG=1"


class ServiceManager:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))

    def hears(self, within_s: float) -> bytes | None:
        """The next thing that is said; None when nothing is said for that long."""
        self._socket.settimeout(within_s)
        try:
            return self._socket.recv(4096)
        except TimeoutError:
            return None

    def falls_silent(self, within_s: float, quiet_s: float) -> bool:
        """Whether nothing is said any more for `quiet_s`; what was said before is forgotten."""
        return any(self.hears(quiet_s) is None for _ in range(int(within_s / quiet_s)))

    def close(self) -> None:
        self._socket.close()


@contextmanager
def service_manager(folder: Path) -> Iterator[ServiceManager]:
    manager = ServiceManager(folder / "notify")
    yield manager
    manager.close()
