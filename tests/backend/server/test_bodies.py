"""What is sent: limits of size, of time, of all together, and short answers to long nonsense."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, RIGHT_ANSWERS, SigningKiosk, call_request, submission

from backend.hall.hall import Hall
from backend.server.bodies import MOST_SMALL_BYTES, Bodies
from offline_cache.http.answers import reason_in

ID = UUID(int=3)
UNKNOWN = call_request()[:-1] + ', "x": 1}'
JUNK = json.dumps({str(n): 0 for n in range(190_000)}, separators=(",", ":"))


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", f"/calls/{ID}"), ("PUT", "/kiosks/a/heartbeat"), ("POST", "/staff/login"), ("POST", "/queries/progress")],
)
def test_small_requests_have_small_bodies(client: TestClient, method: str, path: str) -> None:
    """Finding 3: each route took two megabytes."""
    body = b'{"reason": "' + b"x" * MOST_SMALL_BYTES + b'"}'
    answer = client.request(method, path, content=body, headers=JSON_BODY | {"X-Staff-Page": "1"})
    assert answer.status_code == 413
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.parametrize("path", [f"/submissions/{ID}", f"/definitions/{'0' * 64}"])
def test_190_000_unknown_keys_get_a_short_answer(client: TestClient, path: str) -> None:
    """Finding 3: the answer had 14 MB."""
    answer = client.put(path, content=JUNK, headers=JSON_BODY)
    assert answer.status_code == 422
    assert len(answer.content) < 300


def test_the_loop_goes_on_while_nonsense_is_read(hall: Hall, kiosk: SigningKiosk, client: TestClient) -> None:
    """Finding 3: one such body held up everybody for 1.6 s."""

    async def longest_pause() -> float:
        loop = asyncio.get_running_loop()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(client.app), base_url="http://testserver") as hall:
            sending = asyncio.create_task(hall.put(f"/submissions/{ID}", content=JUNK, headers=JSON_BODY, auth=kiosk))
            longest, last = 0.0, loop.time()
            while not sending.done():
                await asyncio.sleep(0)
                longest, last = max(longest, loop.time() - last), loop.time()
            assert (await sending).status_code == 422
        return longest

    assert asyncio.run(longest_pause()) < 0.5


def test_a_large_form_is_taken(client: TestClient, hall: Hall) -> None:
    answers = RIGHT_ANSWERS | {"name": "欧" * 100_000}
    body = submission(hall.keys.public, ID, answers).model_dump_json()
    assert len(body) > 10 * MOST_SMALL_BYTES
    assert client.put(f"/submissions/{ID}", content=body, headers=JSON_BODY).status_code == 201


@pytest.mark.parametrize("body", ["{}", UNKNOWN, "[", '{"kiosk": "\\ud800"}', "1e999", JUNK[:9000]])
def test_a_kiosk_can_read_what_was_wrong(client: TestClient, body: str) -> None:
    """Findings 17 to 23: the hall said `place` and `problem`, the kiosk knew `loc` and `msg`."""
    answer = client.put(f"/calls/{ID}", content=body, headers=JSON_BODY)
    assert answer.status_code == 422
    assert (reason_in(answer.content) or "").startswith("This is not what the hall takes: body")
    assert len(answer.content) < 2000


class App:
    """Reads what it is sent, and tells how much."""

    def __init__(self, **limits: float) -> None:
        self.app = FastAPI()
        self.bodies = Bodies(self.app, **limits)  # type: ignore[arg-type]

        @self.app.put("/")
        async def put(request: Request) -> int:
            return len(await request.body())

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.bodies), base_url="http://hall")


async def slowly(pieces: int, gate: asyncio.Event) -> AsyncIterator[bytes]:
    for _ in range(pieces):
        yield b"x" * 1000
    await gate.wait()
    yield b"end"


def test_a_body_that_does_not_arrive_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding 4: a body that never ended was waited for for ever."""

    async def send() -> httpx.Response:
        async with App(within_s=0.05).client() as client:
            return await client.put("/", content=slowly(1, asyncio.Event()))

    answer = asyncio.run(send())
    assert (answer.status_code, answer.json()) == (408, {"detail": "This came too slowly, send it again."})
    assert answer.headers["connection"] == "close"


def test_a_body_with_two_ends_ends_the_line(client: TestClient) -> None:
    """What stands behind one of them would be a request of its own."""
    both = {"Content-Length": "2", "Transfer-Encoding": "chunked"}
    answer = client.put(f"/calls/{ID}", content=b"{}", headers=JSON_BODY | both)
    assert (answer.status_code, answer.headers["connection"]) == (400, "close")


def test_the_slowest_body_makes_room_for_others() -> None:
    """Finding 3: as many bodies as there were connections lay in memory at once."""

    async def send() -> tuple[int, list[int]]:
        app, gate = App(most_held=10_000), asyncio.Event()
        async with app.client() as client:
            slow = asyncio.create_task(client.put("/", content=slowly(8, gate)))
            await asyncio.sleep(0)
            while app.bodies._held < 8000:
                await asyncio.sleep(0)
            quick = [asyncio.create_task(client.put("/", content=slowly(4, gate))) for _ in range(2)]
            first = (await slow).status_code
            gate.set()
            others = [(await one).status_code for one in quick]
            assert app.bodies._held == 0
            return first, others

    assert asyncio.run(send()) == (408, [200, 200])
