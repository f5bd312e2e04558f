from datetime import date

import pytest
from foreign_dates import ChineseDate
from hypothesis import given
from hypothesis import strategies as st

from forms import Catalogue
from kiosk.entry import date_steps
from kiosk.entry.date_steps import DateSteps, in_words, label
from kiosk.entry.field_input import input_of

FIRST, TODAY = date(1900, 1, 31), date(2026, 11, 23)
STEPS = DateSteps(FIRST, TODAY)


def after(steps: DateSteps, *numbers: int) -> DateSteps:
    for number in numbers:
        steps = steps.take(number)
    return steps


def test_four_cards_make_a_day() -> None:
    steps = after(STEPS, 194, 1945, 3, 8)
    assert (steps.step, steps.day, in_words(steps, "zh")) == ("done", date(1945, 3, 8), "1945年3月8日")
    assert in_words(steps, "en") == "1945 March 8"


def test_only_days_between_the_bounds_are_offered() -> None:
    assert (STEPS.options()[0], STEPS.options()[-1]) == (190, 202)
    assert after(STEPS, 202).options() == tuple(range(2020, 2027))
    assert after(STEPS, 202, 2026).options()[-1] == 11
    assert after(STEPS, 202, 2026, 11).options()[-1] == 23
    assert after(STEPS, 190, 1900, 1).options() == (31,)
    assert after(STEPS, 195, 1956, 2).options()[-1] == 29


def test_what_is_not_offered_is_not_taken() -> None:
    assert after(STEPS, 188) == STEPS
    assert after(STEPS, 194, 1945, 2, 30).step == "day"


def test_a_leap_month_has_its_own_card_by_the_moon() -> None:
    moon = after(STEPS.by(moon=True), 202, 2023)
    assert [label(moon, "month", one, "zh") for one in moon.options()][:4] == ["正月", "二月", "闰二月", "三月"]
    leap = after(moon, 102, 3)
    assert (leap.day, in_words(leap, "zh")) == (date(2023, 3, 24), "农历2023年闰二月初三")


def test_the_last_days_of_a_lunar_month_are_named_as_people_name_them() -> None:
    steps = after(STEPS.by(moon=True), 202, 2023, 2)
    names = [label(steps, "day", one, "zh") for one in steps.options()]
    assert (names[0], names[9], names[19], names[20], names[-1]) == ("初一", "初十", "二十", "廿一", "三十")


def test_back_opens_the_last_step_again() -> None:
    steps = after(STEPS, 194, 1945, 3, 8).back()
    assert (steps.step, steps.day) == ("day", None)
    assert STEPS.back() == STEPS


def test_with_a_day_still_open_the_year_stays_when_the_calendar_changes() -> None:
    assert after(STEPS, 194, 1945, 3).by(moon=True).taken == (194, 1945)


@given(st.dates(FIRST, TODAY), st.booleans())
def test_every_day_can_be_reached_by_its_cards(day: date, moon: bool) -> None:
    whole = STEPS.by(moon=moon).on(day)
    assert after(STEPS.by(moon=moon), *whole.taken).day == day
    assert whole.by(moon=not moon).day == day


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("moon", [False, True])
def test_every_card_has_its_own_name(lang: str, moon: bool) -> None:
    steps = STEPS.by(moon=moon)
    for number in (202, 2023, 2, 1):
        names = [label(steps, steps.step, one, lang) for one in steps.options()]
        assert len(set(names)) == len(names)
        steps = steps.take(number)


def test_english_months_stay_english_on_a_chinese_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(date_steps, "date", ChineseDate)
    months = [label(STEPS, "month", number, "en") for number in range(1, 13)]
    assert months == ["January", "February", "March", "April", "May", "June",
                      "July", "August", "September", "October", "November", "December"]  # fmt: skip


def test_the_cards_in_both_languages() -> None:
    assert (label(STEPS, "decade", 194, "zh"), label(STEPS, "decade", 194, "en")) == ("1940年代", "1940s")
    assert (label(STEPS, "year", 1945, "zh"), label(STEPS, "year", 1945, "en")) == ("1945年", "1945")
    assert (label(STEPS, "month", 3, "zh"), label(STEPS, "day", 8, "zh"), label(STEPS, "day", 8, "en")) == (
        "3月",
        "8日",
        "8",
    )


def test_the_months_and_days_of_the_moon() -> None:
    moon, digits = STEPS.by(moon=True), "一二三四五六七八九十"
    months = [label(moon, "month", number, "zh") for number in range(1, 13)]
    assert months == [f"{name}月" for name in ("正", *digits[1:10], "冬", "腊")]
    days = [label(moon, "day", number, "zh") for number in range(1, 31)]
    tens = [f"十{one}" for one in digits[:9]] + ["二十"] + [f"廿{one}" for one in digits[:9]] + ["三十"]
    assert days == [f"初{one}" for one in digits] + tens
    assert (label(moon, "month", 101, "zh"), label(moon, "month", 101, "en")) == ("闰正月", "leap month 1")
    assert (label(moon, "month", 4, "en"), label(moon, "day", 30, "en")) == ("month 4", "30")


def test_what_was_taken_so_far_in_words() -> None:
    assert (in_words(STEPS, "zh"), in_words(STEPS.by(moon=True), "zh")) == ("", "")
    assert (in_words(after(STEPS, 194), "zh"), in_words(after(STEPS, 194), "en")) == ("1940年代", "1940s")
    assert in_words(after(STEPS, 194, 1945, 3), "en") == "1945 March"
    moon = STEPS.by(moon=True).on(date(1945, 3, 9))
    assert (in_words(moon, "zh"), in_words(moon, "en")) == ("农历1945年正月廿五", "lunar 1945 month 1 25")


def test_a_day_of_a_leap_month_stays_one_when_it_comes_from_the_sun() -> None:
    assert STEPS.by(moon=True).on(date(2023, 3, 24)).taken == (202, 2023, 102, 3)


def test_the_years_of_the_moon_begin_where_the_first_day_does() -> None:
    steps = DateSteps(date(1945, 1, 1), date(1946, 1, 1), moon=True)
    assert after(steps, 194).options() == (1944, 1945)
    assert after(steps, 194, 1944).options() == (11, 12)


def test_without_a_last_day_no_card_is_far_off(catalogue: Catalogue) -> None:
    field = catalogue.services["out-of-area-medical"].field("start")
    begin = input_of(field).steps
    assert begin is not None
    assert begin(field, TODAY).options() == (202, 203)
