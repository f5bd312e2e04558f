"""From a press at a kiosk until its call stands on each of many staff pages: one JSON line. In Chromium: hall_call.py.

    python bench/hall_pages.py [--pages 200] [--kiosks 50] [--seconds 60] [--every 20] [--workers 2] [--mad]

All by signed requests. A kiosk calls for help every 20 s, asks about its call once a second as long as it is open,
takes it back after 12 s, sends a heartbeat every minute and a form every five. A page does what backend/web does at
its first page: it follows the events, which bring the calls, asks after them what its views say that they ask (as
backend/web/views has it), says which calls it has shown unless others did, and looks at everything anew every minute.
All pages are logged in as one person. `--mad`: one more enrolled kiosk sends calls as fast as four connections can,
signed before the clock starts. One loop plays all of them: what it and the hall use of the processor is in the result.
"""

import argparse
import asyncio
import json
import re
import sys
from collections import defaultdict
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from urllib.parse import quote
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from hall_support import (  # noqa: E402
    RIGHT_ANSWERS,
    HallProcess,
    SigningKiosk,
    call_request,
    enrolled,
    settings_in,
    submission,
)
from tools.processor import processor_s  # noqa: E402
from tools.result import written  # noqa: E402

from backend.hall.hall import open_hall  # noqa: E402
from protocol.wire import Heartbeat  # noqa: E402

LOOK_AGAIN_S, LATEST_S = 60.0, 10.0
ASKS_EVERY_S, CALL_STAYS_S, BEAT_S, FORM_S = 1.0, 12.0, 60.0, 300.0
MAD_CONNECTIONS = 4
WEB = ROOT / "backend" / "web"


@dataclass(frozen=True)
class View:
    """What a view of the staff page says of itself: where the hall tells it, and after which events it is asked."""

    page: str
    path: str
    events: tuple[str, ...]
    pause_s: float
    is_pushed: bool
    counts: bool

    @classmethod
    def all_of_first_page(cls) -> list["View"]:
        """Those that are fetched there, but for what stands on pages of one form or order."""
        found = []
        for file in sorted((WEB / "views").glob("*.js")):
            text = file.read_text("utf-8")
            said = dict(re.findall(r"^export (?:const|function) (\w+)(?: = |\()(.+?);?$", text, re.MULTILINE))
            view = cls(
                page=json.loads(said["page"]),
                path=json.loads(said["path"]),
                events=tuple(json.loads(said["events"])),
                pause_s=int(said.get("pauseMs", 0)) / 1000,
                is_pushed="pushed" in said,
                counts="count" in said,
            )
            if "method" not in said and (view.page in ("", "calls") or view.counts):
                found.append(view)
        return found


VIEWS = View.all_of_first_page()
TURNS = (WEB / "turns.js").read_text("utf-8")
TURN_MS, LONGEST_MS = map(int, re.findall(r"_MS = (\d+);", TURNS))


