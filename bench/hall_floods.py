"""How much memory a hall takes under each flood, and whether it still answers: one JSON line, and
bench/results/hall_floods.json.

    python bench/hall_floods.py [--seconds 10] [--tls] [FLOOD ...]

Each flood has a hall of its own, two processes that send, and a probe that asks for /health and puts a call all the
time.
"""

import argparse
import os
import resource
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, perf_counter, sleep
from uuid import uuid4

import requests

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from hall_support import JSON_BODY, KIOSK, HallProcess, call_request  # noqa: E402
from tools.result import written  # noqa: E402

from protocol.wire import Submission  # noqa: E402

CONNECTIONS = 1500  # more than a hall keeps
SENDERS = 2
OWN_FORM = {
    "service_id": "old-age-allowance",
    "service_version": "1",
    "kiosk": KIOSK,
    "receipt_number": "400000000002",
    "created_at": datetime.now(UTC),
}
KEYS = ("{" + ",".join(f'"{n}":0' for n in range(190_000)) + "}").encode()
MEGABYTES = b'{"sealed":"' + b"A" * 2_000_000 + b'"}'


def connect(port: int, tls: bool) -> socket.socket:
    plain = socket.create_connection(("127.0.0.1", port), 30)
    if not tls:
        return plain
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain, server_hostname="yinling-hall")


def head(method: str, path: str, length: int) -> bytes:
    fields = f"Host: yinling-hall\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
    return f"{method} {path} HTTP/1.1\r\n{fields}\r\n".encode()


def bodies(content: bytes, path: Callable[[], str]) -> Callable[[int, bool, float], None]:
    """Whole requests one after the other, eight at a time."""

    def send_all(port: int, tls: bool, until: float) -> None:
        def send() -> None:
            while monotonic() < until:
                with suppress(OSError), connect(port, tls) as hall:
                    hall.sendall(head("PUT", path(), len(content)) + content)
                    while hall.recv(65536):
                        break

        run_threads(send, 8)

    return send_all


def held(first: bytes, then: bytes, every_s: float) -> Callable[[int, bool, float], None]:
    """As many connections as one can get, each with `first`, then `then` from time to time; nothing is ever read."""

    def hold(port: int, tls: bool, until: float) -> None:
        open_ones: list[socket.socket] = []
        while monotonic() < until:
            with suppress(OSError):
                while len(open_ones) < CONNECTIONS // SENDERS and monotonic() < until:
                    one = connect(port, tls and first != b"")
                    one.sendall(first)
                    open_ones.append(one)
            still = []
            for one in open_ones:
                try:
                    one.setblocking(False)
                    one.send(then or b"")
                    still.append(one)
                except (BlockingIOError, ssl.SSLWantWriteError):
                    still.append(one)
                except OSError:
                    one.close()
            open_ones = still
            sleep(every_s)

    return hold


FLOODS: dict[str, Callable[[int, bool, float], None]] = {
    "keys": bodies(KEYS, lambda: f"/submissions/{uuid4()}"),
    "junk": bodies(MEGABYTES, lambda: f"/submissions/{uuid4()}"),
    "calls": bodies(call_request().encode(), lambda: f"/calls/{uuid4()}"),
    "half_open": held(b"", b"", 0.2),
    "slow_heads": held(b"GET /staff HTTP/1.1\r\nHost: yinling-hall\r\n", b"X-A: b\r\n", 0.2),
    "slow_bodies": held(head("PUT", f"/submissions/{uuid4()}", 2_000_000) + b"A" * 30_000, b"A" * 4000, 0.2),
}


