"""docs/services.md and docs/settings.md say what the models say, and each of their examples works as it stands."""

import re
import runpy
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import ASSETS, ROOT
from pydantic import BaseModel

from forms import Catalogue, load_catalogue, validate
from forms.definition import Definition

DOCS = ROOT / "docs"
COUNTY = sorted((DOCS / "examples" / "county").rglob("*.yaml"))  # whole files
EXAMPLES = [path for path in sorted((DOCS / "examples").rglob("*.yaml")) if path not in COUNTY]  # parts of a service
GENERATE = runpy.run_path(str(DOCS / "generate.py"))


@pytest.mark.parametrize("model", GENERATE["MODELS"], ids=lambda model: model.__name__)
def test_every_key_says_what_it_is(model: type[BaseModel]) -> None:
    assert not [name for name, info in model.model_fields.items() if not info.description]


@pytest.mark.parametrize("name", ["services.md", "settings.md"])
def test_a_document_is_as_its_models_are(name: str) -> None:
    filled = GENERATE["filled"]
    assert filled(DOCS / name) == (DOCS / name).read_text("utf-8"), "run `make docs` (python docs/generate.py)"


def test_every_example_is_shown() -> None:
    shown = re.findall(r"```yaml\n(.*?)\n```", (DOCS / "services.md").read_text("utf-8"), re.DOTALL)
    for path in (*EXAMPLES, *COUNTY):
        assert path.read_text("utf-8").strip() in shown, f"{path.relative_to(ROOT)} stands nowhere in docs/services.md"


def example_id(path: Path) -> str:
    return "-".join(path.relative_to(DOCS / "examples").with_suffix("").parts).replace("_", "-")


def as_service(path: Path) -> Mapping[str, Any]:
    """The example in place of what the template of a service says there."""
    template = yaml.safe_load((ASSETS / "service-template.yaml").read_text("utf-8"))
    without = {key: value for key, value in template.items() if key not in ("checks", "outcomes")}
    return {**without, **yaml.safe_load(path.read_text("utf-8")), "id": example_id(path)}


@pytest.fixture(scope="module")
def with_examples(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The shipped services, with the folder of the examples laid over them as a county's is."""
    county = tmp_path_factory.mktemp("county")
    shutil.copytree(DOCS / "examples" / "county", county, dirs_exist_ok=True)
    (county / "services").mkdir()
    for path in EXAMPLES:
        service = yaml.safe_dump(as_service(path), allow_unicode=True)
        (county / "services" / f"{example_id(path)}.yaml").write_text(service, "utf-8")
    return load_catalogue(ASSETS, county)


def test_no_example_has_a_mistake(with_examples: Catalogue) -> None:
    assert not [str(one) for one in with_examples.mistakes]


@pytest.mark.parametrize("path", EXAMPLES, ids=example_id)
def test_an_example_loads_and_its_answers_are_right(with_examples: Catalogue, path: Path) -> None:
    service = with_examples.service(example_id(path))
    report = validate(with_examples, service, {one.id: one.example for one in service.fields}, date(2026, 11, 28))
    assert {one.code for one in report.errors} <= {"unknown_field"}


@pytest.mark.parametrize("path", EXAMPLES, ids=example_id)
def test_all_that_a_service_can_say_comes_back_from_its_definition(with_examples: Catalogue, path: Path) -> None:
    service, day = with_examples.service(example_id(path)), date(2026, 11, 28)
    definition = Definition.of(with_examples, service)
    again = Definition.checked(definition.document, definition.hash).catalogue(with_examples)
    back = again.service(service.id)
    assert back.model_copy(update={"requests": service.requests}) == service
    assert Definition.of(again, back) == definition
    answers = {one.id: one.example for one in service.fields}
    assert validate(again, back, answers, day) == validate(with_examples, service, answers, day)


def test_links_within_the_document_lead_somewhere() -> None:
    text = (DOCS / "services.md").read_text("utf-8")
    headings = {re.sub(r"[^a-z -]", "", one.lower()).replace(" ", "-") for one in re.findall(r"^#+ (.+)$", text, re.M)}
    assert not set(re.findall(r"\]\(#([^)]+)\)", text)) - headings