class Connection:
    """One that is kept, for one request after another."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port = port
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def send(self, method: str, path: str, body: bytes = b"", more: str = "") -> asyncio.StreamReader:
        if self._streams is None or self._streams[0].at_eof():  # the hall ends one that says nothing
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{self._headers}{more}"
        writer.write(f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        return reader

    async def ask(self, method: str, path: str, body: bytes = b"", more: str = "") -> tuple[int, bytes]:
        """Status and body; once more where the hall has just ended the connection, as a browser does."""
        async with self._turn:
            try:
                return await self._asked(method, path, body, more)
            except (ConnectionError, asyncio.IncompleteReadError):
                self._streams = None
                return await self._asked(method, path, body, more)

    async def _asked(self, method: str, path: str, body: bytes, more: str) -> tuple[int, bytes]:
        reader = await self.send(method, path, body, more)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
        return int(head.split()[1]), await reader.readexactly(length)


class Calls:
    """When each call was sent, and how long each page took to have it."""

    def __init__(self) -> None:
        self.open: dict[bytes, float] = {}
        self.took: dict[bytes, list[float]] = defaultdict(list)
        self.asked = 0  # by pages, after events


class Page:
    def __init__(self, port: int, cookie: str, calls: Calls, pages: int, starts_after_s: float) -> None:
        self._port, self._headers = port, {"Cookie": cookie, "X-Staff-Page": "1"}
        self._events, self._views = Connection(port, self._headers), Connection(port, self._headers)
        self._calls, self._starts_after_s = calls, starts_after_s
        self._has: set[bytes] = set()
        self._pages = pages
        self._telling: asyncio.Task[None] | None = None
        self._heard = {one: asyncio.Event() for one in VIEWS if one.events and not one.is_pushed}

    async def follow(self) -> None:
        reader = await self._events.send("GET", "/staff/events")
        kind = ""
        async for line in reader:
            if line.startswith(b"event: "):
                kind = line[7:].strip().decode()
            elif line.startswith(b"data: "):
                if line.startswith(b'data: {"calls"'):
                    self._show(line)
                for view, heard in self._heard.items():
                    if kind in view.events:
                        heard.set()

    def _show(self, calls: bytes) -> None:
        now = perf_counter()
        for call, sent in self._calls.open.items():
            if call not in self._has and call in calls:
                self._has.add(call)
                self._calls.took[call].append(now - sent)
        if self._telling:
            self._telling.cancel()
        if b'"requested"' in calls:
            self._telling = asyncio.create_task(self._tell(calls.removeprefix(b"data: ")))

    async def _wait_for_turn(self) -> None:
        """As backend/web/turns.js has it."""
        await asyncio.sleep(Random().random() * min((self._pages - 1) * TURN_MS, LONGEST_MS) / 1000)

    async def _tell(self, calls: bytes) -> None:
        await self._wait_for_turn()
        unseen = [one["id"] for one in json.loads(calls)["calls"] if one["state"] == "requested"]
        self._telling = None  # from here on it is said
        await self._views.ask("POST", "/staff/calls/seen", json.dumps({"calls": unseen}).encode())

    async def ask_after_events(self, view: View) -> None:
        connection = Connection(self._port, self._headers)
        while True:
            await self._heard[view].wait()
            self._heard[view].clear()
            await self._wait_for_turn()
            self._calls.asked += 1
            await connection.ask("GET", view.path)
            await asyncio.sleep(view.pause_s)

    async def look_again(self) -> None:
        await asyncio.sleep(self._starts_after_s)
        while True:
            for path in ("/staff/me", *(view.path for view in VIEWS)):
                await self._views.ask("GET", path)
            await asyncio.sleep(LOOK_AGAIN_S)

    def all_that_it_does(self) -> Iterator[Coroutine[Any, Any, None]]:
        yield self.follow()
        yield self.look_again()
        yield from (self.ask_after_events(one) for one in self._heard)


class Kiosk:
    """One that is in use: each of its requests is signed when it is sent, as a kiosk does."""

    def __init__(self, port: int, public_key: bytes, kiosk: SigningKiosk, calls: Calls, chance: Random) -> None:
        self._connection = Connection(port, {})
        self._public_key, self._kiosk, self._calls, self._chance = public_key, kiosk, calls, chance

    async def _ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        headers = self._kiosk.headers(method, path, body)
        signed = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        status, answer = await self._connection.ask(method, path, body, signed)
        assert status in (200, 201, 204), (path, answer)
        return answer

    async def call(self, seconds: float, every_s: float) -> None:
        """Presses, waits, and needs nobody any more; for so long."""
        await asyncio.sleep(self._chance.uniform(0, every_s))
        for _ in range(int(seconds / every_s)):
            began, path = perf_counter(), f"/calls/{(name := uuid4())}"
            self._calls.open[str(name).encode()] = began
            await self._ask("PUT", path, call_request().encode())
            while perf_counter() - began < CALL_STAYS_S:
                await asyncio.sleep(ASKS_EVERY_S)
                await self._ask("GET", path)
            await self._ask("PUT", path, call_request(moves=["cancel"]).encode())
            await asyncio.sleep(max(0, every_s - (perf_counter() - began)))

    async def beat(self) -> None:
        body = Heartbeat(version="bench", waiting=0).model_dump_json().encode()
        await asyncio.sleep(self._chance.uniform(0, BEAT_S))
        while True:
            await self._ask("PUT", f"/kiosks/{quote(self._kiosk.name)}/heartbeat", body)
            await asyncio.sleep(BEAT_S)

    async def send_forms(self) -> None:
        await asyncio.sleep(self._chance.uniform(0, FORM_S))
        while True:
            form = uuid4()
            body = submission(self._public_key, form, RIGHT_ANSWERS, created_at=datetime.now(UTC))
            await self._ask("PUT", f"/submissions/{form}", body.model_dump_json().encode())
            await asyncio.sleep(FORM_S)


def signed_calls(kiosk: SigningKiosk, count: int) -> list[tuple[str, bytes, str]]:
    """Path, body and headers of each."""
    made = []
    for _ in range(count):
        path, body = f"/calls/{uuid4()}", call_request().encode()
        headers = kiosk.headers("PUT", path, body)
        made.append((path, body, "".join(f"{name}: {value}\r\n" for name, value in headers.items())))
    return made


async def go_mad(port: int, made: Iterator[tuple[str, bytes, str]], answers: dict[int, int]) -> None:
    connection = Connection(port, {})
    for path, body, headers in made:
        status, _ = await connection.ask("PUT", path, body, headers)
        answers[status] += 1


async def measure(
    hall: HallProcess, signing: list[SigningKiosk], mad: SigningKiosk, options: argparse.Namespace
) -> dict[str, Any]:
    calls, answers, chance = Calls(), defaultdict[int, int](int), Random(1)
    cookie = "; ".join(f"{one.name}={one.value}" for one in hall.logged_in().cookies)
    junk = iter(signed_calls(mad, 40_000 if options.mad else 0))
    starts = [chance.uniform(0, LOOK_AGAIN_S) for _ in range(options.pages)]
    pages = [Page(hall.port, cookie, calls, options.pages, start) for start in starts]
    kiosks = [Kiosk(hall.port, hall.public_key, one, calls, chance) for one in signing]
    tasks = [asyncio.create_task(work) for one in pages for work in one.all_that_it_does()]
    await asyncio.sleep(5)
    tasks += [asyncio.create_task(work) for one in kiosks for work in (one.beat(), one.send_forms())]
    tasks += [
        asyncio.create_task(go_mad(hall.port, junk, answers)) for _ in range(MAD_CONNECTIONS if options.mad else 0)
    ]
    used, own, began = processor_s(hall.process.pid), process_time(), perf_counter()
    await asyncio.gather(*(one.call(options.seconds, options.every) for one in kiosks))
    wall, used, own = perf_counter() - began, processor_s(hall.process.pid) - used, process_time() - own
    await asyncio.sleep(LATEST_S)
    failed = [one.exception() for one in tasks if one.done()]
    for one in tasks:
        one.cancel()
    times = [took for call in calls.open for took in calls.took[call]]
    return {
        "calls": len(calls.open),
        "p50_ms": round(median(times) * 1000),
        "p99_ms": round(quantiles(times, n=100)[98] * 1000),
        "most_ms": round(max(times) * 1000),
        "hall_cores": round(used / wall, 2),
        "generator_cores": round(own / wall, 2),
        "asked_after_events_s": round(calls.asked / wall, 1),
        "not_on_a_page": len(calls.open) * options.pages - len(times),
        "failed": [repr(error) for error in failed if error],
        "mad_answers_s": {str(status): round(count / wall, 1) for status, count in answers.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--kiosks", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=20, help="seconds between two calls of a kiosk")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--mad", action="store_true", help="one more kiosk calls as fast as it can")
    options = parser.parse_args()
    with TemporaryDirectory(dir=ROOT / "bench") as folder, ExitStack() as after:
        hall = open_hall(settings_in(Path(folder)))
        kiosks = [enrolled(hall, f"{number}号机") for number in range(options.kiosks)]
        mad = enrolled(hall, "疯了的机器")
        hall.database.close()
        process = HallProcess(Path(folder), options=("--workers", str(options.workers))).start()
        after.callback(process.stop)
        measured = asyncio.run(measure(process, kiosks, mad, options))
    print(written("hall_pages", {"bench": "hall_pages", **vars(options), **measured}))


if __name__ == "__main__":
    main()
