"""A text that no 15 inch panel holds is named with its place; those that come with the kiosk fit."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from forms import Catalogue, Service
from kiosk.checks.finding import Finding
from kiosk.cli import main
from kiosk.entry.pinyin import PinyinTable
from kiosk.texts.strings import Texts
from ui.devtools.too_long import too_long

LONG = {"zh": "写得很长很长，连十五寸的屏幕也放不下了，" * 5, "en": "Longer than anybody would ever read, " * 6}


@pytest.fixture
def found(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Callable[..., list[Finding]]:
    def of(**own: object) -> list[Finding]:
        """What is found in the allowance, so changed that it asks one question."""
        service = catalogue.service("old-age-allowance").model_dump(by_alias=True)
        steps = [one for one in service["steps"] if one["id"] == "resident_id"]
        service |= {"steps": steps, "checks": [], "outcomes": []} | own
        one = Service.model_validate(service)
        with_it = replace(catalogue, services={**catalogue.services, one.id: one})
        return [*too_long(with_it, texts, pinyin, [one])]

    return of


def test_what_fits_is_not_named(found: Callable[..., list[Finding]]) -> None:
    assert found() == []


def test_what_is_too_long_is_named_in_each_language(found: Callable[..., list[Finding]], catalogue: Catalogue) -> None:
    question = catalogue.service("old-age-allowance").field("resident_id").model_dump(by_alias=True) | {
        "question": LONG
    }
    assert [one.place for one in found(steps=[question])] == [("steps", 0, "question", lang) for lang in ("zh", "en")]
    receipt = found(next=LONG)
    assert {one.place for one in receipt} == {("next", "zh"), ("next", "en")}
    assert "15 inch" in receipt[0].message


def test_all_that_comes_with_the_kiosk_fits(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    """Home too, whichever errands are used most."""
    assert [*too_long(catalogue, texts, pinyin, [*catalogue.services.values()])] == []


def test_a_form_for_several_people_fits(household: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    assert [*too_long(household, texts, pinyin, [household.service("household")])] == []


def test_the_command_names_it_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a service that is otherwise right, as `kiosk catalogue --new` wrote it."""
    assert main(["catalogue", "--new", "taxi-voucher", "--out", str(tmp_path)]) == 0
    path = tmp_path / "services" / "taxi-voucher.yaml"
    lines = path.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if "您和谁一起住？" in line)
    lines[at] = lines[at].replace("您和谁一起住？", LONG["zh"])
    path.write_text("\n".join(lines), "utf-8")
    capsys.readouterr()
    assert main(["catalogue", "--check", str(tmp_path), "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["file"], problem["line"]) == ("services/taxi-voucher.yaml", at + 1)
    path.write_text("\n".join(lines).replace(LONG["zh"], "您和谁一起住？"), "utf-8")
    assert main(["catalogue", "--check", str(tmp_path)]) == 0
