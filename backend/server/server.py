"""uvicorn's server over connections that the hall takes itself."""

import asyncio
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import uvicorn
from fastapi import FastAPI

from backend.server.connections import MOST_HEAD_BYTES, Connections, HallProtocol, most_connections
from backend.server.tls import LOOKS_EVERY_S, HallTls

SWITCH_S = 0.0005  # the loop gets its turn from busy threads; with Python's own 5 ms each of 200 packets waits so long
ALIVE_EVERY_S = 2.0
_ENDING_S = 10  # for answers that are under way when the hall is told to stop


class HallServer(uvicorn.Server):
    """`run([listener])` serves `app` until SIGTERM; `before_end` is called then, from a signal handler.

    `alive` is called every few seconds for as long as it serves and its loop goes round.
    """

    def __init__(
        self, app: FastAPI, tls: HallTls | None, before_end: Callable[[], None], alive: Callable[[], None]
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=HallProtocol,
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,  # by default it believes X-Forwarded-For of whoever is on this machine
                timeout_graceful_shutdown=_ENDING_S,
                h11_max_incomplete_event_size=MOST_HEAD_BYTES,
            )
        )
        self._tls, self._before_end, self._alive = tls, before_end, alive
        self._connections = Connections(tls.context if tls else None, most_connections())

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        sys.setswitchinterval(SWITCH_S)
        await self.lifespan.startup()
        self.servers = []  # uvicorn's own listening; the sockets are accepted from here
        self._work = [asyncio.create_task(self._connections.accept(one, self._protocol)) for one in sockets or []]
        if self._tls:
            self._work.append(asyncio.create_task(_look(self._tls)))
        self._work.append(asyncio.create_task(_keep_saying(self._alive)))
        self.started = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for task in self._work:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._before_end()
        super().handle_exit(sig, frame)

    def _protocol(self) -> HallProtocol:
        return HallProtocol(self.config, self.server_state, self.lifespan.state)


async def _look(tls: HallTls) -> None:
    while True:
        await asyncio.sleep(LOOKS_EVERY_S)
        await asyncio.to_thread(tls.look)


async def _keep_saying(alive: Callable[[], None]) -> None:
    while True:
        alive()
        await asyncio.sleep(ALIVE_EVERY_S)
