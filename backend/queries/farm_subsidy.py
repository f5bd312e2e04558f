"""One's own farm subsidies of a year, as the office tells."""

from backend.hall.hall import Hall
from backend.kiosks.levels import Visitor
from backend.offices.asked import ask_office, known
from backend.providers.inquiries import FarmSubsidy
from backend.providers.values import MISSING
from backend.submissions.indexes import person_index
from protocol.queries.farm_subsidy import Answer, Inputs, Row

_YEARS_AGO = {"this_year": 0, "last_year": 1, "year_before_last": 2}


def answer(hall: Hall, visitor: Visitor, inputs: Inputs) -> Answer:
    year = hall.today.year - _YEARS_AGO[inputs.year]
    inquiry = FarmSubsidy(id_number=inputs.resident_id, year=year)
    reply = ask_office(hall, visitor, inquiry, person_index(hall, inputs.resident_id))
    if reply.told is None or (rows := known(reply.told.rows)) is None:
        return Answer(office=reply.office, year=year)
    shown = [one for one in rows if inputs.item == "all" or one.item in (inputs.item, MISSING)]
    told = [
        Row(what=one.what, amount=one.amount, area_mu=known(one.area_mu), paid_on=known(one.paid_on)) for one in shown
    ]
    return Answer(office=reply.office, year=year, rows=told, others=len(rows) - len(shown))
