"""A whole form, judged by the rules that screens, command and hall share. Only a person ever refuses."""

from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from stdnum.iso7064 import mod_11_2

from forms import Catalogue, Report, mask, validate
from forms.expressions.conditions import Condition
from forms.rules import LONGEST
from forms.validate import Outcome

TODAY = date(2026, 11, 23)
EXPECT: TypeAdapter[Condition] = TypeAdapter(Condition)
RIGHT = {
    "for_whom": "self",
    "name": "王秀英",
    "resident_id": "11010519460101002X",
    "hukou_here": "yes",
    "phone": "13800138000",
    "town": "chengguan",
    "village": "chengguan_dongjie",
    "account_holder": "own",
    "bank_card": "6222020200112233446",
    "consent": "yes",
}


def born(day: str) -> str:
    body = f"110105{day}002"
    return body + mod_11_2.calc_check_digit(body)


RIGHT["resident_id"] = born("19460101")


def judged(catalogue: Catalogue, answers: dict[str, Any], service: str = "old-age-allowance") -> Report:
    return validate(catalogue, catalogue.service(service), answers, TODAY)


def codes(catalogue: Catalogue, **changed: Any) -> list[tuple[str, str]]:
    answers = {name: value for name, value in {**RIGHT, **changed}.items() if value != "-"}
    return [(error.field, error.code) for error in judged(catalogue, answers).errors]


def test_a_right_form(catalogue: Catalogue) -> None:
    report = judged(catalogue, RIGHT)
    assert (report.ok, report.outcome, report.warnings) == (True, "ready", ())
    assert report.normalised == RIGHT


def test_answers_are_tidied(catalogue: Catalogue) -> None:
    untidy = {**RIGHT, "resident_id": RIGHT["resident_id"].lower(), "phone": " １３８ 0013 8000", "house_number": 18}
    assert judged(catalogue, untidy).normalised == {**RIGHT, "house_number": "18"}


@pytest.mark.parametrize("missing", [name for name in RIGHT if name not in ("consent", "town")])
def test_each_missing_answer_is_told_once(catalogue: Catalogue, missing: str) -> None:
    assert codes(catalogue, **{missing: "-"}) == [(missing, "required")]


def test_without_consent_nothing_is_ready(catalogue: Catalogue) -> None:
    assert codes(catalogue, consent="-") == [("consent", "consent_needed")]
    assert codes(catalogue, consent="no") == [("consent", "consent_needed")]


def test_an_unknown_field_is_named(catalogue: Catalogue) -> None:
    report = judged(catalogue, {**RIGHT, "shoe_size {label}": "43"})
    assert [(one.field, one.code) for one in report.errors] == [("shoe_size {label}", "unknown_field")]
    assert "shoe_size {label}" in report.errors[0].message.zh
    assert "shoe_size {label}" in report.errors[0].message.en


def test_a_book_is_no_answer(catalogue: Catalogue) -> None:
    """One character of it stands for 18: to tidy a whole form of it took the hall four seconds."""
    assert codes(catalogue, house_number="\ufdfa" * (LONGEST + 1)) == [("house_number", "not_text")]


def test_a_village_of_another_town(catalogue: Catalogue) -> None:
    assert codes(catalogue, village="qinghe_heyan") == [("village", "not_a_choice")]


def test_a_village_is_not_blamed_for_its_town(catalogue: Catalogue) -> None:
    assert codes(catalogue, town="nowhere") == [("town", "not_a_choice")]


def test_questions_that_are_not_asked_are_left_out(catalogue: Catalogue) -> None:
    assert "account_holder_name" not in judged(catalogue, {**RIGHT, "account_holder_name": "李强"}).normalised
    others = {"account_holder_name": "李强", "family_bank_card": "6217001234567890122"}
    assert codes(catalogue, account_holder="family") == [(name, "required") for name in others]
    assert codes(catalogue, account_holder="family", **others) == []


def test_a_passbook_can_be_sent(catalogue: Catalogue) -> None:
    report = judged(catalogue, {**RIGHT, "bank_card": "6222020200112233447"})
    assert (report.ok, report.outcome) == (True, "needs_person")
    assert [one.code for one in report.warnings] == ["bank_card_check"]


