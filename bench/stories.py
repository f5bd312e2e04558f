"""Each story of `kiosk demo --story NAME` once, with the staff page in Chromium: `python bench/stories.py`.

Exit 1 where a step did not do what it says. What the longest steps took is in milliseconds.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from tools.result import written

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from ui.devtools.stories import STORIES  # noqa: E402

LONGEST = 3  # steps that are named


def main() -> int:
    found = {story: played(story) for story in STORIES}
    print(written("stories", {"bench": "stories", **found}))
    return any(one["failed"] for one in found.values())


def played(story: str) -> dict[str, Any]:
    with TemporaryDirectory() as out:
        began = monotonic()
        command = [sys.executable, "-m", "kiosk.cli", "demo", "--story", story, "--out", out]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
        wall_s = monotonic() - began
        report = json.loads((Path(out) / "report.json").read_text("utf-8"))
        pictures = len(list(Path(out).glob("*.png")))
    steps = sorted(report["steps"], key=lambda step: -step["ms"])
    return {
        "staff_page": report["staff_page"],
        "steps": len(steps),
        "pictures": pictures,
        "failed": [f"{step['name']}: {step['detail']}" for step in steps if not step["passed"]],
        "wall_s": round(wall_s),
        "longest": {step["name"]: step["ms"] for step in steps[:LONGEST]},
    }


if __name__ == "__main__":
    sys.exit(main())
