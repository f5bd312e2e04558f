"""Every condition and value at true, false and not known yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError
from stdnum.iso7064 import mod_11_2

from forms.expressions.conditions import Condition, Expression, value_of
from forms.expressions.facts import Facts, Members, Reader
from forms.expressions.parameters import Parameter
from forms.expressions.references import named, references, satisfied_by
from forms.texts import Text
from forms.values.amounts import read_amount
from forms.values.days import read_day

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
EXPRESSION: TypeAdapter[Expression] = TypeAdapter(Expression)
TODAY = date(2026, 11, 23)
PARAMETERS = {
    "old_years": 80,
    "months": 1,
    "limit": 1000,
    "to_come": Parameter.model_validate({"values": [{"from": "2027-01-01", "value": 2, "source": "a law"}]}),
}
READERS = {"income": read_amount, "rent": read_amount, "day": read_day, "cards": lambda text: tuple(text.split())}


@dataclass(frozen=True)
class Household:
    known: Members
    readers: Mapping[str, Reader]

    def members(self, answers: Mapping[str, str]) -> Members:
        return self.known


def facts(answers: Mapping[str, str], today: date = TODAY, members: Members | None = None) -> Facts:
    within = {"dongjie": "chengguan", "chengguan": "county"}
    repeats = {"members": Household(members or Members((), True), {"income": read_amount})}
    return Facts(answers, PARAMETERS, today, READERS, within=within, repeats=repeats)


def holds(condition: object, answers: Mapping[str, str], today: date = TODAY) -> bool | None:
    return CONDITION.validate_python(condition).holds(facts(answers, today))


def value(expression: object, answers: Mapping[str, str], members: Members | None = None) -> object:
    return value_of(EXPRESSION.validate_python(expression), facts(answers, members=members))


def born(day: str) -> dict[str, str]:
    body = f"110105{day}002"
    return {"id": body + mod_11_2.calc_check_digit(body)}


def kinds_of(union: Any) -> list[str]:
    return [one.__metadata__[-1].tag for one in get_args(get_args(union)[0])]


AGE = {"age_at_least": {"field": "id", "years": "old_years", "months_early": "months"}}
A, B = {"eq": {"field": "a", "value": "x"}}, {"eq": {"field": "b", "value": "y"}}
MEMBERS = (
    Members(({"income": "500"}, {"income": "2000"}), True),
    Members(({"income": "500"}, {"income": ""}), True),
    Members(({"income": "500"},), False),
)
COMPARED = ("less_than", "at_most", "more_than", "at_least", "same")
POOR = {"less_than": [{"field": "income"}, {"parameter": "limit"}]}

# Of each condition: answers with which it is true, false, not known yet.
CONDITIONS: list[tuple[Mapping[str, Any], dict[str, str], dict[str, str], dict[str, str]]] = [
    (A, {"a": "x"}, {"a": ""}, {}),
    ({"in": {"field": "a", "values": ["x", "y"]}}, {"a": "y"}, {"a": "z"}, {}),
    ({"answered": "a"}, {"a": "x"}, {"a": ""}, {}),
    ({"answered": "income"}, {"income": "5"}, {"income": ""}, {"income": "unreadable"}),
    ({"less_than": [{"field": "income"}, 1000]}, {"income": "999.99"}, {"income": "1000.00"}, {}),
    ({"less_than": [{"field": "day"}, "today"]}, {"day": "2026-11-22"}, {"day": "2026-11-23"}, {"day": "soon"}),
    ({"at_most": [{"field": "income"}, {"parameter": "limit"}]}, {"income": "1000"}, {"income": "1000.01"}, {}),
    ({"more_than": [{"field": "rent"}, {"field": "income"}]}, {"rent": "2", "income": "1"}, {"rent": "", "income": "1"},
     {"rent": "2"}),
    ({"at_least": [{"field": "day"}, "2026-01-31"]}, {"day": "2026-01-31"}, {"day": "2026-01-30"}, {}),
    ({"same": [{"field": "a"}, {"field": "b"}]}, {"a": "x", "b": "x"}, {"a": "", "b": ""}, {"a": "x"}),
    ({"same": [{"part": {"field": "a", "from": 2, "to": 3}}, 7]}, {"a": "107"}, {"a": "117"}, {"a": "1x7"}),
    (AGE, born("19461223"), born("19461224"), {"id": "123"}),
    ({"age_at_least": {"field": "day", "years": 18}}, {"day": "2008-11-23"}, {"day": "2008-11-24"}, {}),
    ({"selected": {"field": "cards", "value": "gold"}}, {"cards": "silver gold"}, {"cards": "golden"}, {}),
    ({"in_area": {"field": "a", "areas": ["county"]}}, {"a": "dongjie"}, {"a": "abroad"}, {}),
    ({"matches": {"field": "a", "pattern": r"\p{Han}{2}[0-9]+"}}, {"a": "甲乙12"}, {"a": "甲乙12x"}, {}),
    ({"all": [A, B]}, {"a": "x", "b": "y"}, {"b": "z"}, {"b": "y"}),
    ({"any": [A, B]}, {"b": "y"}, {"a": "", "b": ""}, {"a": "z"}),
    ({"not": A}, {"a": "z"}, {"a": "x"}, {}),
]  # fmt: skip

# Of each condition over members of a repeat: those with whom it is true, false, not known yet.
OVER_MEMBERS: list[tuple[Mapping[str, Any], Members, Members, Members]] = [
    ({"some": {"of": "members", "where": {"not": POOR}}}, MEMBERS[0], Members((), True), MEMBERS[2]),
    ({"some": {"of": "members", "where": POOR}}, MEMBERS[2], Members((), True), Members((), False)),
    ({"every": {"of": "members", "where": POOR}}, Members((), True), MEMBERS[0], MEMBERS[2]),
]

NOT_KNOWN, EMPTY = None, ""
NUMBERS = {"income": "1000.00", "rent": "250.50"}
# Of each value: what it is with these answers.
VALUES: list[tuple[object, dict[str, str], object]] = [
    (0.1, {}, Decimal("0.1")),
    ("2026-01-31", {}, date(2026, 1, 31)),
    (date(2026, 1, 31), {}, date(2026, 1, 31)),
    ("today", {}, TODAY),
    ("gold", {}, "gold"),
    ({"field": "income"}, NUMBERS, Decimal(1000)),
    ({"field": "income"}, {"income": ""}, EMPTY),
    ({"field": "income"}, {}, NOT_KNOWN),
    ({"parameter": "limit"}, {}, Decimal(1000)),
    ({"parameter": "to_come"}, {}, NOT_KNOWN),
    ({"sum": [{"field": "income"}, {"field": "rent"}, 1]}, NUMBERS, Decimal("1251.50")),
    ({"sum": [{"field": "income"}, {"field": "rent"}]}, {"income": "", "rent": ""}, Decimal(0)),
    ({"sum": [{"field": "income"}, {"field": "rent"}]}, {"income": "5"}, NOT_KNOWN),
    ({"product": [{"field": "income"}, 0.25]}, NUMBERS, Decimal(250)),
    ({"product": [{"field": "income"}, 2]}, {"income": ""}, EMPTY),
    ({"product": [{"field": "income"}, {"field": "rent"}]}, {"rent": ""}, NOT_KNOWN),
    ({"difference": [{"field": "income"}, {"field": "rent"}]}, NUMBERS, Decimal("749.50")),
    ({"difference": ["today", {"field": "day"}]}, {"day": "2026-11-20"}, Decimal(3)),
    ({"difference": ["today", {"field": "income"}]}, NUMBERS, NOT_KNOWN),
    ({"quotient": [{"field": "income"}, 8]}, NUMBERS, Decimal(125)),
    ({"quotient": [{"field": "income"}, {"field": "rent"}]}, {"income": "1", "rent": "0"}, NOT_KNOWN),
    ({"smallest": [{"field": "income"}, 2000]}, NUMBERS, Decimal(1000)),
    ({"smallest": [{"field": "income"}]}, {"income": ""}, EMPTY),
    ({"smallest": ["today", 5]}, {}, NOT_KNOWN),
    ({"largest": [{"field": "day"}, "2026-01-31"]}, {"day": "2026-02-01"}, date(2026, 2, 1)),
    ({"largest": [{"field": "day"}, "today"]}, {}, NOT_KNOWN),
    ({"rounded": {"value": 1249.5, "to": 100, "how": "down"}}, {}, Decimal(1200)),
    ({"rounded": {"value": 1249.5, "how": "up"}}, {}, Decimal(1250)),
    ({"rounded": {"value": 0.125, "to": 0.01, "how": "half_up"}}, {}, Decimal("0.13")),
    ({"rounded": {"value": {"field": "income"}, "how": "up"}}, {}, NOT_KNOWN),
    ({"age": "id"}, born("19461124"), Decimal(79)),
    ({"age": "day"}, {"day": "1946-11-23"}, Decimal(80)),
    ({"age": "id"}, {"id": ""}, EMPTY),
    ({"age": "id"}, {"id": "12"}, NOT_KNOWN),
    ({"part": {"field": "a", "from": 1, "to": 2}}, {"a": "abc"}, "ab"),
    ({"part": {"field": "a", "from": 1, "to": 2}}, {"a": ""}, EMPTY),
    ({"part": {"field": "a", "from": 1, "to": 4}}, {"a": "abc"}, NOT_KNOWN),
    ({"choose": [{"when": A, "value": 200}, {"otherwise": 100}]}, {"a": "x"}, Decimal(200)),
    ({"choose": [{"when": A, "value": 200}, {"otherwise": 100}]}, {"a": ""}, Decimal(100)),
    ({"choose": [{"when": A, "value": 200}]}, {"a": ""}, EMPTY),
    ({"choose": [{"when": A, "value": 200}, {"otherwise": 100}]}, {}, NOT_KNOWN),
]  # fmt: skip

OF_MEMBERS: list[tuple[object, Members, object]] = [
    ({"count": {"of": "members"}}, MEMBERS[0], Decimal(2)),
    ({"count": {"of": "members", "where": POOR}}, MEMBERS[0], Decimal(1)),
    ({"count": {"of": "members"}}, MEMBERS[2], NOT_KNOWN),
    ({"total": {"of": "members", "value": {"field": "income"}}}, MEMBERS[0], Decimal(2500)),
    ({"total": {"of": "members", "value": {"field": "income"}}}, MEMBERS[1], Decimal(500)),
    ({"total": {"of": "members", "value": {"field": "income"}}}, MEMBERS[2], NOT_KNOWN),
]


@pytest.mark.parametrize(("condition", "true", "false", "unknown"), CONDITIONS, ids=str)
def test_a_condition_is_true_false_or_not_known_yet(
    condition: object, true: dict[str, str], false: dict[str, str], unknown: dict[str, str]
) -> None:
    assert holds(condition, true) is True
    assert holds(condition, false) is False
    assert holds(condition, unknown) is None


@pytest.mark.parametrize(("condition", "true", "false", "unknown"), OVER_MEMBERS, ids=str)
def test_a_condition_over_members(condition: object, true: Members, false: Members, unknown: Members) -> None:
    held = CONDITION.validate_python(condition).holds
    assert [held(facts({}, members=one)) for one in (true, false, unknown)] == [True, False, None]


@pytest.mark.parametrize(("expression", "answers", "expected"), VALUES, ids=str)
def test_a_value(expression: object, answers: dict[str, str], expected: object) -> None:
    assert value(expression, answers) == expected


@pytest.mark.parametrize(("expression", "members", "expected"), OF_MEMBERS, ids=str)
def test_a_value_of_members(expression: object, members: Members, expected: object) -> None:
    assert value(expression, {}, members) == expected


def test_each_kind_has_its_rows() -> None:
    """Add one for a new kind: true, false and not known; a value also where it is not known."""
    conditions = {next(iter(row[0])) for row in (*CONDITIONS, *OVER_MEMBERS)}
    assert conditions == set(kinds_of(Condition))
    rows = [(one[0], one[2]) for one in (*VALUES, *OF_MEMBERS)]
    computed = {next(iter(one)) if isinstance(one, dict) else "plain" for one, _ in rows}
    assert computed == set(kinds_of(Expression))
    unknown = {next(iter(one)) for one, result in rows if isinstance(one, dict) and result is NOT_KNOWN}
    assert unknown == set(kinds_of(Expression)) - {"plain"}


def test_a_member_s_own_answer_hides_that_of_the_form() -> None:
    form = facts({"income": "9000", "a": "x"}, members=Members(({"income": "500", "a": "x"},), True))
    some = {"some": {"of": "members", "where": {"all": [POOR, A]}}}
    assert CONDITION.validate_python(some).holds(form) is True


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


@pytest.mark.parametrize("answers", [{}, {"id": "123"}, {"id": "110105194902300020"}, {"id": "王" * 18}])
def test_an_age_that_cannot_be_read_is_not_known(answers: dict[str, str]) -> None:
    assert holds(AGE, answers) is None


def test_a_pattern_never_hangs() -> None:
    assert holds({"matches": {"field": "a", "pattern": "(a|a)*b"}}, {"a": "a" * 5000}) is False


def test_what_a_condition_names() -> None:
    condition = CONDITION.validate_python(
        {
            "all": [
                {"not": {"answered": "a"}},
                AGE,
                {"more_than": [{"total": {"of": "members", "value": {"field": "income"}}}, {"parameter": "limit"}]},
            ]
        }
    )
    assert named(condition, "field") == {"a", "id"}
    assert named(condition, "parameter") == {"old_years", "months", "limit"}
    assert named(condition, "repeat") == {"members"}
    places = {one.name: (one.path, one.inside) for one in references(condition)}
    assert places["id"] == (("all", 1, "age_at_least", "field"), "")
    assert places["income"] == (("all", 2, "more_than", 0, "total", "value", "field"), "members")
    assert places["limit"] == (("all", 2, "more_than", 1, "parameter"), "")
    assert named(None, "field") == set()


@pytest.mark.parametrize(
    "condition",
    [
        A,
        {"in": {"field": "a", "values": ["x"]}},
        {"selected": {"field": "cards", "value": "gold"}},
        {"all": [A, B]},
        {"any": [A, B]},
        *({name: [{"field": "income"}, 10]} for name in COMPARED),
        *({name: [10, {"field": "income"}]} for name in COMPARED),
        *({name: [{"field": "day"}, "2026-01-31"]} for name in COMPARED),
    ],
    ids=str,
)
def test_answers_that_make_it_hold(condition: object) -> None:
    answers = satisfied_by(CONDITION.validate_python(condition))
    assert holds(condition, answers) is True


def test_of_some_members_it_is_the_first() -> None:
    condition = CONDITION.validate_python({"some": {"of": "members", "where": A}})
    assert satisfied_by(condition) == {"members.1.a": "x"}


@pytest.mark.parametrize("condition", [{"not": A}, {"answered": "a"}, {"same": [{"field": "a"}, {"field": "b"}]}, POOR])
def test_of_others_none_are_made_up(condition: object) -> None:
    assert satisfied_by(CONDITION.validate_python(condition)) == {}


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
        {"less_than": [1]},
        {"less_than": [1, 2, 3]},
        {"less_than": [1, True]},
        {"less_than": [1, float("nan")]},
        {"less_than": [1, {"fild": "a"}]},
        {"same": [{"choose": [{"when": A}]}, 1]},
        {"same": [{"rounded": {"value": 1, "to": 0, "how": "up"}}, 1]},
        {"matches": {"field": "a", "pattern": "("}},
        {"matches": {"field": "a", "pattern": r"(a)\1"}},
    ],
    ids=str,
)
def test_conditions_are_data_of_known_kinds(broken: object) -> None:
    with pytest.raises(ValidationError):
        CONDITION.validate_python(broken)


@pytest.mark.parametrize("unit", ["yuan", "元", {"zh": "元", "en": "yuan"}])
def test_a_unit_is_one_word_or_a_text(unit: object) -> None:
    values = [{"from": "2024-01-01", "value": 200, "source": "第三条"}]
    parameter = Parameter.model_validate({"unit": unit, "values": values})
    assert parameter.is_money
    assert parameter.unit == Text(zh="元", en="yuan")
