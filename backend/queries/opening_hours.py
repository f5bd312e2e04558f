"""When the hall is open, from assets/hall/opening_hours.yaml."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from backend.foundation.settings import Settings
from backend.hall.files import read_hall_data
from backend.hall.hall import TheHall
from forms.reading.mistake import Mistake
from protocol.queries.opening_hours import Answer, Day, Inputs, Span
from protocol.wire import Words

DAYS = 7


def _span(text: Any) -> Span:
    try:
        opens, closes = (datetime.strptime(part, "%H:%M").time() for part in text.split("-"))
    except (AttributeError, ValueError):
        raise ValueError(f"{text!r} is not a span of hours") from None
    if opens >= closes:
        raise ValueError(f"{text!r} ends before it begins")
    return Span(opens=opens, closes=closes)


def _in_order(spans: list[Span]) -> list[Span]:
    if any(before.closes >= after.opens for before, after in pairwise(spans)):
        raise ValueError("the spans of a day overlap or are not in order")
    return spans


_Spans = Annotated[list[Annotated[Span, BeforeValidator(_span)]], AfterValidator(_in_order)]


class _Week(BaseModel):
    model_config = ConfigDict(extra="forbid")

    monday: _Spans
    tuesday: _Spans
    wednesday: _Spans
    thursday: _Spans
    friday: _Spans
    saturday: _Spans
    sunday: _Spans


class _OpeningHours(BaseModel):
    model_config = ConfigDict(extra="forbid")

    week: _Week
    closed: dict[date, Words] = {}
    phone: str | None = None

    def on(self, day: date) -> Day:
        closed = self.closed.get(day)
        of_week = [spans for _, spans in self.week]
        return Day(date=day, spans=[] if closed else of_week[day.weekday()], closed=closed)


def read(settings: Settings) -> tuple[_OpeningHours, list[Mistake]]:
    """The county's file in place of the shipped one, unless it is broken; SetupError when the shipped one is."""
    advice = 'write hours like "08:30-11:30", and a reason to be closed in zh and en'
    return read_hall_data(settings, "opening_hours.yaml", _OpeningHours, advice, lambda shipped, own: own)


@lru_cache(maxsize=1)
def _read(settings: Settings, stamp: str) -> _OpeningHours:
    """`stamp` is another one when a file has changed."""
    return read(settings)[0]


def answer(hall: TheHall, inputs: Inputs) -> Answer:
    hours = _read(hall.files.settings, hall.files.stamp)
    days = [hall.today + timedelta(days=ahead) for ahead in range(DAYS)]
    return Answer(days=[hours.on(day) for day in days], phone=hours.phone)
