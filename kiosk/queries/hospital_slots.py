"""How many numbers a department has left. Mostly a question is `offered_by` this; asked by itself it gives a list."""

from forms import Text
from forms.fields import half_day
from kiosk.hall.service import HallService
from kiosk.queries import Asked, Query, office_answer
from kiosk.state.query_answer import AnswerLine, QueryAnswer
from kiosk.texts.strings import Texts
from protocol.queries import Office, inputs_of
from protocol.queries.hospital_slots import Answer, Inputs

EXAMPLES = {
    "away": Answer(office=Office.AWAY),
    "nothing": Answer(office=Office.NOTHING),
    "found": Answer(office=Office.TOLD, left={"2026-11-24-morning": 5, "2026-11-24-afternoon": 0}),
}


def ask(hall: HallService, asked: Asked) -> QueryAnswer:
    told = hall.ask("hospital_slots", inputs_of(asked.answers, Inputs), Answer)
    lines = (_line(half, count, asked.texts) for half, count in sorted(told.left.items(), key=_in_order))
    return office_answer(told, lines, "left.none", asked.texts)


def _in_order(one: tuple[str, int]) -> tuple[str, bool]:
    day, _, half = one[0].rpartition("-")
    return day, half == "afternoon"


def _line(half: str, count: int, texts: Texts) -> AnswerLine:
    label = half_day.in_words(half)
    value = count_in_words(count, texts)
    return AnswerLine(label, value, aloud=(label, value))


def count_in_words(count: int, texts: Texts) -> Text:
    """还有 5 个号; 满了."""
    if not count:
        return texts.text("left.full")
    return Text(zh=texts("left.count", "zh", count=count), en=texts("left.count", "en", count=count))


QUERY = Query(ask, EXAMPLES)
