"""A correction that staff have filled in is kept as a form of its own, of the kiosk whose form it corrects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.permissions import Staff
from backend.after_sending.filling_in import Changes, corrected
from backend.after_sending.follow_ups import is_open
from backend.after_sending.tables import FollowUp
from backend.audit.log import note
from backend.foundation.database import Database
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall
from backend.kiosks.signed import NotAdmittedError
from backend.submissions.intake import OtherBodyError, take_in
from backend.submissions.stored import NoLongerCountsError, stored
from backend.submissions.tables import Submission, Witness
from forms.fields.signature import MARK
from protocol import wire
from protocol.after_sending import FollowUpKind, Outcome
from protocol.receipts.new_number import new_receipt_number
from protocol.sealing import seal

_LONGEST = 200  # characters that a follow-up keeps of the names of its fields


class NotRightError(RequestError):
    """The changes have made something wrong, or they change nothing."""

    status = 422
    code = "not_right"

    def __init__(self) -> None:
        super().__init__("The correction is not right yet, or changes nothing: look at what is said of it.")


class Kept(BaseModel):
    """The new form. It counts once somebody has taken it beside the one that it corrects."""

    id: UUID
    receipt_number: str


@dataclass(frozen=True)
class _ByStaff:
    """Who brings the correction. `id` and `name` are those of the kiosk of the form that it corrects, where the person
    may look for it."""

    id: UUID | None
    name: str
    keep_beside: Callable[[Session], None]

    @property
    def spend_all(self) -> Callable[[Session, Sequence[Any]], list[bool]]:
        def keep_all(session: Session, brought: Sequence[_ByStaff]) -> list[bool]:
            for one in brought:
                one.keep_beside(session)
            return [True for _ in brought]

        return keep_all

    def refusal(self, database: Database) -> NotAdmittedError:
        raise AssertionError("what staff bring is always taken")


def keep(hall: Hall, submission: UUID, name: UUID, changes: Changes, reason: str, staff: Staff) -> Kept:
    """Keep the correction under the id `name`; the same id again changes nothing. NotRightError and all that
    `filling_in.look` raises; OtherBodyError where the id is another form's."""
    if kept := _kept(hall, submission, name):
        return kept
    with hall.database.read() as session:
        row = stored(session, submission)
    found = corrected(hall, row, changes)
    changed = [one for one in changes if found.answers.get(one, "") != found.opened.report.normalised.get(one, "")]
    if found.errors or not changed:
        raise NotRightError
    number = new_receipt_number()
    names = (row.service_id, row.service_version, number, row.definition)
    before = {one: source for one, source in found.opened.form.sources.items() if one in found.answers}
    by_staff = {one: wire.AnswerSource(source="staff", at=hall.today) for one in changed if one in found.answers}
    inside = found.opened.form.model_copy(update={"answers": found.answers, "sources": before | by_staff})
    sealed = seal(hall.keys.public, inside.model_dump_json().encode(), wire.sealing_context(name, *names))
    body = wire.Submission(
        service_id=row.service_id,
        service_version=row.service_version,
        kiosk=row.kiosk,
        receipt_number=number,
        created_at=hall.clock(),
        sealed=sealed,
        sha256=sha256(sealed).hexdigest(),
        definition=row.definition,
        amends=submission,
    )

    def keep_beside(session: Session) -> None:
        """Who filled it in and why; and marks that were seen made stay so."""
        form = session.get(Submission, submission, with_for_update=True)  # of two that bring the same one waits
        if form is None or not is_open(form):
            raise NoLongerCountsError
        if session.get(Submission, name):
            raise OtherBodyError
        now = hall.clock()
        said = {"submission": name, "kind": FollowUpKind.CORRECTED, "field": _named(changed), "who": staff.name}
        said |= {"reason": reason, "made_at": now, "received_at": now, "outcome": Outcome.TAKEN}
        session.add(FollowUp(id=name, **said))
        for seen in session.scalars(select(Witness).where(Witness.submission == submission)):
            if found.answers.get(seen.field) == MARK:
                session.add(Witness(submission=name, field=seen.field, who=seen.who, at=seen.at))
        note(session, hall, staff.name, FollowUpKind.CORRECTED.value, name, f"of {submission}")

    try:
        take_in(hall, name, body, _ByStaff(row.kiosk_id, row.kiosk, keep_beside))
    except OtherBodyError:
        if kept := _kept(hall, submission, name):
            return kept
        raise
    return Kept(id=name, receipt_number=number)


def _kept(hall: Hall, submission: UUID, name: UUID) -> Kept | None:
    """What was kept under this id; None for nothing, or for what corrects another form."""
    with hall.database.read() as session:
        known = session.get(Submission, name)
    is_it = known is not None and known.amends == submission
    return Kept(id=name, receipt_number=known.receipt_number) if known and is_it else None


def _named(fields: Sequence[str]) -> str:
    """As many of them as are kept, with spaces between."""
    named = " ".join(fields)
    return named if len(named) <= _LONGEST else named[: _LONGEST + 1].rpartition(" ")[0]
