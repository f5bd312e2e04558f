"""Power cuts: what kiosk and hall acknowledged is there afterwards. One JSON line, bench/results/power_cuts.json.

    python bench/power_cuts.py [--kiosk 110] [--hall 30] [--once 15] [--controls 6] [--seed 1]

The disk is a layer that drops what was not synced (bench/tools/losing_disk.py says what is modelled, and what not). In
the midst of the work, at a step drawn by lot, it stops answering, the processes are killed, and kiosk or hall starts on
what is left. Cut are:

- a kiosk's store that keeps forms, some of them together, drafts, delivered marks, single values and its audit, each
  fifth from an empty disk;
- `hall serve` on SQLite with four clients that send signed forms;
- what is done once, before each of its steps in turn: the first start of a hall, enrolment, change of the kiosk's key,
  `hall backup` and `hall restore`. Afterwards it has to be done or not begun, and both programs have to start.

The controls are the same with SQLite's synchronous NORMAL and OFF, set from here, and without the kiosk's folding of
its log after each form, which syncs under NORMAL too: they have to lose rows. Needs /dev/fuse and Debian's fuse3;
without them it says so, and nothing is measured.
"""

import argparse
import json
import logging
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support"), str(ROOT / "tests" / "offline_cache")]

from hall_support import HallProcess  # noqa: E402
from tools.result import written  # noqa: E402

from bench.tools.cut_hall import CutHall  # noqa: E402
from bench.tools.cut_kiosk import Kiosk, Synchronous, keeping  # noqa: E402
from bench.tools.cut_once import NEW, OLD, Backup, Enrolment, FirstStart, KeyChange, Once, Restore  # noqa: E402
from bench.tools.cutting import NEVER, missing, until_cut  # noqa: E402

AFRESH = 5  # cuts, then an empty disk
STEPS, HALL_STEPS = 250, 120  # until the power goes, at most
CONTROLS: tuple[Synchronous, ...] = ("NORMAL", "OFF")
# What may not be, and loses no row.
WRONG = (
    *("rows_damaged", "delivered_that_were_not", "stores_damaged", "stores_not_opened", "logs_damaged"),
    *("sendings_halved", "audits_broken", "reserves_missing", "reserves_hollow"),
    *("halls_not_started", "halls_silent", "generations_begun"),
)


def kiosk_cuts(folder: Path, cuts: int, synchronous: Synchronous, random: Random) -> Counter[str]:
    counts, kiosk = Counter(cuts=cuts), Kiosk()
    for number in range(cuts):
        if number % AFRESH == 0:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            kiosk = Kiosk()
        seed = random.getrandbits(32)
        told, _ = until_cut(folder, seed, random.randrange(1, STEPS), keeping(seed, synchronous))
        counts.update(kiosk.found(folder, told))
    return counts


def hall_cuts(folder: Path, cuts: int, synchronous: Synchronous, random: Random) -> Counter[str]:
    counts, hall = Counter(cuts=cuts), CutHall(folder)
    for _ in range(cuts):
        told, _ = until_cut(folder, random.getrandbits(32), random.randrange(1, HALL_STEPS), *hall.works(synchronous))
        found = hall.found(told)
        counts.update(found)
        if found["halls_not_started"] or found["halls_silent"]:
            shutil.rmtree(folder)
            hall = CutHall(folder)
    return counts


def once_cuts(folder: Path, once: Once, cuts: int, random: Random) -> dict[str, object]:
    """Before each step in turn, or before so many by lot; first to the end, to see how many there are."""
    found, wrong = Counter[str](), Counter[str]()
    once.prepare(folder)
    told, steps = until_cut(folder, random.getrandbits(32), NEVER, once.work)
    befores = sorted(random.sample(range(1, steps + 1), min(cuts, steps)))
    for before in [None, *befores]:
        if before is not None:
            once.prepare(folder)
            told, _ = until_cut(folder, random.getrandbits(32), before, once.work)
        verdict = once.judge(folder, told)
        found[verdict if verdict in (OLD, NEW) else "wrong"] += 1
        if verdict not in (OLD, NEW):
            wrong[verdict.replace(str(folder), "")] += 1
            shutil.rmtree(folder)
    return {"cuts": found.total(), "steps": steps, **found} | ({"what": wrong} if wrong else {})


def once_all(folder: Path, cuts: int, random: Random) -> dict[str, dict[str, object]]:
    (folder / "enrolling").mkdir()
    hall = HallProcess(folder / "enrolling").start()
    try:
        enrolment = Enrolment(hall)
        all_of_them: list[Once] = [FirstStart(), enrolment, KeyChange(enrolment, hall.url), Backup(), Restore()]
        return {once.name: once_cuts(folder / once.name, once, cuts, random) for once in all_of_them}
    finally:
        hall.stop()


def lost(counts: Counter[str]) -> int:
    return sum(number for name, number in counts.items() if name.endswith("_lost"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kiosk", type=int, default=110)
    parser.add_argument("--hall", type=int, default=30)
    parser.add_argument("--once", type=int, default=15, help="cuts of each of the five that are done once, at most")
    parser.add_argument("--controls", type=int, default=6, help="cuts of each of the four controls")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if lacks := missing():
        print(json.dumps({"bench": "power_cuts", "skipped": f"Not measured: this machine lacks {lacks}."}))
        return
    logging.disable(logging.CRITICAL)
    random = Random(options.seed)
    with tempfile.TemporaryDirectory(dir=ROOT / "bench") as name:
        folder = Path(name)
        kiosk = kiosk_cuts(folder / "kiosk", options.kiosk, "FULL", random)
        hall = hall_cuts(folder / "hall", options.hall, "FULL", random)
        once = once_all(folder, options.once, random)
        controls = {}
        for mode in CONTROLS:
            controls[f"kiosk {mode}"] = kiosk_cuts(folder / f"kiosk-{mode}", options.controls, mode, random)
            controls[f"hall {mode}"] = hall_cuts(folder / f"hall-{mode}", options.controls, mode, random)
    wrong = {f"kiosk {name}" for name in WRONG if kiosk[name]} | {f"hall {name}" for name in WRONG if hall[name]}
    wrong |= {name for name, found in once.items() if "wrong" in found}
    result = {
        "bench": "power_cuts",
        "cuts": kiosk["cuts"] + hall["cuts"] + sum(found["cuts"] for found in once.values()),
        "acknowledged": sum(number for one in (kiosk, hall) for name, number in one.items() if "acknowledged" in name),
        "lost": lost(kiosk) + lost(hall),
        "wrong": sorted(wrong),
        "kiosk": kiosk,
        "hall": hall,
        **once,
        "controls": controls,
    }
    print(written("power_cuts", result))
    if wrong or result["lost"]:
        sys.exit("Rows were lost, or something is not as it was before or after; see above.")
    if blind := [name for name, counts in controls.items() if not lost(counts)]:
        sys.exit(f"The bench sees nothing: {', '.join(blind)} lost no row.")


if __name__ == "__main__":
    main()
