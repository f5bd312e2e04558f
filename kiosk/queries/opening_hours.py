"""When the hall is open, today and the next days."""

from collections.abc import Mapping
from datetime import date, time
from typing import ClassVar

from forms import Catalogue, Text
from forms.values.days import month_and_day, weekday_in_words
from kiosk.hall.service import HallService
from kiosk.queries import Query, inputs_of
from kiosk.state.query_answer import AnswerLine, QueryAnswer
from kiosk.texts.strings import Texts
from protocol.queries.opening_hours import Answer, Day, Inputs, Span
from protocol.wire import Words

ALOUD = 2  # days: today and tomorrow


class OpeningHours:
    examples: ClassVar = {
        "found": Answer(
            days=[
                Day(
                    date=date(2026, 11, 23),
                    spans=[Span(opens=time(8, 30), closes=time(11, 30)), Span(opens=time(14), closes=time(17))],
                ),
                Day(date=date(2026, 11, 24), spans=[], closed=Words(zh="停电检修", en="Work on the power line")),
                Day(date=date(2026, 11, 25), spans=[Span(opens=time(9), closes=time(12))]),
            ]
        )
    }

    def ask(self, hall: HallService, answers: Mapping[str, str], catalogue: Catalogue, texts: Texts) -> QueryAnswer:
        told = hall.ask("opening_hours", inputs_of(answers, Inputs), Answer)
        lines = [_line(day, texts, aloud=at < ALOUD) for at, day in enumerate(told.days)]
        if told.phone:
            phone = Text(zh=told.phone, en=told.phone)
            lines.append(AnswerLine(texts.text("opening_hours.phone"), phone))
        return QueryAnswer("opening_hours.title", tuple(lines))


def _line(day: Day, texts: Texts, *, aloud: bool) -> AnswerLine:
    iso = day.date.isoformat()
    label = Text(
        zh=f"{month_and_day(iso, 'zh')} {weekday_in_words(iso, 'zh')}",
        en=f"{weekday_in_words(iso, 'en')}, {month_and_day(iso, 'en')}",
    )
    value = _spans(day.spans) if day.spans else texts.text("opening_hours.closed")
    if day.closed:
        value = Text(zh=f"{value.zh}，{day.closed.zh}", en=f"{value.en}: {day.closed.en}")
    return AnswerLine(label, value, aloud=(label, value) if aloud else ())


def _spans(spans: list[Span]) -> Text:
    """上午8:30到11:30，下午2:00到5:00; 8:30 to 11:30 and 14:00 to 17:00."""
    return Text(
        zh="，".join(f"{_time_zh(span.opens)}到{_time_zh(span.closes)}" for span in spans),
        en=" and ".join(f"{span.opens:%H:%M} to {span.closes:%H:%M}" for span in spans),
    )


def _time_zh(at: time) -> str:
    part = "上午" if at.hour < 12 else "中午" if at.hour < 13 else "下午" if at.hour < 18 else "晚上"
    hour = at.hour if at.hour <= 12 else at.hour - 12
    minute = f"{at.minute}分" if at.minute % 30 else "半" if at.minute else ""
    return f"{part}{hour}点{minute}"


QUERY: Query = OpeningHours()
