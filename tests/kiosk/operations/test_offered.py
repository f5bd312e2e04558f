"""A kiosk offers all services, or those that its settings name."""

from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.operations.doctor import Sentences, _services
from kiosk.operations.offered import offered
from kiosk.operations.settings import Settings, load_settings


def test_all_in_their_order(assets: Path) -> None:
    found = offered(Settings(assets=assets))
    assert next(iter(found.catalogue.services)) == "old-age-allowance"
    assert len(found.catalogue.services) == len(list((assets / "services").glob("*.yaml")))
    assert not found.problem


def test_those_that_are_named_in_the_order_they_are_named_in(assets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINLING_SERVICES", "opening-hours, old-age-allowance")
    monkeypatch.setenv("YINLING_ASSETS", str(assets))
    assert [*offered(load_settings()).catalogue.services] == ["opening-hours", "old-age-allowance"]


def test_a_list_in_the_file(assets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(f'assets = "{assets}"\nservices = ["opening-hours"]\n', "utf-8")
    monkeypatch.setenv("YINLING_CONFIG", str(file))
    assert [*offered(load_settings()).catalogue.services] == ["opening-hours"]


def test_what_the_kiosk_does_not_offer_is_done_at_the_counter_again(assets: Path) -> None:
    counters = assets / "counters.yaml"
    counters.write_text(counters.read_text("utf-8").replace("id: proof", "id: opening-hours"), "utf-8")
    here = offered(Settings(assets=assets)).catalogue.counters_here.errands
    elsewhere = offered(Settings(assets=assets, services=("old-age-allowance",))).catalogue.counters_here.errands
    assert "opening-hours" not in [one.id for one in here]
    assert "opening-hours" in [one.id for one in elsewhere]


@pytest.mark.parametrize("only", ["old-age-allowance", "progress-query", "opening-hours"])
def test_one_service_alone_is_a_whole_kiosk(assets: Path, only: str) -> None:
    settings = Settings(assets=assets, services=(only,))
    assert _services(settings, Sentences(assets, "en")).status == "ok"


@pytest.mark.parametrize(("named", "left"), [("shoes, opening-hours", 1), ("shoes", None)])
def test_a_name_of_no_service_is_said_and_stops_nothing(
    assets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], named: str, left: int | None
) -> None:
    monkeypatch.setenv("YINLING_SERVICES", named)
    monkeypatch.setenv("YINLING_ASSETS", str(assets))
    assert main(["ask", "开门时间"]) == 0
    said = capsys.readouterr()
    assert "shoes" in said.err
    assert "opening-hours" in said.out
    settings = load_settings()
    assert len(offered(settings).catalogue.services) == left or len(list((assets / "services").glob("*.yaml")))
    finding = _services(settings, Sentences(assets, "en"))
    assert finding.status == "degraded"
    assert "shoes" in finding.detail


AGED = """
parameters:
  rent_limit:
    values: [{from: 2020-01-01, value: 1500, source: 县政办〔2020〕1号}]
    review_by: 2021-12-31
  to_come:
    values: [{from: 2999-01-01, value: 1500, source: 县政办〔2999〕1号}]
"""


def test_a_parameter_past_its_review_is_used_and_staff_are_told(assets: Path, tmp_path: Path) -> None:
    county = tmp_path / "county"
    county.mkdir()
    (county / "parameters.yaml").write_text(AGED, "utf-8")
    settings = Settings(assets=assets, county=county)
    found = offered(settings)
    assert "rent_limit" in found.catalogue.parameters
    assert [problem.partition(" ")[2].split()[0] for problem in found.problems] == ["rent_limit", "to_come"]
    assert "2021-12-31" in found.problems[0]
    told = _services(settings, Sentences(assets, "en"))
    assert told.status == "degraded"
    assert "rent_limit" in told.detail


def test_the_check_of_a_folder_names_it_with_its_line(
    assets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "parameters.yaml").write_text(AGED, "utf-8")
    assert main(["catalogue", "--check", str(tmp_path)]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("parameters.yaml")]
    assert [line.split(":")[1] for line in lines] == ["5", "7"]