@pytest.mark.parametrize(
    ("birthday", "outcome"),
    [("19461223", "ready"), ("19461224", "needs_person"), ("19900101", "needs_person"), ("20261123", "needs_person")],
)
def test_the_young_are_never_refused(catalogue: Catalogue, birthday: str, outcome: str) -> None:
    report = judged(catalogue, {**RIGHT, "resident_id": born(birthday)})
    assert (report.ok, report.outcome) == (True, outcome)
    assert [one.code for one in report.warnings] == ([] if outcome == "ready" else ["age"])
    for warning in report.warnings:
        assert "照样可以交" in warning.message.zh
        assert "still send it" in warning.message.en


def test_a_wrong_id_number_is_told_once_and_not_as_an_age(catalogue: Catalogue) -> None:
    report = judged(catalogue, {**RIGHT, "resident_id": "110105199001010021"})
    assert [one.code for one in report.errors] == ["resident_id_check_digit"]
    assert report.warnings == ()


def test_a_county_sets_the_age(catalogue: Catalogue) -> None:
    seventy = replace(catalogue, parameters={**catalogue.parameters, "old_age_allowance_years": 70})
    assert judged(seventy, {**RIGHT, "resident_id": born("19560101")}).outcome == "ready"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
FIELDS = sorted(
    {*RIGHT, "house_number", "account_holder_name", "applicant", "agent_name", "relation", "scheme", "method",
     "family_method", "way", "receipt_number", "phone_last4"}
)  # fmt: skip
PLAUSIBLE = st.sampled_from([*RIGHT.values(), born("19900101"), "family", "home", "card", "none", "400000000002"])


@given(
    answers=st.dictionaries(st.sampled_from(FIELDS) | st.text(), JSON | PLAUSIBLE, max_size=14),
    service=st.sampled_from(["old-age-allowance", "pension-certification", "progress-query"]),
    today=st.dates(date(1970, 1, 1), date(2100, 1, 1)),
)
@settings(max_examples=400, deadline=None)
def test_no_answers_are_refused_by_a_program(
    catalogue: Catalogue, answers: dict[str, Any], service: str, today: date
) -> None:
    report = validate(catalogue, catalogue.service(service), answers, today)
    assert report.outcome in ("ready", "missing", "needs_person")
    assert report.ok == (report.outcome != "missing")
    for problem in (*report.errors, *report.warnings):
        assert problem.message.zh
        assert problem.message.en
    if report.ok:
        again = validate(catalogue, catalogue.service(service), report.normalised, today)
        assert again == report, "what is tidy stays as it is"


@given(birthday=st.dates(date(1900, 1, 1), TODAY))
@settings(max_examples=100, deadline=None)
def test_whoever_fills_in_the_form_can_send_it(catalogue: Catalogue, birthday: date) -> None:
    assert judged(catalogue, {**RIGHT, "resident_id": born(f"{birthday:%Y%m%d}")}).ok


def test_there_is_no_word_for_refusing() -> None:
    assert set(get_args(Outcome)) == {"ready", "missing", "needs_person"}


def test_what_others_may_see_of_an_answer(catalogue: Catalogue) -> None:
    field = catalogue.service("old-age-allowance").field
    assert mask(field("resident_id"), "11010519491231002X") == "1" + "*" * 16 + "X"
    assert mask(field("bank_card"), "6222020200112233446") == "*" * 15 + "3446"
    assert mask(field("phone"), "13800138000") == "138******00"
    assert mask(field("phone"), "none") == "none"
    assert mask(field("name"), "王秀英") == "王**"
    assert mask(field("consent"), "yes") == "yes"
    assert mask(field("house_number"), "18") == "**"


def test_what_cannot_be_known_is_for_a_person(catalogue: Catalogue) -> None:
    """An answer that may be left empty, and a check that needs it."""
    service = catalogue.service("old-age-allowance")
    check = service.checks[0].model_copy(
        update={
            "field": "house_number",
            "expect": EXPECT.validate_python({"matches": {"field": "house_number", "pattern": ".*号"}}),
        }
    )
    asking = replace(catalogue, services={service.id: service.model_copy(update={"checks": (check,)})})
    assert judged(asking, {**RIGHT, "house_number": "18号"}).outcome == "ready"
    assert judged(asking, {**RIGHT, "house_number": "18"}).outcome == "needs_person"
    assert judged(asking, RIGHT).outcome == "needs_person"
