"""A short run of the monkey; `python -m bench.monkey` is the long one."""

import json
import subprocess
import sys


def test_nothing_a_monkey_does_breaks_the_kiosk() -> None:
    command = [sys.executable, "-m", "bench.monkey", "--seed", "1", "--actions", "600"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)  # a process of its own: it may crash
    assert run.returncode == 0, run.stdout + run.stderr
    found = json.loads(run.stdout)
    assert found["actions"] == 600
    assert found["broken"] == []
    assert len(found["screens"]) >= 6
