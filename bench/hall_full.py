"""What a hall takes longer for when it is full: board, searches and intake, beside an empty hall. One JSON line.

    python bench/hall_full.py [--forms 200000] [--rounds 60]

Both halls run at the same time and are asked in turns, so that whatever else the machine does meets both. Milliseconds,
medians; `times` is how many times as long the full one takes. The answers of the board are whole pages of 50 forms in
the full hall and nothing in the empty one, so it also takes turns with a hall of 60 forms.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

import requests
from sqlalchemy import insert, update

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from hall_support import JSON_BODY, RIGHT_ANSWERS, HallProcess, settings_in, submission  # noqa: E402
from tools.result import written  # noqa: E402

from backend.hall.hall import Hall, open_hall  # noqa: E402
from backend.hall.tables import HallState  # noqa: E402
from backend.submissions.tables import Submission  # noqa: E402
from protocol.levels import By, Claim  # noqa: E402
from protocol.wire import IntakeStatus, ProgressStatus  # noqa: E402

KIOSKS = [f"{number}号机" for number in range(50)]
AT_ONCE = 5000
ONE_PAGE = 60
KNOWN = "400000000002"
Ask = Callable[[], requests.Response]


def fill(hall: Hall, forms: int) -> None:
    """Half of them open, of two years and 50 kiosks, 1.5 KB each."""
    chance, now = Random(1), datetime.now(UTC)
    services = [one.id for one in hall.catalogue.services.values() if one.kind == "application"]
    states = [*ProgressStatus][:-1] + [ProgressStatus.DONE] * 3
    for first in range(1, forms + 1, AT_ONCE):
        rows = []
        for arrival in range(first, min(first + AT_ONCE, forms + 1)):
            at = now - timedelta(days=730) * (1 - arrival / forms)
            moments = dict.fromkeys(("created_at", "received_at", "filled_at", "updated_at"), at)
            names = {"service_id": chance.choice(services), "kiosk": chance.choice(KIOSKS), "service_version": "1"}
            number = KNOWN if arrival == max(1, forms // 2) else str(chance.randrange(10**11, 10**12))
            state = {"status": chance.choice(states), "intake": chance.choice([*IntakeStatus])}
            indexes = {"person_index": chance.randbytes(32).hex(), "search_index": chance.randbytes(32).hex()}
            rest = {"body_hash": "", "clock_wrong": False, "note": "", "judged": True, "sealed": os.urandom(1500)}
            row = {"id": uuid4(), "arrival": arrival, "receipt_number": number}
            rows.append(row | moments | names | state | indexes | rest)
        with hall.database.write() as session:
            session.execute(insert(Submission), rows)
            session.execute(update(HallState).values(arrivals=arrival))


def questions(hall: HallProcess) -> dict[str, Ask]:
    staff, kiosk = hall.logged_in(), requests.Session()
    hall.kiosk.claim = Claim(By.TYPED)
    day = (datetime.now(UTC) - timedelta(days=365)).date().isoformat()
    board = f"{hall.url}/staff/submissions"
    first = staff.get(board, timeout=60).json()
    deep = f"after-0-{max(1, first['open'] // 2)}"

    def ask(**search: str) -> Ask:
        return lambda: staff.get(board, params=search, timeout=60)

    def send() -> requests.Response:
        form = uuid4()
        body = submission(hall.public_key, form, RIGHT_ANSWERS).model_dump_json().encode()
        path = f"{hall.url}/submissions/{form}"
        return kiosk.put(path, data=body, headers=JSON_BODY, auth=hall.kiosk, timeout=60)

    progress = json.dumps({"receipt_number": KNOWN}).encode()
    return {
        "board": ask(),
        "board_deep": ask(cursor=deep),
        "board_newest": ask(newest_first="true"),
        "board_done": ask(state="done"),
        "search_receipt": ask(receipt=KNOWN),
        "search_kiosk": ask(kiosk=KIOSKS[7], state="open"),
        "search_service": ask(service="old-age-allowance"),
        "search_day": ask(day=day),
        "progress": lambda: kiosk.post(
            f"{hall.url}/queries/progress", data=progress, headers=JSON_BODY, auth=hall.kiosk, timeout=60
        ),
        "intake": send,  # sealing, below a millisecond, is in it
    }


def timed(ask: Ask) -> float:
    began = perf_counter()
    answer = ask()
    took = perf_counter() - began
    assert answer.ok, answer.text
    return took * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    sizes = {"empty": 1, "page": ONE_PAGE, "full": options.forms}
    halls: dict[str, HallProcess] = {}
    with TemporaryDirectory(dir=ROOT / "bench") as folder:
        try:
            for name, forms in sizes.items():
                (own := Path(folder, name)).mkdir()
                hall = open_hall(settings_in(own))
                fill(hall, forms)
                hall.database.close()
                halls[name] = HallProcess(own).start()
            asked = {name: questions(hall) for name, hall in halls.items()}
            times = {what: {name: list[float]() for name in halls} for what in asked["full"]}
            for _ in range(options.rounds):
                for what, of_hall in times.items():
                    for name, taken in of_hall.items():
                        taken.append(timed(asked[name][what]))
        finally:
            for process in halls.values():
                process.stop()
    p50 = {what: {name: median(taken) for name, taken in of_hall.items()} for what, of_hall in times.items()}
    result = {"bench": "hall_full", "forms": options.forms, "rounds": options.rounds} | {
        what: {name: round(ms, 1) for name, ms in one.items()}
        | {"times": round(one["full"] / one["empty"], 2), "times_of_page": round(one["full"] / one["page"], 2)}
        for what, one in p50.items()
    }
    print(written("hall_full", result))


if __name__ == "__main__":
    main()
