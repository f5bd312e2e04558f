"""Kiosk and hall are killed while forms are on their way between them. `bench/kills.py` does it 200 times each."""

import json
import subprocess
import sys
from pathlib import Path

from project import ROOT


def test_a_few_kills_of_kiosk_and_hall_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    options = ["--kills", "3", "--controls", "0", "--out", str(tmp_path / "kills.json")]
    run = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "kills.py"), *options], stdout=subprocess.PIPE, text=True
    )
    assert run.returncode == 0
    result = json.loads(run.stdout)
    for side in ("kiosk", "hall"):
        found = result[side]
        assert found["acknowledged"] > 0
        assert (found["lost"], found["doubled"], found["calls_lost"], found["drafts_lost"]) == (0, 0, 0, 0)
        assert (found["events_wrong"], found["receipts_wrong"], found["audits_whole"]) == (0, 0, True)
