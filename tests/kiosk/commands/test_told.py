"""Where mistakes of data files are told: by every command, by doctor, and what is broken of the shipped ones."""

from pathlib import Path

import pytest

from forms import CatalogueError
from kiosk.cli import main
from kiosk.operations.doctor import Sentences, _services
from kiosk.operations.settings import Settings
from kiosk.processes.equipment import Equipment

HALF = "services/half.yaml:2: this is not valid YAML"
TEXTS = "strings.yaml:2: strings > attract.titel: the terminal has no text 'attract.titel'. Did you mean attract.title?"
ASKED = "requests.yaml:1: hlep: there is nothing called 'hlep' here. Did you mean help?"
ONE_SERVICE = ("opening-hours",)


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "county"
    (folder / "services").mkdir(parents=True)
    (folder / "services" / "half.yaml").write_text("id: half\nsteps: [\n", "utf-8")
    (folder / "strings.yaml").write_text("strings:\n  attract.titel: {zh: 您好, en: Hello}\n", "utf-8")
    (folder / "requests.yaml").write_text("hlep: {zh: [喊人]}\n", "utf-8")
    monkeypatch.setenv("YINLING_COUNTY", str(folder))
    monkeypatch.setenv("YINLING_SERVICES", ",".join(ONE_SERVICE))
    return folder


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("catalogue",), [HALF]),
        (("ask", "开门时间"), [HALF, ASKED]),
        (("validate", "opening-hours", "ANSWERS"), [HALF]),
    ],
)
def test_commands_tell_them_on_standard_error_and_do_their_work(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: list[str]
) -> None:
    (tmp_path / "answers.json").write_text("{}", "utf-8")
    assert main([word.replace("ANSWERS", str(tmp_path / "answers.json")) for word in words]) == 0
    said = capsys.readouterr()
    assert said.out
    assert [one for one in told if one not in said.err] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_doctor_names_them_all_and_how_to_look(county: Path, lang: str) -> None:
    settings = Settings(county=county, services=ONE_SERVICE)
    found = _services(settings, Sentences(settings.assets, lang))  # type: ignore[arg-type]
    assert found.status == "degraded"
    assert [one for one in (HALF, TEXTS, ASKED) if one not in found.detail] == []
    assert f"kiosk catalogue --check {county}" in found.mend


def test_broken_shipped_texts_end_the_terminal_in_one_sentence_with_file_and_line(
    assets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    strings = assets / "strings.yaml"
    strings.write_text(strings.read_text("utf-8").replace("  attract.line: {zh:", "  attract.line: {zzh:"), "utf-8")
    line = next(at for at, one in enumerate(strings.read_text("utf-8").splitlines(), 1) if "zzh" in one)
    said = f"assets/strings.yaml:{line}: strings > attract.line > zzh: there is nothing called 'zzh' here."
    settings = Settings(assets=assets, services=ONE_SERVICE)
    with pytest.raises(CatalogueError) as caught:
        Equipment(settings)
    assert str(caught.value).startswith(said)
    assert _services(settings, Sentences(assets, "en")).detail.startswith(said)
    monkeypatch.setenv("YINLING_ASSETS", str(assets))
    assert main(["prompts-list"]) == 1
    (told,) = capsys.readouterr().err.splitlines()
    assert said in told


def test_broken_shipped_requests_leave_names_and_are_told(assets: Path) -> None:
    (assets / "requests.yaml").write_text("help: {zh: [\n", "utf-8")
    settings = Settings(assets=assets, services=ONE_SERVICE)
    found = _services(settings, Sentences(assets, "en"))
    assert found.status == "degraded"
    assert "assets/requests.yaml:1: this is not valid YAML" in found.detail
