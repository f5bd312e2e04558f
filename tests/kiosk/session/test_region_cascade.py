"""Province, county, town, village: a county adds a level as data, and each answer narrows the next question."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from forms import Catalogue, load_catalogue
from kiosk.state.visit import Visit

Change = Callable[[dict[str, Any]], None]
PROVINCES = list("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新")


def change(file: Path, by: Change) -> None:
    content = yaml.safe_load(file.read_text("utf-8"))
    by(content)
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def choice(name: str, label: str, within: str | None = None) -> dict[str, Any]:
    made = {"id": name, "label": {"zh": label, "en": name}, "phrases": {"zh": [label]}}
    return made | ({"within": within} if within else {})


@pytest.fixture
def four_levels(assets: Path) -> Catalogue:
    def lists(file: dict[str, Any]) -> None:
        known = file["lists"]
        known["provinces"] = [choice(f"p{at}", label) for at, label in enumerate(PROVINCES)]
        known["counties"] = [choice(f"c{at}", f"{label}县", f"p{at}") for at, label in enumerate(PROVINCES)]
        known["towns"] = [{**town, "within": "c0"} for town in known["towns"]]
        known["towns"] += [choice(f"t{at}", f"{label}镇", f"c{at}") for at, label in enumerate(PROVINCES) if at]
        known["villages"] += [choice(f"v{at}", f"{label}村", f"t{at}") for at, label in enumerate(PROVINCES) if at]

    def fields(file: dict[str, Any]) -> None:
        file["province"] = {**file["town"], "choices_from": "provinces", "example": "p0"}
        file["county"] = {**file["town"], "choices_from": "counties", "choice_filter": "province", "example": "c0"}
        file["town"]["choice_filter"] = "county"

    def service(file: dict[str, Any]) -> None:
        for town in [step for step in file["steps"] if step.get("use") == "town"]:
            at = file["steps"].index(town)
            file["steps"][at:at] = [{**town, "use": "province"}, {**town, "use": "county"}]

    change(assets / "regions.yaml", lists)
    change(assets / "fields.yaml", fields)
    for path in (assets / "services").glob("*.yaml"):
        change(path, service)
    return load_catalogue(assets)


def test_each_level_offers_only_what_lies_within_the_one_before(four_levels: Catalogue) -> None:
    visit = Visit(four_levels, four_levels.service("old-age-allowance"), lambda: date(2026, 11, 23))
    visit.begin()
    while visit.field.id != "province":
        visit.type(visit.field.example)
        assert visit.answer()
    assert [one.label.zh for one in visit.choices()] == PROVINCES
    for answer, offered in (("p3", ["晋县"]), ("c3", ["晋镇"]), ("t3", ["晋村"]), ("v3", None)):
        visit.type(answer)
        assert visit.answer()
        if offered:
            assert [one.label.zh for one in visit.choices()] == offered


def test_another_province_drops_everything_beneath_it(four_levels: Catalogue) -> None:
    visit = Visit(four_levels, four_levels.service("old-age-allowance"), lambda: date(2026, 11, 23))
    visit.begin()
    examples = {"village": "chengguan_dongjie", "town": "chengguan"}
    while visit.stage == "question":
        visit.type(examples.get(visit.field.id, visit.field.example))
        assert visit.answer()
    visit.change("province")
    visit.type("p5")
    assert visit.answer()
    assert visit.field.id == "county"
    assert not {"county", "town", "village"} & set(visit.answers)
