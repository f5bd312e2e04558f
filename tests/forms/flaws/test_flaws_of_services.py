"""What does not fit in conditions, values and texts is named with its place."""

from typing import Any

import pytest
from every_kind import ID
from rent_subsidy import SERVICE, rent_subsidy

from forms import Catalogue, Service
from forms.consistency import flaws_of_service
from forms.reading.mistake import Flaw

TEXT = {"zh": "字", "en": "text"}
STEPS = SERVICE["steps"][:5]  # name, income, rent, kind, moved_in
LAST = ("steps", 5)


@pytest.fixture(scope="module")
def subsidy(catalogue: Catalogue) -> Catalogue:
    return rent_subsidy(catalogue)


def flaws(catalogue: Catalogue, **changed: Any) -> list[Flaw]:
    made = catalogue.service(ID).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return list(flaws_of_service(catalogue, Service.model_validate({**made, **changed})))


def calculation(of: object, **more: Any) -> dict[str, Any]:
    return {"id": "x", "type": "amount", "label": TEXT, "calculation": of, **more}


def question(**more: Any) -> dict[str, Any]:
    return {**STEPS[2], "id": "more", "question": TEXT, **more}


def test_what_fits_has_no_flaws(subsidy: Catalogue) -> None:
    assert flaws(subsidy) == []


@pytest.mark.parametrize(
    ("calculate", "place", "hint"),
    [
        ([calculation({"field": "incom"})], (0, "calculation", "field"), "incom"),
        ([calculation({"field": "x"})], (0, "calculation", "field"), "x"),
        ([calculation({"field": "y"}), calculation(1, id="y")], (0, "calculation", "field"), "y"),
        ([calculation(1), calculation(2)], (1, "id"), "twice"),
        ([calculation(1, id="rent")], (0, "id"), "twice"),
        ([calculation({"count": {"of": "members"}})], (0, "calculation", "count", "of"), "members"),
        ([calculation({"parameter": "rent_shar"})], (0, "calculation", "parameter"), "rent_share"),
        ([calculation({"sum": [{"field": "moved_in"}, 1]})], (0, "calculation"), "a day as if that were a number"),
        ([calculation({"product": [{"field": "kind"}, 1]})], (0, "calculation"), "a text as if that were a number"),
        ([calculation({"age": "moved_in"}, type="date")], (0, "type"), "number"),
        ([calculation({"largest": ["today", "2026-01-01"]})], (0, "type"), "date"),
        ([calculation({"age": "rent"})], (0, "calculation"), "no ID number and no birthday"),
        ([calculation(1, label={"zh": "{rent}", "en": "x"})], (0, "label", "zh"), "{rent}"),
    ],
)
def test_of_a_calculation(
    subsidy: Catalogue, calculate: list[dict[str, Any]], place: tuple[Any, ...], hint: str
) -> None:
    (flaw,) = flaws(subsidy, steps=STEPS, calculate=calculate, checks=[], outcomes=[])
    assert flaw.keys == ("calculate", *place)
    assert hint in f"{flaw.message} {flaw.hint}"


@pytest.mark.parametrize(
    ("condition", "place", "hint"),
    [
        ({"eq": {"field": "knd", "value": "flat"}}, ("eq", "field"), "kind"),
        ({"all": [{"eq": {"field": "kind", "value": "flt"}}]}, ("all", 0), "Did you mean flat?"),
        ({"selected": {"field": "kind", "value": "boat"}}, (), "boat"),
        ({"in_area": {"field": "kind", "areas": ["moon"]}}, (), "moon"),
        (
            {"less_than": [{"field": "rent"}, {"parameter": "income_limt"}]},
            ("less_than", 1, "parameter"),
            "income_limit",
        ),
        ({"less_than": [{"field": "rent"}, {"field": "moved_in"}]}, (), "a number with a day"),
        ({"same": [{"field": "moved_in"}, "yesterday"]}, (), "a day with a text"),
        ({"at_least": [{"field": "kind"}, "flat"]}, (), "Use same"),
        ({"same": [{"field": "kind"}, 3]}, (), "a text with a number"),
        ({"age_at_least": {"field": "rent", "years": 60}}, (), "no ID number and no birthday"),
        ({"some": {"of": "members", "where": {"answered": "rent"}}}, ("some", "of"), "members"),
        ({"answered": "more"}, ("answered",), "more"),  # itself
    ],
)
def test_of_a_condition(subsidy: Catalogue, condition: object, place: tuple[Any, ...], hint: str) -> None:
    steps = [*STEPS, question(relevant=condition)]
    (flaw,) = flaws(subsidy, steps=steps, calculate=[], checks=[], outcomes=[])
    assert flaw.keys == (*LAST, "relevant", *place)
    assert hint in f"{flaw.message} {flaw.hint}"


def test_a_question_hangs_only_on_what_can_be_computed_before_it(subsidy: Catalogue) -> None:
    half = calculation({"field": "rent"}, id="half")
    over = {"more_than": [{"field": "half"}, 1]}
    steps = [*STEPS[:2], question(relevant=over), *STEPS[2:]]
    (flaw,) = flaws(subsidy, steps=steps, calculate=[half], checks=[], outcomes=[])
    assert flaw.keys == ("steps", 2, "relevant", "more_than", 0, "field")
    assert not flaws(subsidy, steps=[*STEPS, question(relevant=over)], calculate=[half], checks=[], outcomes=[])


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"title": {"zh": "{name}", "en": "x"}}, ("title", "zh")),
        ({"summary": {"zh": "字", "en": "{income_limit}"}}, ("summary", "en")),
        ({"next": {"zh": "{subsidi}", "en": "x"}}, ("next", "zh")),
        ({"prerequisites": [{"zh": "{name}", "en": "x"}]}, ("prerequisites", 0, "zh")),
        ({"steps": [*STEPS, question(question={"zh": "{more}", "en": "x"})]}, (*LAST, "question", "zh")),
        ({"steps": [*STEPS, question(hint={"zh": "字", "en": "{rent.label}"})]}, (*LAST, "hint", "en")),
        ({"steps": [*STEPS, question(label={"zh": "{rent}", "en": "x"})]}, (*LAST, "label", "zh")),
    ],
)
def test_of_a_text_with_braces_that_nothing_fills(
    subsidy: Catalogue, changed: dict[str, Any], place: tuple[Any, ...]
) -> None:
    assert [one.keys for one in flaws(subsidy, **{"steps": STEPS, **changed})] == [place]


def test_a_version_that_nothing_can_keep_and_days_that_never_come_are_named(subsidy: Catalogue) -> None:
    made = subsidy.service(ID).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    never = {"from": "2027-01-01", "until": "2026-12-31"}
    checks = [{**made["checks"][0], "version": 10**20, **never}]
    outcomes = [{**made["outcomes"][0], **never}]
    found = {flaw.keys for flaw in flaws(subsidy, version=10**15, checks=checks, outcomes=outcomes)}
    assert found == {
        ("version",),
        ("checks", 0, "version"),
        ("checks", 0, "until"),
        ("outcomes", 0, "until"),
    }
