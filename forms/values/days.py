"""Days as the terminal writes them, whatever the locale of the machine."""

import re
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

NO_SUCH_DAY = "{!r} is a day that does not exist"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEKDAYS = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def read_day(text: str) -> date | None:
    """The day that is written like 2026-01-31, and in no other way."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def no_such_day(text: object) -> bool:
    """Whether that is written like a day, and no calendar has it: 2026-11-31."""
    return isinstance(text, str) and bool(_DAY.fullmatch(text)) and read_day(text) is None


def weekday_in_words(iso: str, lang: str) -> str:
    """星期三, Wednesday."""
    return _WEEKDAYS[lang][date.fromisoformat(iso).weekday()]


def day_in_words(iso: str, lang: str) -> str:
    """1945年3月8日, March 8, 1945."""
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else f"{month_and_day(iso, lang)}, {day.year}"


def month_in_words(iso: str, lang: str) -> str:
    """1945年3月, March 1945."""
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月" if lang == "zh" else f"{MONTHS[day.month - 1]} {day.year}"


def month_and_day(iso: str, lang: str) -> str:
    """3月8日, March 8."""
    day = date.fromisoformat(iso)
    return f"{day.month}月{day.day}日" if lang == "zh" else f"{MONTHS[day.month - 1]} {day.day}"
