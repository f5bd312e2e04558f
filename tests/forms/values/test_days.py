"""How the terminal writes a day."""

import pytest
from foreign_dates import ChineseDate

from forms.values import days
from forms.values.days import day_in_words, month_and_day, weekday_in_words


def test_a_day_in_both_languages() -> None:
    assert (day_in_words("1945-03-08", "zh"), day_in_words("1945-03-08", "en")) == ("1945年3月8日", "March 8, 1945")
    assert (month_and_day("1945-12-31", "zh"), month_and_day("1945-12-31", "en")) == ("12月31日", "December 31")


def test_english_months_stay_english_on_a_chinese_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "date", ChineseDate)
    months = [day_in_words(f"2026-{month:02}-01", "en") for month in range(1, 13)]
    assert months == [f"{name} 1, 2026" for name in (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )]  # fmt: skip


def test_the_days_of_a_week() -> None:
    week = [f"2026-11-{day}" for day in range(23, 30)]  # a Monday to a Sunday
    assert [weekday_in_words(day, "zh") for day in week] == [f"星期{one}" for one in "一二三四五六日"]
    assert [weekday_in_words(day, "en") for day in week] == [
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ]
