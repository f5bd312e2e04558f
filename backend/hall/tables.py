"""What a hall knows of itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class HallState(Table):
    """One row. A database that went back in time begins another generation, which makes kiosks offer their forms again.

    `generations` counts them. `arrivals` is the number of the newest form, `safe_arrival` of the newest one that a
    backup holds. `key_id` names the key file that opens the forms; None until a hall has started with this database.
    """

    __tablename__ = "hall_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    generation: Mapped[UUID]
    generations: Mapped[int]
    key_id: Mapped[str | None]
    arrivals: Mapped[int] = mapped_column(BigInteger)
    safe_arrival: Mapped[int] = mapped_column(BigInteger)
    backup_at: Mapped[datetime | None]
