"""`kiosk screenshots` as its users run it."""

import json
import struct
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk.cli", "screenshots", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_one_service_gives_a_picture_a_screen_and_its_measures(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("--out", str(out), "--service", "progress-query", "--size", "1920x1080", "--text", "L", "--lang", "en")
    assert done.returncode == 0, done.stderr
    screens = json.loads((out / "geometry.json").read_text("utf-8"))["screens"]
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) == len(screens)
    assert all(struct.unpack(">II", one.read_bytes()[16:24]) == (1920, 1080) for one in pictures)
    names = [screen["name"] for screen in screens]
    assert len(set(names)) == len(names)
    wanted = {
        "attract",
        "home",
        "home-no-microphone",
        "settings",
        "help-offline",
        "help-acknowledged",
        "idle",
        "goodbye",
    }
    assert wanted <= set(names)
    for screen in screens:
        assert set(screen) == {"name", "targets", "texts", "focus_order", "spoken", "problems"}
        assert screen["focus_order"]
        for target in screen["targets"]:
            assert set(target) == {"name", "x_mm", "y_mm", "w_mm", "h_mm", "enabled", "primary"}
        for text in screen["texts"]:
            assert set(text) == {"string", "em_mm", "contrast", "clipped"}
    assert all(screen["spoken"] for screen in screens)


def test_all_takes_both_ways_up_and_what_is_not_chosen(tmp_path: Path) -> None:
    chosen = ("--lang", "zh", "--text", "S", "--service", "progress-query", "--diagonal-mm", "381")
    done = run("--all", "--out", str(tmp_path), "--contrast", "dark", *chosen)
    assert done.returncode == 0, done.stdout
    assert {folder.name for folder in tmp_path.iterdir()} == {"upright-zh-S-dark", "lying-zh-S-dark"}


def test_a_layout_problem_is_told_and_ends_with_1(tmp_path: Path) -> None:
    """Ten inches are too few."""
    done = run("--out", str(tmp_path), "--diagonal-mm", "254", "--service", "progress-query")
    assert done.returncode == 1
    screens = json.loads((tmp_path / "geometry.json").read_text("utf-8"))["screens"]
    told = [problem for screen in screens for problem in screen["problems"]]
    assert told
    assert all(problem in done.stdout for problem in told)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--service", "no-such"), "no-such"),
        (("--size", "big"), "big"),
        (("--size", "10x10"), "10x10"),
        (("--diagonal-mm", "5"), "5 mm"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(tmp_path: Path, arguments: tuple[str, ...], word: str) -> None:
    done = run("--out", str(tmp_path / "out"), *arguments)
    assert done.returncode == 2
    sentences = [line for line in done.stderr.splitlines() if not line.startswith("qt.multimedia")]
    assert len(sentences) == 1
    assert word in sentences[0]


def test_a_folder_that_cannot_be_made_is_one_sentence_and_exit_1(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run("--out", str(tmp_path / "file" / "out"), "--service", "progress-query")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
