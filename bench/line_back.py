"""50 kiosks with 150 forms of three days each, and the hall comes back: one JSON line, bench/results/line_back.json.

    python bench/line_back.py [--kiosks 50] [--forms 150] [--away-s 30]

Real stores and sync workers, ten kiosks a process, and a real hall. Meanwhile people press the help button, two a
second in all; a call counts as visible when a staff page that follows the hall's events could draw it.
"""

import argparse
import sqlite3
import sys
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.synchronize import Event as EventType
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, sleep
from uuid import UUID, uuid4

import requests

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from hall_support import RIGHT_ANSWERS, HallProcess, enrolled, settings_in, submission  # noqa: E402
from tools.result import written  # noqa: E402

from backend.hall.hall import open_hall  # noqa: E402
from offline_cache.calls import new_call  # noqa: E402
from offline_cache.hall_client import HallClient  # noqa: E402
from offline_cache.store import Store  # noqa: E402
from offline_cache.sync import pin_hall_key  # noqa: E402
from offline_cache.trust.identity_file import IdentityFile  # noqa: E402
from offline_cache.worker import SyncWorker  # noqa: E402

KIOSKS_A_PROCESS = 10
CALL_EVERY_S = 2.5  # in each process
CALL_STAYS_S = 6.0
DAYS = 3


def fill(folder: Path, hall: HallProcess, kiosk: int, forms: int) -> None:
    """A kiosk's store with the forms of three days, the oldest first, sealed for this hall."""
    store = Store.open(folder / f"{kiosk}.db")
    taken_in = open_hall(settings_in(hall.folder))
    enrolled(taken_in, f"kiosk-{kiosk}").in_file(folder / f"{kiosk}.json", taken_in)
    taken_in.database.close()
    pin_hall_key(store, HallClient(hall.url))
    store._engine.raw_connection().driver_connection.execute("PRAGMA synchronous = OFF")  # only filling is quicker
    begin = datetime.now(UTC) - timedelta(days=DAYS)
    for number in range(forms):
        form, created_at = uuid4(), begin + timedelta(days=DAYS) * number / forms
        body = submission(hall.public_key, form, RIGHT_ANSWERS, created_at=created_at)
        store.keep({form: named(body, kiosk, number)})
    store.close()


def named(body, kiosk: int, number: int):  # type: ignore[no-untyped-def]
    return body.model_copy(update={"kiosk": f"kiosk-{kiosk}", "receipt_number": f"{kiosk}-{number}"})


def client(folder: Path, url: str, kiosk: int) -> HallClient:
    return HallClient(url, identity=IdentityFile(folder / f"{kiosk}.json"))


def run_kiosks(folder: Path, url: str, kiosks: list[int], is_over: EventType, told: object) -> None:
    """Ten kiosks until all is over; tells when each call was pressed."""
    stores = {kiosk: Store.open(folder / f"{kiosk}.db") for kiosk in kiosks}
    workers = {
        kiosk: SyncWorker(store, client(folder, url, kiosk), kiosk=f"kiosk-{kiosk}", version="bench")
        for kiosk, store in stores.items()
    }
    for worker in workers.values():
        worker.start()
    random, pressed, is_open = Random(kiosks[0]), {}, {}
    while not is_over.wait(CALL_EVERY_S * random.uniform(0.5, 1.5)):
        now = monotonic()
        for kiosk, (call, at) in list(is_open.items()):
            if now - at > CALL_STAYS_S:
                workers[kiosk].calls.cancel(call)
                workers[kiosk].wake()
                del is_open[kiosk]
        free = [kiosk for kiosk in kiosks if kiosk not in is_open]
        if free and all(workers[kiosk].state.reached for kiosk in kiosks):
            kiosk, at = random.choice(free), monotonic()
            call = workers[kiosk].calls.request(new_call(f"kiosk-{kiosk}", "home", None, "", datetime.now(UTC)))
            workers[kiosk].wake()
            pressed[str(call)], is_open[kiosk] = at, (call, at)
    for worker in workers.values():
        worker.stop()
    told.send(pressed)  # type: ignore[attr-defined]


