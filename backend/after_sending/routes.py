"""What kiosks ask of a form that was sent."""

from uuid import UUID

from fastapi import APIRouter

from backend.after_sending import follow_ups, own_form
from backend.hall.hall import TheHall
from backend.kiosks.levels import LEVEL_TOO_LOW, TheVisitor
from backend.kiosks.signed import NOT_ADMITTED, SigningKiosk
from protocol.after_sending import FollowUp, FollowUpAnswer, OwnFormAnswer, OwnFormRequest

router = APIRouter()


@router.put(
    "/submissions/{submission_id}/follow-ups/{follow_up_id}",
    responses=NOT_ADMITTED
    | LEVEL_TOO_LOW
    | {404: {"description": "The form has not come yet"}, 409: {"description": "Another request of this id"}},
)
def put_follow_up(
    hall: TheHall, submission_id: UUID, follow_up_id: UUID, kiosk: SigningKiosk, body: FollowUp
) -> FollowUpAnswer:
    """Take a form back, or say that a missing paper was brought; the same again changes nothing."""
    return follow_ups.put(hall, submission_id, follow_up_id, body, kiosk)


@router.post(
    "/submissions/{submission_id}/answers",
    responses=NOT_ADMITTED
    | LEVEL_TOO_LOW
    | {404: {"description": "No such form of this person"}, 409: {"description": "It counts no more"}},
)
def own_answers(hall: TheHall, submission_id: UUID, visitor: TheVisitor, body: OwnFormRequest) -> OwnFormAnswer:
    """What was filled in, for the person whose form it is; the look is written down."""
    return own_form.answers(hall, submission_id, visitor, body)
