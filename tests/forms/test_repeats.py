"""Questions that are asked of each member of a household: as many as there are, each judged by its own answers."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from catalogue_support import mistakes_in
from project import HOUSEHOLD
from pydantic import TypeAdapter

from forms import Catalogue, Report, Service, relevant_fields, validate
from forms.expressions.conditions import Condition
from forms.nested import flat, nested
from forms.validate import known_facts

TODAY = date(2026, 11, 23)
MEMBER = {
    "name": "王秀英",
    "resident_id": "11010519491231002X",
    "works": "yes",
    "income": "1500.00",
    "town": "chengguan",
    "village": "chengguan_dongjie",
}
FORM = {"name": "李建国", "phone": "13800138000", "live": "own", "helpers.0.more": "no", "consent": "yes"}


def judged(catalogue: Catalogue, answers: dict[str, Any]) -> Report:
    service = catalogue.service("household")
    return validate(catalogue, service, flat(service, answers), TODAY)


def of_members(*members: dict[str, Any], **form: Any) -> dict[str, Any]:
    return {**FORM, **form, "members": list(members)}


def wrong(catalogue: Catalogue, answers: dict[str, Any]) -> list[tuple[str, str]]:
    return [(error.field, error.code) for error in judged(catalogue, answers).errors]


def asked(catalogue: Catalogue, answers: dict[str, str]) -> list[str]:
    return [one.id for one in relevant_fields(catalogue, catalogue.service("household"), answers, TODAY)]


def test_a_member_opens_the_next(household: Catalogue) -> None:
    first = ["members.1.name", "members.1.resident_id", "members.1.works", "members.1.town", "members.1.village"]
    assert [one for one in asked(household, {}) if one.startswith("members")] == [*first, "members.1.more"]
    assert "members.2.name" in asked(household, {"members.1.more": "yes"})
    all_said = {f"members.{place}.more": "yes" for place in range(1, 9)}
    assert [one for one in asked(household, all_said) if one.endswith("name")][1:] == [
        "members.1.name", "members.2.name", "members.3.name", "members.4.name",
    ]  # fmt: skip
    assert "members.4.more" not in asked(household, all_said), "there are at most four"


def test_nobody_at_all(household: Catalogue) -> None:
    assert [one for one in asked(household, {}) if one.startswith("helpers")] == ["helpers.0.more"]
    opened = [one for one in asked(household, {"helpers.0.more": "yes"}) if one.startswith("helpers")]
    assert opened == ["helpers.0.more", "helpers.1.name", "helpers.1.more"]


def test_a_condition_looks_at_the_same_member_then_at_the_form(household: Catalogue) -> None:
    answers = {"members.1.works": "no", "members.1.more": "yes", "members.2.works": "yes", "live": "rented"}
    income = [one for one in asked(household, answers) if "income" in one or "rent" in one]
    assert income == ["members.1.pays_rent", "members.2.income", "members.2.pays_rent"]


def test_a_right_form_comes_back_in_its_shape(household: Catalogue) -> None:
    answers = of_members(MEMBER, {**MEMBER, "works": "no", "income": "99"}, helpers=[{"name": " 张敏 "}])
    del answers["helpers.0.more"]
    report, service = judged(household, answers), household.service("household")
    assert report.ok, report.errors
    shaped = nested(service, report.normalised, answers)
    jobless = {name: value for name, value in MEMBER.items() if name != "income"} | {"works": "no"}
    assert shaped["members"] == [MEMBER, jobless]
    assert shaped["helpers"] == [{"name": "张敏"}]
    assert nested(service, report.normalised, {}) == report.normalised, "flat keys stay flat"
    assert judged(household, dict(report.normalised)).normalised == report.normalised


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ([], [("members.1.name", "required")]),
        ([MEMBER, {**MEMBER, "income": "much"}], [("members.2.income", "amount_unclear")]),
        ([MEMBER, {**MEMBER, "town": "qinghe"}], [("members.2.village", "not_a_choice")]),
        ([MEMBER, {**MEMBER, "shoe": "43"}], [("members.2.shoe", "unknown_field")]),
        ([MEMBER, "王秀英"], [("members.2", "unknown_field"), ("members.2.name", "required")]),
        ([MEMBER] * 5, [("members.5.name", "unknown_field")]),
    ],
)
def test_what_is_wrong_is_told_of_its_member(
    household: Catalogue, members: list[Any], found: list[tuple[str, str]]
) -> None:
    told = wrong(household, {**FORM, "members": members})
    assert [one for one in found if one not in told] == []
    assert told[0] == found[0]


@pytest.mark.parametrize("members", ["王秀英", {"name": "王秀英"}, None, 7])
def test_what_is_no_list_of_members_is_told(household: Catalogue, members: Any) -> None:
    assert ("members", "unknown_field") in wrong(household, {**FORM, "members": members})


@pytest.mark.parametrize(
    "name",
    [
        "members.0.name",
        "members.01.name",
        "members.5.name",
        "members.x.name",
        "members..name",
        "members.1",
        "members.1.name.1",
        "name.1",
        "members.².name",
        ".",
    ],
)
def test_no_other_name_is_a_question(household: Catalogue, name: str) -> None:
    assert (name, "unknown_field") in wrong(household, {**of_members(MEMBER), name: "1"})


def test_conditions_know_who_there_is_and_whether_more_may_come(household: Catalogue) -> None:
    service = household.service("household")
    said = {"name": "李建国", "members.1.name": "王秀英", "members.1.more": "yes", "members.2.income": "7"}
    members = service.repeats["members"].members(said)
    assert [one.get("name") for one in members.each] == ["王秀英", None], "the form's own name is not a member's"
    assert members.each[1]["income"] == "7"
    assert not members.are_all
    assert service.repeats["members"].members({**said, "members.2.more": "no"}).are_all
    full = {f"members.{place}.more": "yes" for place in range(1, 4)}
    assert service.repeats["members"].members(full).are_all
    nobody = service.repeats["helpers"].members({"helpers.0.more": "no"})
    assert (nobody.each, nobody.are_all) == ((), True)


WORKS = {"eq": {"field": "works", "value": "yes"}}
INCOMES = {"total": {"of": "members", "value": {"field": "income"}}}


@pytest.mark.parametrize(
    ("condition", "first", "second", "open_and_closed"),
    [  # of two members; while another may come, and once it is said that nobody does
        ({"some": {"of": "members", "where": WORKS}}, "no", "no", (None, False)),
        ({"some": {"of": "members", "where": WORKS}}, "no", "yes", (True, True)),
        ({"every": {"of": "members", "where": WORKS}}, "yes", "yes", (None, True)),
        ({"every": {"of": "members", "where": WORKS}}, "yes", "no", (False, False)),
        ({"some": {"of": "members", "where": WORKS}}, "no", "", (None, None)),
        ({"every": {"of": "members", "where": WORKS}}, "yes", "", (None, None)),
        ({"at_least": [{"count": {"of": "members", "where": WORKS}}, 1]}, "yes", "no", (None, True)),
        ({"at_most": [INCOMES, 900]}, "yes", "yes", (None, False)),
        ({"at_most": [INCOMES, 1000]}, "yes", "yes", (None, True)),
        ({"at_most": [INCOMES, 900]}, "yes", "no", (None, True)),
    ],
)
def test_a_rule_about_all_is_known_once_nobody_else_comes(
    household: Catalogue,
    condition: dict[str, Any],
    first: str,
    second: str,
    open_and_closed: tuple[bool | None, bool | None],
) -> None:
    service, rule = household.service("household"), TypeAdapter(Condition).validate_python(condition)
    answers = {"name": "李建国", "phone": "13800138000", "live": "own", "members.1.more": "yes"}
    for place, works in ((1, first), (2, second)):
        answers |= {f"members.{place}.works": works, f"members.{place}.income": "500"} if works else {}
    held = [
        rule.holds(known_facts(household, service, {**answers, **said}, TODAY))
        for said in ({}, {"members.2.more": "no"})
    ]
    assert tuple(held) == open_and_closed


# what a file may say


def broken(tmp_path: Path, assets: Path, change: dict[str, Any]) -> str:
    data = yaml.safe_load(HOUSEHOLD.read_text("utf-8"))
    repeat = next(step for step in data["steps"] if step.get("repeat") == "members")
    repeat |= change
    (assets / "services" / "household.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return " ".join(mistakes_in(assets))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"max": 21}, "20"),
        ({"min": 5}, "min of repeat members is more than its max"),
        ({"min": 0}, "begin"),
        ({"max": 1}, "more"),
        ({"repeat": "phone"}, "phone is there twice"),
        ({"steps": [{"repeat": "pets", "steps": []}]}, "no repeat within a repeat"),
        ({"steps": [{"use": "name"}, {"use": "name"}]}, "name is there twice"),
        ({"steps": [{"use": "name", "id": "more"}]}, "cannot be called more"),
        ({"steps": [{"use": "village"}]}, "names town, which is not asked before it"),
        (
            {"steps": [{"use": "name", "relevant": {"eq": {"field": "live", "value": "tent"}}}]},
            "'tent' is not a choice",
        ),
        ({"steps": [{"use": "nobody"}]}, "'nobody'"),
    ],
)
def test_a_broken_repeat_is_told(tmp_path: Path, assets: Path, change: dict[str, Any], told: str) -> None:
    assert told in broken(tmp_path, assets, change)


def test_a_query_asks_no_repeat(assets: Path) -> None:
    path = assets / "services" / "progress-query.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["steps"].append(yaml.safe_load(HOUSEHOLD.read_text("utf-8"))["steps"][3])
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    assert "a query has no repeat" in " ".join(mistakes_in(assets))


def test_every_question_is_listed_once(household: Catalogue) -> None:
    service: Service = household.service("household")
    ids = [field.id for field in service.fields]
    assert len(ids) == len(set(ids))
    assert {"members.1.name", "members.1.more", "helpers.0.more", "helpers.1.name"} <= set(ids)
    assert all(service.field(one).id == one for one in ids)


def test_one_id_number_for_two_members_is_pointed_out(household: Catalogue) -> None:
    another = {**MEMBER, "name": "李强", "resident_id": "110105197611240025"}
    report = judged(household, of_members(MEMBER, another, MEMBER))
    assert report.ok
    assert [(one.field, one.code) for one in report.warnings] == [("members.3.resident_id", "same_as_another")]
    assert report.warnings[0].message.zh.startswith("身份证号码和前面一位的一样")
    assert judged(household, of_members(MEMBER, another)).outcome == "ready"


def test_a_number_that_is_not_right_is_not_compared(household: Catalogue) -> None:
    twice_wrong = {**MEMBER, "resident_id": "123"}
    assert not judged(household, of_members(twice_wrong, twice_wrong)).warnings
