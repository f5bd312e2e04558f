"""Calls for a staff member, and what has happened to each."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table
from protocol.calls.messages import ArrivedBy, Rating
from protocol.calls.states import CallState, Move


class Call(Table):
    """One press of a help button; `staff` is who has it, or had it last.

    `kiosk_id` is whose key signed it; None: it came without, and `kiosk` is only what it says of itself.

    `called_at` is the press by the hall's clock: the arrival, less the time that the kiosk by its own took to send it.

    `step` and `turn` as in CallStatus. `asked`: the colleague whom it was handed to at `asked_at`, until somebody takes
    it. `seen_by`: who of the leads knows that nobody reached the visitor. `call_back` is sealed, and erased at the end.
    """

    __tablename__ = "calls"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kiosk: Mapped[str]
    kiosk_id: Mapped[UUID | None]
    screen: Mapped[str]
    service_id: Mapped[str | None]
    reason: Mapped[str]
    called_at: Mapped[datetime] = mapped_column(index=True)
    received_at: Mapped[datetime]
    state: Mapped[CallState] = mapped_column(index=True)
    staff: Mapped[str | None]
    updated_at: Mapped[datetime]
    step: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int] = mapped_column(default=1)
    needs: Mapped[list[str]] = mapped_column(default=list)
    other_way: Mapped[bool] = mapped_column(default=False)
    phone_here: Mapped[str] = mapped_column(default="")
    call_back: Mapped[bytes | None] = mapped_column(default=None)
    has_gone: Mapped[bool] = mapped_column(default=False)
    asked: Mapped[str | None] = mapped_column(default=None)
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
    arrived_by: Mapped[ArrivedBy | None] = mapped_column(default=None)
    rating: Mapped[Rating | None] = mapped_column(default=None)
    seen_by: Mapped[str | None] = mapped_column(default=None)


class CallChange(Table):
    """What happened to a call, as protocol.calls.states.Move names it, and where it stood then.

    `who` is a member of staff, "" for the visitor or the hall itself. `detail`: how somebody is known to have come, the
    colleague who was asked, or why the hall did it.
    """

    __tablename__ = "call_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    call: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime]
    move: Mapped[Move]
    state: Mapped[CallState]
    who: Mapped[str]
    detail: Mapped[str]
