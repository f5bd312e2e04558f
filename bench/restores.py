"""That a hall whose old database was put back has every form again: one JSON line, bench/results/restores.json.

    python bench/restores.py [--restores 100] [--seed 1]

A real `hall serve` and the real store, client and worker of an enrolled kiosk. In turns `hall restore` puts a backup
back, and an older hall.db is simply copied over the present one, as people do. The hall is killed before that. The
control `lost_without_generations` counts the forms that would be gone if kiosks did not offer them again.
"""

import argparse
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support"), str(ROOT / "tests" / "offline_cache")]

from crash import form  # noqa: E402
from hall_support import HallProcess  # noqa: E402
from tools.result import written  # noqa: E402

from kiosk.operations.enrolment import enrol  # noqa: E402
from kiosk.operations.hall_access import hall_client  # noqa: E402
from kiosk.operations.settings import Settings  # noqa: E402
from offline_cache.store import Store  # noqa: E402
from offline_cache.worker import SyncWorker  # noqa: E402

KIOSK = "村委会-1"


class Kiosk:
    """An enrolled kiosk, whose clock is moved on by hand."""

    def __init__(self, folder: Path, hall: HallProcess) -> None:
        settings = Settings(data=folder, kiosk=KIOSK, hall=hall.url)
        self.store = Store.open(settings.store_file)
        enrol(settings, self.store, hall.started["code"], hall.url)
        client = hall_client(settings, hall.url)
        self._now = datetime.now(UTC)
        self._worker = SyncWorker(
            self.store, client, kiosk=KIOSK, version="bench", clock=lambda: self._now, delay_s=lambda tries: 1.0
        )
        self.forms: set[str] = set()

    def keep(self, count: int) -> None:
        for _ in range(count):
            submission = uuid4()
            self.store.keep({submission: form(submission)})
            self.forms.add(str(submission))

    def bring(self) -> None:
        """Until the hall has said of every form that it has it."""
        for _ in range(60):
            self._now += timedelta(seconds=61)
            self._worker.step(self._now)
            if self._worker.state.reached and self.store.unsent() == 0:
                return
        raise SystemExit(f"forms do not get through: {self._worker.state.error}")


def in_hall(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as found:
        ids = [row[0] for row in found.execute("SELECT id FROM submissions")]
    return [f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}" for one in ids]


def copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def command(folder: Path, *words: str) -> None:
    environment = os.environ | {"YINLING_HALL_DATA": str(folder), "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "backend.cli", *words], env=environment, check=True, stdout=subprocess.DEVNULL
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--restores", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    random, gone, missing, doubled, slowest_s = Random(options.seed), 0, 0, 0, 0.0
    with tempfile.TemporaryDirectory(dir=ROOT / "bench") as folder:
        data, kept = Path(folder) / "hall", Path(folder) / "backup"
        data.mkdir()
        database = data / "hall.db"
        hall = HallProcess(data, enrol=KIOSK).start()
        kiosk = Kiosk(Path(folder) / "kiosk", hall)
        hall.enrol = ""
        for number in range(options.restores):
            by_command = number % 2 == 0
            kiosk.keep(random.randrange(1, 6))
            kiosk.bring()
            command(data, "backup", str(kept)) if by_command else copy(database, Path(folder) / "older.db")
            kiosk.keep(random.randrange(1, 6))
            kiosk.bring()
            hall.stop(signal.SIGKILL)
            if by_command:
                command(data, "restore", str(kept), "--replace")
            else:
                for suffix in ("-wal", "-shm"):
                    database.with_name(database.name + suffix).unlink(missing_ok=True)
                (Path(folder) / "older.db").replace(database)
            gone += len(kiosk.forms - set(in_hall(database)))
            hall.start()
            begin = time.perf_counter()
            kiosk.bring()
            slowest_s = max(slowest_s, time.perf_counter() - begin)
            found = in_hall(database)
            missing += len(kiosk.forms - set(found))
            doubled += len(found) - len(set(found))
            for aside in data.glob("hall.db.replaced-*"):
                aside.unlink()
        hall.stop()
    result = {
        "restores": options.restores,
        "forms": len(kiosk.forms),
        "lost": missing,
        "doubled": doubled,
        "lost_without_generations": gone,
        "all_back_s_max": round(slowest_s, 2),
    }
    print(written("restores", result))


if __name__ == "__main__":
    main()
