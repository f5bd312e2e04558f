"""One form as staff deal with it: whose it is, what was done with it, all of it in full."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.accounts.guard import who_may
from backend.accounts.names import StaffName
from backend.accounts.permissions import Permission, Staff
from backend.casework import owner
from backend.casework.history import Done, history
from backend.casework.uncovering import uncover_all
from backend.hall.hall import TheHall
from backend.submissions.board import BoardStatus, BoardSubmission, one_submission, steps
from backend.submissions.review import Form
from backend.submissions.stored import WITHDRAWN
from protocol.wire import PlainText

router = APIRouter(prefix="/staff/submissions/{submission_id}")
_CHANGED = WITHDRAWN | {409: {"description": "A colleague has changed it meanwhile"}}


class Case(BaseModel):
    """`colleagues` are those to whom it can be handed."""

    form: BoardSubmission
    statuses: list[BoardStatus]
    colleagues: list[str]


class NewOwner(BaseModel):
    """`to`: None for nobody. `version` is that of the form as it was looked at."""

    model_config = ConfigDict(extra="forbid")

    to: StaffName | None
    version: Annotated[int, Field(ge=0)]


class Reason(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    reason: Annotated[PlainText, StringConstraints(strip_whitespace=True, min_length=2)]


@router.get("", responses=WITHDRAWN)
def one(hall: TheHall, submission_id: UUID, staff: Annotated[Staff, who_may(Permission.SEE_BOARD)]) -> Case:
    """Where it stands; nothing that its person has written."""
    form = one_submission(hall, submission_id)
    return Case(form=form, statuses=steps(hall), colleagues=owner.colleagues(hall))


@router.get("/history", responses=WITHDRAWN)
def done(hall: TheHall, submission_id: UUID, staff: Annotated[Staff, who_may(Permission.READ_FORMS)]) -> list[Done]:
    """Who did what with it, the newest first."""
    return history(hall, submission_id)


@router.put("/owner", status_code=204, responses=_CHANGED)
def put_owner(
    hall: TheHall, submission_id: UUID, body: NewOwner, staff: Annotated[Staff, who_may(Permission.MOVE_FORMS)]
) -> None:
    """Who deals with it from now on."""
    owner.give(hall, submission_id, body.to, body.version, staff)


@router.post("/reveal-all", responses=WITHDRAWN)
def reveal_all(
    hall: TheHall, submission_id: UUID, body: Reason, staff: Annotated[Staff, who_may(Permission.REVEAL_ANSWERS)]
) -> Form:
    """Every answer in full; who looked and why is written down."""
    return uncover_all(hall, submission_id, body.reason, staff)
