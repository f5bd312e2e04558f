"""All forms in full, only when two people want it: one asks and makes it, another one approves."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.accounts.permissions import Permission, Staff
from backend.audit.log import note
from backend.events.feed import announce
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.privacy.tables import ExportRequest
from backend.submissions.in_full import in_full
from backend.submissions.tables import Submission

GOOD = timedelta(hours=1)  # a request waits that long for a second person, and an approval for the export
CLOCKS_DIFFER = timedelta(minutes=5)


class MayNotExportError(RequestError):
    status = 403

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} may not export: a lead or an admin may.")


class SamePersonError(RequestError):
    """Nobody approves their own export."""

    status = 403
    code = "needs_second_person"

    def __init__(self) -> None:
        super().__init__("Somebody else has to approve this: ask another lead or admin.")


def ask(hall: Hall, first: Staff) -> UUID:
    """Ask for an export; the request that waits already, where there is one. MayNotExportError."""
    _check(first)
    with hall.database.write() as session:
        for waiting in _of(session, hall):
            if waiting.asked_by == first.name:
                return waiting.id
        request = ExportRequest(id=uuid4(), asked_by=first.name, asked_at=hall.clock())
        session.add(request)
        note(session, hall, first.name, "export_asked", request.id)
        announce(session, "export", request.id, hall.clock())
        return request.id


def approve(hall: Hall, request_id: UUID, second: Staff) -> None:
    """A second person agrees. MayNotExportError, SamePersonError, UnknownError when no such request waits."""
    _check(second)
    with hall.database.write() as session:
        request = next((one for one in _of(session, hall) if one.id == request_id), None)
        if request is None:
            raise UnknownError
        if request.asked_by == second.name:
            raise SamePersonError
        request.approved_by, request.approved_at = second.name, hall.clock()
        note(session, hall, second.name, "export_approved", request.id)
        announce(session, "export", request.id, hall.clock())
    hall.feed.wake()


def waiting(hall: Hall) -> Sequence[ExportRequest]:
    """Requests that nobody has approved yet, the oldest first."""
    with hall.database.read() as session:
        return _of(session, hall)


def take_approved(hall: Hall, first: Staff) -> ExportRequest | None:
    """The approved export of this person, which is used up by that; None while nobody has approved it.

    MayNotExportError, also for whoever was allowed to when it was approved.
    """
    _check(first)
    with hall.database.write() as session:
        mine = select(ExportRequest).where(
            ExportRequest.asked_by == first.name,
            _is_good(hall, ExportRequest.approved_at),
            ExportRequest.made_at.is_(None),
        )
        request = session.scalars(mine.limit(1).with_for_update()).first()
        if request:
            request.made_at = hall.clock()
            note(session, hall, first.name, "export_made", request.id, f"approved by {request.approved_by}")
        return request


def forms(hall: Hall, request: ExportRequest) -> Iterator[dict[str, Any]]:
    """Every submission with its answers in full, oldest first; one that cannot be opened says why in `error`."""
    there = select(Submission.id).where(Submission.withdrawn_at.is_(None)).order_by(Submission.received_at)
    with hall.database.read() as session:
        ids = session.scalars(there).all()
    who = f"{request.asked_by}, {request.approved_by}"
    for submission_id in ids:
        with hall.database.write() as session:
            row = session.get(Submission, submission_id)
            if row is None or row.withdrawn_at:
                continue  # it went meanwhile
            note(session, hall, who, "export", row.id)
        yield in_full(hall, row)


def _of(session: Session, hall: Hall) -> Sequence[ExportRequest]:
    """Those that wait for a second person."""
    wanted = select(ExportRequest).where(ExportRequest.approved_at.is_(None), _is_good(hall, ExportRequest.asked_at))
    return session.scalars(wanted.order_by(ExportRequest.asked_at)).all()


def _is_good(hall: Hall, since: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """What was done under a clock far ahead is not good for years once that is set right."""
    now = hall.clock()
    return since.between(now - GOOD, now + CLOCKS_DIFFER)


def _check(staff: Staff) -> None:
    if not staff.may(Permission.EXPORT):
        raise MayNotExportError(staff.name)
