"""What the audit costs, and that each change in it is found: one JSON line, and bench/results/audit.json.

    python bench/audit.py [--records 100000] [--changes 300]

Milliseconds (median) of one record at the kiosk, with its fsync, and of a transaction of the hall with and without one;
processor seconds to verify so many records; how many changed, dropped and slipped-in records, and cut ends, were found.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from hall_support import settings_in  # noqa: E402
from tools.result import written  # noqa: E402

from backend.audit.log import note  # noqa: E402
from backend.events.feed import announce  # noqa: E402
from backend.hall.hall import Hall, open_hall  # noqa: E402
from offline_cache.audit.file import AuditFile  # noqa: E402
from protocol.chain import START, Entry, after, first_bad  # noqa: E402

TIMES = 200


def median_ms(work: Callable[[int], None]) -> float:
    times = []
    for number in range(TIMES):
        began = perf_counter()
        work(number)
        times.append((perf_counter() - began) * 1000)
    return round(median(times), 2)


def at_the_hall(hall: Hall, with_record: bool) -> Callable[[int], None]:
    def work(number: int) -> None:
        with hall.database.write() as session:
            announce(session, "submission", number, hall.clock())
            if with_record:
                note(session, hall, "李芳", "open", number)

    return work


def chain(count: int) -> list[Entry]:
    entries: list[Entry] = []
    head = START
    for number in range(count):
        entries.append(after(head, {"at": "2026-11-28", "who": "李芳", "action": "open", "subject": str(number)}))
        head = entries[-1].head
    return entries


def found(entries: list[Entry], changes: int) -> int:
    """How many of so many changes are found by who holds the last head."""
    random, head, count = Random(7), entries[-1].head, 0
    for number in range(changes):
        place = random.randrange(len(entries))
        other = after(entries[place - 1].head if place else START, {"who": "王强", "subject": str(number)})
        instead = random.choice(([], [other], [entries[place], other], None))
        cut = entries[:place] if instead is None else [*entries[:place], *instead, *entries[place + 1 :]]
        count += first_bad(cut, [head]) is not None
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=ROOT / "bench") as name:  # a real disk: /tmp may be memory
        folder = Path(name)
        kiosk = AuditFile(folder / "audit.jsonl")
        hall = open_hall(settings_in(folder))
        result = {
            "kiosk_record_ms": median_ms(lambda number: kiosk.note("visitor", "kept", str(number))),
            "hall_transaction_ms": median_ms(at_the_hall(hall, with_record=False)),
            "hall_transaction_with_record_ms": median_ms(at_the_hall(hall, with_record=True)),
        }
        hall.database.close()
    entries = chain(options.records)
    began = process_time()
    assert first_bad(entries, [entries[-1].head]) is None
    result |= {"records": options.records, "verify_cpu_s": round(process_time() - began, 2)}
    result |= {"changes": options.changes, "found": found(entries[:1000], options.changes)}
    print(written("audit", result))


if __name__ == "__main__":
    main()
