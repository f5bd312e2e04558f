"""A date by cards: decade, year, month, day, in the solar or the lunar calendar (`moon`)."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from borax.calendars.lunardate import LCalendars, LunarDate

from forms.values.days import MONTHS

Step = Literal["decade", "year", "month", "day", "done"]
STEPS: tuple[Step, ...] = ("decade", "year", "month", "day", "done")


@dataclass(frozen=True)
class DateSteps:
    """What was taken so far of a date between two days.

    `taken` is up to four numbers: decade (194 for the forties), year, month, day. In the lunar calendar a leap month
    is the month plus 100.
    """

    least: date
    most: date
    moon: bool = False
    taken: tuple[int, ...] = ()

    @property
    def step(self) -> Step:
        """What is asked next."""
        return STEPS[len(self.taken)]

    @property
    def day(self) -> date | None:
        """The whole date, of the solar calendar; None while something is open."""
        return self._day(*self.taken[1:]) if self.step == "done" else None

    def options(self) -> tuple[int, ...]:
        """What may be taken now: never anything that leads to no day."""
        match self.taken:
            case ():
                return tuple(dict.fromkeys(year // 10 for year in self._years()))
            case (decade,):
                return tuple(year for year in self._years() if year // 10 == decade)
            case (_, year):
                return tuple(month for month in self._months(year) if self._days(year, month))
            case (_, year, month):
                return self._days(year, month)
        return ()

    def take(self, number: int) -> "DateSteps":
        """One step on; the same as before for what is not among the options."""
        return replace(self, taken=(*self.taken, number)) if number in self.options() else self

    def back(self) -> "DateSteps":
        return replace(self, taken=self.taken[:-1])

    def on(self, day: date) -> "DateSteps":
        """All four steps of a day."""
        if not self.moon:
            return replace(self, taken=(day.year // 10, day.year, day.month, day.day))
        moon = LunarDate.from_solar(day)
        return replace(self, taken=(moon.year // 10, moon.year, moon.month + 100 * moon.leap, moon.day))

    def by(self, *, moon: bool) -> "DateSteps":
        """The same day of the other calendar; with a day still open, only the decade and the year stay."""
        other = replace(self, moon=moon)
        return other.on(self.day) if self.day else replace(other, taken=self.taken[:2])

    def _years(self) -> range:
        if self.moon:
            return range(LunarDate.from_solar(self.least).year, LunarDate.from_solar(self.most).year + 1)
        return range(self.least.year, self.most.year + 1)

    def _months(self, year: int) -> tuple[int, ...]:
        if not self.moon:
            return tuple(range(1, 13))
        return tuple(month + 100 * leap for month, _, leap in LCalendars.iter_year_month(year))

    def _days(self, year: int, month: int) -> tuple[int, ...]:
        many = LCalendars.ndays(year, month % 100, month // 100) if self.moon else monthrange(year, month)[1]
        return tuple(day for day in range(1, many + 1) if self.least <= self._day(year, month, day) <= self.most)

    def _day(self, year: int, month: int, day: int) -> date:
        if not self.moon:
            return date(year, month, day)
        found: date = LunarDate(year, month % 100, day, month // 100).to_solar_date()
        return found


def in_words(steps: DateSteps, lang: str) -> str:
    """What was taken, as people write it: 1945年3月, 农历1945年正月廿五."""
    parts = [label(steps, step, number, lang) for step, number in zip(STEPS, steps.taken, strict=False)]
    if len(parts) > 1:
        parts = parts[1:]  # the year says the decade
    calendar = {"zh": "农历", "en": "lunar "}[lang] if steps.moon and parts else ""
    return calendar + ("" if lang == "zh" else " ").join(parts)


def label(steps: DateSteps, step: Step, number: int, lang: str) -> str:
    """The card of one option: 1940年代, 1945年, 3月 or 正月, 8日 or 初八."""
    if step == "decade":
        return f"{number}0年代" if lang == "zh" else f"{number}0s"
    if step == "year":
        return f"{number}年" if lang == "zh" else str(number)
    if lang == "en":
        if step == "day":
            return str(number)
        return f"{'leap ' if number > 100 else ''}month {number % 100}" if steps.moon else MONTHS[number - 1]
    if not steps.moon:
        return f"{number}月" if step == "month" else f"{number}日"
    if step == "month":
        return ("闰" if number > 100 else "") + _MOON_MONTHS[number % 100 - 1] + "月"
    return _MOON_DAYS[number - 1]


_MOON_MONTHS = "正二三四五六七八九十冬腊"
_MOON_DAYS = (
    *("初一", "初二", "初三", "初四", "初五", "初六", "初七", "初八", "初九", "初十"),
    *("十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十"),
    *("廿一", "廿二", "廿三", "廿四", "廿五", "廿六", "廿七", "廿八", "廿九", "三十"),
)
