"""Staff look at a correction beside the form that counts now, and take it in its place."""

from uuid import UUID

from pydantic import BaseModel

from backend.accounts.permissions import Staff
from backend.after_sending.family import ancestors, counts_now
from backend.after_sending.follow_ups import is_open
from backend.audit.log import note
from backend.events.feed import announce
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.submissions import review
from backend.submissions.opening import UnopenedError, open_form, sealed_as
from backend.submissions.stored import NoLongerCountsError, stored
from backend.submissions.tables import Submission
from protocol.wire import ProgressStatus


class OtherCountsError(RequestError):
    """Another form counts now than the one that was shown."""

    status = 409
    code = "other_counts"

    def __init__(self) -> None:
        super().__init__("Another form counts now than the one you saw: look at both again.")


class Beside(BaseModel):
    """The form that counts and its correction, private answers masked. `changed` are the fields that differ.

    `can_be_taken`: False once the first one is decided or taken back. `same_person`: they name the same ID number.
    """

    counts: UUID
    receipt_number: str
    first: review.Form
    correction: review.Form
    changed: list[str]
    can_be_taken: bool
    same_person: bool


def beside(hall: Hall, correction: UUID, staff: Staff) -> Beside:
    """Both looks are counted and written down. UnknownError where it corrects no form that is here."""
    with hall.database.read() as session:
        row = stored(session, correction)
        first = _first(hall, correction)
    forms = [review.open_masked(hall, one.id, staff) for one in (first, row)]
    before, after = (_values(hall, one) for one in (first, row))
    return Beside(
        counts=first.id,
        receipt_number=first.receipt_number,
        first=forms[0],
        correction=forms[1],
        changed=[name for name in {**before, **after} if before.get(name) != after.get(name)],
        can_be_taken=is_open(first) and is_open(row),
        same_person=first.person_index == row.person_index,
    )


def take(hall: Hall, correction: UUID, instead_of: UUID, staff: Staff) -> None:
    """From now on the correction counts, and `instead_of`, which was shown beside it, no more.

    OtherCountsError, NoLongerCountsError, UnknownError, WithdrawnError.
    """
    with hall.database.write() as session:
        row = stored(session, correction)
        above = ancestors(session, row)
        if not above:
            raise UnknownError
        counted = counts_now(session, row)
        if counted.id != instead_of:
            raise OtherCountsError
        if not (is_open(counted) and is_open(row)):
            raise NoLongerCountsError
        now = hall.clock()
        for one in {form.id: form for form in (counted, *above)}.values():
            if is_open(one):
                one.replaced_by, one.status, one.updated_at = row.id, ProgressStatus.DONE, now
        row.status, row.updated_at = ProgressStatus.IN_REVIEW, now
        note(session, hall, staff.name, "correction_taken", row.id, f"instead of {counted.id}")
        announce(session, "submission", row.id, now)
    hall.feed.wake()


def _first(hall: Hall, correction: UUID) -> Submission:
    with hall.database.read() as session:
        row = stored(session, correction)
        counted = counts_now(session, row)
    if counted.id == correction:
        raise UnknownError
    return counted


def _values(hall: Hall, row: Submission) -> dict[str, object]:
    try:
        return dict(open_form(hall, sealed_as(hall, row)).form.answers)
    except UnopenedError:
        return {}
