"""Killed at any moment, the kiosk has every form it said it kept, once. bench/store.py kills more often."""

import json
import os
import subprocess
import sys
from pathlib import Path

from project import ROOT


def crash(*options: str) -> dict[str, int]:
    script = Path(__file__).with_name("crash.py")
    run = subprocess.run(
        [sys.executable, str(script), *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


def test_twenty_kills_lose_nothing_and_double_nothing():
    result = crash("--kills", "20")
    assert result["acknowledged"] > 0
    assert (result["lost"], result["duplicated"], result["halved"], result["damaged"]) == (0, 0, 0, 0)


def test_the_kills_would_show_a_loss():
    assert crash("--kills", "20", "--acknowledge-early")["lost"] > 0
