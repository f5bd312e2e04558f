"""What a kiosk asks first, how it is taken in, and how it says that it is alive."""

from fastapi import APIRouter

from backend.hall.hall import TheHall
from backend.kiosks import enrolment
from backend.kiosks.heartbeats import put_heartbeat
from backend.kiosks.signed import NOT_ADMITTED, SigningKiosk, TheKiosk
from backend.server.certificates import Certificates
from protocol.enrolment import EnrolmentAnswer, EnrolmentRequest, KioskStanding, KioskState, NewKey
from protocol.wire import HallKey, Heartbeat, HeartbeatAnswer, KioskName

router = APIRouter()


@router.get("/key")
def key(hall: TheHall) -> HallKey:
    """The key that forms are sealed to."""
    with hall.database.read() as session:
        return enrolment.hall_key(hall, session)


@router.post("/enrolments", responses={403: {"description": "No code of this hall, or not good any more: see code"}})
def enrol(hall: TheHall, body: EnrolmentRequest) -> EnrolmentAnswer:
    """Take a kiosk in by a code that staff have made."""
    ca_file = Certificates(hall.files.settings.folder).ca_file
    return enrolment.enrol(hall, body, ca_file.read_text("ascii") if ca_file.exists() else "")


@router.get("/kiosks/me", responses=NOT_ADMITTED)
def who_am_i(kiosk: TheKiosk) -> KioskStanding:
    return KioskStanding(name=kiosk.name, state=KioskState.APPROVED)


@router.put("/kiosks/me/key", status_code=204, responses=NOT_ADMITTED | {422: {"description": "Not proven"}})
def new_key(hall: TheHall, kiosk: TheKiosk, body: NewKey) -> None:
    """The kiosk signs with this key from now on; the present one vouches for it."""
    enrolment.take_new_key(hall, kiosk, body)


@router.put("/kiosks/{name}/heartbeat", responses=NOT_ADMITTED)
def heartbeat(hall: TheHall, name: KioskName, kiosk: SigningKiosk, body: Heartbeat) -> HeartbeatAnswer:
    """The kiosk is alive. Which one it is its key says, not `name`."""
    return put_heartbeat(hall, kiosk, body)
