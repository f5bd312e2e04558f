"""What is said aloud of an answer."""

import pytest
from field_support import field

from kiosk.entry.privacy import count_back, filled_in, group_back, in_full, is_public, last_two


def test_of_a_long_number_the_last_two_of_a_short_one_nothing() -> None:
    assert last_two("11010519491231002X", "zh") == "已填写18位，最后两位2 X"
    assert last_two("13800138000", "en") == "11 digits, ending in 0 0"
    assert last_two("12345678", "zh") == "已填写8位，最后两位7 8"
    assert (last_two("1234567", "zh"), last_two("1234567", "en")) == ("已填写7位", "7 digits")
    assert (filled_in("王秀英", "zh"), filled_in("王秀英", "en")) == ("已经填好", "filled in")


@pytest.mark.parametrize(("tier", "public"), [("L1", True), ("L2", True), ("L3", False), ("L4", False)])
def test_what_is_private_is_said_back_in_groups_at_most(tier: str, public: bool) -> None:
    asked = field("phone", tier=tier)
    assert is_public(asked, "13800") is public
    assert group_back(asked, "1380", "zh") == "1 3 8 0"
    assert group_back(asked, "13800", "zh") == ("1 3 8 0 0" if public else "5位")
    assert group_back(asked, "13800", "en") == ("1 3 8 0 0" if public else "5 digits")
    assert count_back(asked, "18", "zh") == ("1 8" if public else "2位")


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("110105 19491231 002X", "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X"),
        ("138 0013 8000", "1 3 8 0 0 1 3 8 0 0 0"),
        ("123456", "1 2 3 4 5 6"),
        ("12345", "12345"),
        ("1945年3月8日", "1945年3月8日"),
        ("王秀英", "王秀英"),
    ],
)
def test_in_the_headset_long_numbers_are_said_digit_by_digit(shown: str, said: str) -> None:
    assert in_full(shown) == said
