"""A county's folder with 58 mistakes, each of another kind, checked in one run: `kiosk catalogue --check`.

`found`: how many are named with their file and the right line, in words that say what it is; `false`: what is said of
the good services beside them. `seconds` is the whole command, the least of three runs. One JSON line, and
bench/results/mistakes.json; exit 1 when one is not found, or the command takes more than two seconds.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from mistakes import GOOD, mistakes, named, write  # noqa: E402

MOST_SECONDS, RUNS = 2.0, 3


def main() -> int:
    made = mistakes()
    with TemporaryDirectory() as folder:
        write(made, Path(folder))
        runs = [check(Path(folder)) for _ in range(RUNS)]
    problems = runs[0][1]
    missed = [one.name for one in made if not named(one, problems)]
    seconds = round(min(took for took, _ in runs), 2)
    false = [one["message"] for one in problems if Path(one["file"]).stem in GOOD]
    ok = not missed and not false and seconds <= MOST_SECONDS
    result = {"bench": "mistakes", "mistakes": len(made), "found": len(made) - len(missed), "missed": missed,
              "said_in_all": len(problems), "false": false, "seconds": seconds, "ok": ok}  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    (ROOT / "bench" / "results" / "mistakes.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    return 0 if ok else 1


def check(county: Path) -> tuple[float, list[dict[str, Any]]]:
    """Seconds, and the problems."""
    began = time.perf_counter()
    words = [sys.executable, "-m", "kiosk.cli", "catalogue", "--check", str(county), "--json"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    return time.perf_counter() - began, json.loads(done.stdout)["problems"]


if __name__ == "__main__":
    sys.exit(main())
