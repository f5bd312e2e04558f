"""`kiosk demo` is the end-to-end test: a whole visit on the real widgets, store, hall, voice model and recogniser."""

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.timeout(240)
def test_the_demo_visit_does_what_every_step_says(tmp_path: Path, own_folder: Path, derived: Path) -> None:
    (own_folder / "yinling-kiosk").mkdir()
    (own_folder / "yinling-kiosk" / "derived").symlink_to(derived)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YINLING_")}
    out = tmp_path / "demo"
    command = [sys.executable, "-m", "kiosk.cli", "demo", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    steps = json.loads((out / "report.json").read_text("utf-8"))["steps"]
    assert [step for step in steps if not step["passed"]] == []
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert {
        "choose-by-voice",
        "help-without-a-line",
        "line-comes-back-delivered",
        "staff-is-coming",
        "sent-at-once",
        "wiped",
    } <= {step["name"] for step in steps}
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) == len(steps)
    assert all(struct.unpack(">II", picture.read_bytes()[16:24]) == (1080, 1920) for picture in pictures)
