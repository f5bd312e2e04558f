"""A work order on the wire, and what is sealed in it. Sound and contact are sealed apart: the hall can delete one for
good without opening the other, and knows without opening either whether it is there."""

from enum import StrEnum
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from pydantic import Field

from protocol.wire import (
    MAX_SEALED_BYTES,
    Bytes,
    Identifier,
    KioskName,
    Moment,
    PlainText,
    Sha256Hex,
    ShortName,
    WireAnswer,
    WireRequest,
)

MAX_CONTACT_BYTES = 4096


class OrderState(StrEnum):
    """How far a work order has come. Staff move it; nothing else does."""

    OPEN = "open"  # nobody has taken it
    IN_HAND = "in_hand"  # its owner is at work on it
    ANSWERED = "answered"  # its person can read what has become of it
    CLOSED = "closed"  # nothing more is to be done

    @property
    def is_unanswered(self) -> bool:
        return self in (OrderState.OPEN, OrderState.IN_HAND)


class OrderPart(StrEnum):
    """What is sealed."""

    SOUND = "sound"  # what the person said, as protocol.work_orders.sound has it
    CONTACT = "contact"  # JSON of `Contact`


class Contact(WireRequest):
    """How the person may be reached, where they have left it."""

    name: Annotated[PlainText, Field(repr=False)] = ""
    phone: Annotated[PlainText, Field(repr=False)] = ""


class WorkOrderRequest(WireRequest):
    """What somebody could not get done, on its way to the hall. Sealing is random: keep this body and send it again.

    `number` is on the person's slip, made as a receipt's is; `page_key` opens its page. `screen` is where they stood,
    as calls say it. `reason` is one of forms.hall.work_orders, None where it was only spoken. `form` is the receipt
    number of the form that it is about.
    """

    kiosk: KioskName
    number: Identifier
    created_at: Moment
    screen: ShortName
    service_id: Identifier | None = None
    reason: Identifier | None = None
    form: Identifier | None = None
    lang: Annotated[str, Field(pattern=r"^(zh|en)$")]
    page_key: Sha256Hex | None = None
    sound: Annotated[Bytes, Field(max_length=MAX_SEALED_BYTES)] | None = None
    contact: Annotated[Bytes, Field(max_length=MAX_CONTACT_BYTES)] | None = None

    @property
    def body_hash(self) -> str:
        """SHA-256 (hex) of all of it, by which the same order is told from another one."""
        return sha256(self.model_dump_json(exclude_none=True).encode()).hexdigest()


class WorkOrderReceipt(WireAnswer):
    """The hall holds the order safely. The same order always gets the same receipt."""

    order: UUID
    number: str


def sealing_context(order: UUID, part: OrderPart) -> bytes:
    """What binds a sealed part to its own order: opened as any other, it stays shut."""
    return f"yinling work order 1\n{order}\n{part}".encode()
