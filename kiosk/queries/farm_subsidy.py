"""One's own farm subsidies of a year: how much, for how much land, and when they were paid."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from forms import Text
from forms.texts import untranslated
from forms.values.amounts import amount_in_words
from forms.values.days import month_and_day
from kiosk.hall.service import HallService
from kiosk.queries import Asked, Query, line, office_answer, yuan
from kiosk.state.query_answer import AnswerLine, QueryAnswer
from kiosk.texts.strings import Texts
from protocol.queries import Office, inputs_of
from protocol.queries.farm_subsidy import Answer, Inputs, Row

EXAMPLES = {
    "away": Answer(office=Office.AWAY),
    "nothing": Answer(office=Office.NOTHING, year=2026),
    "missing": Answer(office=Office.TOLD, year=2026),
    "others": Answer(office=Office.TOLD, year=2026, rows=[], others=2),
    "found": Answer(
        office=Office.TOLD,
        year=2026,
        rows=[
            Row(what="耕地地力保护补贴", amount=Decimal(399), area_mu=Decimal("4.2"), paid_on=date(2026, 6, 18)),
            Row(what="种粮补贴", amount=Decimal("50.40"), area_mu=Decimal("4.2")),
        ],
        others=0,
    ),
}


def ask(hall: HallService, asked: Asked) -> QueryAnswer:
    told, texts = hall.ask("farm_subsidy", inputs_of(asked.answers, Inputs), Answer, asked.claim_of_card()), asked.texts
    nothing, more = ("farm_subsidy.others", "farm_subsidy.more") if told.others else ("farm_subsidy.none", "")
    return office_answer(told, _lines(told, texts), nothing, texts, more)


def _lines(told: Answer, texts: Texts) -> Iterator[AnswerLine]:
    year = texts.text("farm_subsidy.year")
    if told.rows is None:
        yield line(year, None, texts, first=True)
    elif told.rows:
        yield AnswerLine(year, Text(zh=f"{told.year}年", en=str(told.year)))
        total = yuan(sum((one.amount for one in told.rows), Decimal()))
        yield line(texts.text("farm_subsidy.total"), total, texts, private=True, first=True)
        for one in told.rows:
            yield AnswerLine(_what(one), _how_much(one, texts), private=True)


def _what(row: Row) -> Text:
    """耕地地力保护补贴（4.2亩）."""
    if row.area_mu is None:
        return untranslated(row.what)
    mu = f"{row.area_mu.normalize():f}"
    return Text(zh=f"{row.what}（{mu}亩）", en=f"{row.what} ({mu} mu)")


def _how_much(row: Row, texts: Texts) -> Text:
    """399元，6月18日发的; 50.40元，还没有发放的日子."""
    zh, en = amount_in_words(row.amount, "zh"), amount_in_words(row.amount, "en")
    if row.paid_on is None:
        unpaid = texts.text("farm_subsidy.unpaid")
        return Text(zh=f"{zh}，{unpaid.zh}", en=f"{en}, {unpaid.en}")
    iso = row.paid_on.isoformat()
    return Text(zh=f"{zh}，{month_and_day(iso, 'zh')}发的", en=f"{en}, paid on {month_and_day(iso, 'en')}")


QUERY = Query(ask, EXAMPLES)
