"""A county's settings: what is unknown or wrong is one clear sentence, never a silent default."""

from pathlib import Path

import pytest

from kiosk.operations.settings import SettingsError, load_settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "kiosk.toml"
    monkeypatch.setenv("YINLING_CONFIG", str(path))
    return path


def refused(*hints: str) -> None:
    with pytest.raises(SettingsError) as told:
        load_settings()
    for hint in hints:
        assert hint in str(told.value)
    assert "\n" not in str(told.value)


def test_a_file_and_the_environment_over_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('kiosk = "村委会-1"\nhall = "https://hall.example"\ntext = "L"\n', "utf-8")
    monkeypatch.setenv("YINLING_TEXT", "S")
    chosen = load_settings()
    assert (chosen.kiosk, chosen.hall, chosen.text) == ("村委会-1", "https://hall.example", "S")


def test_unknown_settings(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('hal = "https://hall.example"\n')
    refused("kiosk.toml", "'hal'", "hall")
    file.write_text("")
    monkeypatch.setenv("YINLING_PROVIDER_URL", "http://127.0.0.1:8400")
    assert load_settings(), "which offices a terminal's own hall asks is the hall's setting"
    monkeypatch.setenv("YINLING_HAL", "x")
    refused("YINLING_HAL", "hall")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('dead_time_ms = "soon"', "dead_time_ms"),
        ("dead_time_ms = 50", "dead_time_ms"),
        ("idle_warning_s = 0", "idle_warning_s"),
        ("idle_countdown_s = nan", "idle_countdown_s"),
        ('lang = "fr"', "lang"),
        ('text = "XL"', "text"),
        ("diagonal_mm = 5", "diagonal_mm"),
        ('kiosk = "a/b"', "kiosk"),
        ('kiosk = ""', "kiosk"),
        ("hall = 7", "hall"),
    ],
)
def test_wrong_values_are_named(file: Path, line: str, name: str) -> None:
    file.write_text(line + "\n")
    refused(name)


def test_wrong_values_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINLING_DEAD_TIME_MS", "soon")
    refused("dead_time_ms")


def test_files_that_cannot_be_read(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused("cannot be read")
    file.write_text("hall = https")
    refused("not valid TOML")
    file.write_bytes("kiosk = '村'".encode("gb18030"))
    refused("not valid TOML")
    monkeypatch.setenv("YINLING_CONFIG", str(tmp_path))
    refused("cannot be read")
