"""The `kiosk` command as a county engineer meets it: exit status, one sentence on stderr, only JSON on stdout."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import main

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = {"way": "receipt", "receipt_number": "4000 0000 0002"}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YINLING_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(ANSWERS), "utf-8")
    return path


def failed(capsys: pytest.CaptureFixture[str], status: int, *words: object) -> str:
    """Runs a command that must fail with this status; its one sentence."""
    try:
        got = main([str(word) for word in words])
    except SystemExit as exit_:
        got = int(exit_.code or 0)
    out, err = capsys.readouterr()
    assert got == status, err
    assert "Traceback" not in out + err
    assert err.strip()
    return err


def printed(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> Any:
    assert main([str(word) for word in words]) == status
    return json.loads(capsys.readouterr().out)


def test_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    services = printed(capsys, "catalogue", "--json")
    assert [one["id"] for one in services] == ["old-age-allowance", "pension-certification", "progress-query"]
    allowance = services[0]
    assert allowance["title"] == {"zh": "高龄津贴", "en": "Old-age allowance"}
    fields = {field["id"]: field for field in allowance["fields"]}
    assert {"id", "type", "tier", "required"} <= set(fields["resident_id"])
    assert fields["resident_id"]["type"] == "resident_id"
    assert allowance["phrases"]["zh"]
    assert allowance["prerequisites"]


def test_validate(capsys: pytest.CaptureFixture[str], answers: Path) -> None:
    report = printed(capsys, "validate", "progress-query", answers, "--json")
    assert report == {
        "ok": True, "outcome": "ready", "errors": [], "warnings": [],
        "normalised": {"way": "receipt", "receipt_number": "400000000002"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "content", ['{"way": "receipt"}', '{"way": ["\\ud800"], "\\ud800": "\\ud800"}', '{"way": NaN}']
)
def test_validate_tells_what_is_wrong_in_json(capsys: pytest.CaptureFixture[str], answers: Path, content: str) -> None:
    answers.write_text(content, "utf-8")
    report = printed(capsys, "validate", "progress-query", answers, "--json", status=1)
    assert not report["ok"]
    for error in report["errors"]:
        assert error["message"]["zh"]
        assert error["message"]["en"]
    main(["validate", "progress-query", str(answers)])


def test_a_file_from_notepad(capsys: pytest.CaptureFixture[str], answers: Path) -> None:
    answers.write_text(json.dumps(ANSWERS), "utf-8-sig")
    assert printed(capsys, "validate", "progress-query", answers, "--json")["ok"]


@pytest.mark.parametrize("content", ["", "way: receipt", "[]", '"receipt"', "null", "[" * 100_000, "\ufeff\ufeff{}"])
def test_answers_that_are_no_json_object(capsys: pytest.CaptureFixture[str], answers: Path, content: str) -> None:
    answers.write_text(content, "utf-8")
    assert "answers.json" in failed(capsys, 1, "validate", "progress-query", answers, "--json")


def test_wrong_use(capsys: pytest.CaptureFixture[str], answers: Path, tmp_path: Path) -> None:
    assert "old-age-allowance" in failed(capsys, 2, "validate", "shoes", answers)
    assert "cannot be read" in failed(capsys, 1, "validate", "progress-query", tmp_path / "none.json")
    failed(capsys, 2, "dance")
    failed(capsys, 2)
    failed(capsys, 2, "outbox", "burn")
    failed(capsys, 2, "catalogue", "--colour")


def test_settings_that_are_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINLING_HAL", "x")
    assert "YINLING_HAL" in failed(capsys, 1, "catalogue")
    monkeypatch.delenv("YINLING_HAL")
    monkeypatch.setenv("YINLING_ASSETS", str(tmp_path))
    assert "fields.yaml" in failed(capsys, 1, "catalogue")
    monkeypatch.setenv("LOGLEVEL", "loud")
    assert "LOGLEVEL" in failed(capsys, 2, "catalogue")


def test_the_outbox(capsys: pytest.CaptureFixture[str]) -> None:
    status = printed(capsys, "outbox", "status", "--json")
    assert status["waiting"] == 0
    assert status["entries"] == []


def test_stores_that_are_not_to_be_had(capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path) -> None:
    data.write_text("a file where the folder should be")
    for words in (("outbox", "status"), ("outbox", "sync", "--hall", "http://127.0.0.1:9")):
        assert len(failed(capsys, 1, *words).splitlines()) == 1
    data.unlink()
    data.mkdir()
    (data / "kiosk.db").write_bytes(b"not a database " * 1000)
    assert "kiosk.db" in failed(capsys, 1, "outbox", "status")
    failed(capsys, 1, "call", "--hall", "http://127.0.0.1:9")


@pytest.mark.parametrize("address", ["hall", "ftp://hall.example", "http://", "http://user:word@hall.example"])
def test_wrong_hall_addresses(capsys: pytest.CaptureFixture[str], address: str) -> None:
    assert "address" in failed(capsys, 1, "outbox", "sync", "--hall", address)
    assert "address" in failed(capsys, 1, "call", "--hall", address)


def test_without_a_hall(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--hall" in failed(capsys, 1, "call")
    assert "--hall" in failed(capsys, 1, "outbox", "sync")


def test_a_call_with_nobody_at_the_other_end_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(capsys, "call", "--hall", "http://127.0.0.1:9", "--reason", "门口的按钮", "--json")
    assert (told["state"], told["reached_hall"]) == ("requested", False)
    assert "200" in failed(capsys, 2, "call", "--hall", "http://127.0.0.1:9", "--reason", "x" * 201)


def test_as_a_real_process(answers: Path) -> None:
    def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kiosk.cli", *words]
        variables = {"PATH": "/usr/bin:/bin", "HOME": str(answers.parent), **environment}
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=variables)

    good = run("validate", "progress-query", str(answers), "--json")
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["ok"]
    bad = run("validate", "shoes", str(answers), "--json")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert len(bad.stderr.splitlines()) == 1
    old_terminal = run("catalogue", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert (old_terminal.returncode, old_terminal.stderr) == (0, "")


def test_every_command_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("catalogue", "validate", "listen", "speak", "outbox", "call", "doctor", "prompts-list"):
        with pytest.raises(SystemExit) as told:
            main([command, "--help"])
        assert told.value.code == 0
        assert "example: kiosk" in " ".join(capsys.readouterr().out.split())
