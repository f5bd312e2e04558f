"""How soon kiosks learn that a staff page was opened or is gone, and what that costs: one JSON line.

    python bench/presence.py

Two processes of the hall on SQLite; a kiosk asks about its call ten times a second, as fifty would do together in five
seconds. As root a page on another machine is played too, whose cable is pulled (a network namespace of its own).
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from uuid import uuid4

import requests

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from hall_support import HallProcess, call_request  # noqa: E402
from tools.result import written  # noqa: E402

ASKS = 1000
ASK_EVERY_S = 0.1
HALL, DESK = "10.77.0.1", "10.77.0.2"


class Kiosk:
    """One that has an open call; each question is a new connection, so any process of the hall may answer."""

    def __init__(self, hall: HallProcess) -> None:
        self.hall, self.call = hall, f"/calls/{uuid4()}"
        hall.ask("PUT", self.call, call_request()).raise_for_status()

    def page_is_open(self) -> bool:
        return bool(self.hall.ask("GET", self.call).json()["staff_page_open"])

    def seconds_until(self, page_is_open: bool) -> float:
        """Until six answers running say so."""
        began, running, since = perf_counter(), 0, 0.0
        while running < 6:
            if self.page_is_open() is page_is_open:
                since = since if running else perf_counter()
                running += 1
            else:
                running = 0
            sleep(ASK_EVERY_S)
        return round(since - began, 1)

    def ask_ms(self) -> float:
        times = []
        with requests.Session() as session:
            for _ in range(ASKS):
                began = perf_counter()
                session.get(self.call, timeout=10).raise_for_status()
                times.append(perf_counter() - began)
        return round(median(times) * 1000, 2)


@contextmanager
def page(hall: HallProcess) -> Iterator[None]:
    with hall.logged_in().get(f"{hall.url}/staff/events", stream=True, timeout=60) as stream:
        lines = stream.iter_lines()
        next(lines)
        yield


def pull_the_cable(hall: HallProcess, kiosk: Kiosk) -> float:
    """Seconds until the page behind it is counted out."""
    cookie = "; ".join(f"{one.name}={one.value}" for one in hall.logged_in().cookies)
    desk = subprocess.Popen(["unshare", "--net", "sleep", "300"])
    inside = ["nsenter", "--target", str(desk.pid), "--net"]
    try:
        sleep(0.5)
        for command in (
            ["ip", "link", "add", "hall0", "type", "veth", "peer", "name", "desk0", "netns", str(desk.pid)],
            ["ip", "address", "add", f"{HALL}/24", "dev", "hall0"],
            ["ip", "link", "set", "hall0", "up"],
            [*inside, "ip", "address", "add", f"{DESK}/24", "dev", "desk0"],
            [*inside, "ip", "link", "set", "desk0", "up"],
        ):
            subprocess.run(command, check=True)
        url = f"http://{HALL}:{hall.port}/staff/events"
        curl = [*inside, "curl", "--silent", "--no-buffer", "--header", f"Cookie: {cookie}", url]
        with subprocess.Popen(curl, stdout=subprocess.DEVNULL) as browser:
            kiosk.seconds_until(True)
            subprocess.run(["ip", "link", "set", "hall0", "down"], check=True)
            seconds = kiosk.seconds_until(False)
            browser.kill()
        return seconds
    finally:
        desk.kill()  # its network goes with it, and the cable with that


def main() -> None:
    with TemporaryDirectory() as folder:
        hall = HallProcess(Path(folder), options=("--workers", "2", "--host", "0.0.0.0")).start()
        kiosk = Kiosk(hall)
        result: dict[str, object] = {"bench": "presence", "ask_without_page_ms": kiosk.ask_ms()}
        with page(hall):
            result["opened_s"] = kiosk.seconds_until(True)
            result["ask_with_page_ms"] = kiosk.ask_ms()
        result["closed_s"] = kiosk.seconds_until(False)
        if os.geteuid() == 0:
            result["cable_pulled_s"] = pull_the_cable(hall, kiosk)
        with page(hall):
            kiosk.seconds_until(True)
            os.killpg(hall.process.pid, signal.SIGKILL)
            hall.process.wait()
            began = perf_counter()
            hall.start()
            result["killed_s"] = round(perf_counter() - began + kiosk.seconds_until(False), 1)
        hall.stop()
    print(written("presence", result))


if __name__ == "__main__":
    main()
