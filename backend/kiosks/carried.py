"""A kiosk whose forms a person carries here. Its signature is over the file, which may come as often as it likes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.foundation.database import Database
from backend.kiosks.signed import NotAdmittedError, refusal_of
from backend.kiosks.tables import Kiosk
from protocol.enrolment import KioskState, NotAdmitted


@dataclass(frozen=True)
class CarriedKiosk:
    """With the key that signed the file."""

    id: UUID
    name: str
    public_key: bytes = field(repr=False)

    @staticmethod
    def spend_all(session: Session, kiosks: Sequence["CarriedKiosk"]) -> list[bool]:
        """Whether each is approved, with this key, right now."""
        return [one.spend(session) for one in kiosks]

    def spend(self, session: Session) -> bool:
        """The same for one."""
        here = (Kiosk.id == self.id, Kiosk.public_key == self.public_key, Kiosk.state == KioskState.APPROVED)
        return session.scalar(select(Kiosk.id).where(*here)) is not None

    def refusal(self, database: Database) -> NotAdmittedError:
        """Why `spend` said no."""
        return refusal_of(database, self.id, self.name, self.public_key)


def carried_kiosk(database: Database, kiosk: UUID) -> CarriedKiosk:
    """The kiosk with this id, in whatever state. NotAdmittedError when there is none."""
    with database.read() as session:
        row = session.execute(select(Kiosk.name, Kiosk.public_key).where(Kiosk.id == kiosk)).one_or_none()
    if row is None:
        raise NotAdmittedError(NotAdmitted.NOT_ENROLLED)
    return CarriedKiosk(kiosk, row.name, row.public_key)
