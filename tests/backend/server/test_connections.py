"""Finding 4: 1,100 half-open connections made the hall deaf for ever, and wrote 199 MB of log in a minute."""

import asyncio
import errno
import logging
import socket
from collections.abc import Iterator
from threading import Thread
from time import monotonic

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from backend.server import connections
from backend.server.server import HallServer

GET = b"GET / HTTP/1.1\r\nHost: hall\r\n"
HEAD_S = 0.3


class Served:
    """A server of a small application, in a thread, with three connections at most."""

    def __init__(self) -> None:
        app = FastAPI()
        self.release = asyncio.Event()

        @app.get("/")
        def quick() -> int:
            return 1

        @app.get("/slow")
        async def slow() -> int:
            await self.release.wait()
            return 2

        @app.get("/long")
        def long() -> StreamingResponse:
            return StreamingResponse(b"x" * 2**20 for _ in range(64))

        self.listener = socket.create_server(("127.0.0.1", 0))
        self.server = HallServer(app, None, before_end=lambda: None, alive=lambda: None)
        self.connections = self.server._connections
        self.connections._most = 3
        self.thread = Thread(target=self.server.run, args=([self.listener],))
        self.thread.start()

    def connect(self, first: bytes = b"") -> socket.socket:
        client = socket.create_connection(self.listener.getsockname(), 10)
        client.sendall(first)
        return client

    def end(self) -> None:
        self.server.should_exit = True
        self.thread.join()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setattr(connections, "HEAD_S", HEAD_S)
    served = Served()
    yield served
    served.end()


def answer(client: socket.socket) -> bytes:
    """The first line; b"" when the hall hung up."""
    with client:
        try:
            return client.recv(1000).partition(b"\r\n")[0]
        except ConnectionError:
            return b""


OK = b"HTTP/1.1 200 OK"


def test_who_says_nothing_makes_room_for_who_does(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_S", 60)
    silent = [
        served.connect(first) for first in (b"", GET, b"PUT / HTTP/1.1\r\nHost: hall\r\nContent-Length: 9\r\n\r\n")
    ]
    while len(served.connections._open) < 3:
        pass
    for _ in range(3):
        assert answer(served.connect(GET + b"\r\n")) == OK
    assert answer(silent[0]) == b""
    assert len(served.connections._open) <= 3


def test_an_answer_that_is_being_made_never_makes_room(served: Served) -> None:
    slow = [served.connect(b"GET /slow HTTP/1.1\r\nHost: hall\r\n\r\n") for _ in range(3)]
    while len(served.connections._open) < 3 or served.connections._waiting:
        pass
    assert answer(served.connect(GET + b"\r\n")) == b""
    next(iter(served.server.server_state.tasks)).get_loop().call_soon_threadsafe(served.release.set)
    assert [answer(one) for one in slow] == [OK] * 3


@pytest.mark.parametrize("first", [b"", b"G", GET, GET + b"\r\n" + GET], ids=["nothing", "letter", "half", "second"])
def test_a_head_that_does_not_come_is_waited_for_so_long_and_no_longer(served: Served, first: bytes) -> None:
    began = monotonic()
    with served.connect(first) as client:
        while client.recv(1000):
            pass
    assert HEAD_S * 0.8 < monotonic() - began < 5


def test_a_kept_connection_is_kept(served: Served) -> None:
    with served.connect() as client:
        for _ in range(5):
            client.sendall(GET + b"\r\n")
            with client.makefile("rb") as lines:
                assert lines.readline().strip() == OK
                while lines.readline().strip():
                    pass
                assert lines.read(1) == b"1"


def test_without_a_file_to_spare_it_waits_and_says_so_once(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    """asyncio's own server tries again 2,048 times at once, with a line each."""
    silent = served.connect()  # who makes room
    assert answer(served.connect(GET + b"\r\n")) == OK
    tries = []

    async def no_file(listener: socket.socket) -> tuple[socket.socket, object]:
        tries.append(monotonic())
        if len(tries) < 4:
            raise OSError(errno.EMFILE, "Too many open files")
        loop.sock_accept = accept  # type: ignore[method-assign]
        return await accept(listener)

    loop = served.server._work[0].get_loop()
    accept = loop.sock_accept
    loop.sock_accept = no_file  # type: ignore[method-assign]
    with caplog.at_level(logging.ERROR):
        assert answer(served.connect(GET + b"\r\n")) == OK  # of the accept that was under way
        assert answer(served.connect(GET + b"\r\n")) == OK
    assert tries[3] - tries[0] > 0.25
    silent.close()
    assert [record.message for record in caplog.records] == ["no connection can be taken"] * 3


def test_who_does_not_read_an_answer_is_cut_off(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that follows and never reads kept its stream and all that was written to it."""
    monkeypatch.setattr(connections, "UNREAD_S", 0.1)
    with served.connect(b"GET /long HTTP/1.1\r\nHost: hall\r\n\r\n") as client:
        while not served.connections._open:
            pass
        while served.connections._open:
            pass
        assert answer(client) == OK
