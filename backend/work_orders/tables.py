"""Work orders as they are kept: what was said and how to reach the person sealed, and what staff did, in order."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table
from protocol.work_orders.order import OrderState


class WorkOrder(Table):
    """One of them. `body_hash` tells the same PUT from another one; `left_at` is what can be believed of when it was
    left, `due` the day until which it is answered.

    `sound` and `contact` are sealed (protocol.work_orders); None where there is none, or no longer. `words` is what
    staff wrote down of the sound. `one_of_many`: its kiosk brought very many in that hour. `change` and `office` say
    what was changed because of it (hall/work_orders.yaml). `changes` counts what staff did, so that two never overwrite
    each other.
    """

    __tablename__ = "work_orders"
    __table_args__ = (Index("ix_work_orders_state_due", "state", "due"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(index=True)
    body_hash: Mapped[str]
    kiosk: Mapped[str]
    kiosk_id: Mapped[UUID | None]
    screen: Mapped[str]
    service_id: Mapped[str | None]
    reason: Mapped[str | None]
    form: Mapped[str | None] = mapped_column(index=True)
    lang: Mapped[str]
    page_key: Mapped[str | None]
    left_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(index=True)
    sound: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    one_of_many: Mapped[bool]
    state: Mapped[OrderState]
    owner: Mapped[str | None]
    due: Mapped[date]
    words: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    change: Mapped[str | None] = mapped_column(default=None)
    office: Mapped[str] = mapped_column(default="")
    changes: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]

    @property
    def has_sound(self) -> bool:
        return self.sound is not None


class OrderAct(StrEnum):
    """What staff did with an order."""

    TAKEN = "taken"
    ASSIGNED = "assigned"
    WRITTEN_DOWN = "written_down"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    ERASED = "erased"


class WorkOrderChange(Table):
    """`text` is to whom it was assigned, what was written down or answered, or why it was opened again."""

    __tablename__ = "work_order_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    work_order: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime]
    who: Mapped[str]
    act: Mapped[OrderAct]
    text: Mapped[str] = mapped_column(Text)