def run_threads(work: Callable[[], None], count: int) -> None:
    threads = [Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def flood(name: str, port: int, tls: bool, seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    FLOODS[name](port, tls, monotonic() + seconds)


def silent_readers(hall: HallProcess, tls: bool, seconds: float) -> None:
    """Staff pages that follow and never read, while calls come in."""
    session = hall.logged_in()
    cookie = "; ".join(f"{name}={value}" for name, value in session.cookies.items())
    request = f"GET /staff/events HTTP/1.1\r\nHost: yinling-hall\r\nCookie: {cookie}\r\n\r\n".encode()
    pages = []
    for _ in range(200):
        page = connect(hall.port, tls)
        page.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        page.sendall(request)
        pages.append(page)
    flood("calls", hall.port, tls, seconds)
    for page in pages:
        page.close()


def mad_kiosk(hall: HallProcess, tls: bool, seconds: float) -> None:
    """A kiosk that the hall knows sends forms of a megabyte, each signed and another one, eight at a time."""
    kiosk, until = hall.kiosk, monotonic() + seconds

    def send() -> None:
        with requests.Session() as session:
            session.verify, session.trust_env = hall.verify, False
            while monotonic() < until:
                path, sealed = f"{hall.url}/submissions/{uuid4()}", os.urandom(1_000_000)
                form = Submission.model_validate(OWN_FORM | {"sealed": sealed, "sha256": sha256(sealed).hexdigest()})
                with suppress(requests.RequestException):
                    session.put(path, form.model_dump_json(), headers=JSON_BODY, auth=kiosk, timeout=60)

    run_threads(send, 8)


INSIDERS = {"silent_readers": silent_readers, "mad_kiosk": mad_kiosk}


def memory_mb(hall: HallProcess) -> float:
    """What the hall's process holds, shared pages included."""
    for line in Path(f"/proc/{hall.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


class Probe:
    """Asks for /health and puts a call, on new connections, and looks at the memory."""

    def __init__(self, hall: HallProcess, tls: bool) -> None:
        self.hall, self.tls = hall, tls
        self.times: list[float] = []
        self.failed, self.peak_mb = 0, memory_mb(hall)
        self._over = Event()
        self._threads = [Thread(target=self._run, args=(ask,)) for ask in (self._health, self._call)]
        self._threads.append(Thread(target=self._watch))
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _run(self, ask: Callable[[], bytes]) -> None:
        while not self._over.wait(0.1):
            began = perf_counter()
            try:
                with connect(self.hall.port, self.tls) as line:
                    line.settimeout(5)
                    line.sendall(ask())
                    is_answered = line.recv(4096).startswith((b"HTTP/1.1 200", b"HTTP/1.1 429"))
            except OSError:
                is_answered = False
            self.failed += not is_answered
            if is_answered:
                self.times.append((perf_counter() - began) * 1000)

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.peak_mb = max(self.peak_mb, memory_mb(self.hall))

    def _health(self) -> bytes:
        return head("GET", "/health", 0)

    def _call(self) -> bytes:
        body = call_request().encode()
        return head("PUT", f"/calls/{uuid4()}", len(body)) + body


@contextmanager
def running(tls: bool) -> Iterator[HallProcess]:
    with TemporaryDirectory(dir=ROOT / "bench") as folder:
        hall = HallProcess(Path(folder), options=("--host", "0.0.0.0") if tls else ()).start()
        try:
            yield hall
        finally:
            hall.stop()


def measure(name: str, tls: bool, seconds: float) -> dict[str, float]:
    with running(tls) as hall:
        while not is_up(hall, tls):
            sleep(0.2)
        before = memory_mb(hall)
        probe = Probe(hall, tls)
        log_before = hall.log.stat().st_size
        if name in INSIDERS:
            INSIDERS[name](hall, tls, seconds)
        else:
            senders = [
                get_context("spawn").Process(target=flood, args=(name, hall.port, tls, seconds)) for _ in range(SENDERS)
            ]
            for sender in senders:
                sender.start()
            for sender in senders:
                sender.join()
        probe.end()
        times = sorted(probe.times)
        return {
            "before_mb": round(before),
            "peak_mb": round(probe.peak_mb),
            "log_kb": round((hall.log.stat().st_size - log_before) / 1024),
            "probes": len(times) + probe.failed,
            "failed": probe.failed,
            "p50_ms": round(median(times)) if times else -1,
            "max_ms": round(times[-1]) if times else -1,
        }


def is_up(hall: HallProcess, tls: bool) -> bool:
    try:
        with connect(hall.port, tls) as line:
            line.sendall(head("GET", "/health", 0))
            return bool(line.recv(100))
    except OSError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("floods", nargs="*", default=[*FLOODS, *INSIDERS], metavar="FLOOD")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--tls", action="store_true")
    options = parser.parse_args()
    result = {"bench": "hall_floods", "seconds": options.seconds, "tls": options.tls}
    result |= {name: measure(name, options.tls, options.seconds) for name in options.floods}
    print(written("hall_floods", result))


if __name__ == "__main__":
    main()
