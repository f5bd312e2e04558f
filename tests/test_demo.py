"""`kiosk demo` is the end-to-end test: a visit on the real widgets, store, hall, voice model, recogniser, staff page.

Without a story it is the same, less what staff do beyond coming."""

import json
import os
import struct
import subprocess
import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
import qrcode
from qrcode.image.svg import SvgPathImage

from ui.devtools.stories import STORIES
from ui.devtools.stories.desk import AskingDesk
from ui.devtools.stories.play import staff_desk
from ui.devtools.stories.qr_code import read_svg


@pytest.mark.timeout(240)
def test_the_demo_visit_does_what_every_step_says(tmp_path: Path, own_folder: Path, derived: Path) -> None:
    (own_folder / "yinling-kiosk").mkdir()
    (own_folder / "yinling-kiosk" / "derived").symlink_to(derived)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YINLING_")}
    out = tmp_path / "demo"
    command = [sys.executable, "-m", "kiosk.cli", "demo", "--story", "visit", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert (report["story"], report["staff_page"]) == ("visit", "drawn")
    steps = report["steps"]
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
    of_staff = {picture.name for picture in out.glob("*-staff.png")}
    assert {name[3:] for name in of_staff} >= {"staff-notified-staff.png", "form-at-the-hall-staff.png"}
    pictures = [picture for picture in sorted(out.glob("*.png")) if picture.name not in of_staff]
    assert len(pictures) == len(steps)
    assert all(struct.unpack(">II", picture.read_bytes()[16:24]) == (1080, 1920) for picture in pictures)


@pytest.mark.parametrize("story", STORIES)
def test_each_story_has_scenes(story: str) -> None:
    scenes = import_module(f"ui.devtools.stories.{story}").SCENES
    assert scenes
    assert all(callable(scene) for scene in scenes)


@pytest.mark.parametrize("missing", ["Chromium", "Selenium"])
def test_without_a_browser_a_story_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)
    if missing == "Selenium":
        monkeypatch.setitem(sys.modules, "ui.devtools.stories.pressing", None)
    desk, staff_page = staff_desk()
    assert desk is AskingDesk
    assert f"{missing} is missing" in staff_page
    assert "sh assets/system/setup.sh dev" in staff_page


@pytest.mark.parametrize("text", ["YLB1.eyJ.Ab_-9", "7" * 40, "ABC$ " * 30, "YLB1." + "aZ9_" * 60])
def test_a_badge_is_read_as_a_scanner_would(text: str) -> None:
    drawn = BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=4).save(drawn)
    assert read_svg(drawn.getvalue().decode()) == text
