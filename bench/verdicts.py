"""What kiosk and hall say of random forms of all services: one JSON line, and bench/results/verdicts.json.

    python bench/verdicts.py [--each 170] [--seed 1]

`each` forms of every service that sends one, some with answers left out or wrong, are judged as the kiosk does before
it sends them, and taken in by a hall. Counted: forms, those of which the two said something else (0 is right), and how
often each verdict was given.
"""

import argparse
import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from both_verdicts import both  # noqa: E402
from hall_support import StandingClock, settings_in  # noqa: E402
from tools.result import written  # noqa: E402

from backend.hall.hall import open_hall  # noqa: E402
from forms import load_catalogue  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=170, help="forms of each service")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        hall = open_hall(settings_in(Path(folder)), StandingClock())
        found = list(both(hall, load_catalogue(ROOT / "assets"), options.each, Random(options.seed)))
        hall.database.close()
    other = sum(one.kiosk != one.hall for one in found)
    result = {"forms": len(found), "other": other, **Counter(str(one.hall.verdict) for one in found)}
    print(written("verdicts", result))


if __name__ == "__main__":
    main()
