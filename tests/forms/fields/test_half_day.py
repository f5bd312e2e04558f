"""Half days: what is offered on a day, what is taken, how it reads, and what a county may write."""

from datetime import date
from typing import Any

import pytest
from field_support import field
from pydantic import ValidationError

from forms import Catalogue, Field
from forms.fields.half_day import in_words
from forms.validate import check_field

TUESDAY = date(2026, 11, 24)


def offered(catalogue: Catalogue, asked: Field, today: date = TUESDAY) -> list[str]:
    return [one.id for one in catalogue.choices(catalogue.bounded(asked, today), {})]


def test_what_is_offered_are_the_halves_of_the_days_within_bounds_and_any_of_them(catalogue: Catalogue) -> None:
    assert offered(catalogue, field("half_day", min=1, max=2)) == [
        "any",
        "2026-11-25-morning",
        "2026-11-25-afternoon",
        "2026-11-26-morning",
        "2026-11-26-afternoon",
    ]
    assert offered(catalogue, field("half_day", min=0, max=0))[1] == "2026-11-24-morning"
    usual = offered(catalogue, field("half_day"))
    assert (len(usual), usual[1], usual[-1]) == (15, "2026-11-25-morning", "2026-12-01-afternoon")


def test_over_the_end_of_a_year_too(catalogue: Catalogue) -> None:
    assert offered(catalogue, field("half_day", min=1, max=1), date(2026, 12, 31))[1] == "2027-01-01-morning"


@pytest.mark.parametrize(
    ("answer", "today", "error"),
    [
        ("2026-11-25-morning", TUESDAY, None),
        ("any", TUESDAY, None),
        ("2026-11-24-morning", TUESDAY, "not_a_choice"),
        ("2026-11-25-morning", date(2026, 11, 25), "not_a_choice"),  # a draft that is taken up a day later
        ("2026-11-25-evening", TUESDAY, "not_a_choice"),
        ("2026-11-31-morning", TUESDAY, "not_a_choice"),
        ("morning", TUESDAY, "not_a_choice"),
        ("", TUESDAY, "required"),
    ],
)
def test_what_is_taken_depends_on_the_day(catalogue: Catalogue, answer: str, today: date, error: str | None) -> None:
    _, problem, _ = check_field(catalogue, field("half_day", min=1, max=3), answer, {}, today)
    assert (problem.code if problem else None) == error


def test_it_is_read_with_its_day_of_the_week(catalogue: Catalogue) -> None:
    (_, half, *_) = catalogue.choices(catalogue.bounded(field("half_day"), TUESDAY), {})
    assert half.label.zh == in_words(half.id).zh == "11月25日 星期三 上午"
    assert half.label.en == in_words(half.id).en == "Wednesday, November 25, morning"
    assert half.phrases.zh == ["11月25日上午", "星期三上午", "明天上午"]
    assert in_words("any").zh == "哪天都行"
    assert in_words("something old").zh == "something old"


def test_the_name_of_a_day_of_the_week_means_one_day(catalogue: Catalogue) -> None:
    choices = catalogue.choices(catalogue.bounded(field("half_day", min=1, max=10), TUESDAY), {})
    said = [phrase for one in choices for lang in ("zh", "en") for phrase in one.phrases.of(lang)]
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"min": "tomorrow"}, "its min 'tomorrow' is no number of days"),
        ({"max": "2026-11-30"}, "its max '2026-11-30' is no number of days"),
        ({"max": 30}, "its max '30' is no number of days: write how many days from today, at most 29"),
        ({"min": 5, "max": 3}, "its max is less than its min"),
        ({"min": 1, "max": 11}, "its max offers 11 days from its min on: at most 10"),
        ({"choices": [{"id": "a", "label": {"zh": "字", "en": "a"}}]}, "no use for choices"),
    ],
)
def test_what_a_county_may_not_write(settings: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        field("half_day", **settings)


def test_only_half_days_are_offered_by_a_query() -> None:
    with pytest.raises(ValidationError, match="no use for offered_by"):
        field("choice", offered_by="hospital_slots")
