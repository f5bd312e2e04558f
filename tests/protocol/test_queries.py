from importlib import import_module

import pytest
from pydantic import ValidationError

from protocol.levels import By, Level
from protocol.queries import NAMES, QueryInputs
from protocol.queries.progress import Inputs
from protocol.wire import WireAnswer

ID_NUMBER = "110105194912310021"


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_query_says_what_goes_in_and_what_comes_out(name: str) -> None:
    query = import_module(f"protocol.queries.{name}")
    assert issubclass(query.Inputs, QueryInputs)
    assert issubclass(query.Answer, WireAnswer)


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"resident_id": ID_NUMBER, "phone_last4": "8000"},
        {"phone_last4": "8000"},
        {"receipt_number": "YL-1", "resident_id": ID_NUMBER},
        {"receipt_number": ""},
    ],
)
def test_progress_is_asked_in_one_way_only(inputs: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Inputs.model_validate(inputs)


def test_an_id_number_needs_the_card_and_a_receipt_its_number_alone() -> None:
    person = Inputs(resident_id=ID_NUMBER)
    assert (person.needs, person.shown_by) == (Level.SHOWN, {By.CARD, By.STAFF})
    assert Inputs(receipt_number="YL-1").needs == Level.TYPED


def test_progress_keeps_the_id_out_of_its_repr() -> None:
    assert "110105" not in repr(Inputs(resident_id=ID_NUMBER))
    assert "8000" not in repr(Inputs(receipt_number="YL-1", phone_last4="8000"))
