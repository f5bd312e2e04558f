"""The lines to a PostgreSQL server. One that stopped without closing them, or lies behind a line that broke, would be
waited for without end: there is no time limit on our side of an answer."""

import os
import socket
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from sqlalchemy import Engine, event


class ServerLines:
    """Of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._errors = (OSError, engine.dialect.loaded_dbapi.Error)  # the driver's: closed meanwhile
        self._connections: WeakSet[Any] = WeakSet()
        event.listen(engine, "connect", lambda connection, _: self._connections.add(connection), insert=True)

    def hang_up(self) -> None:
        """Whoever waits for an answer gets an OperationalError at once."""
        for connection in list(self._connections):
            with suppress(*self._errors), socket.socket(fileno=os.dup(connection.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)
