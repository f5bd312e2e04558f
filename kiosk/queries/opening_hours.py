"""When the hall is open, today and the next days."""

from datetime import date, time

from forms import Text
from forms.texts import untranslated
from forms.values.days import month_and_day, weekday_in_words
from kiosk.hall.service import HallService
from kiosk.queries import Asked, Query
from kiosk.state.query_answer import AnswerLine, QueryAnswer
from kiosk.texts.strings import Texts
from protocol.queries import inputs_of
from protocol.queries.opening_hours import Answer, Day, Inputs, Span
from protocol.wire import Words

TODAY_TOMORROW = ({"zh": "今天 ", "en": "Today, "}, {"zh": "明天 ", "en": "Tomorrow, "})  # these are said aloud


EXAMPLES = {
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


def ask(hall: HallService, asked: Asked) -> QueryAnswer:
    told, texts = hall.ask("opening_hours", inputs_of(asked.answers, Inputs), Answer), asked.texts
    lines = [_line(day, at, texts) for at, day in enumerate(told.days)]
    if phone := told.phone or asked.catalogue.counters.phone:
        lines.append(AnswerLine(texts.text("opening_hours.phone"), untranslated(phone)))
    return QueryAnswer("opening_hours.title", tuple(lines))


def _line(day: Day, at: int, texts: Texts) -> AnswerLine:
    aloud = at < len(TODAY_TOMORROW)
    called = TODAY_TOMORROW[at] if aloud else {"zh": "", "en": ""}
    named = day_in_words(day.date)
    label = Text(zh=f"{called['zh']}{named.zh}", en=f"{called['en']}{named.en}")
    value = hours_in_words(day.spans) if day.spans else texts.text("opening_hours.closed")
    if day.closed:
        value = Text(zh=f"{value.zh}，{day.closed.zh}", en=f"{value.en}: {day.closed.en}")
    return AnswerLine(label, value, aloud=(label, value) if aloud else ())


def day_in_words(day: date) -> Text:
    """11月23日 星期一; Monday, November 23."""
    iso = day.isoformat()
    return Text(
        zh=f"{month_and_day(iso, 'zh')} {weekday_in_words(iso, 'zh')}",
        en=f"{weekday_in_words(iso, 'en')}, {month_and_day(iso, 'en')}",
    )


def hours_in_words(spans: list[Span]) -> Text:
    """上午8点半到11点半，下午2点到5点; 08:30 to 11:30 and 14:00 to 17:00."""
    return Text(
        zh="，".join(_span_zh(span) for span in spans),
        en=" and ".join(f"{span.opens:%H:%M} to {span.closes:%H:%M}" for span in spans),
    )


def _span_zh(span: Span) -> str:
    first, last = _part_of_day(span.opens), _part_of_day(span.closes)
    return f"{first}{_clock_zh(span.opens)}到{last if last != first else ''}{_clock_zh(span.closes)}"


def _part_of_day(at: time) -> str:
    return "上午" if at.hour < 12 else "中午" if at.hour < 13 else "下午" if at.hour < 18 else "晚上"


def _clock_zh(at: time) -> str:
    hour = at.hour if at.hour <= 12 else at.hour - 12
    minute = f"{at.minute}分" if at.minute % 30 else "半" if at.minute else ""
    return f"{hour}点{minute}"


QUERY = Query(ask, EXAMPLES)
