"""Every check, end and condition of the shipped services, by answers and what follows (`tables/SERVICE.yaml`)."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from forms import Catalogue, Report, Service, relevant_fields, validate
from forms.nested import flat
from forms.shown.filled_texts import Words
from kiosk.cli import main

TODAY = date(2026, 11, 23)
TABLES = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (Path(__file__).parent / "tables").glob("*.yaml")
}
CASES = [(name, case) for name, table in sorted(TABLES.items()) for case in table["cases"]]


class Judged:
    """A case of a table, judged as kiosk and hall judge it."""

    def __init__(self, catalogue: Catalogue, name: str, case: dict[str, Any]) -> None:
        given = TABLES[name]["base"] | case.get("answers", {})
        today = case.get("today", TODAY)
        self.service = catalogue.service(name)
        answers = flat(self.service, {key: value for key, value in given.items() if value is not None})
        self.report: Report = validate(catalogue, self.service, answers, today)
        kept = self.report.normalised
        fields = relevant_fields(catalogue, self.service, kept, today)
        self.asked = [one.id for one in fields]
        facts = self.report.facts
        self.ending = self.service.ending(facts)
        self.handled = self.ending.handled.zh if self.ending.handled else ""
        self.ends = Words(catalogue, self.service, facts).fill(self.ending.next).zh
        chosen = [one for field in fields for one in catalogue.chosen(field, kept.get(field.id, ""), kept)]
        self.calls_staff = any(one.when_sent == "call_staff" for one in chosen)


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case['why']}" for name, case in CASES])
def test_what_follows(catalogue: Catalogue, name: str, case: dict[str, Any]) -> None:
    judged = Judged(catalogue, name, case)
    assert judged.report.errors == ()
    assert {one.code for one in judged.report.warnings} == set(case.get("warns", []))
    if "asked" in case:
        assert judged.asked == case["asked"]
    computes = case.get("computes", {})
    assert {name: judged.report.calculated[name] for name in computes} == computes
    if "ends" in case:
        assert judged.ends.startswith(case["ends"])
    if "handled" in case:
        assert judged.handled == case["handled"]
    if "papers" in case:
        assert [one.zh for one in judged.ending.papers] == case["papers"]
    assert judged.calls_staff == case.get("calls_staff", False)


def test_the_tables_leave_nothing_out(catalogue: Catalogue) -> None:
    """Each check warns once and once not, each end is come to, each conditional question is asked and is not."""
    assert set(TABLES) >= {name for name, service in catalogue.services.items() if service.steps}
    missing = defaultdict(list)
    for name, table in TABLES.items():
        service = catalogue.service(name)
        judged = [Judged(catalogue, name, case) for case in table["cases"]]
        for check in service.checks:
            warned = [check.id in {one.code for one in one.report.warnings} for one in judged]
            if set(warned) != {True, False}:
                missing[name].append(f"check {check.id}")
        ends = {one.ending.next.zh for one in judged}
        missing[name] += [one.next.zh for one in service.outcomes if one.next.zh not in ends]
        for field in service.steps:
            if getattr(field, "relevant", None) and {field.id in one.asked for one in judged} != {True, False}:
                missing[name].append(f"question {field.id}")
    assert {name: what for name, what in missing.items() if what} == {}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_kiosk_validate_takes_the_first_of_each(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "answers.json").write_text(json.dumps(TABLES[name]["base"]), "utf-8")
    assert main(["validate", name, str(tmp_path / "answers.json"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["normalised"].keys() == TABLES[name]["base"].keys()


NO = ("不符合", "不能领", "没资格", "不够格", "不行", "不予", "not eligible", "not entitled", "cannot get", "refused")


def test_nobody_is_told_no(catalogue: Catalogue) -> None:
    for service in catalogue.services.values():
        for text in _ends(service):
            assert not [no for no in NO if no in text], text
        for check in service.checks:
            zh, en = check.message.zh, check.message.en
            assert "照样可以交" in zh or "没关系" in zh, zh
            assert "send it" in en or "fine" in en, en


def _ends(service: Service) -> Iterator[str]:
    for text in (service.next, *(one.next for one in service.outcomes), *(one.message for one in service.checks)):
        yield from (text.zh, text.en)


def test_every_application_ends_with_consent(catalogue: Catalogue) -> None:
    for service in catalogue.services.values():
        if service.kind == "application":
            assert service.steps[-1].id == "consent"
