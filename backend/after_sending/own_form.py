"""A form's answers for the person whose form it is, who wants to correct it."""

from uuid import UUID

from backend.after_sending.follow_ups import is_open
from backend.audit.log import note
from backend.foundation.errors import UnknownError
from backend.hall.hall import Hall
from backend.kiosks.levels import Visitor
from backend.submissions.indexes import person_index, phone_of
from backend.submissions.opening import Opened, open_form, sealed_as
from backend.submissions.stored import NoLongerCountsError, stored
from backend.submissions.tables import Submission
from forms.definition import Definition
from forms.people.agents import sees_all
from protocol.after_sending import OwnFormAnswer, OwnFormRequest
from protocol.levels import By, Level

_SENSITIVE = "L4"  # the tier that a receipt and the end of a phone number do not open: numbers of ID and bank cards


def answers(hall: Hall, submission: UUID, visitor: Visitor, shown: OwnFormRequest) -> OwnFormAnswer:
    """LevelTooLowError; UnknownError, as for a form that is not there, where it is another person's; UnopenedError
    where it cannot be read; NoLongerCountsError, WithdrawnError."""
    visitor.must_reach(Level.SHOWN, frozenset(By) - {By.SENDER})
    with hall.database.read() as session:
        row = stored(session, submission)
    opened = open_form(hall, sealed_as(hall, row))
    if not _is_own(hall, row, opened, visitor, shown):
        raise UnknownError
    if not is_open(row):
        raise NoLongerCountsError
    definition = Definition.of(opened.rules.catalogue, opened.service)
    with hall.database.write() as session:
        note(session, hall, visitor.kiosk.name, "own_form", row.id, visitor.granted.by or "")
    known = opened.form.answers
    if visitor.granted.by is By.RECEIPT:
        known = {name: value for name, value in known.items() if not _is_sensitive(opened, name)}
    return OwnFormAnswer(
        receipt_number=row.receipt_number,
        service_id=row.service_id,
        definition=definition.hash,
        document=definition.document,
        answers=known,
    )


def _is_own(hall: Hall, row: Submission, opened: Opened, visitor: Visitor, shown: OwnFormRequest) -> bool:
    """The person's, or that of whom they let see all of it: as backend.queries.progress tells of forms."""
    agent_may = sees_all(opened.report.normalised)
    match visitor.granted.by:
        case By.CARD if shown.resident_id is not None:
            index = person_index(hall, shown.resident_id)
            return row.person_index == index or (row.agent_index == index and agent_may)
        case By.RECEIPT if (last4 := shown.phone_last4) is not None:
            if phone_of(opened, "agent")[-4:] == last4:
                return agent_may
            return phone_of(opened)[-4:] == last4
        case By.SLIP:
            return row.agent_index is None or agent_may
        case by:
            return by is By.STAFF


def _is_sensitive(opened: Opened, name: str) -> bool:
    """What this definition does not ask is nobody knows how private."""
    return not opened.service.asks(name) or opened.service.field(name).tier == _SENSITIVE
