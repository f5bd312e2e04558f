"""How many sealed, signed forms a second one hall takes in: one JSON line, and bench/results/hall_load.json.

    python bench/hall_load.py [--forms 600] [--rounds 5] [--pages 1] [--workers 2] [--beside ../older-checkout]
                              [--postgresql postgresql+psycopg://postgres@127.0.0.1/postgres]

16 clients on loopback, each with one connection that it keeps, then each with a new connection for every form.
`--beside` measures another checkout (with its own .venv) in turns with this one, as only that is a fair comparison.
On SQLite, or on a server of PostgreSQL, where each hall gets a database of its own that is dropped afterwards.
`cpu_ms` is the processor time of the hall's processes for one form, `server_cpu_ms` that of all of the server's, where
it runs on this machine.
"""

import argparse
import socket
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from hall_support import KIOSK, RIGHT_ANSWERS, HallProcess, submission  # noqa: E402
from sqlalchemy import create_engine, text  # noqa: E402
from tools.processor import processor_s  # noqa: E402
from tools.result import written  # noqa: E402

CLIENTS = 16
WARM_UP = 64
TIMEOUT_S = 30


def requests_for(hall: HallProcess, count: int, connection: str) -> list[bytes]:
    """Whole HTTP requests, sealed, signed and written before the clock starts. A hall of before takes them unsigned."""
    requests = []
    for _ in range(count):
        form = uuid4()
        body = submission(hall.public_key, form, RIGHT_ANSWERS).model_dump_json().encode()
        signed = hall.kiosk.headers("PUT", f"/submissions/{form}", body) if hall.enrol else {}
        head = (
            f"PUT /submissions/{form} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: {connection}\r\n"
            + "".join(f"{name}: {value}\r\n" for name, value in signed.items())
            + "\r\n"
        )
        requests.append(head.encode() + body)
    return requests


def connect(hall: HallProcess) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", hall.port), TIMEOUT_S)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def put(client: socket.socket, request: bytes) -> None:
    client.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
        part = client.recv(4096)
        assert part, f"the hall hung up after {answer!r}"
        answer += part
    assert answer.startswith(b"HTTP/1.1 201 "), answer


def send_kept(hall: HallProcess, requests: list[bytes]) -> list[float]:
    """Seconds of each request, all on one connection."""
    times = []
    with connect(hall) as client:
        for request in requests:
            began = perf_counter()
            put(client, request)
            times.append(perf_counter() - began)
    return times


def send_fresh(hall: HallProcess, requests: list[bytes]) -> list[float]:
    """Seconds of each request with its own connection."""
    times = []
    for request in requests:
        began = perf_counter()
        with connect(hall) as client:
            put(client, request)
        times.append(perf_counter() - began)
    return times


SENDERS = {"kept": ("keep-alive", send_kept), "fresh": ("close", send_fresh)}


def process_of(server: str) -> int:
    """The first process of a server of PostgreSQL; 0 when it does not run on this machine."""
    if not server:
        return 0
    engine = create_engine(server)
    with engine.connect() as connection:
        stat = Path(f"/proc/{connection.scalar(text('SELECT pg_backend_pid()'))}/stat")
        told = stat.read_text() if stat.exists() else ""
    engine.dispose()
    return int(told.rpartition(")")[2].split()[1]) if "(postgres)" in told else 0


def load(hall: HallProcess, way: str, forms: int, server: str) -> dict[str, float]:
    connection, send = SENDERS[way]
    requests = requests_for(hall, forms, connection)
    processes = (hall.process.pid, process_of(server))
    with ThreadPoolExecutor(CLIENTS) as pool:
        before, began = [processor_s(one) for one in processes], perf_counter()
        sent = list(pool.map(lambda turn: send(hall, requests[turn::CLIENTS]), range(CLIENTS)))
        wall = perf_counter() - began
        used, used_there = (processor_s(one) - was for one, was in zip(processes, before, strict=True))
    times = [time for client in sent for time in client]
    return {
        "forms_s": forms / wall,
        "p99_ms": quantiles(times, n=100)[98] * 1000,
        "cpu_ms": used / forms * 1000,
        "server_cpu_ms": used_there / forms * 1000,
    }


@contextmanager
def database(server: str) -> Iterator[dict[str, str]]:
    """What tells a hall to use an empty database of that server; nothing for SQLite."""
    if not server:
        yield {}
        return
    name = f"yinling_bench_{uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        url = engine.url.set(database=name).render_as_string(hide_password=False)
        yield {"YINLING_HALL_DATABASE_URL": url}
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@contextmanager
def running(checkout: Path, pages: int, workers: int, server: str) -> Iterator[HallProcess]:
    """A hall of that checkout with empty tables on a real disk (/tmp may be memory), and staff pages that follow it."""
    with TemporaryDirectory(dir=ROOT / "bench") as folder, database(server) as environment:
        enrol = KIOSK if (checkout / "protocol" / "enrolment.py").exists() else ""
        options = ("--workers", str(workers))
        hall = HallProcess(
            Path(folder), options=options, checkout=checkout, environment=environment, enrol=enrol
        ).start()
        try:
            follows = [hall.logged_in().get(f"{hall.url}/staff/events", stream=True, timeout=60) for _ in range(pages)]
            for way in SENDERS:
                load(hall, way, WARM_UP, server)
            yield hall
            for follow in follows:
                follow.close()
        finally:
            hall.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=0, help="staff pages that are open")
    parser.add_argument("--workers", type=int, default=1, help="processes of the hall")
    parser.add_argument("--postgresql", default="", metavar="URL", help="a server of it, as one who may make databases")
    parser.add_argument("--beside", type=Path, help="another checkout, measured in turns with this one")
    options = parser.parse_args()
    checkouts = {"here": ROOT} | ({"beside": options.beside.resolve()} if options.beside else {})
    rounds: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    for _ in range(options.rounds):
        for name, checkout in checkouts.items():
            with running(checkout, options.pages, options.workers, options.postgresql) as hall:
                for way in SENDERS:
                    rounds[name, way].append(load(hall, way, options.forms, options.postgresql))
    result = {"bench": "hall_load", "clients": CLIENTS, "forms": options.forms, "pages": options.pages}
    result |= {"database": "postgresql" if options.postgresql else "sqlite", "workers": options.workers}
    for (name, way), measured in rounds.items():
        result |= {
            f"{name}_{way}_{figure}": round(median(one[figure] for one in measured), 1) for figure in measured[0]
        }
    print(written("hall_load", result))


if __name__ == "__main__":
    main()
