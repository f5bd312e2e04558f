"""What a person may choose as a PIN, how it is kept, and one-time codes."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.pins import WeakPinError, check_strength, code_digest, hashed, is_right
from backend.hall.keys import HallKeys
from protocol.enrolment import new_code

KEYS, OTHER_KEYS = HallKeys(b"1" * 32, b"2" * 32), HallKeys(b"1" * 32, b"3" * 32)
MEMBER, OTHER = UUID(int=1), UUID(int=2)
EASY = ["123456", "654321", "456789", "890123", "111111", "121212", "123123", "112211", "19380515", "380515", "000000"]


@pytest.mark.parametrize("pin", [*EASY, "12345", "1" * 13, "7301640958120", "73016a", "７３０１６４", "", " 730164"])
def test_what_is_tried_first_is_refused(pin: str) -> None:
    with pytest.raises(WeakPinError, match="6 to 12 digits"):
        check_strength(pin)


@pytest.mark.parametrize("pin", ["730164", "905217", "139852", "730164095812", "19389915"])
def test_others_are_taken(pin: str) -> None:
    check_strength(pin)


@given(st.integers(0, 999_999))
def test_most_pins_of_six_digits_may_be_chosen_and_none_is_periodic(number: int) -> None:
    pin = f"{number:06d}"
    try:
        check_strength(pin)
    except WeakPinError:
        return
    assert all(pin != pin[:period] * (6 // period) for period in (1, 2, 3))


def test_a_kept_pin_is_argon2id_and_of_no_use_without_the_hall_s_key() -> None:
    kept = hashed(KEYS, MEMBER, "730164")
    assert kept.startswith("$argon2id$v=19$m=49152,t=2,p=1$")
    assert is_right(KEYS, MEMBER, "730164", kept)
    assert not is_right(KEYS, MEMBER, "730165", kept)
    assert not is_right(KEYS, OTHER, "730164", kept)  # a row copied to another account
    assert not is_right(OTHER_KEYS, MEMBER, "730164", kept)


def test_a_code_may_be_typed_as_people_type() -> None:
    code = new_code()
    typed = f" {code.lower().replace('-', ' ')} "
    assert code_digest(KEYS, MEMBER, typed) == code_digest(KEYS, MEMBER, code)
    assert code_digest(KEYS, OTHER, code) != code_digest(KEYS, MEMBER, code)
