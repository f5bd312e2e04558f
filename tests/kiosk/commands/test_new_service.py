"""`kiosk catalogue --new` and `--schema`: beginning a service of one's own."""

import json
from pathlib import Path

import pytest

from kiosk.cli import main


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """The exit status, and what was said on stderr."""
    try:
        status = main(["catalogue", *(str(word) for word in words)])
    except SystemExit as end:
        status = int(end.code or 0)
    return status, capsys.readouterr().err


def test_a_new_service_is_written_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert told(capsys, "--new", "taxi-voucher", "--out", tmp_path / "county") == (0, "")
    path = tmp_path / "county" / "services" / "taxi-voucher.yaml"
    assert "id: taxi-voucher" in path.read_text("utf-8")
    path.write_text("mine", "utf-8")
    status, error = told(capsys, "--new", "taxi-voucher", "--out", tmp_path / "county")
    assert (status, path.read_text("utf-8")) == (1, "mine")
    assert "taxi-voucher.yaml is there already" in error


@pytest.mark.parametrize("name", ["Taxi", "taxi voucher", "../taxi", "的士", "t" * 41, ""])
def test_a_name_that_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    status, error = told(capsys, "--new", name, "--out", tmp_path)
    assert (status, list(tmp_path.iterdir())) == (2, [])
    assert "small letters" in error


def test_what_else_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert told(capsys, "--new", "progress-query", "--out", tmp_path)[0] == 1
    status, error = told(capsys, "--new", "taxi-voucher")
    assert status == 2
    assert "--out" in error
    (tmp_path / "file").touch()
    status, error = told(capsys, "--new", "taxi-voucher", "--out", tmp_path / "file")
    assert status == 1
    assert "cannot be written" in error


def test_the_schema_is_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "--schema"]) == 0
    assert "steps" in json.loads(capsys.readouterr().out)["properties"]
    assert main(["catalogue", "--schema", "counters"]) == 0
    assert "errands" in json.loads(capsys.readouterr().out)["properties"]
