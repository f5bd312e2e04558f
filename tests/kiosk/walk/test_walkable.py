"""A county's service with which a screen cannot be shown is left out before anybody comes; the others stay."""

from dataclasses import replace
from pathlib import Path

from forms import Catalogue, Service
from kiosk.derived.results import DerivedResults
from kiosk.entry.pinyin import PinyinTable
from kiosk.texts.strings import Texts
from kiosk.walk.walkable import walkable

ALLOWANCE = "old-age-allowance"


def _with_broken(catalogue: Catalogue) -> Catalogue:
    """Beside the others one of the county that has a question answered from a list that is not there."""
    service = catalogue.services[ALLOWANCE]
    question = next(field for field in service.fields if field.type == "choice")
    steps = [
        step.model_copy(update={"choices_from": "nowhere", "choices": []}) if step.id == question.id else step
        for step in service.steps
    ]
    said = {name: getattr(service, name) for name in Service.model_fields}
    broken = Service.model_validate(said | {"id": "broken", "steps": steps})
    return replace(catalogue, services={ALLOWANCE: service, "broken": broken}, sources={"broken": "county"})


def test_a_service_whose_screens_cannot_be_shown_is_left_out_and_named(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, tmp_path: Path
) -> None:
    walked = walkable(_with_broken(catalogue), texts, pinyin, DerivedResults(tmp_path))
    assert [*walked.catalogue.services] == [ALLOWANCE]
    (problem,) = walked.problems
    assert problem.startswith("services/broken.yaml:1: its screens cannot be shown, so it is left out (")
    assert "nowhere" in problem


def test_what_is_left_out_is_named_at_each_start(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, tmp_path: Path
) -> None:
    """Only what was right is kept."""
    broken = _with_broken(catalogue)
    for _ in range(2):
        assert len(walkable(broken, texts, pinyin, DerivedResults(tmp_path)).problems) == 1


def test_services_that_can_be_shown_are_all_there(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, tmp_path: Path
) -> None:
    one = catalogue.offering([ALLOWANCE])
    walked = walkable(one, texts, pinyin, DerivedResults(tmp_path))
    assert (walked.catalogue, [*walked.problems]) == (one, [])


def test_a_catalogue_without_services_is_not_walked(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, tmp_path: Path
) -> None:
    nothing = catalogue.offering([])
    assert walkable(nothing, texts, pinyin, DerivedResults(tmp_path)).catalogue is nothing
