"""Random schedules of a call's life: kiosk and hall with their databases, a line that loses, doubles, delays and
reorders, a hall that is killed and whose disk is full, a kiosk that restarts and may lose its disk, three members of
staff with old pages who tap twice.

    python bench/call_schedules.py [--schedules 10000] [--acts 20] [--jobs 2] [--seed 0]

Each is checked after every act and once all works again (tests/support/call_world.py); the first that fails is told
with its seed.
"""

import argparse
import logging
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from call_world import Tally, run_schedule  # noqa: E402
from hall_support import StandingClock, settings_in  # noqa: E402
from tools.result import written  # noqa: E402

from backend.hall import shared_memory  # noqa: E402
from backend.hall.hall import open_hall  # noqa: E402
from offline_cache.store import Store  # noqa: E402

MEMORY = Path("/dev/shm")


def run_some(seeds: range, acts: int) -> Tally:
    """In a hall of their own."""
    logging.disable(logging.CRITICAL)
    with TemporaryDirectory(dir=MEMORY) as folder:
        shared_memory.MEMORY = Path(folder)
        clock, tally = StandingClock(), Tally()
        hall, store = open_hall(settings_in(Path(folder)), clock), Store.in_memory(Path(folder))
        for seed in seeds:
            try:
                run_schedule(hall, clock, store, seed, acts, tally)
            except AssertionError as error:
                raise AssertionError(f"schedule {seed}: {error}") from error
        hall.database.close()
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schedules", type=int, default=10_000)
    parser.add_argument("--acts", type=int, default=20, help="of each schedule")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0, help="of the first schedule")
    options = parser.parse_args()
    began, every = time.perf_counter(), range(options.seed, options.seed + options.schedules)
    with ProcessPoolExecutor(options.jobs) as pool:
        shares = [pool.submit(run_some, every[job :: options.jobs], options.acts) for job in range(options.jobs)]
        tally = sum((share.result() for share in as_completed(shares)), Tally())
    result = {
        "bench": "call_schedules",
        "schedules": options.schedules,
        "acts": options.schedules * options.acts,
        "calls": tally.total(),
        "ended": dict(sorted(tally.items())),
        "wrong": 0,
        "seconds": round(time.perf_counter() - began),
    }
    print(written("call_schedules", result))


if __name__ == "__main__":
    main()
