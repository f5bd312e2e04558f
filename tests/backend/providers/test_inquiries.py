import json
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from backend.providers.inquiries import InsuranceAccount, MedicalInsurance, Movement, OnRecord, UtilityBill
from backend.providers.values import MISSING

PERSON = "11010519491231002X"


def test_null_and_nothing_are_missing_and_zero_is_a_value() -> None:
    told = InsuranceAccount.model_validate_json('{"balance": "0.00", "movements": null}')
    assert told.balance == Decimal("0.00")
    assert told.movements is MISSING
    assert told.missing == ("as_of", "movements")
    assert told.model_dump_json() == '{"balance":"0.00","as_of":null,"movements":null}'


@pytest.mark.parametrize(
    "wrong",
    [
        '{"balance": 12.5}',
        '{"balance": 12}',
        '{"balance": "12,50"}',
        '{"balance": "1e9"}',
        '{"balance": "NaN"}',
        '{"balance": "0.001"}',
        '{"balance": ""}',
        '{"balance": "missing"}',
        '{"as_of": 1763596800}',
        '{"as_of": "20.11.2026"}',
        '{"movements": {}}',
        '{"movements": [{"on": "2026-11-20", "amount": "1.00"}]}',
        '{"movements": [{"on": "2026-11-20", "amount": "1.00", "what": "a\\u0000b"}]}',
    ],
)
def test_what_is_not_quite_an_answer_is_none(wrong: str) -> None:
    with pytest.raises(ValidationError):
        InsuranceAccount.model_validate_json(wrong)


def test_inquiries_that_ask_the_same_are_equal_and_do_not_show_whom_they_are_about() -> None:
    assert OnRecord(id_number=PERSON) == OnRecord(id_number=PERSON)
    assert len({OnRecord(id_number=PERSON), OnRecord(id_number=PERSON)}) == 1
    assert PERSON not in repr(OnRecord(id_number=PERSON))
    assert "123456" not in repr(UtilityBill(account_number="123456"))
    with pytest.raises(ValidationError, match="after the last"):
        MedicalInsurance(id_number=PERSON, first_day=date(2026, 2, 1), last_day=date(2026, 1, 1))


def test_what_turns_or_hides_the_words_beside_it_is_left_out() -> None:
    said = {"on": "2026-11-01", "amount": "1.00", "what": "\u202e门\u200b诊"}
    assert Movement.model_validate_json(json.dumps(said)).what == "门诊"
    with pytest.raises(ValidationError):
        Movement.model_validate_json(json.dumps(said | {"what": "\u200b"}))
