"""What an office has on record of whoever shows a card; nothing of a record that has another name than the card."""

import logging

from backend.hall.hall import Hall
from backend.kiosks.levels import Visitor
from backend.offices.asked import ask_office, known
from backend.providers.inquiries import Disability, Inquiry, OnRecord, Record
from backend.submissions.indexes import person_index
from protocol.queries import Office
from protocol.queries.on_record import Answer, Inputs

log = logging.getLogger("yinling.hall")


def answer(hall: Hall, visitor: Visitor, inputs: Inputs) -> Answer:
    reply = ask_office(hall, visitor, _inquiry(inputs), person_index(hall, inputs.resident_id))
    if (record := reply.told) is None:
        return Answer(office=reply.office)
    if known(record.full_name) not in (None, inputs.full_name):
        log.warning("record of another name", extra={"fields": {"registry": inputs.registry}})
        return Answer(office=Office.OF_ANOTHER)
    told = {name: value for name in sorted(inputs.wanted) if (value := known(getattr(record, name))) is not None}
    return Answer(office=reply.office if told else Office.NOTHING, values=told, as_of=known(record.as_of))


def _inquiry(inputs: Inputs) -> Inquiry[Record]:
    match inputs.registry:
        case "residents":
            return OnRecord.model_validate({"id_number": inputs.resident_id, "wanted": sorted(inputs.wanted)})
        case "disability":
            return Disability(id_number=inputs.resident_id)
