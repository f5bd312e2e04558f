"""`kiosk catalogue --check`: every mistake of a county's folder at once, each with its file and line."""

import json
from pathlib import Path

import pytest
from project import ASSETS

from forms import load_catalogue
from kiosk.checks.county import county_mistakes
from kiosk.cli import main

SERVICE = """\
id: taxi-voucher
version: 1
icon: bus
title: {zh: 打车券, en: "Taxi voucher"}
summary: {zh: 每月四张, en: "Four a month"}
phrases:
  zh: [打车券, 领打车券]
  en: [taxi voucher]
prerequisites: []
steps:
  - use: name
  - id: trips
    type: choice
    tier: L2
    label: {zh: 去哪儿, en: "where to"}
    question: {zh: 您常去哪儿？, en: "Where do you go?"}
    example: hospital
    choices:
      - {id: hospital, label: {zh: 医院, en: "Hospital"}, phrases: {zh: [医院]}}
      - {id: market, label: {zh: 菜场, en: "Market"}, phrases: {zh: [菜场]}}
  - use: consent
next: {zh: 工作人员给您打电话。, en: "A staff member calls you."}
"""
HOURS = """\
week:
  monday: ["08:30-11:30"]
  tuesday: []
  wednesday: []
  thursday: []
  friday: []
  saturday: []
  sunday: []
"""
CLOSED = "closed: {2026-13-01: {zh: 停电, en: No power}}\n"


def check(county: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, str | int]]:
    status = main(["catalogue", "--check", str(county), "--json", *options])
    problems: list[dict[str, str | int]] = json.loads(capsys.readouterr().out)["problems"]
    assert status == (1 if problems else 0)
    assert all(set(one) == {"file", "line", "where", "message", "hint"} for one in problems)
    return problems


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    (folder / "services").mkdir(parents=True)
    (folder / "services" / "taxi-voucher.yaml").write_text(SERVICE, "utf-8")
    return folder


