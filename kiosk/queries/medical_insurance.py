"""What is on one's own account of the medical insurance, and what moved on it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from forms import Text
from forms.values.amounts import amount_in_words
from forms.values.days import month_and_day
from kiosk.hall.service import HallService
from kiosk.queries import Asked, Query, day, line, office_answer, yuan
from kiosk.state.query_answer import AnswerLine, QueryAnswer
from kiosk.texts.strings import Texts
from protocol.queries import Office, inputs_of
from protocol.queries.medical_insurance import Answer, Inputs, Movement

EXAMPLES = {
    "away": Answer(office=Office.AWAY),
    "nothing": Answer(office=Office.NOTHING),
    "missing": Answer(office=Office.TOLD, movements=[]),
    "found": Answer(
        office=Office.TOLD,
        balance=Decimal("1834.20"),
        as_of=date(2026, 11, 20),
        came=Decimal("285.00"),
        spent=Decimal("120.50"),
        movements=[
            Movement(on=date(2026, 11, 12), amount=Decimal("-45.50"), what="门诊"),
            Movement(on=date(2026, 11, 1), amount=Decimal("95.00"), what="个人账户划入"),
            Movement(on=date(2026, 10, 9), amount=Decimal("-75.00"), what="药店买药"),
        ],
    ),
}


def ask(hall: HallService, asked: Asked) -> QueryAnswer:
    told = hall.ask("medical_insurance", inputs_of(asked.answers, Inputs), Answer, asked.claim_of_card())
    return office_answer(told, _lines(told, asked.texts), "medical_insurance.none", asked.texts)


def _lines(told: Answer, texts: Texts) -> Iterator[AnswerLine]:
    yield line(texts.text("medical_insurance.balance"), yuan(told.balance), texts, private=True, first=True)
    yield line(texts.text("medical_insurance.as_of"), day(told.as_of), texts)
    yield line(texts.text("medical_insurance.came"), yuan(told.came), texts, private=True)
    yield line(texts.text("medical_insurance.spent"), yuan(told.spent), texts, private=True)
    for one in told.movements or []:
        yield AnswerLine(_when(one), _how_much(one.amount), private=True)


def _when(moved: Movement) -> Text:
    """11月12日 门诊."""
    iso = moved.on.isoformat()
    return Text(zh=f"{month_and_day(iso, 'zh')} {moved.what}", en=f"{month_and_day(iso, 'en')}, {moved.what}")


def _how_much(amount: Decimal) -> Text:
    """进来95元, 花掉45.50元."""
    zh, en = amount_in_words(abs(amount), "zh"), amount_in_words(abs(amount), "en")
    return Text(zh=f"花掉{zh}", en=f"spent {en}") if amount < 0 else Text(zh=f"进来{zh}", en=f"received {en}")


QUERY = Query(ask, EXAMPLES)
