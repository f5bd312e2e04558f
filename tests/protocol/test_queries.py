from importlib import import_module

import pytest
from pydantic import ValidationError

from protocol.queries import NAMES
from protocol.queries.progress import Inputs
from protocol.wire import WireAnswer, WireRequest

PERSON = {"resident_id": "110105194912310021", "phone_last4": "8000"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_query_says_what_goes_in_and_what_comes_out(name: str) -> None:
    query = import_module(f"protocol.queries.{name}")
    assert issubclass(query.Inputs, WireRequest)
    assert issubclass(query.Answer, WireAnswer)


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"resident_id": PERSON["resident_id"]},
        {"phone_last4": "8000"},
        {"receipt_number": "YL-1"} | PERSON,
        {"receipt_number": "YL-1", "phone_last4": "8000"},
        {"receipt_number": ""},
    ],
)
def test_progress_is_asked_in_one_way_only(inputs: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Inputs.model_validate(inputs)


def test_progress_keeps_the_id_out_of_its_repr() -> None:
    inputs = repr(Inputs.model_validate(PERSON))
    assert "110105" not in inputs
    assert "8000" not in inputs
