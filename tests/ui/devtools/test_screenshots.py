"""`kiosk screenshots` as its users run it."""

import json
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.cli import main
from ui.devtools.screenshots import Panel, every_set

Told = tuple[int, str, str]  # exit status, stdout, stderr
SMALL = ("--size", "540x960", "--diagonal-mm", "381")  # 15 inches of few pixels: they are soon painted


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """`kiosk screenshots` in this process."""

    def run(*arguments: str) -> Told:
        return (main(["screenshots", *arguments]), *capsys.readouterr())

    return run


def test_one_service_gives_a_picture_a_screen_and_its_measures(tmp_path: Path) -> None:
    out = tmp_path / "out"
    chosen = ("--service", "progress-query", "--size", "1280x720", "--text", "L", "--lang", "en")
    command = [sys.executable, "-m", "kiosk.cli", "screenshots", "--out", str(out), *chosen]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    screens = json.loads((out / "geometry.json").read_text("utf-8"))["screens"]
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) == len(screens)
    assert all(struct.unpack(">II", one.read_bytes()[16:24]) == (1280, 720) for one in pictures)
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
        assert set(screen) == {"name", "targets", "texts", "focus_order", "spoken", "meaning", "problems"}
        assert screen["focus_order"]
        for target in screen["targets"]:
            assert set(target) == {"name", "x_mm", "y_mm", "w_mm", "h_mm", "enabled", "primary"}
        for text in screen["texts"]:
            assert set(text) == {"string", "lines", "em_mm", "contrast", "ground", "clipped"}
        assert set(screen["meaning"]) == {"string", "em_mm", "next_step_fits", "at_cap"}
        assert screen["meaning"]["at_cap"] or not screen["meaning"]["next_step_fits"]
    assert all(screen["spoken"] for screen in screens)


def test_all_takes_both_ways_up_and_what_is_not_chosen(run: Callable[..., Told], tmp_path: Path) -> None:
    chosen = ("--lang", "zh", "--text", "S", "--service", "progress-query", *SMALL)
    status, out, _ = run("--all", "--out", str(tmp_path), "--contrast", "dark", *chosen)
    assert status == 0, out
    assert {folder.name for folder in tmp_path.iterdir()} == {"upright-zh-S-dark", "lying-zh-S-dark"}


def test_a_layout_problem_is_told_and_ends_with_1(run: Callable[..., Told], tmp_path: Path) -> None:
    """Ten inches are too few."""
    chosen = ("--size", "540x960", "--diagonal-mm", "254", "--service", "progress-query")
    status, out, _ = run("--out", str(tmp_path), *chosen)
    assert status == 1
    screens = json.loads((tmp_path / "geometry.json").read_text("utf-8"))["screens"]
    told = [problem for screen in screens for problem in screen["problems"]]
    assert told
    assert all(problem in out for problem in told)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--service", "no-such"), "no-such"),
        (("--size", "big"), "big"),
        (("--size", "10x10"), "10x10"),
        (("--diagonal-mm", "5"), "5 mm"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(
    run: Callable[..., Told], tmp_path: Path, arguments: tuple[str, ...], word: str
) -> None:
    status, _, err = run("--out", str(tmp_path / "out"), *arguments)
    assert status == 2
    assert len(err.splitlines()) == 1
    assert word in err


def test_a_folder_that_cannot_be_made_is_one_sentence_and_exit_1(run: Callable[..., Told], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    status, _, err = run("--out", str(tmp_path / "file" / "out"), "--service", "progress-query")
    assert status == 1
    assert len(err.splitlines()) == 1


def test_for_who_sits_every_look_of_a_tall_panel_is_taken() -> None:
    tall = [*every_set(Panel((1080, 1920), 686), reach="lower", contrast="dark")]
    assert len(tall) == 6
    assert {(look.reach, panel.size_px) for _, look, panel in tall} == {("lower", (1080, 1920))}
    assert not [*every_set(Panel((1080, 1920), 381), reach="lower")]
