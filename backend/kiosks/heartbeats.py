"""That a kiosk is alive, and that no other machine has its key."""

from sqlalchemy import select

from backend.audit.heads import exchange
from backend.hall.hall import Hall
from backend.hall.state import state_of
from backend.kiosks.signed import SignedKiosk
from backend.kiosks.tables import Kiosk
from protocol.wire import Heartbeat, HeartbeatAnswer


def put_heartbeat(hall: Hall, kiosk: SignedKiosk, body: Heartbeat) -> HeartbeatAnswer:
    """NotAdmittedError."""
    now = hall.clock()
    with hall.database.write() as session:
        if not kiosk.spend(session):
            raise kiosk.refusal(hall.database)
        row = session.scalars(select(Kiosk).where(Kiosk.id == kiosk.id)).one()
        for name, value in body.model_dump(exclude={"audit"}).items():
            setattr(row, name, value)
        row.seen_at = now
        _notice_other_machine(row, kiosk.signature.start)
        state = state_of(session)
        heads = exchange(session, hall, kiosk.name, body.audit) if body.audit else None
        return HeartbeatAnswer(
            generation=state.generation,
            safe_arrival=state.safe_arrival,
            audit=heads,
            public_url=hall.settings.public_url,
            asks_offices=bool(hall.settings.provider_url),
        )


def _notice_other_machine(row: Kiosk, start: str) -> None:
    """Where a start beats that another one has followed already, two machines have one key."""
    if start == row.start:
        return
    if start == row.earlier_start:
        row.two_machines_at = row.seen_at
    row.start, row.earlier_start = start, row.start
