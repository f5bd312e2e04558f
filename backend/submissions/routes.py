"""Forms on the wire: kiosks bring them, staff read and move them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.accounts.guard import who_may
from backend.accounts.permissions import Permission, Staff
from backend.foundation.errors import RequestError
from backend.hall.hall import TheHall
from backend.kiosks.amounts import bringing
from backend.kiosks.signed import NOT_ADMITTED, TheKiosk, signing
from backend.server.bodies import described, large, read_large
from backend.submissions import review
from backend.submissions.intake import Brought, Intake
from backend.submissions.judging import judge_waiting
from backend.submissions.status import Step, set_status
from backend.submissions.stored import WITHDRAWN
from backend.submissions.witnesses import witness
from forms.definition import Definition, DefinitionError
from protocol.wire import (
    DefinitionBody,
    Identifier,
    PlainText,
    Sha256Hex,
    Submission,
    SubmissionReceipt,
)

router = APIRouter()


class NewStatus(BaseModel):
    model_config = ConfigDict(extra="forbid")

    status: Step
    version: Annotated[
        int | None, Field(ge=0, description="Of the form as it was looked at; without it nobody's change is in the way")
    ] = None
    note: Annotated[PlainText, StringConstraints(strip_whitespace=True)] = ""


class NamedAnswer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    field: Identifier


@router.put(
    "/submissions/{submission_id}",
    response_model=SubmissionReceipt,
    responses=NOT_ADMITTED
    | {201: {"model": SubmissionReceipt, "description": "New"}, 409: {"description": "Another body"}},
    openapi_extra=described(Submission),
)
async def put_submission(request: Request, submission_id: UUID) -> Response:
    """Take in a form; the same again gets the same receipt."""
    # Asked for here and not as dependencies, and answered by itself: that halves what the framework costs for a form.
    kiosk = await bringing(request, await signing(request))
    body = await read_large(Submission, request)
    intake: Intake = request.app.state.intake
    receipt, is_new = await intake.do(Brought(submission_id, body, kiosk))
    return Response(receipt.model_dump_json(), 201 if is_new else 200, media_type="application/json")


class WrongDefinitionError(RequestError):
    """It is not the document of that hash, or no definition."""

    status = 422


@router.put(
    "/definitions/{digest}",
    status_code=204,
    responses=NOT_ADMITTED | {422: {"description": "Not of this hash"}},
    openapi_extra=described(DefinitionBody),
    dependencies=[Depends(bringing)],
)
def put_definition(
    hall: TheHall,
    digest: Sha256Hex,
    kiosk: TheKiosk,
    body: Annotated[DefinitionBody, large(DefinitionBody)],
    after: BackgroundTasks,
) -> None:
    """Keep what forms were filled in by; those that wait for it are judged then, and the kiosk need not wait."""
    try:
        hall.definitions.keep(Definition.checked(body.document, digest), hall.clock())
    except DefinitionError as error:
        raise WrongDefinitionError(str(error)) from error
    after.add_task(judge_waiting, hall, digest)


@router.put(
    "/submissions/{submission_id}/status",
    status_code=204,
    responses=WITHDRAWN | {409: {"description": "It counts no more, or a colleague has changed it meanwhile"}},
)
def put_status(
    hall: TheHall, submission_id: UUID, body: NewStatus, staff: Annotated[Staff, who_may(Permission.MOVE_FORMS)]
) -> None:
    set_status(hall, submission_id, body.status, body.note, body.version, staff)


@router.post("/submissions/{submission_id}/open", responses=WITHDRAWN)
def open_submission(
    hall: TheHall, submission_id: UUID, staff: Annotated[Staff, who_may(Permission.READ_FORMS)]
) -> review.Form:
    """The answers, private ones masked; the look is written down."""
    return review.open_masked(hall, submission_id, staff)


@router.post("/submissions/{submission_id}/reveal", responses=WITHDRAWN)
def reveal(
    hall: TheHall, submission_id: UUID, body: NamedAnswer, staff: Annotated[Staff, who_may(Permission.REVEAL_ANSWERS)]
) -> review.Revealed:
    """One masked answer in full; the look is written down."""
    return review.reveal(hall, submission_id, body.field, staff)


@router.post(
    "/submissions/{submission_id}/witness",
    status_code=204,
    responses=WITHDRAWN | {409: {"description": "Somebody else has witnessed it"}},
)
def put_witness(
    hall: TheHall, submission_id: UUID, body: NamedAnswer, staff: Annotated[Staff, who_may(Permission.MOVE_FORMS)]
) -> None:
    """This member of staff saw the person make the mark; their name is kept with it."""
    witness(hall, submission_id, body.field, staff)