def follow(hall: HallProcess, shown: dict[str, float]) -> None:
    """A staff page: after each event of a call it asks for the calls, and could draw them."""
    session = hall.logged_in()
    events = session.get(f"{hall.url}/staff/events", stream=True, timeout=600)
    with suppress(requests.RequestException):  # the hall ends before its page
        for line in events.iter_lines(chunk_size=1):
            if line == b"event: call":
                for call in session.get(f"{hall.url}/staff/calls", timeout=60).json():
                    shown.setdefault(call["id"], monotonic())


def arrivals(folder: Path) -> dict[str, list[tuple[str, float]]]:
    """By kiosk: receipt number and second of each form, in the order in which the hall took them in."""
    hall = sqlite3.connect(folder / "hall.db")
    rows = hall.execute("SELECT id, kiosk, receipt_number, received_at FROM submissions")
    forms = {UUID(row[0]): row[1:] for row in rows}
    order = hall.execute("SELECT subject FROM events WHERE kind = 'submission' ORDER BY id")
    by_kiosk: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (subject,) in order:
        kiosk, number, received_at = forms[UUID(subject)]
        by_kiosk[kiosk].append((number, datetime.fromisoformat(received_at).replace(tzinfo=UTC).timestamp()))
    return by_kiosk


def measured(folder: Path, kiosks: int, forms: int, away_s: float) -> dict[str, object]:
    hall = HallProcess(folder).start()
    try:
        for kiosk in range(kiosks):
            fill(folder, hall, kiosk, forms)
        hall.stop()
        context = get_context("spawn")
        is_over, pipes, processes = context.Event(), [], []
        for at in range(0, kiosks, KIOSKS_A_PROCESS):
            ours, theirs = context.Pipe()
            some = list(range(at, min(at + KIOSKS_A_PROCESS, kiosks)))
            process = context.Process(target=run_kiosks, args=(folder, hall.url, some, is_over, theirs), daemon=True)
            process.start()
            pipes.append(ours), processes.append(process)
        sleep(away_s)
        back_at, hall = datetime.now(UTC).timestamp(), HallProcess(folder, hall.port).start()
        shown: dict[str, float] = {}
        Thread(target=follow, args=(hall, shown), daemon=True).start()
        arrived = sqlite3.connect(folder / "hall.db")
        while arrived.execute("SELECT count(*) FROM submissions").fetchone()[0] < kiosks * forms:
            sleep(0.5)
        is_over.set()
        pressed = {call: at for pipe in pipes for call, at in pipe.recv().items()}
        for process in processes:
            process.join()
    finally:
        hall.stop()
    return figures(arrivals(folder), kiosks, forms, back_at, pressed, shown)


def figures(
    came: dict[str, list[tuple[str, float]]],
    kiosks: int,
    forms: int,
    back_at: float,
    pressed: dict[str, float],
    shown: dict[str, float],
) -> dict[str, object]:
    times = [shown[call] - at for call, at in pressed.items() if call in shown]
    gaps = [later - earlier for one in came.values() for (_, earlier), (_, later) in pairwise(one)]
    wanted = {f"kiosk-{kiosk}": [f"{kiosk}-{number}" for number in range(forms)] for kiosk in range(kiosks)}
    return {
        "bench": "line_back",
        "kiosks": kiosks,
        "forms_a_kiosk": forms,
        "kiosks_in_order": sum([number for number, _ in came[kiosk]] == wanted[kiosk] for kiosk in wanted),
        "first_form_s_max": round(max(one[0][1] for one in came.values()) - back_at, 1),
        "between_two_forms_of_a_kiosk_s": {"p50": round(median(gaps), 2), "max": round(max(gaps), 2)},
        "all_delivered_s": round(max(one[-1][1] for one in came.values()) - back_at, 1),
        "calls": len(pressed),
        "calls_not_seen": len(pressed) - len(times),
        "call_visible_s": {
            "p50": round(median(times), 2),
            "p99": round(quantiles(times, n=100, method="inclusive")[98], 2),
            "max": round(max(times), 2),
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kiosks", type=int, default=50)
    parser.add_argument("--forms", type=int, default=150)
    parser.add_argument("--away-s", type=float, default=30, help="how long the kiosks try in vain")
    options = parser.parse_args()
    with TemporaryDirectory(dir=ROOT / "bench") as name:  # a real disk: /tmp may be memory
        result = measured(Path(name), options.kiosks, options.forms, options.away_s)
    print(written("line_back", result))


if __name__ == "__main__":
    main()
