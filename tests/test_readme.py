"""The README cannot drift from the program: its commands exist, and its service works as it stands."""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from project import ROOT

from forms import load_catalogue, validate

README = (ROOT / "README.md").read_text("utf-8")


def commands_of(module: str) -> set[str]:
    shown = subprocess.run([sys.executable, "-m", module, "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^    ([a-z-]+)", shown, re.MULTILINE))


@pytest.mark.parametrize(("program", "module"), [("kiosk", "kiosk.cli"), ("hall", "backend.cli")])
def test_every_command_is_in_both_languages_and_none_is_made_up(program: str, module: str) -> None:
    english, chinese = README.split("## 中文")
    offered = commands_of(module) - {"prompts-list"}  # make prompts calls it, nobody else does
    for part in (english, chinese):
        assert set(re.findall(rf"`{program} ([a-z-]+)", part)) == offered


def test_the_service_in_the_readme_works_as_it_stands(tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    shutil.copytree(ROOT / "assets", assets, ignore=shutil.ignore_patterns("prompts", "voice_model", "demo"))
    example = re.search(r"```yaml\n(id: taxi-voucher.*?)```", README, re.DOTALL)
    assert example is not None
    (assets / "services" / "taxi-voucher.yaml").write_text(example[1], "utf-8")
    catalogue = load_catalogue(assets)
    service = catalogue.service("taxi-voucher")
    answers = {field.id: field.example for field in service.steps}
    assert validate(catalogue, service, answers, date(2026, 11, 23)).ok


def test_every_picture_of_the_readme_is_there() -> None:
    for picture in re.findall(r"\]\((docs/[^)]+\.png)\)", README):
        assert (ROOT / picture).is_file(), picture
