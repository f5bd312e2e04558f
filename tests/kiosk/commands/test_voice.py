"""`kiosk voice`, and the voice model in `kiosk doctor`, as a county engineer meets them."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import ROOT

from kiosk.cli import main
from kiosk.operations import doctor
from kiosk.operations.settings import load_settings
from voice.recognition.model import LOOKAHEAD


@pytest.fixture(autouse=True)
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Assets that allow a model of our own, which is in x.zip."""
    archive = tmp_path / "x.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for part in (*LOOKAHEAD, "conf/model.conf"):
            zipped.writestr(f"x/{part}", part)
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "voice_model").symlink_to(ROOT / "assets" / "voice_model")
    allowed = {
        "name": "x",
        "url": "http://127.0.0.1:9/x.zip",
        "bytes": archive.stat().st_size,
        "sha256": hashlib.sha256(archive.read_bytes()).hexdigest(),
        "unpacked_bytes": 1000,
        "licence": "Apache-2.0",
    }
    (assets / "official_model.yaml").write_text(yaml.safe_dump(allowed), encoding="utf-8")
    monkeypatch.setenv("YINLING_ASSETS", str(assets))
    monkeypatch.setenv("YINLING_DATA", str(tmp_path / "data"))
    return tmp_path


def ran(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> tuple[str, str]:
    """What a command that ends with `status` says: stdout and stderr."""
    assert main(["voice", *map(str, words)]) == status
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return out, err


def status(capsys: pytest.CaptureFixture[str], exit_status: int = 0) -> Any:
    return json.loads(ran(capsys, "status", "--json", status=exit_status)[0])


def test_at_first_the_bundled_model_is_in_use_and_the_official_one_is_not_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = status(capsys)
    bundled, official = told["models"]["bundled"], told["models"]["official"]
    assert told["in_use"] == "bundled"
    assert (bundled["installed"], bundled["hash_ok"], bundled["problem"]) == (True, True, "")
    assert bundled["bytes"] > 1_000_000
    assert (official["name"], official["installed"], official["hash_ok"]) == ("x", False, False)
    assert "There is no voice model" in official["problem"]


def test_installed_model_is_told_with_how_to_use_it(
    capsys: pytest.CaptureFixture[str], county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, err = ran(capsys, "install-model", "--from", county / "x.zip", "--json")
    told = json.loads(out)
    assert (told["name"], told["path"], told["hash_ok"]) == ("x", str(county / "data" / "voice_model"), True)
    assert 'voice_model = "official"' in err
    assert status(capsys)["in_use"] == "bundled"
    monkeypatch.setenv("YINLING_VOICE_MODEL", "official")
    assert load_settings().model_folder == county / "data" / "voice_model"
    assert status(capsys)["in_use"] == "official"
    assert "official  in use" in ran(capsys, "status")[0]


@pytest.mark.parametrize("harm", ["never installed", "damaged"])
def test_model_in_use_that_is_not_whole_makes_the_status_1(
    capsys: pytest.CaptureFixture[str], county: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    monkeypatch.setenv("YINLING_VOICE_MODEL", "official")
    if harm == "damaged":
        ran(capsys, "install-model", "--from", county / "x.zip")
        (county / "data" / "voice_model" / "graph" / "Gr.fst").write_bytes(b"other")
    told = status(capsys, 1)["models"]["official"]
    assert told["hash_ok"] is False
    assert "kiosk voice install-model" in told["problem"]


def test_model_of_a_folder_is_told_as_another(
    capsys: pytest.CaptureFixture[str], county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "assets" / "voice_model", county / "other")
    monkeypatch.setenv("YINLING_VOICE_MODEL", str(county / "other"))
    told = status(capsys)
    assert told["in_use"] == "other"
    assert told["models"]["other"]["path"] == str(county / "other")


@pytest.mark.parametrize(
    ("words", "exit_status", "sentence"),
    [
        (("install-model", "--from", "none.zip"), 1, "There is no file none.zip: check the name."),
        (("install-model", "--from", __file__), 1, "Get x.zip again from"),
        (("install-model",), 1, "on another computer, bring it on a USB stick and run"),
        (("status", "--from", "x.zip"), 2, "--from goes with kiosk voice install-model."),
    ],
)
def test_what_cannot_be_done_is_one_plain_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], exit_status: int, sentence: str
) -> None:
    out, err = ran(capsys, *words, status=exit_status)
    assert out == ""
    assert sentence in err.splitlines()[-1]


@pytest.mark.parametrize("words", [(), ("dance",)])
def test_wrong_use_is_status_2(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["voice", *words])
    assert "kiosk voice --help" in capsys.readouterr().err


def test_damaged_description_is_one_plain_sentence(capsys: pytest.CaptureFixture[str], county: Path) -> None:
    (county / "assets" / "official_model.yaml").write_text("[", encoding="utf-8")
    for action in ("status", "install-model"):
        assert "put it back." in ran(capsys, action, status=1)[1]


def test_doctor_tells_which_model_is_in_use_and_whether_it_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = doctor._voice_model(load_settings(), doctor.Sentences(ROOT / "assets", "en"))
    assert (finding.status, finding.detail.split(",")[0]) == ("ok", "bundled")
    monkeypatch.setenv("YINLING_VOICE_MODEL", "official")
    finding = doctor._voice_model(load_settings(), doctor.Sentences(ROOT / "assets", "en"))
    assert finding.status == "degraded"
    assert finding.detail.startswith("There is no voice model in ")
