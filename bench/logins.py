"""What keeping a PIN costs, and what whoever guesses gets: one JSON line, and bench/results/logins.json.

    python bench/logins.py [--hashes 30]

Milliseconds (median) and megabytes of one check of a PIN, alone and two at once beside a loop that wants to run every
millisecond, with the longest that it waited (`loop_late_ms`); wrong PINs that the hall takes in a day from whoever has
every address, for one account and for all of them together, and that of 200 such days.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter, process_time, sleep
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from tools.result import written  # noqa: E402

from backend.accounts import tries  # noqa: E402
from backend.accounts.pins import hashed, is_right  # noqa: E402
from backend.hall.keys import HallKeys  # noqa: E402
from protocol.lockout import Lockout, Tries  # noqa: E402

KEYS, MEMBER, PIN = HallKeys(b"1" * 32, b"2" * 32), UUID(int=1), "730164"
DAY_S = 86_400


def checks(kept: str, count: int) -> tuple[float, float]:
    """Milliseconds of the wall clock and of the processor for one."""
    walls, began = [], process_time()
    for _ in range(count):
        at = perf_counter()
        assert is_right(KEYS, MEMBER, PIN, kept)
        walls.append((perf_counter() - at) * 1000)
    return median(walls), (process_time() - began) * 1000 / count


def longest_wait_ms(stop: Event) -> float:
    longest = 0.0
    while not stop.is_set():
        began = perf_counter()
        sleep(0.001)
        longest = max(longest, (perf_counter() - began) * 1000 - 1)
    return longest


def taken(rules: Sequence[Lockout], days: int) -> int:
    """Wrong tries by somebody who never waits longer than the hall says; every rule has to let each through."""
    kept, now, count = [Tries() for _ in rules], 0.0, 0
    while now < days * DAY_S:
        looked = [rule.look(one, now) for rule, one in zip(rules, kept, strict=True)]
        if wait_s := max(wait for _, wait in looked):
            now += wait_s
            continue
        kept = [rule.take(one, now)[0] for rule, one in zip(rules, kept, strict=True)]
        count += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hashes", type=int, default=30)
    count = parser.parse_args().hashes
    kept = hashed(KEYS, MEMBER, PIN)
    wall, processor = checks(kept, count)
    stop = Event()
    with ThreadPoolExecutor(3) as pool:
        loop = pool.submit(longest_wait_ms, stop)
        both = [pool.submit(checks, kept, count) for _ in range(2)]
        two_at_once = median(one.result()[0] for one in both)
        stop.set()
    result = {
        "check_ms": round(wall, 1),
        "check_processor_ms": round(processor, 1),
        "check_ms_two_at_once": round(two_at_once, 1),
        "loop_late_ms": round(loop.result(), 1),
        "wrong_pins_a_day_one_account": taken([tries.ACCOUNT, tries.IN_ALL], 1),
        "wrong_pins_a_day_all_accounts": taken([tries.IN_ALL], 1),
        "wrong_pins_200_days_all_accounts": taken([tries.IN_ALL], 200),
    }
    print(written("logins", result))


if __name__ == "__main__":
    main()
