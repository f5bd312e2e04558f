"""What is owed for water, power or gas under an account number. It is said aloud: it is about nobody."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kiosk.hall.service import HallService
from kiosk.queries import Asked, Query, day, line, office_answer, yuan
from kiosk.state.query_answer import AnswerLine, QueryAnswer
from kiosk.texts.strings import Texts
from protocol.levels import By, Claim
from protocol.queries import Office, inputs_of
from protocol.queries.utility_bill import Answer, Inputs

EXAMPLES = {
    "away": Answer(office=Office.AWAY),
    "nothing": Answer(office=Office.NOTHING),
    "missing": Answer(office=Office.TOLD, until=date(2026, 10, 31)),
    "owes_nothing": Answer(office=Office.TOLD, owed=Decimal(0), until=date(2026, 10, 31)),
    "found": Answer(office=Office.TOLD, owed=Decimal("86.40"), until=date(2026, 10, 31), pay_by=date(2026, 11, 25)),
}


def ask(hall: HallService, asked: Asked) -> QueryAnswer:
    told = hall.ask("utility_bill", inputs_of(asked.answers, Inputs), Answer, Claim(By.TYPED))
    return office_answer(told, _lines(told, asked.texts), "utility_bill.none", asked.texts)


def _lines(told: Answer, texts: Texts) -> Iterator[AnswerLine]:
    yield line(texts.text("utility_bill.owed"), yuan(told.owed), texts, private=True, first=True)
    yield line(texts.text("utility_bill.until"), day(told.until), texts)
    if told.pay_by:
        yield line(texts.text("utility_bill.pay_by"), day(told.pay_by), texts, first=True)


QUERY = Query(ask, EXAMPLES)