def test_a_right_folder_has_none(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(county, capsys) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "said"),
    [
        ("icon: bus", "icon: buss", 3, "icon", "Did you mean bus?"),
        ("summary:", "sumary:", 5, "sumary", "Did you mean summary?"),
        ("version: 1", "version: one", 2, "version", "whole number"),
        ("use: name", "use: nam", 11, "field nam > use", "Did you mean name?"),
        ("type: choice", "type: choise", 13, "field trips > type", "Did you mean choice?"),
        ('label: {zh: 去哪儿, en: "where to"}', "label: {zh: 去哪儿}", 15, "field trips > label", "en is missing"),
        ("example: hospital", "example: hospitl", 17, "field trips > example", "Did you mean hospital?"),
        ("id: market", "id: hospital", 20, "field trips > choice hospital > id", "twice"),
        ("菜场, en", "医院, en", 20, "field trips > choice market > label > zh", "said for"),
        ("{zh: [菜场]}", "{zh: []}", 20, "field trips > choice market > phrases", "nothing can be said"),
        ("[打车券, 领打车券]", "[打车券, 返回]", 7, "phrases > zh > 2", "button"),
        ("[打车券, 领打车券]", "[打车券, 高龄津贴]", 7, "phrases > zh > 2", "old-age-allowance"),
        ("  - use: consent\n", "", 11, "field name", "nobody is asked whether they agree"),
        ("[]", "[{zh: 卡, en: A card, picture: idcard}]", 9, "prerequisites > 1 > picture", "Did you mean id-card?"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_where_it_stands(
    county: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, line: int, where: str, said: str
) -> None:
    assert old in SERVICE
    (county / "services" / "taxi-voucher.yaml").write_text(SERVICE.replace(old, new, 1), "utf-8")
    (problem,) = check(county, capsys)
    assert (problem["file"], problem["line"], problem["where"]) == ("services/taxi-voucher.yaml", line, where)
    assert said in f"{problem['message']}. {problem['hint']}"


@pytest.mark.parametrize(
    ("file", "content", "line", "where", "said"),
    [
        ("opening_hours.yaml", HOURS.replace("8:30-11", "8:30-41"), 2, "week > monday > 1", "is not a span of hours"),
        ("opening_hours.yaml", HOURS.replace("  sunday: []\n", ""), 1, "week", "sunday is missing"),
        ("opening_hours.yaml", HOURS + CLOSED, 9, "closed", "'2026-13-01' is a day that does not exist"),
        ("progress.yaml", "donne: {zh: 好了, en: Done}\n", 1, "donne", "Did you mean done?"),
        ("staff_page.yaml", "title: {zh: 服务台}\n", 1, "title", "en is missing"),
        ("opening-hours.yaml", HOURS, 1, "", "Did you mean opening_hours.yaml?"),
        ("work_orders.yaml", "due_days: 0\n", 1, "due_days", "has to be 1 or more"),
    ],
)
def test_the_halls_files_are_checked_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, content: str, line: int, where: str, said: str
) -> None:
    (tmp_path / "hall").mkdir()
    (tmp_path / "hall" / file).write_text(content, "utf-8")
    (problem,) = check(tmp_path, capsys)
    assert (problem["file"], problem["line"]) == (f"hall/{file}", line)
    assert str(problem["where"]).startswith(where)
    assert said in f"{problem['message']}. {problem['hint']}"


def test_the_shipped_files_of_the_hall_are_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hall").symlink_to(ASSETS / "hall")
    assert check(tmp_path, capsys) == []


WRONG_PARAMETER = "parameters:\n  age: {values: []}\n"


@pytest.mark.parametrize(
    ("content", "line"), [(WRONG_PARAMETER, 2), ("parameters:\n  age: [\n", 2), ("parameters: 5\n", 1), ("\xff", 1)]
)
def test_what_follows_from_one_wrong_line_is_not_told(
    county: Path, capsys: pytest.CaptureFixture[str], content: str, line: int
) -> None:
    check_of_age = """\
checks:
  - id: old
    field: name
    expect: {at_least: [{parameter: age}, 60]}
    message: {zh: "您可能还没到{age}岁。", en: "You may be under {age}."}
"""
    (county / "services" / "taxi-voucher.yaml").write_text(SERVICE + check_of_age, "utf-8")
    (county / "parameters.yaml").write_text(content, "latin-1")
    assert [(one["file"], one["line"]) for one in check(county, capsys)] == [("parameters.yaml", line)]
    assert "taxi-voucher" not in load_catalogue(ASSETS, county).services
    (county / "parameters.yaml").write_text("parameters: {age: 70}\n", "utf-8")
    assert check(county, capsys) == []


def test_all_of_them_at_once(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also what can only be seen when the rest is right: a broken label does not hide a dead reference."""
    changed = (
        SERVICE.replace("version: 1", "version: 0").replace("菜场, en", "菜场, eng").replace("icon: bus", "icon: buz")
    )
    relevant = "    relevant: {eq: {field: nam, value: x}}\n    example: hospital"
    changed = changed.replace("    example: hospital", relevant)
    (county / "services" / "taxi-voucher.yaml").write_text(changed, "utf-8")
    (county / "services" / "other.yml").write_text("id: other", "utf-8")
    (county / "field.yaml").write_text("a: 1", "utf-8")
    found = [(one["file"], one["line"]) for one in check(county, capsys)]
    service = "services/taxi-voucher.yaml"
    assert found == [
        *(("field.yaml", 1), ("services/other.yml", 1)),
        *((service, 2), (service, 3), (service, 17), (service, 21)),
    ]


def test_the_shipped_services_as_a_county_would_have_them(tmp_path: Path) -> None:
    """All but the layout, which other tests see to."""
    (tmp_path / "services").symlink_to(ASSETS / "services")
    assert county_mistakes(ASSETS, tmp_path) == []
