"""From a kiosk's call until it stands on each of many staff pages: one JSON line. In Chromium: hall_call.py.

    python bench/hall_pages.py [--pages 200] [--kiosks 50] [--seconds 60] [--every 20] [--workers 2] [--mad]

Each kiosk calls every 20 s. A page here does what backend/web does: it follows the events, which bring the calls, says
which it has shown unless others did, and looks at everything anew every minute. `--mad`: one more
enrolled kiosk sends calls as fast as four connections can. All signatures are made before the clock starts.
"""

import argparse
import asyncio
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from hall_support import HallProcess, SigningKiosk, call_request, enrolled, settings_in  # noqa: E402

from backend.hall.hall import open_hall  # noqa: E402

LOOK_AGAIN_S, LATEST_S = 60.0, 10.0
LOOKS_AT = ("/staff/me", "/staff/calls", "/staff/submissions", "/staff/kiosks", "/staff/reading", "/staff/files")
MAD_CONNECTIONS = 4


class Connection:
    """One that is kept, for one request after another."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port = port
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, method: str, path: str, body: bytes = b"", more: str = "") -> asyncio.StreamReader:
        if self._streams is None or self._streams[0].at_eof():  # the hall ends one that says nothing
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{self._headers}{more}"
        writer.write(f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        return reader

    async def ask(self, method: str, path: str, body: bytes = b"", more: str = "") -> tuple[int, bytes]:
        """Status and body."""
        reader = await self.send(method, path, body, more)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
        return int(head.split()[1]), await reader.readexactly(length)


class Calls:
    """When each call was sent, and how long each page took to have it."""

    def __init__(self) -> None:
        self.open: dict[bytes, float] = {}
        self.took: dict[bytes, list[float]] = defaultdict(list)


class Page:
    def __init__(self, port: int, cookie: str, calls: Calls, pages: int, starts_after_s: float) -> None:
        headers = {"Cookie": cookie, "X-Staff-Page": "1"}
        self._events, self._views = Connection(port, headers), Connection(port, headers)
        self._calls, self._starts_after_s = calls, starts_after_s
        self._has: set[bytes] = set()
        self._pages = pages
        self._telling: asyncio.Task[None] | None = None

    async def follow(self) -> None:
        reader = await self._events.send("GET", "/staff/events")
        async for line in reader:
            if line.startswith(b'data: {"calls"'):
                self._show(line)

    def _show(self, calls: bytes) -> None:
        now = perf_counter()
        for call, sent in self._calls.open.items():
            if call not in self._has and call in calls:
                self._has.add(call)
                self._calls.took[call].append(now - sent)
        if self._telling:
            self._telling.cancel()
        if b'"requested"' in calls:
            turn_s = Random().random() * min((self._pages - 1) * 0.01, 2)
            self._telling = asyncio.create_task(self._tell(calls.removeprefix(b"data: "), turn_s))

    async def _tell(self, calls: bytes, turn_s: float) -> None:
        await asyncio.sleep(turn_s)
        unseen = [one["id"] for one in json.loads(calls)["calls"] if one["state"] == "requested"]
        await self._views.ask("POST", "/staff/calls/seen", json.dumps({"calls": unseen}).encode())

    async def look_again(self) -> None:
        await asyncio.sleep(self._starts_after_s)
        own = Connection(self._views._port, {"X-Staff-Page": "1"})
        own._headers = self._views._headers
        while True:
            for path in LOOKS_AT:
                await own.ask("GET", path)
            await asyncio.sleep(LOOK_AGAIN_S)


def signed_calls(kiosk: SigningKiosk, count: int) -> list[tuple[str, bytes, str]]:
    """Path, body and headers of each."""
    made = []
    for _ in range(count):
        path, body = f"/calls/{uuid4()}", call_request().encode()
        headers = kiosk.headers("PUT", path, body)
        made.append((path, body, "".join(f"{name}: {value}\r\n" for name, value in headers.items())))
    return made


async def call_now_and_then(
    port: int, made: list[tuple[str, bytes, str]], calls: Calls, first_after_s: float, every_s: float
) -> None:
    connection = Connection(port, {})
    await asyncio.sleep(first_after_s)
    for path, body, headers in made:
        calls.open[path.rpartition("/")[2].encode()] = perf_counter()
        status, answer = await connection.ask("PUT", path, body, headers)
        assert status == 200, answer
        await asyncio.sleep(every_s)


async def go_mad(port: int, made: Iterator[tuple[str, bytes, str]], answers: dict[int, int]) -> None:
    connection = Connection(port, {})
    for path, body, headers in made:
        status, _ = await connection.ask("PUT", path, body, headers)
        answers[status] += 1


def processor_s(hall: HallProcess) -> float:
    """Seconds that the hall and its workers have used so far: it is the leader of its session."""
    used = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == hall.process.pid:
                used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


async def measure(
    hall: HallProcess, kiosks: list[SigningKiosk], mad: SigningKiosk, options: argparse.Namespace
) -> dict:
    calls, answers, chance = Calls(), defaultdict[int, int](int), Random(1)
    cookie = "; ".join(f"{one.name}={one.value}" for one in hall.logged_in().cookies)
    made = [signed_calls(one, int(options.seconds / options.every)) for one in kiosks]
    junk = iter(signed_calls(mad, 40_000 if options.mad else 0))
    pages = [
        Page(hall.port, cookie, calls, options.pages, chance.uniform(0, LOOK_AGAIN_S)) for _ in range(options.pages)
    ]
    tasks = [asyncio.create_task(work) for one in pages for work in (one.follow(), one.look_again())]
    await asyncio.sleep(5)
    tasks += [
        asyncio.create_task(go_mad(hall.port, junk, answers)) for _ in range(MAD_CONNECTIONS if options.mad else 0)
    ]
    used, began = processor_s(hall), perf_counter()
    await asyncio.gather(
        *(call_now_and_then(hall.port, one, calls, chance.uniform(0, options.every), options.every) for one in made)
    )
    wall, used = perf_counter() - began, processor_s(hall) - used
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
    result = {"bench": "hall_pages", **vars(options), **measured}
    print(json.dumps(result))
    results = ROOT / "bench" / "results" / "hall_pages.json"
    results.parent.mkdir(exist_ok=True)
    results.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
