"""What a form is shown and judged by travels as one document, and is the same wherever it is read."""

import json
from dataclasses import replace
from datetime import date

import pytest
from project import ROOT

from forms import Catalogue, load_catalogue, validate
from forms.definition import Definition, DefinitionError
from forms.texts import Phrases

CATALOGUE = load_catalogue(ROOT / "assets")


def with_service(service_id: str, **changes: object) -> Catalogue:
    service = CATALOGUE.service(service_id).model_copy(update=changes)
    return replace(CATALOGUE, services={**CATALOGUE.services, service_id: service})


@pytest.mark.parametrize("service_id", CATALOGUE.services)
def test_every_service_comes_back_whole(service_id: str) -> None:
    service = CATALOGUE.service(service_id)
    made = Definition.of(CATALOGUE, service)
    again = Definition.checked(made.document, made.hash).catalogue(CATALOGUE)
    back = again.service(service_id)
    assert back.model_copy(update={"requests": service.requests}) == service
    assert Definition.of(again, back) == made, "the same document wherever it is made"
    for field in service.fields:
        assert again.all_choices(field) == CATALOGUE.all_choices(field)


def test_the_document_is_plain_and_holds_what_is_needed_only() -> None:
    content = json.loads(Definition.of(CATALOGUE, CATALOGUE.service("old-age-allowance")).document)
    assert content["service"]["id"] == "old-age-allowance"
    assert "requests" not in content["service"]
    assert {"towns", "villages"} <= set(content["lists"])
    assert set(content["parameters"]) <= set(CATALOGUE.parameters)


def test_only_what_changes_a_form_changes_its_hash() -> None:
    before = Definition.of(CATALOGUE, CATALOGUE.service("old-age-allowance")).hash
    heard = with_service("old-age-allowance", requests=Phrases(zh=["我想领钱"]))
    assert Definition.of(heard, heard.service("old-age-allowance")).hash == before
    steps = list(CATALOGUE.service("old-age-allowance").steps)
    renamed = with_service("old-age-allowance", steps=[steps[0].model_copy(update={"id": "full_name"}), *steps[1:]])
    assert Definition.of(renamed, renamed.service("old-age-allowance")).hash != before
    villages = replace(CATALOGUE, lists={**CATALOGUE.lists, "villages": CATALOGUE.lists["villages"][:3]})
    assert Definition.of(villages, CATALOGUE.service("old-age-allowance")).hash != before


def test_a_form_is_judged_as_it_was_when_the_rules_have_changed() -> None:
    old = Definition.of(CATALOGUE, CATALOGUE.service("old-age-allowance"))
    fewer = replace(CATALOGUE, lists={**CATALOGUE.lists, "towns": CATALOGUE.lists["towns"][1:]})
    by_old, town = old.catalogue(fewer), CATALOGUE.lists["towns"][0].id
    answers = {"town": town}
    today = date(2026, 11, 20)
    now_wrong = {one.field for one in validate(fewer, fewer.service("old-age-allowance"), answers, today).errors}
    then_wrong = {one.field for one in validate(by_old, old.service, answers, today).errors}
    assert "town" in now_wrong
    assert "town" not in then_wrong


@pytest.mark.parametrize(
    "document", ["", "{", "[]", "{}", '{"service": {"id": "x"}}', "\ud800", "[" * 100_000, '{"service": "\\ud800"}']
)
def test_what_is_no_definition_is_refused(document: str) -> None:
    with pytest.raises(DefinitionError, match="not the definition"):
        Definition.checked(document, Definition(document).hash)


def test_a_damaged_definition_is_refused() -> None:
    made = Definition.of(CATALOGUE, CATALOGUE.service("progress-query"))
    with pytest.raises(DefinitionError, match="send it again"):
        Definition.checked(made.document.replace("1", "2", 1), made.hash)


def test_one_of_a_newer_program_is_kept_and_says_what_to_do() -> None:
    content = json.loads(Definition.of(CATALOGUE, CATALOGUE.service("old-age-allowance")).document)
    content["service"]["steps"][0]["holograms"] = True
    document = json.dumps(content)
    newer = Definition.checked(document, Definition(document).hash)
    assert newer.head.id == "old-age-allowance"
    with pytest.raises(DefinitionError, match="update this program"):
        newer.catalogue(CATALOGUE)
