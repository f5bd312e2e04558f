"""A number of today's queue. Drawn for the visit and its answers, so that a second try gets the same one."""

from datetime import date, time

from forms import Text
from forms.texts import untranslated
from kiosk.hall.service import HallService
from kiosk.queries import Asked, Query
from kiosk.queries.opening_hours import day_in_words, hours_in_words
from kiosk.state.query_answer import AnswerLine, QueryAnswer
from kiosk.texts.strings import Texts
from protocol.queries import inputs_of
from protocol.queries.opening_hours import Day, Span
from protocol.queries.queue_ticket import NO_HELP, Answer, Inputs, Ticket

_DAY = date(2026, 11, 23)

EXAMPLES = {
    "drawn": Answer(ticket=Ticket(number=23, day=_DAY, half="morning", first=False)),
    "first": Answer(ticket=Ticket(number=118, day=_DAY, half="afternoon", first=True, ahead=3, called=97)),
    "closed": Answer(opens=Day(date=_DAY, spans=[Span(opens=time(8, 30), closes=time(11, 30))])),
    "closed-for-long": Answer(),
}


def ask(hall: HallService, asked: Asked) -> QueryAnswer:
    inputs = inputs_of({**asked.answers, "id": str(asked.id)}, Inputs)
    told, texts = hall.ask("queue_ticket", inputs, Answer), asked.texts
    if told.ticket is None:
        line = _opens(told.opens, texts)
        return QueryAnswer("ticket.closed", (line,), more="ticket.closed_line")
    lines = tuple(_lines(told.ticket, inputs, texts))
    return QueryAnswer("ticket.title", lines, number=str(told.ticket.number))


def _lines(ticket: Ticket, inputs: Inputs, texts: Texts) -> list[AnswerLine]:
    """What stands on the number, for the visitor and for the staff at the counter."""
    when = _when(ticket, texts)
    lines = [AnswerLine(texts.text("ticket.when"), when, aloud=(when,))]
    if ticket.first:
        first = texts.text("ticket.first")
        lines.append(AnswerLine(texts.text("ticket.order"), first, aloud=(first,)))
    if ticket.ahead is not None:
        ahead = Text(zh=f"{ticket.ahead} 个人", en=str(ticket.ahead))
        label = texts.text("ticket.ahead")
        lines.append(AnswerLine(label, ahead, aloud=(label, ahead)))
    if ticket.called is not None:
        called = Text(zh=f"{ticket.called} 号", en=str(ticket.called))
        label = texts.text("ticket.called")
        lines.append(AnswerLine(label, called, aloud=(label, called)))
    lines.append(AnswerLine(texts.text("ticket.matter"), untranslated("{matter}")))
    if inputs.mobility != NO_HELP:
        lines.append(AnswerLine(texts.text("ticket.mobility"), untranslated("{mobility}")))
    return lines


def _when(ticket: Ticket, texts: Texts) -> Text:
    """11月23日 星期一 上午. The day is named, as a number that was drawn before midnight is good for that day alone."""
    day, half = day_in_words(ticket.day), texts.text(f"half.{ticket.half}")
    return Text(zh=f"{day.zh} {half.zh}", en=f"{day.en}, {half.en}")


def _opens(day: Day | None, texts: Texts) -> AnswerLine:
    if day is None:
        return AnswerLine(texts.text("ticket.opens"), texts.text("ticket.opens_unknown"))
    when, hours = day_in_words(day.date), hours_in_words(day.spans)
    value = Text(zh=f"{when.zh} {hours.zh}", en=f"{when.en}, {hours.en}")
    return AnswerLine(texts.text("ticket.opens"), value, aloud=(texts.text("ticket.opens"), value))


QUERY = Query(ask, EXAMPLES, texts="ticket")
