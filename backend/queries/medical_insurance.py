"""One's own account of the medical insurance, as its office tells."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from backend.hall.hall import Hall
from backend.kiosks.levels import Visitor
from backend.offices.asked import ask_office, known
from backend.providers.inquiries import MedicalInsurance
from backend.submissions.indexes import person_index
from protocol.queries.medical_insurance import MOST_MOVEMENTS, Answer, Inputs, Movement


def answer(hall: Hall, visitor: Visitor, inputs: Inputs) -> Answer:
    first, last = days_of(inputs.period, hall.today)
    inquiry = MedicalInsurance(id_number=inputs.resident_id, first_day=first, last_day=last)
    reply = ask_office(hall, visitor, inquiry, person_index(hall, inputs.resident_id))
    if (account := reply.told) is None:
        return Answer(office=reply.office)
    moved = known(account.movements)
    return Answer(
        office=reply.office,
        balance=known(account.balance),
        as_of=known(account.as_of),
        came=None if moved is None else _sum(one.amount for one in moved if one.amount > 0),
        spent=None if moved is None else -_sum(one.amount for one in moved if one.amount < 0),
        movements=None
        if moved is None
        else [
            Movement(on=one.on, amount=one.amount, what=one.what)
            for one in sorted(moved, key=lambda one: one.on, reverse=True)[:MOST_MOVEMENTS]
        ],
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal("0.00"))


def days_of(period: str, today: date) -> tuple[date, date]:
    """The first and the last day of a period of Inputs."""
    month = today.replace(day=1)
    match period:
        case "this_month":
            return month, today
        case "three_months":
            before = (month - timedelta(days=1)).replace(day=1)
            return (before - timedelta(days=1)).replace(day=1), today
        case "this_year":
            return date(today.year, 1, 1), today
        case _:
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
