"""What somebody could not get done, sealed to the hall at once: neither sound nor contact ever lie open on the disk."""

from datetime import datetime
from uuid import UUID

from kiosk.hall.service import NewOrder
from kiosk.texts.languages import Lang
from protocol.receipts.phone_page import page_key
from protocol.sealing import seal
from protocol.wire import HallKey
from protocol.work_orders.order import Contact, OrderPart, WorkOrderRequest, sealing_context


def sealed_order(key: HallKey, name: UUID, kiosk: str, order: NewOrder, lang: Lang, now: datetime) -> WorkOrderRequest:
    """SealError where `key` is none."""
    contact = Contact(name=order.name, phone=order.phone)
    has_contact = bool(order.name or order.phone)
    return WorkOrderRequest(
        kiosk=kiosk,
        number=order.number,
        created_at=now,
        screen=order.screen,
        service_id=order.service_id,
        reason=order.reason,
        form=order.form,
        lang=lang,
        page_key=page_key(order.number, order.page_code) if order.page_code else None,
        sound=_sealed(key, name, OrderPart.SOUND, order.sound),
        contact=_sealed(key, name, OrderPart.CONTACT, contact.model_dump_json().encode() if has_contact else b""),
    )


def _sealed(key: HallKey, order: UUID, part: OrderPart, plain: bytes) -> bytes | None:
    """None for nothing."""
    return seal(key.public_key, plain, sealing_context(order, part)) if plain else None
