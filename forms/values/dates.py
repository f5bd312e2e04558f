"""Dates as people write and say them, of the solar and the lunar calendar. A date is never guessed."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from borax.calendars.lunardate import LunarDate

from forms.values import numerals
from forms.values.days import MONTHS

EARLIEST, LATEST = date(1900, 1, 31), date(2100, 12, 31)  # what the lunar tables know
_LUNAR, _SOLAR = re.compile("农历|阴历|旧历|老历|古历"), re.compile("公历|阳历|新历|西历|国历")
_AROUND = re.compile(r"^(我?是|生日是?|我生日是?|公元)|(出?生|出?生人)$")
_SAID = re.compile(
    r"(?:(?P<republic>民国)?(?P<year>[^年月]+)年)?"
    r"(?:(?P<leap>闰)?(?P<month>[^年月闰]+)月份?(?P<day>初?[^初年月日号]+)(?P<solar_day>[日号]?)|(?P<eve>除夕|大?年三十))"
)
_WRITTEN = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTHS = [month[:3].lower() for month in MONTHS]
_ENGLISH = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]+) (?P<year>[0-9]{4})"
    r"|(?P<month2>[a-z]+) (?P<day2>[0-9]{1,2})(?:st|nd|rd|th)? (?P<year2>[0-9]{4})"
)
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_RELATIVE = {"前": -2, "去": -1, "今": 0, "明": 1}  # 去年 …


class DateError(Exception):
    """No date. `code`: date_unclear (not understood), date_year (which year?), date_calendar (solar or lunar?),
    date_impossible (there is no such day), date_range (not between the bounds)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_date(text: str, today: date, least: date = EARLIEST, most: date = LATEST) -> date:
    """The day that `text` means, between `least` and `most`; DateError when that is not certain.

    1945-3-8, 19450308, 1945年3月8日, 一九四五年三月初八, 四五年三月八号 (when only one century fits the bounds),
    民国三十四年…, 农历…, 闰四月初五, 腊月廿三, 大年三十, 去年三月八号; March 8, 1945.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > 60:
        raise DateError("date_unclear")
    if written := _WRITTEN.fullmatch(re.sub(r"\s", "", plain)):
        year, month, day = [int(part) for part in written.groups() if part and part.isdecimal()]
        return _within(_solar(year, month, day), least, most)
    if english := _ENGLISH.fullmatch(re.sub(r"[\s,.]+", " ", plain.lower()).strip()):
        return _within(_in_english(english.groupdict()), least, most)
    return _said(re.sub(r"[\s,，。、的]", "", plain), today, least, most)


def _in_english(said: Mapping[str, str | None]) -> date:
    name = said["month"] or said["month2"] or ""
    if name[:3] not in _MONTHS:
        raise DateError("date_unclear")
    return _solar(
        int(said["year"] or said["year2"] or 0), _MONTHS.index(name[:3]) + 1, int(said["day"] or said["day2"] or 0)
    )


def _said(text: str, today: date, least: date, most: date) -> date:
    lunar, solar = bool(_LUNAR.search(text)), bool(_SOLAR.search(text))
    text = _AROUND.sub("", _AROUND.sub("", _SOLAR.sub("", _LUNAR.sub("", text)))).replace("大年初", "正月初")
    said = _SAID.fullmatch(text)
    if said is None:
        raise DateError("date_unclear")
    if said["eve"]:
        month, day, marked_lunar, marked_solar = 12, 30, True, False
    else:
        month, day = _month(said["month"]), _whole(said["day"].removeprefix("初"))
        plain_day = not said["day"].startswith(("初", "廿"))
        marked_lunar = bool(said["leap"]) or said["month"] in _LUNAR_MONTHS or said["day"].startswith("初")
        marked_lunar = marked_lunar or (not plain_day and not said["solar_day"])
        marked_solar = bool(said["solar_day"]) or (plain_day and said["day"].isascii())
    if (lunar and solar) or (solar and marked_lunar) or not (lunar or solar or marked_lunar or marked_solar):
        raise DateError("date_calendar")
    by_moon = lunar or marked_lunar
    make: Callable[[int], date] = partial(_solar, month=month, day=day)
    if said["eve"]:
        make = _new_years_eve
    elif by_moon:
        make = partial(_of_moon, month=month, day=day, leap=bool(said["leap"]))
    years = _years(said["year"] or "", bool(said["republic"]), by_moon, today)
    if said["eve"] and said["year"] in _RELATIVE:
        raise DateError("date_year")  # the night before 今年, or the last one of it?
    return _only(years, make, least, most)


def _only(years: list[int], make: Callable[[int], date], least: date, most: date) -> date:
    """The one day of these years that lies within the bounds."""
    if len(years) == 1:
        return _within(make(years[0]), least, most)
    found = []
    for year in years:
        try:
            found.append(_within(make(year), least, most))
        except DateError as error:
            why = error
    if len(found) > 1:
        raise DateError("date_year")
    if not found:
        raise why
    return found[0]


def _years(text: str, republic: bool, lunar: bool, today: date) -> list[int]:
    """The years that may be meant: two for 四五年."""
    if text in _RELATIVE and not republic:
        if lunar and LunarDate.from_solar(today).year != today.year:
            raise DateError("date_year")  # before the spring festival 今年 is not the same in both calendars
        return [today.year + _RELATIVE[text]]
    if republic:
        return [1911 + (1 if text == "元" else _whole(text))]
    digits = numerals.row(text)
    if digits and len(digits) == 4:
        return [int(digits)]
    if digits and len(digits) == 2:
        return [1900 + int(digits), 2000 + int(digits)]
    year = numerals.number(text)
    if year is None or year < 1000:
        raise DateError("date_year")
    return [int(year)]


def _month(text: str) -> int:
    return _LUNAR_MONTHS.get(text) or _whole(text)


def _whole(text: str) -> int:
    value = numerals.number(text)
    if value is None:
        raise DateError("date_unclear")
    return int(value)


def _solar(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError("date_impossible") from error


def _of_moon(year: int, month: int, day: int, leap: bool) -> date:
    if not 1900 <= year <= 2100:
        raise DateError("date_range")
    try:
        found: date = LunarDate(year, month, day, int(leap)).to_solar_date()
    except ValueError as error:
        raise DateError("date_impossible") from error
    return found


def _new_years_eve(year: int) -> date:
    """The last day of a lunar year, whether its twelfth month has 29 days or 30."""
    try:
        return _of_moon(year, 12, 30, leap=False)
    except DateError as error:
        if error.code != "date_impossible":
            raise
        return _of_moon(year, 12, 29, leap=False)


def _within(day: date, least: date, most: date) -> date:
    if not least <= day <= most:
        raise DateError("date_range")
    return day
