"""The real client over a real socket, against a tiny hall that drops, truncates, errs and refuses."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from offline_cache.hall_client import HallClient
from offline_cache.sync import Sync
from protocol.wire import HALL_HEADER

MISHAPS = ["drop", "drop late", "truncate", "truncate late", "500", "503", "not json", None]


class TinyHall(ThreadingHTTPServer):
    """Does the next mishap of the list to each form; a "late" one happens after the form was taken in."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.forms: dict[str, bytes] = {}
        self.mishaps: list[str | None] = []


class Handler(BaseHTTPRequestHandler):
    server: TinyHall
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        key = {"key_id": "first", "public_key": "A" * 43 + "="}
        self.answer(200, json.dumps(key if self.path == "/key" else {"status": "ok"}).encode())

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        mishap = self.server.mishaps.pop(0) if self.server.mishaps else None
        if mishap in (None, "drop late", "truncate late") and self.server.forms.setdefault(self.path, body) != body:
            return self.answer(409, b'{"detail": "Another form has this id."}')
        receipt = {
            "submission": self.path.rpartition("/")[2],
            "receipt_number": json.loads(body)["receipt_number"],
            "status": "received",
        }
        content = json.dumps(receipt).encode()
        match mishap:
            case "drop" | "drop late":
                self.close_connection = True
                self.connection.close()
            case "truncate" | "truncate late":
                self.answer(201, content[:20], claimed=len(content))
                self.close_connection = True
            case "500" | "503":
                self.answer(int(mishap), b"")
            case "not json":
                self.answer(200, b"<html>please log in</html>")
            case _:
                self.answer(201, content)
        return None

    def answer(self, status: int, content: bytes, claimed: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Yinling-Hall", "first")
        self.send_header("Content-Length", str(len(content) if claimed is None else claimed))
        self.send_header(HALL_HEADER, "first")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def tiny_hall() -> Iterator[TinyHall]:
    with TinyHall() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def sync(store, tiny_hall):
    return Sync(store, HallClient(f"http://127.0.0.1:{tiny_hall.server_port}"), delay_s=lambda attempts: 1.0)


def test_through_every_mishap_each_form_arrives_once(sync, store, tiny_hall, keep, now):
    ids = [keep(f"A-{number}") for number in range(4)]
    tiny_hall.mishaps = MISHAPS * 2
    for second in range(10):
        sync.sync_once(now + timedelta(seconds=second))
    assert tiny_hall.mishaps == []
    assert {item.state for item in store.outbox()} == {"delivered"}
    assert set(tiny_hall.forms) == {f"/submissions/{one}" for one in ids}


def test_a_taken_id_is_refused_and_the_next_form_still_goes(sync, store, tiny_hall, keep, now):
    taken = keep("A-1")
    keep("A-2")
    tiny_hall.forms[f"/submissions/{taken}"] = b"another body"
    sync.sync_once(now)
    assert [(item.state, item.last_error) for item in store.outbox()] == [
        ("refused", "Another form has this id."),
        ("delivered", None),
    ]


def test_a_hall_that_is_gone_is_found_again(sync, store, tiny_hall, keep, now):
    keep("A-1")
    dead = Sync(store, HallClient("http://127.0.0.1:1"), delay_s=lambda attempts: 1.0)
    assert "cannot be reached" in str(dead.sync_once(now).error)
    assert sync.sync_once(now + timedelta(seconds=1)).delivered == 1
