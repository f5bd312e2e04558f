"""A county's rule that no hall has registered is left out, and that is said; who writes rules may try it."""

import json
from pathlib import Path
from typing import Any

import pytest
from project import ASSETS

from forms import load_catalogue
from kiosk.cli import main
from kiosk.operations.registered import keep_registered
from protocol.catalogue import signed_rules
from protocol.sealing import generate_keys

ALLOWANCE = "old-age-allowance"
ANSWERS = {
    "for_whom": "self", "name": "王秀英", "resident_id": "110105193812310028", "hukou_here": "yes",
    "phone": "13800138000", "town": "chengguan", "village": "chengguan_dongjie", "account_holder": "own",
    "bank_card": "6222020200112233446", "consent": "yes",
}  # fmt: skip


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its own rule is that the household is elsewhere."""
    monkeypatch.setenv("YINLING_DATA", str(tmp_path))
    folder = tmp_path / "county"
    (folder / "services").mkdir(parents=True)
    text = (ASSETS / "services" / f"{ALLOWANCE}.yaml").read_text("utf-8")
    own = text.replace('eq: {field: hukou_here, value: "yes"}', "eq: {field: hukou_here, value: elsewhere}", 1)
    (folder / "services" / f"{ALLOWANCE}.yaml").write_text(own, "utf-8")
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS), "utf-8")
    return folder


def prechecked(capsys: pytest.CaptureFixture[str], county: Path, *more: str) -> tuple[dict[str, Any], str]:
    answers = county.parent / "answers.json"
    assert main(["precheck", ALLOWANCE, str(answers), "--county", str(county), "--json", *more]) == 0
    said = capsys.readouterr()
    return json.loads(said.out), said.err


def test_it_is_left_out_and_said_with_file_and_line(capsys: pytest.CaptureFixture[str], county: Path) -> None:
    found, told = prechecked(capsys, county)
    assert found["verdict"] == "can_submit"
    assert [one["rule"] for one in found["because"]] == ["age"]
    assert f"services/{ALLOWANCE}.yaml:" in told
    assert "the check hukou is registered nowhere, and is left out. No hall has told this kiosk yet" in told


def test_who_tries_it_may_count_it(capsys: pytest.CaptureFixture[str], county: Path) -> None:
    found, told = prechecked(capsys, county, "--unregistered")
    assert (found["verdict"], told) == ("ask_a_person", "")
    assert [(one["rule"], one["holds"]) for one in found["because"]] == [("hukou", False), ("age", True)]


def test_once_the_hall_has_registered_it_it_counts(capsys: pytest.CaptureFixture[str], county: Path) -> None:
    checks = load_catalogue(ASSETS, county).service(ALLOWANCE).checks
    keep_registered(county.parent, signed_rules(generate_keys().private, 1, {ALLOWANCE: [checks[1].hash]}))
    found, told = prechecked(capsys, county)
    assert (found["verdict"], told) == ("ask_a_person", "")
    keep_registered(county.parent, signed_rules(generate_keys().private, 2, {"another": [checks[1].hash]}))
    found, told = prechecked(capsys, county)
    assert found["verdict"] == "can_submit", "it is registered for another service"
    assert "hall rules register" in told


def test_for_who_checks_the_folder_it_is_a_note_and_no_mistake(
    capsys: pytest.CaptureFixture[str], county: Path
) -> None:
    main(["catalogue", "--check", str(county), "--json"])
    said = capsys.readouterr()
    assert "registered" not in said.out
    assert "registered nowhere" in said.err
