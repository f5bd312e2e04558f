"""Mistakes that people make in a county's folder are all named in one run, each with its file and the right line."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from mistakes import GOOD, Mistake, mistakes, named, write
from project import ASSETS

from kiosk.checks.county import county_mistakes

DRAWN = ("too-long",)  # what only drawing shows: tests/ui/devtools/test_too_long.py


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> Sequence[dict[str, Any]]:
    county = tmp_path_factory.mktemp("mistakes") / "county"
    write(mistakes(), county)
    return [asdict(one) for one in county_mistakes(ASSETS, county)]


@pytest.mark.parametrize("mistake", [one for one in mistakes() if one.name not in DRAWN], ids=lambda one: one.name)
def test_a_mistake_is_named(problems: Sequence[dict[str, Any]], mistake: Mistake) -> None:
    of_its_file = [one for one in problems if one["file"] == mistake.file]
    assert named(mistake, of_its_file), of_its_file


def test_nothing_is_said_of_what_is_right(problems: Sequence[dict[str, Any]]) -> None:
    assert not [one for one in problems if Path(one["file"]).stem in GOOD]


def test_a_mistake_is_not_told_again_and_again(problems: Sequence[dict[str, Any]]) -> None:
    files = [one["file"] for one in problems]
    assert not [file for file in set(files) if file.startswith("services/") and files.count(file) > 2]
