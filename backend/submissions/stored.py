"""A form as it is stored, for those who may do something with it."""

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from backend.accounts.permissions import Staff
from backend.foundation.database import changed
from backend.foundation.errors import RequestError, UnknownError
from backend.submissions.tables import Submission

WITHDRAWN: dict[int | str, dict[str, Any]] = {410: {"description": "The person has taken their consent back"}}


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


class ChangedMeanwhileError(RequestError):
    """A colleague has changed the form since it was looked at."""

    status = 409
    code = "changed_meanwhile"

    def __init__(self, who: str) -> None:
        super().__init__(f"{who} has changed this form meanwhile: look at it again before you change it.")
        self.values = {"who": who}


def stored(session: Session, submission_id: UUID, *, to_change: bool = False) -> Submission:
    """Of two who change a form at the same time the second waits, and then sees what the first has done.

    UnknownError, WithdrawnError."""
    row = session.get(Submission, submission_id, with_for_update=to_change, populate_existing=to_change)
    if row is None:
        raise UnknownError
    if row.withdrawn_at:
        raise WithdrawnError
    return row


def take_change(session: Session, row: Submission, version: int, staff: Staff) -> None:
    """Count a change by who saw the form at `version`; of two at once one is taken. ChangedMeanwhileError."""
    seen = update(Submission).where(Submission.id == row.id, Submission.version == version)
    if not changed(session, seen.values(version=version + 1, changed_by=staff.name)):
        session.refresh(row)
        raise ChangedMeanwhileError(row.changed_by or "")
