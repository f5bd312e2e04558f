"""What keeping a form costs, and that kills and damage lose none unseen: one JSON line, and bench/results/store.json.

    python bench/store.py [--kills 1000] [--forms 500] [--corruptions 300]

`keep` writes with synchronous=FULL; the control is the same store set to NORMAL, which a power cut can rob.
"""

import argparse
import json
import logging
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

from offline_cache.status import outbox_status  # noqa: E402
from offline_cache.store import Store, open_or_quarantine  # noqa: E402

WARM_UP = 20


def keep_ms(folder: Path, forms: int) -> dict[str, list[float]]:
    """Milliseconds of each `keep`, FULL and NORMAL in turns so that both meet the same disk."""
    stores = {mode: Store.open(folder / f"{mode}.db") for mode in ("FULL", "NORMAL")}
    stores["NORMAL"]._engine.raw_connection().driver_connection.execute("PRAGMA synchronous = NORMAL")
    for mode, level in (("FULL", 2), ("NORMAL", 1)):
        with stores[mode].transaction() as session:
            assert session.execute(text("PRAGMA synchronous")).scalar() == level
    times: dict[str, list[float]] = {mode: [] for mode in stores}
    for _ in range(WARM_UP + forms):
        for mode, store in stores.items():
            submission = uuid4()
            body = form(submission)
            begin = time.perf_counter()
            store.keep(submission, body)
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
        store.keep(submission, form(submission))
    store.close()
    whole, outcomes, slowest_s = path.read_bytes(), Counter[str](), 0.0
    for trial in range(count):
        path.write_bytes(damaged(whole, ("bit", "stretch", "cut")[trial % 3], random))
        begin = time.perf_counter()
        store, aside = open_or_quarantine(path)
        reported = outbox_status(store)["damaged"]
        store.keep(submission := uuid4(), form(submission))
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
    p50, p95 = ({mode: quantiles(values, n=20)[at] for mode, values in times.items()} for at in (9, 18))
    result = {
        "forms": options.forms,
        "keep_ms_p50": round(p50["FULL"], 2),
        "keep_ms_p95": round(p95["FULL"], 2),
        "keep_p50_ratio_to_normal": round(p50["FULL"] / p50["NORMAL"], 2),
        "keep_p95_ratio_to_normal": round(p95["FULL"] / p95["NORMAL"], 2),
        **kills(options.kills),
        **damage,
    }
    print(json.dumps(result))
    results = ROOT / "bench" / "results" / "store.json"
    results.parent.mkdir(exist_ok=True)
    results.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
