"""What keeping a form costs, and that kills and damage lose none unseen: one JSON line, and bench/results/store.json.

    python bench/store.py [--kills 1000] [--forms 500] [--corruptions 300]

`keep` writes with synchronous=FULL and folds SQLite's log. The controls: a store that does not fold it, of which a bit
that flips in the log takes forms; and that set to NORMAL, which a power cut can rob.
"""

import argparse
import json
import logging
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import quantiles
from uuid import uuid4

from sqlalchemy import text

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "offline_cache")]

from crash import form  # noqa: E402
from tools.result import written  # noqa: E402

from offline_cache.disk.log_damage import damaged_files  # noqa: E402
from offline_cache.status import outbox_status  # noqa: E402
from offline_cache.store import Store, open_or_quarantine  # noqa: E402

WARM_UP = 20


def keep_ms(folder: Path, forms: int) -> dict[str, list[float]]:
    """Milliseconds of each `keep`: as it is, without folding the log, and that with NORMAL; in turns on one disk."""
    stores = {mode: Store.open(folder / f"{mode}.db") for mode in ("folded", "unfolded", "NORMAL")}
    stores["NORMAL"]._engine.raw_connection().driver_connection.execute("PRAGMA synchronous = NORMAL")
    for mode, level in (("folded", 2), ("unfolded", 2), ("NORMAL", 1)):
        with stores[mode].transaction() as session:
            assert session.execute(text("PRAGMA synchronous")).scalar() == level
        if mode != "folded":
            stores[mode]._fold_log = lambda: None  # type: ignore[method-assign]
    times: dict[str, list[float]] = {mode: [] for mode in stores}
    for _ in range(WARM_UP + forms):
        for mode, store in stores.items():
            submission = uuid4()
            body = form(submission)
            begin = time.perf_counter()
            store.keep({submission: body})
            times[mode].append((time.perf_counter() - begin) * 1000)
    for store in stores.values():
        store.close()
    return {mode: values[WARM_UP:] for mode, values in times.items()}


def kills(count: int) -> dict[str, int]:
    script = ROOT / "tests" / "offline_cache" / "crash.py"
    command = [sys.executable, str(script), "--kills", str(count)]
    run = subprocess.run(command, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(run.stdout)


def corruptions(folder: Path, count: int) -> dict[str, float]:
    """Damage a store of 60 forms by one bit, one stretch or a cut, in turns; `silent`: a form gone and nobody told."""
    path, random, submissions = folder / "damaged.db", Random(5), [uuid4() for _ in range(60)]
    store = Store.open(path)
    for submission in submissions:
        store.keep({submission: form(submission)})
    store.close()
    whole, outcomes, slowest_s = path.read_bytes(), Counter[str](), 0.0
    for trial in range(count):
        path.write_bytes(damaged(whole, ("bit", "stretch", "cut")[trial % 3], random))
        begin = time.perf_counter()
        store, aside = open_or_quarantine(path)
        reported = outbox_status(store)["damaged"]
        store.keep({(submission := uuid4()): form(submission)})
        slowest_s = max(slowest_s, time.perf_counter() - begin)
        kept = [kept for number in store.due(datetime.now(UTC)) if (kept := store.load(number))]
        assert all(one.body == form(one.submission) for one in kept), "a damaged form would have been sent"
        is_whole = {one.submission for one in kept} == {*submissions, submission}
        outcomes["found" if aside or reported else "harmless" if is_whole else "silent"] += 1
        store.close()
        for file in folder.glob("damaged.db*"):
            file.unlink()
    return {
        "corruptions": count,
        "corruptions_found": outcomes["found"],
        "corruptions_harmless": outcomes["harmless"],
        "corruptions_silent": outcomes["silent"],
        "usable_again_s_max": round(slowest_s, 2),
    }


def log_flips(folder: Path, count: int, *, folded: bool) -> Counter[str]:
    """Keep 30 forms, take the files as they are after a power cut, flip a bit of the log and open them.

    `lost`: forms are missing; `silent`: and nobody is told. Without `folded` the store does as it did at first.
    """
    source, random, outcomes = folder / "log" / "kiosk.db", Random(11), Counter[str]()
    store = Store.open(source)
    if not folded:
        store._fold_log = lambda: None  # type: ignore[method-assign]
    for _ in range(30):
        store.keep({(submission := uuid4()): form(submission)})
    store.set("device", "a small change after the last form")
    whole = source.read_bytes(), source.with_name("kiosk.db-wal").read_bytes()
    store.close()
    for trial in range(count):
        path = folder / f"flip-{trial}" / "kiosk.db"
        path.parent.mkdir()
        path.write_bytes(whole[0])
        path.with_name("kiosk.db-wal").write_bytes(damaged(whole[1], "bit", random))
        opened, _ = open_or_quarantine(path)
        missing = 30 - len(opened.outbox())
        opened.close()
        outcomes["lost"] += missing > 0
        outcomes["silent"] += missing > 0 and not damaged_files(path)
        outcomes["forms_lost_at_most"] = max(outcomes["forms_lost_at_most"], missing)
        shutil.rmtree(path.parent)
    shutil.rmtree(source.parent)
    return outcomes


def damaged(whole: bytes, kind: str, random: Random) -> bytes:
    at = random.randrange(len(whole))
    if kind == "cut":
        return whole[:at]
    if kind == "bit":
        return whole[:at] + bytes([whole[at] ^ 1 << random.randrange(8)]) + whole[at + 1 :]
    rubbish = random.randbytes(min(random.randrange(1, 5000), len(whole) - at))
    return whole[:at] + rubbish + whole[at + len(rubbish) :]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--forms", type=int, default=500)
    parser.add_argument("--corruptions", type=int, default=300)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # each damaged row is logged, and here that is every one
    with tempfile.TemporaryDirectory(dir=ROOT / "bench") as folder:  # a real disk: /tmp may be memory
        times = keep_ms(Path(folder), options.forms)
        damage = corruptions(Path(folder), options.corruptions)
        log = log_flips(Path(folder), options.corruptions, folded=True)
        unfolded = log_flips(Path(folder), options.corruptions, folded=False)
    p50, p95 = ({mode: quantiles(values, n=20)[at] for mode, values in times.items()} for at in (9, 18))
    result = {
        "forms": options.forms,
        "keep_ms_p50": round(p50["folded"], 2),
        "keep_ms_p95": round(p95["folded"], 2),
        "keep_p50_ratio_to_unfolded": round(p50["folded"] / p50["unfolded"], 2),
        "keep_unfolded_p50_ratio_to_normal": round(p50["unfolded"] / p50["NORMAL"], 2),
        **kills(options.kills),
        **damage,
        "log_flips": options.corruptions,
        "log_flips_that_lost_forms": log["lost"],
        "unfolded_log_flips_that_lost_forms": unfolded["lost"],
        "unfolded_log_forms_lost_at_most": unfolded["forms_lost_at_most"],
        "unfolded_log_flips_not_told": unfolded["silent"],
    }
    print(written("store", result))


if __name__ == "__main__":
    main()
