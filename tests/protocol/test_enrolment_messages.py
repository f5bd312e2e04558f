"""A code is carried by a person; both ends prove by it who they are, and it never travels."""

from uuid import UUID

import pytest

from protocol.enrolment import (
    ALPHABET,
    CodeError,
    Enrolment,
    KioskState,
    checked_enrolment,
    enrolment_answer,
    enrolment_request,
    keys_of_code,
    new_code,
    request_is_proven,
)
from protocol.signing import SignatureError
from protocol.wire import HallKey

CODE, KEY = "ABCD-EFGH-JKMN", bytes(range(32))
TOLD = Enrolment(
    kiosk=UUID(int=1),
    name="柳林村一号",
    state=KioskState.WAITING,
    hall_key=HallKey(key_id="k", public_key=bytes(32)),
)


def test_a_code_is_read_however_it_is_written() -> None:
    assert keys_of_code(CODE) == keys_of_code("abcdefghjkmn") == keys_of_code(" ABCD EFGH JKMN ")
    assert keys_of_code(new_code()) != keys_of_code(CODE)
    assert not set("01OIL") & set(ALPHABET)


@pytest.mark.parametrize("code", ["", "ABCD-EFGH", "ABCD-EFGH-JKM0", "ABCD-EFGH-JKMN-P", "一二三四-EFGH-JKMN"])
def test_what_is_no_code_is_said_with_an_example(code: str) -> None:
    with pytest.raises(CodeError, match="12 letters and digits, such as ABCD-EFGH-JKMN"):
        keys_of_code(code)


def test_the_code_does_not_travel() -> None:
    keys = keys_of_code(CODE)
    sent = enrolment_request(keys, KEY).model_dump_json() + enrolment_answer(keys.secret, KEY, TOLD).model_dump_json()
    assert "ABCD" not in sent.upper()
    assert keys.secret.hex() not in sent
    assert "secret" not in repr(keys)


def test_another_key_on_the_way_is_not_proven() -> None:
    keys = keys_of_code(CODE)
    request = enrolment_request(keys, KEY)
    assert request_is_proven(request, keys.secret)
    assert not request_is_proven(request.model_copy(update={"public_key": bytes(32)}), keys.secret)
    assert not request_is_proven(request, keys_of_code("ABCD-EFGH-JKMP").secret)


def test_another_halls_answer_is_none() -> None:
    keys = keys_of_code(CODE)
    answer = enrolment_answer(keys.secret, KEY, TOLD)
    assert checked_enrolment(keys, KEY, answer) == TOLD
    forged = TOLD.model_copy(update={"ca": "another"}).model_dump_json()
    for wrong in (answer.model_copy(update={"enrolment": forged}), answer.model_copy(update={"proof": bytes(32)})):
        with pytest.raises(SignatureError, match="does not come from the hall that made this code"):
            checked_enrolment(keys, KEY, wrong)
    with pytest.raises(SignatureError):
        checked_enrolment(keys, bytes(32), answer)  # it was told to another kiosk


def test_a_certificate_that_is_none_is_refused_before_it_is_kept() -> None:
    keys = keys_of_code(CODE)
    answer = enrolment_answer(keys.secret, KEY, TOLD.model_copy(update={"ca": "-----BEGIN"}))
    with pytest.raises(SignatureError, match=r"the hall's ca.pem is damaged"):
        checked_enrolment(keys, KEY, answer)
