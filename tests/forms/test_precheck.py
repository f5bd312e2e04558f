"""What is said of a form before it is sent: by the rules that judge it afterwards, and never no."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from every_kind import ID
from hypothesis import given, settings
from hypothesis import strategies as st
from project import ASSETS, ROOT
from rent_subsidy import ANSWERS, rent_subsidy

from forms import Catalogue, load_catalogue, validate
from forms.fields.material import to_bring
from forms.nested import flat
from forms.precheck import Precheck, PrecheckVerdict, precheck
from forms.reference.manifest import manifest
from forms.validate import relevant_fields

TODAY = date(2026, 11, 23)
ALLOWANCE, SUBSIDY, LIVING = "old-age-allowance", "disability-subsidy", "minimum-living-allowance"
# Of each service a form that is right.
RIGHT = {path.stem: yaml.safe_load(path.read_text("utf-8"))["base"]
         for path in (ROOT / "tests" / "services" / "tables").glob("*.yaml")}  # fmt: skip


def found(catalogue: Catalogue, service_id: str, **changed: Any) -> Precheck:
    service = catalogue.service(service_id)
    given = {name: value for name, value in {**RIGHT[service_id], **changed}.items() if value is not None}
    return precheck(catalogue, service, flat(service, given), TODAY)


def told(result: Precheck) -> list[tuple[str, str, bool | None]]:
    """What decides: the reasons, without the rules that hold."""
    return [(one.rule, one.field, one.holds) for one in result.because if not one.holds]


@pytest.mark.parametrize("service_id", [ALLOWANCE, SUBSIDY])
def test_a_right_form_can_be_sent(catalogue: Catalogue, service_id: str) -> None:
    result = found(catalogue, service_id)
    assert result.verdict == "can_submit"
    assert [one.rule for one in result.because] == [one.id for one in catalogue.service(service_id).checks]
    assert {one.holds for one in result.because} == {True}


def test_what_is_missing_is_named(catalogue: Catalogue) -> None:
    result = found(catalogue, ALLOWANCE, phone=None, resident_id="110105194912310020")
    assert result.verdict == "missing_material"
    assert told(result) == [
        ("resident_id_check_digit", "resident_id", False),
        ("required", "phone", False),
        ("age", "resident_id", None),
    ]
    assert result.because[1].version == catalogue.service(ALLOWANCE).version
    assert "电话" in result.because[1].message.zh


@pytest.mark.parametrize("where", ["at_counter", "family"])
def test_a_paper_that_is_still_to_be_brought_is_named(catalogue: Catalogue, where: str) -> None:
    result = found(catalogue, SUBSIDY, certificate_paper=where)
    assert (result.verdict, told(result)) == ("missing_material", [("to_bring", "certificate_paper", False)])
    assert "残疾人证" in result.because[0].message.zh
    assert "still send" in result.because[0].message.en


def test_a_check_that_does_not_hold_is_for_a_person(catalogue: Catalogue) -> None:
    result = found(catalogue, ALLOWANCE, hukou_here="elsewhere")
    assert (result.verdict, told(result)) == ("ask_a_person", [("hukou", "hukou_here", False)])
    assert "照样可以交" in result.because[0].message.zh


def test_what_cannot_be_known_is_for_a_person(catalogue: Catalogue) -> None:
    result = found(catalogue, LIVING, savings="")
    assert result.verdict == "ask_a_person"
    assert ("savings", "savings", None) in told(result)


def test_of_an_answer_that_is_wrong_no_rule_is_said_to_hold(catalogue: Catalogue) -> None:
    result = found(catalogue, LIVING, name="123")
    assert result.verdict == "missing_material"
    assert ("incomes_known", "name", None) in told(result)


def test_a_doubtful_answer_is_for_a_person(catalogue: Catalogue) -> None:
    result = found(catalogue, ALLOWANCE, bank_card="6222020200112233447")
    assert (result.verdict, told(result)) == ("ask_a_person", [("bank_card_check", "bank_card", False)])


def test_a_reason_says_what_its_rule_rests_on(catalogue: Catalogue) -> None:
    sources = {one.rule: one.source for one in found(catalogue, ALLOWANCE).because}
    assert "老年人权益保障法（2018年修正）第三十三条" in sources["age"]


def test_each_shipped_check_says_what_for_by_what_law_and_who_looks_after_it(catalogue: Catalogue) -> None:
    checks = [(service.id, check) for service in catalogue.services.values() for check in service.checks]
    silent = [(name, one.id) for name, one in checks if not (one.purpose and one.source and one.owner and one.risk)]
    assert silent == []


def test_a_question_of_which_nobody_knows_whether_it_is_asked_is_for_a_person(catalogue: Catalogue) -> None:
    subsidy = rent_subsidy(catalogue)
    service = subsidy.service(ID)
    *steps, landlord = service.steps
    asks = service.model_copy(update={"steps": [*steps, landlord.model_copy(update={"required": True})]})
    long_ago = date(2023, 6, 1)  # of which no parameter knows
    result = precheck(subsidy, asks, {**ANSWERS, "landlord": "李建国"}, long_ago)
    assert result.verdict == "ask_a_person"
    assert ("cannot_know", "moved_in", None) in told(result), "a touch away from the question before it"
    assert "房东" in next(one for one in result.because if one.rule == "cannot_know").message.zh
    missing = precheck(subsidy, asks, {**ANSWERS, "income": ""}, TODAY)
    assert "cannot_know" not in {one.rule for one in missing.because}, "what it needs is only not there yet"


def test_there_is_no_verdict_that_refuses() -> None:
    assert [str(one) for one in PrecheckVerdict] == ["can_submit", "missing_material", "ask_a_person"]


SERVICES = sorted(load_catalogue(ASSETS).services)
ANYTHING = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=3), max_size=2)


@given(data=st.data(), service_id=st.sampled_from(SERVICES), today=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
@settings(max_examples=150)
def test_whatever_is_answered_there_are_three_verdicts_and_each_reason_names_its_answer(
    catalogue: Catalogue, data: st.DataObject, service_id: str, today: date
) -> None:
    service = catalogue.service(service_id)
    right = flat(service, RIGHT.get(service_id, {}))
    changes: dict[str, object] = {}
    offered = {name: [one.id for one in catalogue.all_choices(service.field(name))] for name in right}
    for name in data.draw(st.lists(st.sampled_from([name for name in right if offered[name]] or ["way"]), max_size=3)):
        changes[name] = data.draw(st.sampled_from(offered.get(name) or ["card"]))
    for name in data.draw(st.lists(st.sampled_from([*right, "shoe_size"]), max_size=1)):
        changes[name] = data.draw(ANYTHING)
    answers = {**right, **changes}
    result = precheck(catalogue, service, answers, today)
    assert result.verdict in ("can_submit", "missing_material", "ask_a_person")
    for reason in result.because:
        assert service.asks(reason.field) or reason.field in service.repeats or reason.field in answers
        assert reason.message.zh
        assert reason.message.en
        assert reason.version >= 1
    report = validate(catalogue, service, answers, today)
    papers = to_bring(relevant_fields(catalogue, service, report.normalised, today), report.normalised)
    assert (result.verdict == "missing_material") == bool(report.errors or papers)
    assert (result.verdict == "can_submit") == (not told(result))
    if report.ok and not papers:
        assert (result.verdict == "ask_a_person") == bool(report.warnings)


def test_the_manifest_is_that_of_the_shipped_checks() -> None:
    assert manifest(ASSETS) == (ASSETS / "rules.json").read_text("utf-8"), "run `make docs`, if the change is meant"
    assert load_catalogue(ASSETS).mistakes == ()


def test_all_that_a_rule_says_is_in_its_hash(catalogue: Catalogue) -> None:
    rule = catalogue.service(ALLOWANCE).checks[0]
    other = [{"version": 2}, {"source": "x"}, {"until": TODAY}, {"field": "phone"}, {"risk": "high"}]
    assert len({rule.hash, *(rule.model_copy(update=change).hash for change in other)}) == 1 + len(other)
    assert rule.model_copy(update={"version": 1}).hash == rule.hash, "what has its default is not written"


def changed(assets: Path) -> str:
    """The allowance, with another check than the released one."""
    path = assets / "services" / f"{ALLOWANCE}.yaml"
    path.write_text(path.read_text("utf-8").replace('value: "yes"}}', "value: elsewhere}}", 1), "utf-8")
    return path.read_text("utf-8")


def test_a_shipped_rule_that_is_not_the_released_one_is_left_out_and_told(assets: Path, tmp_path: Path) -> None:
    text = changed(assets)
    here = load_catalogue(assets)
    assert [one.id for one in here.service(ALLOWANCE).checks] == ["age"]
    (mistake,) = here.mistakes
    assert mistake.is_shipped
    assert (mistake.where, mistake.file) == ("check hukou", f"assets/services/{ALLOWANCE}.yaml")
    assert text.splitlines()[mistake.line - 1].strip() == "- id: hukou"
    assert "left out" in mistake.message

    county = tmp_path / "county"
    (county / "services").mkdir(parents=True)
    (county / "services" / f"{ALLOWANCE}.yaml").write_text(text, "utf-8")
    checks = load_catalogue(ASSETS, county).service(ALLOWANCE).checks
    assert [one.id for one in checks] == ["age", "hukou"], "for who writes it, what a county writes counts as it stands"


@pytest.mark.parametrize("content", [None, "{", '{"rules": {"old-age-allowance": 1}}', '{"rules": {}}'])
def test_without_the_manifest_no_shipped_rule_counts_and_it_is_told(assets: Path, content: str | None) -> None:
    path = assets / "rules.json"
    path.unlink() if content is None else path.write_text(content, "utf-8")
    here = load_catalogue(assets)
    assert [len(one.checks) for one in here.services.values()] == [0] * len(here.services)
    assert any("rules.json" in str(one) for one in here.mistakes)
    assert json.loads(manifest(assets)) == json.loads((ASSETS / "rules.json").read_text("utf-8"))
