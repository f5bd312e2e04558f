"""What staff see and do of what comes after sending."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.orm import Session

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.after_sending import amending, correcting, filling_in, follow_ups
from backend.after_sending.family import ancestors, corrections
from backend.after_sending.papers import Paper, papers
from backend.after_sending.tables import FollowUp
from backend.hall.hall import Hall, TheHall
from backend.submissions.standing import next_step, state_words
from backend.submissions.stored import WITHDRAWN, stored
from backend.submissions.tables import Submission
from protocol.after_sending import FollowUpKind, Outcome
from protocol.wire import Identifier, PlainText, Words

router = APIRouter()
_CONFLICTS = WITHDRAWN | {409: {"description": "It counts no more, or another form counts"}}
Reason = Annotated[PlainText, StringConstraints(strip_whitespace=True, min_length=1)]


class Asked(BaseModel):
    """One thing that was asked of the form; `who` is a kiosk or a member of staff, `labels` name the answers or the
    paper that it is about."""

    kind: FollowUpKind
    labels: list[Words]
    who: str
    reason: str
    at: AwareDatetime
    outcome: Outcome


class Related(BaseModel):
    """Another form of the family; `filled_in_by` is who of staff did that, and `reason` why, where staff did."""

    id: UUID
    receipt_number: str
    state: Words
    filled_in_by: str | None
    reason: str


class AfterSending(BaseModel):
    """Where a form stands and who does what next; its papers, its corrections, what was asked. Nothing private."""

    receipt_number: str
    state: Words
    next: Words
    can_be_changed: bool
    papers: list[Paper]
    asked: list[Asked]
    corrects: list[Related]
    corrections: list[Related]


class TakeBack(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Reason


class PaperSeen(BaseModel):
    model_config = ConfigDict(extra="forbid")

    field: Identifier
    reason: Annotated[PlainText, StringConstraints(strip_whitespace=True)] = ""


Value = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
Changes = Annotated[dict[Identifier, Value], Field(max_length=100)]


class Changing(BaseModel):
    """New answers by the names of their questions, "" for none."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    changes: Changes


class Correction(Changing):
    reason: Reason


class Take(BaseModel):
    """`instead_of` is the form that was shown beside the correction."""

    model_config = ConfigDict(extra="forbid")

    instead_of: UUID


@router.get("/staff/submissions/{submission_id}/after", responses=_CONFLICTS)
def after(hall: TheHall, submission_id: UUID, staff: Annotated[Staff, who_may(Permission.READ_FORMS)]) -> AfterSending:
    with hall.database.read() as session:
        row = stored(session, submission_id)
        return AfterSending(
            receipt_number=row.receipt_number,
            state=state_words(hall, row),
            next=next_step(hall, row),
            can_be_changed=follow_ups.is_open(row),
            papers=papers(hall, session, row),
            asked=[_asked(hall, row, one) for one in follow_ups.of_form(session, row.id)],
            corrects=[_related(hall, session, one) for one in ancestors(session, row)],
            corrections=[_related(hall, session, one) for one in corrections(session, row)],
        )


def _asked(hall: Hall, row: Submission, one: FollowUp) -> Asked:
    labels = [hall.definitions.label(row.service_id, row.definition, name) for name in one.field.split()]
    said = {"who": one.who, "reason": one.reason, "at": one.received_at, "outcome": one.outcome}
    return Asked.model_validate({"kind": one.kind, "labels": labels, **said})


def _related(hall: Hall, session: Session, row: Submission) -> Related:
    by_staff = next((one for one in follow_ups.of_form(session, row.id) if one.kind is FollowUpKind.CORRECTED), None)
    return Related(
        id=row.id,
        receipt_number=row.receipt_number,
        state=state_words(hall, row),
        filled_in_by=by_staff.who if by_staff else None,
        reason=by_staff.reason if by_staff else "",
    )


@router.post("/staff/submissions/{submission_id}/take-back", status_code=204, responses=_CONFLICTS)
def take_back(
    hall: TheHall, submission_id: UUID, body: TakeBack, staff: Annotated[Staff, who_may(Permission.MOVE_FORMS)]
) -> None:
    """For a person who stands there, with the reason they give."""
    follow_ups.take_back(hall, submission_id, body.reason, staff)


@router.post("/staff/submissions/{submission_id}/paper-seen", status_code=204, responses=_CONFLICTS)
def paper_seen(
    hall: TheHall, submission_id: UUID, body: PaperSeen, staff: Annotated[Staff, who_may(Permission.MOVE_FORMS)]
) -> None:
    """A paper that was missing was shown to this member of staff."""
    follow_ups.paper_seen(hall, submission_id, body.field, body.reason, staff)


@router.post("/staff/submissions/{submission_id}/correcting", responses=_CONFLICTS)
def correcting_it(
    hall: TheHall,
    submission_id: UUID,
    body: Changing,
    staff: Annotated[Staff, who_may(Permission.CORRECT_FORMS)],
) -> filling_in.FilledIn:
    """The questions as they would be asked with these changes, and what is wrong with them; nothing is kept."""
    return filling_in.look(hall, submission_id, body.changes, staff)


@router.put("/staff/submissions/{submission_id}/corrections/{correction_id}", responses=_CONFLICTS)
def put_correction(
    hall: TheHall,
    submission_id: UUID,
    correction_id: UUID,
    body: Correction,
    staff: Annotated[Staff, who_may(Permission.CORRECT_FORMS)],
) -> amending.Kept:
    """Keep it as a form of its own, for which the page draws an id; the same again changes nothing."""
    return amending.keep(hall, submission_id, correction_id, body.changes, body.reason, staff)


@router.post("/staff/submissions/{submission_id}/beside", responses=_CONFLICTS)
def beside(
    hall: TheHall, submission_id: UUID, staff: Annotated[Staff, who_may(Permission.READ_FORMS)]
) -> correcting.Beside:
    """A correction beside the form that counts; both looks are written down."""
    return correcting.beside(hall, submission_id, staff)


@router.post("/staff/submissions/{submission_id}/take", status_code=204, responses=_CONFLICTS)
def take(
    hall: TheHall, submission_id: UUID, body: Take, staff: Annotated[Staff, who_may(Permission.MOVE_FORMS)]
) -> None:
    """The correction counts from now on, and the other one no more."""
    correcting.take(hall, submission_id, body.instead_of, staff)
