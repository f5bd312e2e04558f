"""What a terminal needs until it can show its first screen: with three services, and with all that are shipped.

Each start is a process of its own: the `first` one learns the requests and looks through all texts, as every start did
before both were kept; `again` finds that kept. Seconds (`processor`: of the processor) are the least of three starts,
MB what is resident afterwards and at most. One JSON line, and bench/results/start_up.json; exit 1 at a broken limit.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.result import written

ROOT = Path(__file__).resolve().parents[1]
THREE = ("old-age-allowance", "pension-certification", "progress-query")
RUNS = 3
MOST_SECONDS_MORE = 1.0  # of the processor: the wall clock tells of what else runs
KEYS = ("seconds", "processor", "mb", "most_mb")

_START = """
import json, resource, time
began = time.perf_counter()
from kiosk.operations.settings import load_settings
from kiosk.processes.equipment import Equipment
equipment = Equipment(load_settings())
seconds = time.perf_counter() - began
resident = int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize()
at_most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
told = {"seconds": seconds, "processor": time.process_time(), "mb": resident / 1e6, "most_mb": at_most / 1e6}
print(json.dumps(told))
"""


def main() -> int:
    result: dict[str, Any] = {"bench": "start_up"}
    with TemporaryDirectory() as folder:
        for services, assets in (("three", three(Path(folder))), ("all", ROOT / "assets")):
            result[services] = starts(assets)
    few, many = result["three"], result["all"]
    result["all_more"] = {
        which: {key: round(many[which][key] - few[which][key], 2) for key in KEYS} for which in ("first", "again")
    }
    result["times"] = round(many["again"]["processor"] / few["again"]["processor"], 2)
    result["mb_more_than_three_before"] = round(many["again"]["mb"] - few["first"]["mb"], 2)
    in_time = result["all_more"]["again"]["processor"] <= MOST_SECONDS_MORE
    result["ok"] = in_time and result["mb_more_than_three_before"] <= 0
    print(written("start_up", result))
    return 0 if result["ok"] else 1


def three(folder: Path) -> Path:
    """What is shipped but for most services; the rest is linked, nothing is written."""
    (folder / "services").mkdir()
    for path in (ROOT / "assets").iterdir():
        if path.name != "services":
            (folder / path.name).symlink_to(path)
    for name in THREE:
        (folder / "services" / f"{name}.yaml").symlink_to(ROOT / "assets" / "services" / f"{name}.yaml")
    return folder


def starts(assets: Path) -> dict[str, dict[str, float]]:
    found: dict[str, list[dict[str, float]]] = {"first": [], "again": []}
    for _ in range(RUNS):
        with TemporaryDirectory() as data:
            for which in found.values():
                which.append(_start(assets, Path(data)))
    return {name: {key: round(min(one[key] for one in runs), 2) for key in KEYS} for name, runs in found.items()}


def _start(assets: Path, data: Path) -> dict[str, float]:
    own = {"PYTHONPATH": str(ROOT), "YINLING_ASSETS": str(assets), "YINLING_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, "-c", _START], env=os.environ | own, capture_output=True, text=True, check=True, cwd=ROOT
    )
    started: dict[str, float] = json.loads(done.stdout)
    return started


if __name__ == "__main__":
    sys.exit(main())
