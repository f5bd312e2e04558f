"""What kiosks ask of the hall; the wire table of docs/architecture.md, one function a row."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from backend import calls, progress
from backend.database import insert
from backend.hall import Hall
from backend.intake import take_in
from backend.tables import Kiosk
from protocol.wire import (
    CallRequest,
    CallStatus,
    HallKey,
    Health,
    Heartbeat,
    KioskName,
    Progress,
    ProgressSearch,
    Submission,
    SubmissionReceipt,
)

router = APIRouter()


def hall_of(request: Request) -> Hall:
    hall: Hall = request.app.state.hall
    return hall


TheHall = Annotated[Hall, Depends(hall_of)]


@router.get("/health")
def health() -> Health:
    return Health(status="ok")


@router.get("/key")
def key(hall: TheHall) -> HallKey:
    """The key that forms are sealed to."""
    return HallKey(key_id=hall.keys.key_id, public_key=hall.keys.public)


@router.put(
    "/submissions/{submission_id}",
    responses={201: {"model": SubmissionReceipt, "description": "New"}, 409: {"description": "Another body"}},
)
def put_submission(hall: TheHall, submission_id: UUID, body: Submission, response: Response) -> SubmissionReceipt:
    """Take in a form; the same again gets the same receipt."""
    receipt, is_new = take_in(hall, submission_id, body)
    response.status_code = 201 if is_new else 200
    return receipt


@router.get("/progress/{receipt_number}")
def get_progress(hall: TheHall, receipt_number: str) -> Progress:
    return progress.by_receipt(hall, receipt_number)


@router.post("/progress/search")
def search_progress(hall: TheHall, wanted: ProgressSearch) -> list[Progress]:
    return progress.search(hall, wanted)


@router.put("/calls/{call_id}")
def put_call(hall: TheHall, call_id: UUID, body: CallRequest) -> CallStatus:
    """Request, cancel or close a call; a second PUT never makes a second call."""
    return calls.put_call(hall, call_id, body)


@router.get("/calls/{call_id}")
def get_call(hall: TheHall, call_id: UUID) -> CallStatus:
    return calls.get_call(hall, call_id)


@router.put("/kiosks/{name}/heartbeat", status_code=204)
def put_heartbeat(hall: TheHall, name: KioskName, body: Heartbeat) -> None:
    row = {**body.model_dump(), "seen_at": hall.clock()}
    with hall.database.write() as session:
        first = insert(session, Kiosk).values(name=name, **row)
        session.execute(first.on_conflict_do_update(index_elements=[Kiosk.name], set_=row))
