"""What every kiosk asks first, and how it says that it is alive."""

from fastapi import APIRouter

from backend.foundation.database import insert
from backend.hall.hall import TheHall
from backend.kiosks.tables import Kiosk
from protocol.wire import HallKey, Health, Heartbeat, KioskName

router = APIRouter()


@router.get("/health")
def health() -> Health:
    return Health(status="ok")


@router.get("/key")
def key(hall: TheHall) -> HallKey:
    """The key that forms are sealed to."""
    return HallKey(key_id=hall.keys.key_id, public_key=hall.keys.public, verify_key=hall.keys.verify_key)


@router.put("/kiosks/{name}/heartbeat", status_code=204)
def put_heartbeat(hall: TheHall, name: KioskName, body: Heartbeat) -> None:
    row = {**body.model_dump(), "seen_at": hall.clock()}
    with hall.database.write() as session:
        first = insert(session, Kiosk).values(name=name, **row)
        session.execute(first.on_conflict_do_update(index_elements=[Kiosk.name], set_=row))
