"""A form as it is stored, for those who may do something with it."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.foundation.errors import RequestError, UnknownError
from backend.submissions.tables import Submission


class WithdrawnError(RequestError):
    """The person has taken their consent back: the form is erased, or only stored until its day."""

    status = 410
    code = "withdrawn"

    def __init__(self) -> None:
        super().__init__("This person has taken their consent back: nobody reads or moves this form any more.")


class NoLongerCountsError(RequestError):
    """Staff wanted to change a form that is decided, taken back or replaced."""

    status = 409
    code = "no_longer_counts"

    def __init__(self) -> None:
        super().__init__("This form is decided, taken back or replaced: look at it again.")


def stored(session: Session, submission_id: UUID) -> Submission:
    """UnknownError, WithdrawnError."""
    row = session.get(Submission, submission_id)
    if row is None:
        raise UnknownError
    if row.withdrawn_at:
        raise WithdrawnError
    return row
