"""Dates as people write and say them, and that none is ever guessed."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.field import Field
from forms.rules import judge
from forms.texts import Text
from forms.values.dates import EARLIEST, LATEST, DateError, read_date

TODAY = date(2026, 11, 23)
SAME = Text(zh="字", en="word")

MEANT = {
    # written
    "1945-3-8": "1945-03-08",
    "1945-03-08": "1945-03-08",
    "1945/03/08": "1945-03-08",
    "1945.3.8": "1945-03-08",
    "19450308": "1945-03-08",
    "１９４５０３０８": "1945-03-08",
    "1945 03 08": "1945-03-08",
    "1945年3月8日": "1945-03-08",
    " 1945 年 3 月 8 日 ": "1945-03-08",
    "1945年3月8": "1945-03-08",
    "March 8, 1945": "1945-03-08",
    "8 March 1945": "1945-03-08",
    "8th of March, 1945": "1945-03-08",
    # said, solar
    "一九四五年三月八号": "1945-03-08",
    "一九四五年三月八日": "1945-03-08",
    "一九四五年的三月八号": "1945-03-08",
    "一千九百四十五年十二月三十一号": "1945-12-31",
    "两千零五年一月一号": "2005-01-01",
    "二零零五年十月二十三日": "2005-10-23",
    "二〇〇五年十月廿三号": "2005-10-23",
    "四五年三月八号": "1945-03-08",
    "我是四五年三月八号生的": "1945-03-08",
    "民国三十四年三月八号": "1945-03-08",
    "民国元年三月八号": "1912-03-08",
    "去年三月八号": "2025-03-08",
    "今年十一月二十三号": "2026-11-23",
    "阳历一九四五年三月十五": "1945-03-15",
    "一九四四年二月二十九号": "1944-02-29",
    # said, lunar: checked against the almanac
    "一九四五年三月初八": "1945-04-19",
    "1945年三月初八": "1945-04-19",
    "农历1945年3月8日": "1945-04-19",
    "阴历四五年三月初八": "1945-04-19",
    "四五年农历三月初八": "1945-04-19",
    "农历一九四五年三月十五": "1945-04-26",
    "一九四四年闰四月初五": "1944-05-26",
    "一九四四年四月初五": "1944-04-27",
    "一九四五年正月初一": "1945-02-13",
    "一九四五年大年初一": "1945-02-13",
    "一九四五年腊月廿三": "1946-01-25",
    "一九四五年腊月二十三": "1946-01-25",
    "一九四五年冬月初一": "1945-12-05",
    "二零二三年除夕": "2024-02-09",
    "二零二四年大年三十": "2025-01-28",  # that month has 29 days
    "去年腊月廿三": "2026-02-10",
}

NOT_MEANT = {
    "三月八号": "date_year",
    "三月初八": "date_year",
    "今年大年三十": "date_year",
    "一五年三月八号": "date_year",  # 1915 or 2015
    "八年三月八号": "date_year",
    "一九四五年三月十五": "date_calendar",
    "一九四五年三月二十三": "date_calendar",
    "阳历三月初八": "date_calendar",
    "阳历一九四五年腊月八号": "date_calendar",
    "农历阳历一九四五年三月八号": "date_calendar",
    "1945年2月29日": "date_impossible",
    "1945-02-30": "date_impossible",
    "1945-13-01": "date_impossible",
    "19451301": "date_impossible",
    "00000000": "date_impossible",
    "一九四五年闰四月初五": "date_impossible",  # 1945 had no leap month
    "农历一九四五年三月三十一": "date_impossible",
    "二零二四年腊月三十": "date_impossible",  # that month has 29 days
    "明年三月八号": "date_range",
    "1899-12-31": "date_range",
    "2026-11-24": "date_range",
    "三千年三月八号": "date_range",
    "2050-01-01": "date_range",
    "03/08/1945": "date_unclear",  # March or August?
    "1945": "date_unclear",
    "一九四五": "date_unclear",
    "一九四五年": "date_unclear",
    "三月": "date_unclear",
    "": "date_unclear",
    "好": "date_unclear",
    "一九四五年好月八号": "date_unclear",
    "13 Hello 1945": "date_unclear",
    "1945-3/8": "date_unclear",
}


@pytest.mark.parametrize(("said", "meant"), MEANT.items())
def test_what_is_meant(said: str, meant: str) -> None:
    assert read_date(said, TODAY, EARLIEST, TODAY).isoformat() == meant


@pytest.mark.parametrize(("said", "why"), NOT_MEANT.items())
def test_nothing_is_guessed(said: str, why: str) -> None:
    with pytest.raises(DateError) as error:
        read_date(said, TODAY, EARLIEST, TODAY)
    assert error.value.code == why


def test_before_the_spring_festival_this_lunar_year_is_last_year() -> None:
    with pytest.raises(DateError, match="date_year"):
        read_date("今年正月初八", date(2027, 1, 10))


def test_two_digits_are_enough_where_one_century_fits() -> None:
    assert read_date("一五年三月八号", TODAY, date(2000, 1, 1), TODAY) == date(2015, 3, 8)
    assert read_date("四四年二月二十九号", TODAY, EARLIEST, TODAY) == date(1944, 2, 29)
    with pytest.raises(DateError, match="date_year"):
        read_date("四五年三月八号", TODAY, EARLIEST, LATEST)


@given(st.dates(EARLIEST, LATEST))
def test_every_day_is_read_back(day: date) -> None:
    for text in (day.isoformat(), day.strftime("%Y%m%d"), f"{day.year}年{day.month}月{day.day}日"):
        assert read_date(text, TODAY) == day


@given(st.text(alphabet="一二三四五六七八九十零廿初闰正腊冬年月日号农历大除夕0123456789-", max_size=14))
def test_anything_else_is_a_plain_refusal(text: str) -> None:
    with suppress(DateError):
        assert EARLIEST <= read_date(text, TODAY) <= LATEST


def asked(**more: Any) -> Field:
    return Field(id="born", type="date", tier="L3", label=SAME, question=SAME, example="1945-03-08", **more)


@pytest.mark.parametrize("raw", ["1945年3月8日", "1945-3-8", 19450308, "一九四五年三月八号"])
def test_a_date_is_kept_as_iso(raw: object) -> None:
    verdict = judge(asked(max="today"), raw, [], TODAY)
    assert (verdict.value, verdict.error) == ("1945-03-08", None)


@pytest.mark.parametrize(
    ("bounds", "raw", "code"),
    [
        ({"max": "today"}, "2026-11-24", "date_range"),
        ({"max": "today"}, "2026-11-23", None),
        ({"min": "1946-01-01"}, "1945-12-31", "date_range"),
        ({}, "2030-01-01", None),
    ],
)
def test_bounds_are_data(bounds: dict[str, str], raw: str, code: str | None) -> None:
    assert judge(asked(**bounds), raw, [], TODAY).error == code


@pytest.mark.parametrize("bound", ["gestern", "1945-2-3", "5"])
def test_a_bound_that_is_none_is_refused(bound: str) -> None:
    with pytest.raises(ValueError, match="is no day"):
        asked(min=bound)
