"""When the hall is open in the next days."""

from datetime import timedelta

from backend.hall.hall import Hall
from backend.hall.hours import hours_of
from backend.hall.hours import read as read  # by backend.queries.routes, before the hall serves
from backend.kiosks.levels import Visitor
from protocol.queries.opening_hours import Answer, Inputs

DAYS = 7


def answer(hall: Hall, visitor: Visitor, inputs: Inputs) -> Answer:
    hours = hours_of(hall)
    days = [hall.today + timedelta(days=ahead) for ahead in range(DAYS)]
    return Answer(days=[hours.on(day) for day in days], phone=hours.phone)
