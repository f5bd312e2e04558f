"""When the hall is open: hall/opening_hours.yaml."""

from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from protocol.queries.opening_hours import Day, Span
from protocol.wire import Words


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


class OpeningHours(BaseModel):
    model_config = ConfigDict(extra="forbid")

    week: _Week
    closed: dict[date, Words] = {}
    phone: str | None = None

    def on(self, day: date) -> Day:
        closed = self.closed.get(day)
        of_week = [spans for _, spans in self.week]
        return Day(date=day, spans=[] if closed else of_week[day.weekday()], closed=closed)
