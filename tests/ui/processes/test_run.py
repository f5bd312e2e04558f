"""What `kiosk run` says before anybody comes."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.operations.settings import Settings
from ui.processes import run


class PlayedEquipment:
    """Was read with two files left out."""

    problems = ("services/half.yaml:2: not valid YAML.", "icons/half.svg:1: it cannot be drawn.")
    texts = None

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def recogniser(self, phrases: object) -> None: ...


def test_what_is_left_out_is_told_on_standard_error_and_the_terminal_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[Any] = []
    nothing = SimpleNamespace(**dict.fromkeys(
        ("load_what_needs_no_qt", "warm_store", "without_media_backend", "let_go_of_code"), lambda *_: None
    ))  # fmt: skip
    monkeypatch.setattr(run, "memory", nothing)
    monkeypatch.setattr(run, "Equipment", PlayedEquipment)
    monkeypatch.setattr(run, "Supervisor", lambda *given: SimpleNamespace(run=lambda: ran.append(given) or "quit"))
    assert run.run_terminal(Settings(data=tmp_path), None, windowed=True) == 0
    assert len(ran) == 1
    assert capsys.readouterr().err.splitlines() == [*PlayedEquipment.problems]
