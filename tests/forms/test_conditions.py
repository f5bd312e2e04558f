from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError
from stdnum.iso7064 import mod_11_2

from forms.conditions import Condition, Facts, fields_in, parameters_in

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


def holds(condition: object, answers: dict[str, str], today: date = date(2026, 11, 23)) -> bool:
    facts = Facts(answers, {"old_years": 80, "months": 1}, today)
    return CONDITION.validate_python(condition).holds(facts)


def born(day: str) -> dict[str, str]:
    body = f"110105{day}002"
    return {"id": body + mod_11_2.calc_check_digit(body)}


def test_equal_and_one_of() -> None:
    assert holds({"eq": {"field": "a", "value": "x"}}, {"a": "x"})
    assert not holds({"eq": {"field": "a", "value": "x"}}, {"a": "y"})
    assert not holds({"eq": {"field": "a", "value": "x"}}, {})
    assert holds({"in": {"field": "a", "values": ["x", "y"]}}, {"a": "y"})
    assert not holds({"in": {"field": "a", "values": ["x", "y"]}}, {})


def test_answered() -> None:
    assert holds({"answered": "a"}, {"a": "x"})
    assert not holds({"answered": "a"}, {"a": ""})
    assert not holds({"answered": "a"}, {})


def test_together() -> None:
    x, y = {"eq": {"field": "a", "value": "x"}}, {"eq": {"field": "b", "value": "y"}}
    for answers, both, either in (({"a": "x", "b": "y"}, True, True), ({"a": "x"}, False, True), ({}, False, False)):
        assert holds({"all": [x, y]}, answers) is both
        assert holds({"any": [x, y]}, answers) is either
        assert holds({"not": {"any": [x, y]}}, answers) is not either


AGE = {"age_at_least": {"field": "id", "years": "old_years", "months_early": "months"}}


@pytest.mark.parametrize(
    ("birthday", "today", "old_enough"),
    [
        ("19461223", date(2026, 11, 22), False),
        ("19461223", date(2026, 11, 23), True),  # a month early, to the day
        ("19480229", date(2028, 1, 28), False),
        ("19480229", date(2028, 1, 29), True),
        ("19461231", date(2026, 11, 30), False),
        ("19461231", date(2026, 12, 1), True),  # November has no 31st
    ],
)
def test_ages_by_parameter(birthday: str, today: date, old_enough: bool) -> None:
    assert holds(AGE, born(birthday), today) is old_enough


def test_ages_by_number() -> None:
    condition = {"age_at_least": {"field": "id", "years": 60}}
    assert holds(condition, born("19661123"))
    assert not holds(condition, born("19661124"))


@pytest.mark.parametrize("answers", [{}, {"id": ""}, {"id": "123"}, {"id": "110105194902300020"}, {"id": "王" * 18}])
def test_an_age_that_cannot_be_read_does_not_hold(answers: dict[str, str]) -> None:
    assert not holds(AGE, answers)


def test_what_a_condition_looks_at() -> None:
    condition = CONDITION.validate_python(
        {"all": [{"not": {"answered": "a"}}, {"any": [AGE, {"in": {"field": "b", "values": ["x"]}}]}]}
    )
    assert fields_in(condition) == {"a", "b", "id"}
    assert parameters_in(condition) == {"old_years", "months"}
    assert fields_in(None) == parameters_in(None) == set()


@pytest.mark.parametrize(
    "broken",
    [
        "age > 80",
        {},
        {"equals": {"field": "a", "value": "x"}},
        {"eq": {"field": "a"}},
        {"eq": {"field": "a", "value": "x", "or": "y"}},
        {"eq": {"field": "a", "value": "x"}, "answered": "a"},
        {"all": []},
        {"any": []},
        {"not": []},
        {"age_at_least": {"field": "id", "years": [80]}},
    ],
)
def test_conditions_are_data_of_known_kinds(broken: object) -> None:
    with pytest.raises(ValidationError):
        CONDITION.validate_python(broken)
