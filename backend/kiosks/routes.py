"""What every kiosk asks first, and how it says that it is alive."""

from fastapi import APIRouter, Response

from backend.audit.heads import exchange
from backend.foundation.database import insert
from backend.hall.hall import TheHall
from backend.hall.state import state_of
from backend.kiosks.tables import Kiosk
from protocol.wire import HallKey, Health, Heartbeat, HeartbeatAnswer, KioskName

router = APIRouter()


@router.get("/health", responses={503: {"model": Health, "description": "Forms cannot be stored now"}})
async def health(hall: TheHall, response: Response) -> Health:
    """From memory, whatever else the hall is waiting for."""
    told = hall.watch.health
    response.status_code = 200 if told.stores_forms else 503
    return told


@router.get("/key")
def key(hall: TheHall) -> HallKey:
    """The key that forms are sealed to."""
    with hall.database.read() as session:
        generation = state_of(session).generation
    return HallKey(
        key_id=hall.keys.key_id,
        public_key=hall.keys.public,
        verify_key=hall.keys.verify_key,
        generation=generation,
    )


@router.put("/kiosks/{name}/heartbeat")
def put_heartbeat(hall: TheHall, name: KioskName, body: Heartbeat) -> HeartbeatAnswer:
    row = {**body.model_dump(exclude={"audit"}), "seen_at": hall.clock()}
    with hall.database.write() as session:
        first = insert(session, Kiosk).values(name=name, **row)
        session.execute(first.on_conflict_do_update(index_elements=[Kiosk.name], set_=row))
        state = state_of(session)
        heads = exchange(session, hall, name, body.audit) if body.audit else None
    return HeartbeatAnswer(generation=state.generation, safe_arrival=state.safe_arrival, audit=heads)
