"""A county changes these files: whatever is broken is one clear sentence that names the file and the place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from forms import Catalogue, CatalogueError, load_catalogue
from forms.load import something_of

ALLOWANCE = "services/old-age-allowance.yaml"
Change = Callable[[Any], None]


def said(assets: Path) -> str:
    sentences = [str(mistake) for mistake in load_catalogue(assets).mistakes]
    assert not any("\n" in one for one in sentences)
    sentence = "; ".join(sentences)
    assert sentence
    assert "Traceback" not in sentence
    return sentence


def change(assets: Path, name: str, how: Change) -> None:
    path = assets / name
    data = yaml.safe_load(path.read_text("utf-8"))
    how(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


def step(service: Any, name: str) -> Any:
    return next(one for one in service["steps"] if name in (one.get("id"), one.get("use")))


def test_the_shipped_services(catalogue: Catalogue) -> None:
    assert [(one.id, one.order) for one in catalogue.services.values()] == [
        ("old-age-allowance", 10),
        ("pension-certification", 20),
        ("disability-subsidy", 25),
        ("minimum-living-allowance", 30),
        ("social-security-card", 35),
        ("medical-insurance-payment", 40),
        ("senior-card", 40),
        ("utility-payment", 40),
        ("medical-insurance-balance", 40),
        ("senior-bus-card", 45),
        ("out-of-area-medical", 50),
        ("residence-permit", 50),
        ("hospital-appointment", 55),
        ("farm-subsidy-query", 60),
        ("queue-ticket", 190),
        ("opening-hours", 200),
        ("progress-query", 210),
    ]
    for service in catalogue.services.values():
        assert service.prerequisites or not service.steps, "told what to bring before the first question"
        assert service.phrases.zh


def test_every_field_has_a_tier_and_numbers_of_people_the_highest(catalogue: Catalogue) -> None:
    for service in catalogue.services.values():
        for field in service.fields:
            if field.type in ("resident_id", "bank_card", "disability_certificate"):
                assert field.tier == "L4"
            if field.type in ("person_name", "phone"):
                assert field.tier == "L3"


def test_a_copy_loads(assets: Path) -> None:
    assert "old-age-allowance" in load_catalogue(assets).services


def test_services_stand_in_the_order_they_say(assets: Path) -> None:
    change(assets, "services/progress-query.yaml", put("order", 1))
    assert next(iter(load_catalogue(assets).services)) == "progress-query"


def test_a_service_that_says_no_group_is_in_the_last(assets: Path) -> None:
    change(assets, ALLOWANCE, remove("group"))
    loaded = load_catalogue(assets)
    assert loaded.service("old-age-allowance").group == [*loaded.groups][-1] == "other"


def test_a_group_that_is_not_there_names_those_there_are(assets: Path) -> None:
    change(assets, ALLOWANCE, put("group", "mony"))
    sentence = said(assets)
    assert "'mony'" in sentence
    assert "money, health" in sentence


def test_a_service_more_is_a_file_more(assets: Path) -> None:
    text = (assets / "services/progress-query.yaml").read_text("utf-8")
    (assets / "services/another.yaml").write_text(text.replace("id: progress-query", "id: another", 1), "utf-8")
    assert "another" in load_catalogue(assets).services


@pytest.mark.parametrize("name", ["fields.yaml", "regions.yaml", "parameters.yaml", "messages.yaml", "groups.yaml"])
def test_a_missing_file(assets: Path, name: str) -> None:
    (assets / name).unlink()
    assert name in said(assets)


def test_no_service_at_all(assets: Path) -> None:
    for path in (assets / "services").glob("*.yaml"):
        path.unlink()
    with pytest.raises(CatalogueError, match="no service"):
        something_of(load_catalogue(assets))


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"id: [\n", "yaml:1: "),
        (b"id: a\n\tversion: 1\n", "yaml:2: "),
        (b"id: a\nversion: 1\nid: b\n", "id twice"),
        (b"id: a\ndate: 2026-13-45\n", "nothing called 'date'"),
        (b"id: \x07\n", "not valid YAML"),
        ("id: 高龄".encode("gb18030"), "UTF-8"),
        (b"- a\n- b\n", "name: value"),
        (b"", "name: value"),
        (b"!!python/object/apply:os.system [ls]\n", "not valid YAML"),
    ],
)
def test_a_file_that_is_no_yaml(assets: Path, content: bytes, hint: str) -> None:
    (assets / ALLOWANCE).write_bytes(content)
    sentence = said(assets)
    assert "old-age-allowance.yaml" in sentence
    assert hint in sentence


def remove(key: str) -> Change:
    return lambda data: data.pop(key)


def put(key: str, value: Any) -> Change:
    return lambda data: data.update({key: value})


def in_step(name: str, **values: Any) -> Change:
    return lambda data: step(data, name).update(values)


def in_check(**values: Any) -> Change:
    return lambda data: data["checks"][0].update(values)


def in_message(code: str, **values: Any) -> Change:
    return lambda data: data["messages"][code].update(values)


def same_choice_again(data: Any) -> None:
    choices = step(data, "account_holder")["choices"] = [{"id": "yes", "label": {"zh": "自己的", "en": "My own"}}]
    choices.append(choices[0])


@pytest.mark.parametrize(
    ("how", "hints"),
    [
        (put("colour", "red"), ["colour"]),
        (put("id", "elsewhere"), ["elsewhere"]),
        (put("id", "x" * 41), ["id"]),
        (put("version", "first"), ["version"]),
        (put("version", 0), ["version"]),
        (put("steps", []), ["steps"]),
        (put("title", {"zh": "高龄津贴"}), ["title", "en"]),
        (put("title", {"zh": "高龄津贴", "en": " "}), ["title", "en"]),
        (put("prerequisites", [{"en": "Your ID card"}]), ["prerequisites", "zh"]),
        (put("prerequisites", [{"zh": "帽子", "en": "A hat", "picture": "hat"}]), ["picture", "hat", "id-card"]),
        (in_step("hukou_here", picture="hat"), ["picture", "hat", "id-card"]),
        (put("checks", [{"id": "age"}]), ["check age", "expect"]),
        (remove("next"), ["next"]),
        (remove("phrases"), ["phrases"]),
        (lambda data: data["steps"].append({"use": "shoe_size"}), ["shoe_size", "fields.yaml"]),
        (lambda data: data["steps"].append({"use": ["name"]}), ["name", "fields.yaml"]),
        (lambda data: data["steps"].append({"use": "phone"}), ["phone", "twice"]),
        (lambda data: data["steps"].append("phone"), ["use: phone"]),
        (in_step("hukou_here", tier=None), ["tier"]),
        (in_step("hukou_here", tier="L9"), ["tier"]),
        (in_step("hukou_here", type="colour"), ["type"]),
        (in_step("town", required=False), ["village", "may be left empty"]),
        (in_step("hukou_here", choices=[]), ["choices"]),
        (in_step("hukou_here", choices_from="towns"), ["not both"]),
        (in_step("hukou_here", example="perhaps"), ["hukou_here", "perhaps"]),
        (in_step("hukou_here", relevant={"answered": "phone"}), ["hukou_here", "phone"]),
        (in_step("hukou_here", relevant={"answered": "hukou_here"}), ["hukou_here"]),
        (in_step("hukou_here", relevant="name == 1"), ["relevant"]),
        (same_choice_again, ["choice", "twice"]),
        (in_step("resident_id", example="110105194912310020"), ["resident_id", "A digit of the"]),
        (in_step("phone", example="1380013800"), ["phone", "1380013800"]),
        (in_step("phone", example=13800138000), ["example"]),
        (in_step("phone", choices_from="towns"), ["phone", "choice"]),
        (in_step("phone", choice_filter="hukou_here"), ["choice_filter"]),
        (in_step("town", choices_from="cities"), ["town", "cities", "regions.yaml"]),
        (in_step("village", choice_filter="name"), ["village", "name"]),
        (in_step("village", choice_filter="hukou_here"), ["village", "hukou_here"]),
        (in_step("village", choice_filter="account_holder"), ["village", "account_holder"]),
        (
            in_step("town", relevant={"eq": {"field": "hukou_here", "value": "yes"}}),
            ["village", "town", "relevant"],
        ),
        (
            in_step("account_holder_name", relevant={"eq": {"field": "account_holder", "value": "famly"}}),
            ["account_holder_name", "famly"],
        ),
        (
            in_check(expect={"age_at_least": {"field": "resident_id", "years": "age_of_wisdom"}}),
            ["age", "age_of_wisdom", "parameters.yaml"],
        ),
        (in_check(expect={"age_at_least": {"field": "phone", "years": 80}}), ["age", "phone"]),
        (in_check(field="shoe_size"), ["age", "shoe_size"]),
    ],
)
def test_a_broken_service(assets: Path, how: Change, hints: list[str]) -> None:
    change(assets, ALLOWANCE, how)
    sentence = said(assets)
    for hint in ["old-age-allowance.yaml", *hints]:
        assert hint in sentence, sentence


@pytest.mark.parametrize(
    ("name", "how", "hints"),
    [
        ("fields.yaml", lambda data: data["town"]["label"].pop("en"), ["town", "label", "en"]),
        ("fields.yaml", lambda data: data["town"].pop("tier"), ["town", "tier"]),
        ("fields.yaml", put("town", "Chengguan"), ["town"]),
        ("regions.yaml", put("list", {}), ["list"]),
        ("regions.yaml", lambda data: data["lists"].update(towns=[]), ["towns"]),
        ("regions.yaml", lambda data: data["lists"]["towns"].append(data["lists"]["towns"][0]), ["chengguan", "twice"]),
        ("regions.yaml", lambda data: data["lists"]["towns"][0]["label"].pop("en"), ["towns", "label", "en"]),
        ("parameters.yaml", put("parameters", {"old_age_allowance_years": "ancient"}), ["old_age_allowance_years"]),
        ("parameters.yaml", put("parameters", {}), ["old-age-allowance.yaml", "old_age_allowance_"]),
        ("messages.yaml", lambda data: data["messages"].pop("phone_unknown"), ["phone_unknown"]),
        ("messages.yaml", lambda data: data["messages"].pop("required"), ["required"]),
        ("messages.yaml", lambda data: data["messages"].pop("unknown_field"), ["unknown_field"]),
        ("messages.yaml", lambda data: data["messages"]["phone_unknown"].pop("zh"), ["phone_unknown", "zh"]),
        ("messages.yaml", in_message("phone_unknown", en="The {lable} is wrong"), ["phone_unknown", "{lable}"]),
        ("messages.yaml", in_message("phone_unknown", zh="{label"), ["phone_unknown", "braces"]),
        ("messages.yaml", in_message("phone_unknown", zh="{label.__class__}"), ["phone_unknown"]),
        ("messages.yaml", in_message("phone_unknown", zh="{}"), ["phone_unknown"]),
        ("messages.yaml", in_message("unknown_field", zh="{example}"), ["unknown_field", "{example}"]),
        ("messages.yaml", lambda data: data["messages"].update(lenght=data["messages"]["required"]), ["lenght"]),
    ],
)
def test_broken_shared_files(assets: Path, name: str, how: Change, hints: list[str]) -> None:
    change(assets, name, how)
    sentence = said(assets)
    for hint in [name, *hints]:
        assert hint in sentence, sentence


def test_a_described_picture_that_is_not_there(assets: Path) -> None:
    (assets / "pictures" / "receipt.svg").unlink()
    assert "pictures/receipt.svg" in said(assets)


def test_a_town_without_villages_would_be_a_dead_end(assets: Path) -> None:
    new = {"id": "empty_town", "label": {"zh": "空镇", "en": "Empty"}}
    change(assets, "regions.yaml", lambda data: data["lists"]["towns"].append(new))
    assert "empty_town" in said(assets)


def test_a_village_of_no_town_would_never_be_offered(assets: Path) -> None:
    change(assets, "regions.yaml", lambda data: data["lists"]["villages"][0].update(within="atlantis"))
    assert "atlantis" in said(assets)


def test_a_name_said_aloud_otherwise(assets: Path) -> None:
    change(assets, ALLOWANCE, put("title", {"zh": "高龄津贴", "en": "Allowance", "spoken": {"zh": "高龄，津贴"}}))
    title = load_catalogue(assets).service("old-age-allowance").title
    assert (title.written("zh"), title.said("zh"), title.said("en")) == ("高龄津贴", "高龄，津贴", "Allowance")


def test_an_unknown_service_names_those_there_are(catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="old-age-allowance"):
        catalogue.service("shoes")


def test_what_goes_with_no_other_belongs_to_one_field(assets: Path) -> None:
    change(assets, "regions.yaml", lambda data: data["lists"]["towns"][0].update(alone=True))
    assert "chengguan cannot be alone" in said(assets)
