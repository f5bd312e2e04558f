"""A county's folder with 63 mistakes, each of another kind, checked in one run: `kiosk catalogue --check`.

`found`: how many are named with their file and the right line, in words that say what it is; `false`: what is said of
the good services beside them. `seconds` is the whole command, `processor` its processor time, each the least of three
runs; `start` is the processor time of a command that reads nothing. One JSON line, and bench/results/mistakes.json;
exit 1 when one is not found, or the command takes more than two seconds.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from mistakes import GOOD, mistakes, named, write  # noqa: E402
from tools.result import written  # noqa: E402

MOST_SECONDS, RUNS = 2.0, 3


def main() -> int:
    made = mistakes()
    with TemporaryDirectory() as folder:
        write(made, Path(folder))
        runs = [run("--check", folder, "--json") for _ in range(RUNS)]
        starts = [run("--schema", "groups") for _ in range(RUNS)]
    problems = json.loads(runs[0].printed)["problems"]
    missed = [one.name for one in made if not named(one, problems)]
    seconds = round(min(one.seconds for one in runs), 2)
    false = [one["message"] for one in problems if Path(one["file"]).stem in GOOD]
    ok = not missed and not false and seconds <= MOST_SECONDS
    result = {"bench": "mistakes", "mistakes": len(made), "found": len(made) - len(missed), "missed": missed,
              "said_in_all": len(problems), "false": false, "seconds": seconds,
              "processor": min(one.processor for one in runs), "start": min(one.processor for one in starts),
              "ok": ok}  # fmt: skip
    print(written("mistakes", result))
    return 0 if ok else 1


class Run(NamedTuple):
    seconds: float
    processor: float
    printed: str


def run(*options: str) -> Run:
    """`kiosk catalogue` with these options."""
    began, used = time.perf_counter(), _processor()
    words = [sys.executable, "-m", "kiosk.cli", "catalogue", *options]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return Run(time.perf_counter() - began, round(_processor() - used, 2), done.stdout)


def _processor() -> float:
    """Seconds of the processor that all children took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
