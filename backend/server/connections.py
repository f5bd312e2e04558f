"""Taking connections: only so many at a time, and none that says nothing may keep out one that does.

A connection waits until its request has arrived whole, from the handshake to the last byte of the body, and again after
the answer. When no more are to be had, the one that has waited longest makes room; one whose request is being answered
never does.
"""

import asyncio
import logging
import resource
import socket
from asyncio.sslproto import SSLProtocol
from collections.abc import Callable
from ssl import SSLContext
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 1024  # of one process: 200 staff pages and 50 kiosks have some 700
UNREAD_S = 30.0  # for an answer that the other side does not take
HEAD_S = 10.0  # for the handshake, and then for the head of a request
MOST_HEAD_BYTES = 16 * 1024
_SPARE_FILES = 200  # for the database, data files and logs
_READ_BYTES = 32 * 1024  # from a connection at once; asyncio would take 256 KiB from each of a thousand
SSLProtocol.max_size = _READ_BYTES
log = logging.getLogger("yinling.hall")


def most_connections() -> int:
    """As many as there may be open files for, after asking the system for as many as it gives."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST + _SPARE_FILES
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(min(MOST, soft - _SPARE_FILES), 16)


class Connections:
    """All of one process. `accept` runs until it is cancelled."""

    def __init__(self, tls: SSLContext | None, most: int) -> None:
        self._tls, self._most = tls, most
        self._open: set[_Connection] = set()
        self._waiting: dict[_Connection, None] = {}  # the one that has waited longest first

    async def accept(self, listener: socket.socket, protocol: Callable[[], "HallProtocol"]) -> None:
        listener.setblocking(False)
        loop = asyncio.get_running_loop()
        while True:
            try:
                taken, _ = await loop.sock_accept(listener)
            except ConnectionError:
                continue
            except OSError as error:
                log.error("no connection can be taken", extra={"fields": {"error": error.strerror}})
                self._make_room()
                await asyncio.sleep(0.1)
                continue
            if len(self._open) >= self._most and not self._make_room():
                taken.close()
                continue
            connection = _Connection(self)
            connection.serve(taken, protocol(), self._tls)

    def _make_room(self) -> bool:
        if not self._waiting:
            return False
        next(iter(self._waiting)).end()
        return True

    def waits(self, connection: "_Connection") -> None:
        self._open.add(connection)
        self._waiting.setdefault(connection)

    def is_answered(self, connection: "_Connection") -> None:
        self._waiting.pop(connection, None)

    def is_gone(self, connection: "_Connection") -> None:
        self._open.discard(connection)
        self._waiting.pop(connection, None)


class _Connection:
    """One of them, from its first packet to its end."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._transport: asyncio.BaseTransport | None = None
        self._too_late: asyncio.TimerHandle | None = None

    def serve(self, taken: socket.socket, protocol: "HallProtocol", tls: SSLContext | None) -> None:
        self._connections.waits(self)
        protocol.connection = self
        self._socket: socket.socket | None = taken
        self._taking = asyncio.create_task(self._take(taken, protocol, tls))

    async def _take(self, taken: socket.socket, protocol: "HallProtocol", tls: SSLContext | None) -> None:
        self._socket = None  # from here on it is the transport's
        limits: dict[str, Any] = {"ssl_handshake_timeout": HEAD_S, "ssl_shutdown_timeout": 2.0} if tls else {}
        try:
            await asyncio.get_running_loop().connect_accepted_socket(lambda: protocol, taken, ssl=tls, **limits)
        except (OSError, TimeoutError):  # the handshake failed
            self.gone()

    def made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self.waits()

    def waits(self) -> None:
        self._connections.waits(self)
        if self._too_late is None:
            self._too_late = asyncio.get_running_loop().call_later(HEAD_S, self.end)

    def arrives(self) -> None:
        """The head is there; the body has time limits of its own."""
        if self._too_late is not None:
            self._too_late.cancel()
            self._too_late = None

    def is_answered(self) -> None:
        self.arrives()
        self._connections.is_answered(self)

    def end(self) -> None:
        if self._transport is None:
            self._taking.cancel()
            if self._socket is not None:
                self._socket.close()
        elif isinstance(self._transport, asyncio.WriteTransport):
            self._transport.abort()
        self.gone()

    def gone(self) -> None:
        self.arrives()
        self._connections.is_gone(self)


class HallProtocol(H11Protocol):
    """uvicorn's, which tells its connection what it is doing."""

    connection: _Connection
    _is_unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        if hasattr(transport, "max_size"):
            transport.max_size = _READ_BYTES
        super().connection_made(transport)
        self.connection.made(transport)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._tell()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._tell()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._is_unread = asyncio.get_running_loop().call_later(UNREAD_S, self.connection.end)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._is_read()

    def _is_read(self) -> None:
        if self._is_unread is not None:
            self._is_unread.cancel()
            self._is_unread = None

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_read()
        super().connection_lost(exc)
        self.connection.gone()

    def _tell(self) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            self.connection.waits()
        elif self.cycle.more_body:
            self.connection.arrives()
            if self.cycle.body:  # nobody has asked for it yet; whoever does goes on reading
                self.flow.pause_reading()
        else:
            self.connection.is_answered()
