"""How many numbers a department has left, as the hospital tells. This is about nobody, and nothing is taken there."""

from datetime import timedelta

from backend.hall.hall import Hall
from backend.kiosks.levels import Visitor
from backend.offices.asked import ask_office, known
from backend.providers.inquiries import HospitalSlots
from forms.fields.half_day import FARTHEST, id_of
from protocol.queries import Office
from protocol.queries.hospital_slots import Answer, Inputs

DAYS = FARTHEST + 1  # from today on


def answer(hall: Hall, visitor: Visitor, inputs: Inputs) -> Answer:
    first = hall.today
    inquiry = HospitalSlots(hospital=inputs.hospital, department=inputs.department, first_day=first, days=DAYS)
    reply = ask_office(hall, visitor, inquiry)
    if reply.told is None:
        return Answer(office=reply.office)
    left: dict[str, int] = {}
    for one in known(reply.told.half_days) or ():
        if first <= one.on < first + timedelta(days=DAYS):
            half = id_of(one.on, one.half)
            left[half] = min(one.left, left.get(half, one.left))  # where it tells two numbers, the smaller
    return Answer(office=Office.TOLD, left=left)
