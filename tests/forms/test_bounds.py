"""Bounds of a question that are parameters: those of the day on which it is answered."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from every_kind import ID, every_kind

from forms import Catalogue, Report, validate
from forms.consistency import flaws_of_service
from forms.expressions.parameters import Parameter

TEXT = {"zh": "字", "en": "text"}


def dated(*values: object) -> Parameter:
    days = ("2024-01-01", "2026-01-01")
    written = [{"from": day, "value": value, "source": "a law"} for day, value in zip(days, values, strict=False)]
    return Parameter.model_validate({"values": written})


PARAMETERS = {"most": dated(1000, 2000), "first": dated("2020-01-01"), "people": 3}


def asking(catalogue: Catalogue, **more: Any) -> Catalogue:
    step = {"id": "it", "tier": "L2", "label": TEXT, "question": TEXT, **more}
    made = every_kind(catalogue, steps=[step])
    return replace(made, parameters={**catalogue.parameters, **PARAMETERS})


def judged(catalogue: Catalogue, answer: str, day: date = date(2026, 11, 28)) -> Report:
    return validate(catalogue, catalogue.service(ID), {"it": answer}, day)


AMOUNT = {"type": "amount", "example": "5", "max": {"parameter": "most"}}


def test_a_bound_is_that_of_the_day(catalogue: Catalogue) -> None:
    asked = asking(catalogue, **AMOUNT)
    assert judged(asked, "2000").ok
    (error,) = judged(asked, "2001").errors
    assert error.code == "amount_range"
    assert "2000" in error.message.zh.replace(",", "")
    assert not judged(asked, "1001", date(2025, 12, 31)).ok


def test_a_bound_that_is_not_known_yet_bounds_nothing(catalogue: Catalogue) -> None:
    assert judged(asking(catalogue, **AMOUNT), "99999", date(2023, 12, 31)).ok


@pytest.mark.parametrize(
    ("more", "right", "wrong"),
    [
        ({"type": "date", "example": "2021-01-01", "min": {"parameter": "first"}}, "2020-01-01", "2019-12-31"),
        ({"type": "number", "example": "1", "max": {"parameter": "people"}}, "3", "4"),
    ],
)
def test_days_and_numbers_are_bounded_too(catalogue: Catalogue, more: dict[str, Any], right: str, wrong: str) -> None:
    asked = asking(catalogue, **more)
    assert judged(asked, right).ok
    assert not judged(asked, wrong).ok


@pytest.mark.parametrize(
    ("more", "keys", "hint"),
    [
        ({**AMOUNT, "max": {"parameter": "mst"}}, ("max", "parameter"), "most"),
        ({**AMOUNT, "max": {"parameter": "first"}}, ("max", "parameter"), "2020-01-01"),
        ({**AMOUNT, "example": "5000"}, ("example",), "between 0 and 2000 yuan. Please check it"),
    ],
)
def test_a_bound_that_does_not_fit_is_named(
    catalogue: Catalogue, more: dict[str, Any], keys: tuple[str, ...], hint: str
) -> None:
    asked = asking(catalogue, **more)
    (flaw,) = flaws_of_service(asked, asked.service(ID))
    assert flaw.keys == ("steps", 0, *keys)
    assert hint in f"{flaw.message} {flaw.hint}"
