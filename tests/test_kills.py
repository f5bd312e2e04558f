"""A kiosk is killed while it brings forms to a hall. `bench/kills.py` does it 200 times, and as often to the hall."""

import json
import subprocess
import sys
from pathlib import Path

from project import ROOT


def test_a_kiosk_that_is_killed_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    options = ["--only", "kiosk", "--kills", "4", "--out", str(tmp_path / "kills.json")]
    command = [sys.executable, str(ROOT / "bench" / "kills.py"), *options]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    assert run.returncode == 0
    found = json.loads(run.stdout)["kiosk"]
    assert found["acknowledged"] > 0
    assert found["audits_whole"]
    assert not [name for name, count in found.items() if name.endswith(("lost", "doubled", "wrong")) and count]
