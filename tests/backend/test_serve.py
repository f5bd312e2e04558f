"""`hall serve` as its own process over a real socket."""

import signal
import socket
from collections.abc import Callable
from time import monotonic
from uuid import UUID

import pytest
import requests
from hall_support import FROM_PAGE, RIGHT_ANSWERS, HallProcess, call_request, submission

from backend.serve import listen_on
from protocol.levels import By, Claim

ID = UUID(int=21)
Serve = Callable[..., HallProcess]


def put(hall: HallProcess, path: str, body: str) -> requests.Response:
    return hall.ask("PUT", path, body)


def test_killed_and_started_again_it_gives_the_same_answer(serve: Serve) -> None:
    hall = serve()
    body = submission(hall.public_key, ID, RIGHT_ANSWERS).model_dump_json()
    first = put(hall, f"/submissions/{ID}", body)
    assert first.status_code == 201
    hall.stop(signal.SIGKILL)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{hall.url}/health", timeout=2)
    again = serve(port=hall.port)
    assert again.public_key == hall.public_key
    repeated = put(again, f"/submissions/{ID}", body)
    assert (repeated.status_code, repeated.json()) == (200, first.json())


def test_a_staff_page_stays_logged_in_over_a_restart(serve: Serve) -> None:
    hall = serve()
    clerk = hall.logged_in()
    hall.stop()
    again = serve(port=hall.port)
    assert clerk.get(f"{again.url}/staff/me", timeout=10).json()["name"] == "李芳"


def test_a_kept_connection_does_not_wait_for_acknowledgements() -> None:
    with listen_on("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname(), 5):
        served, _ = listener.accept()
        with served:
            assert served.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_event_arrives_and_sigterm_ends_open_streams_at_once(serve: Serve, workers: str) -> None:
    hall = serve("--workers", workers)
    clerk = hall.logged_in()
    with clerk.get(f"{hall.url}/staff/events", stream=True, timeout=10) as stream:
        lines = stream.iter_lines()
        assert next(lines) == b"event: ready"
        began = monotonic()
        put(hall, f"/calls/{ID}", call_request())
        assert b"event: call" in lines
        assert monotonic() - began < 5
        began = monotonic()
        assert hall.stop() == 0
        assert monotonic() - began < 8  # uvicorn alone would wait 10 s for the stream
    assert "Traceback" not in hall.log.read_text()


def test_every_process_knows_that_a_page_is_open(serve: Serve) -> None:
    hall = serve("--workers", "2")
    put(hall, f"/calls/{ID}", call_request())

    def told() -> set[bool]:
        """By whichever processes take ten new connections."""
        return {hall.ask("GET", f"/calls/{ID}").json()["staff_page_open"] for _ in range(10)}

    assert told() == {False}
    with hall.logged_in().get(f"{hall.url}/staff/events", stream=True, timeout=10) as stream:
        lines = stream.iter_lines()
        assert next(lines) == b"event: ready"
        until = monotonic() + 10
        while told() != {True}:
            assert monotonic() < until


def test_a_page_that_vanished_ends_its_connection() -> None:
    """A stream pings every 15 s; what is not acknowledged for 10 s ends it."""
    with listen_on("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname(), 5):
        served, _ = listener.accept()
        with served:
            assert served.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 10_000


def test_the_log_is_json_lines_without_personal_data(serve: Serve) -> None:
    hall = serve()
    put(hall, f"/submissions/{ID}", submission(hall.public_key, ID, RIGHT_ANSWERS).model_dump_json())
    hall.kiosk.claim = Claim(By.TYPED)
    hall.ask("POST", "/queries/progress", '{"receipt_number": "13912345678"}')
    hall.stop()
    lines = hall.log.read_text().splitlines()
    assert len(lines) == 3  # with the enrolment
    assert all(line.startswith('{"at": "') for line in lines)
    assert "139123" not in "".join(lines)


def test_the_stream_of_a_page_ends_when_it_logs_out_by_whichever_process(serve: Serve) -> None:
    """Findings 17-23: it went on."""
    hall = serve("--workers", "2")
    clerk = hall.logged_in()
    with clerk.get(f"{hall.url}/staff/events", stream=True, timeout=20) as stream:
        lines = stream.iter_lines()
        assert next(lines) == b"event: ready"
        other = requests.Session()
        other.cookies.update(clerk.cookies)
        other.post(f"{hall.url}/staff/logout", headers=FROM_PAGE, timeout=10).raise_for_status()
        assert not any(line.startswith((b"event", b":")) for line in lines)  # not even a ping before it ends
