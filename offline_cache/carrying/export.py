"""The file with forms and work orders for the hall (protocol.carrying). Nothing changes in the store: they wait until
receipts come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select

from offline_cache.parcels.work_orders import WorkOrders
from offline_cache.store import OutboxState, Store
from offline_cache.tables import OutboxRow
from offline_cache.trust.identity import Identity
from offline_cache.versions.definitions import Definitions
from protocol.carrying.bundle import MAX_CONTENT_BYTES, Kind, Label, packed
from protocol.carrying.contents import CarriedForm, CarriedForms, CarriedOrder, sealing_context_of
from protocol.request_signature import sign_with
from protocol.sealing import OVERHEAD_BYTES, seal
from protocol.wire import Sha256Hex
from protocol.work_orders.order import WorkOrderRequest

_NUMBER = "exports"  # in the store: how many files were written


@dataclass(frozen=True)
class Export:
    """`number` of the file and its `content`; what is `damaged` cannot be carried; `left`: had no room in it."""

    number: int
    content: bytes
    forms: int
    orders: int
    damaged: int
    left: int


def export(store: Store, identity: Identity, now: datetime, *, delivered_too: bool = False) -> Export:
    """Every form that waits or was refused, and with `delivered_too` every sealed copy that is still kept; and every
    work order in the same way.

    StoreError; SealError where the hall's key in the identity file is none.
    """
    carried, damaged, left = _content(store, delivered_too)
    number = int(store.get(_NUMBER) or 0) + 1
    plain = carried.model_dump_json().encode()
    content = seal(identity.hall_key.public_key, plain, sealing_context_of(identity.kiosk, number))
    label = Label.of(Kind.FORMS, identity.kiosk, identity.hall_key.key_id, number, now, content)
    keys = [key for key in (identity.private_key, identity.next_key) if key]  # the hall may have taken the next one
    packet = packed(label, content, [partial(sign_with, key) for key in keys])
    store.set(_NUMBER, str(number))
    return Export(number, packet, len(carried.forms), len(carried.orders), damaged, left)


def _content(store: Store, delivered_too: bool) -> tuple[CarriedForms, int, int]:
    """What the file has room for, oldest first, and how much is damaged, and left."""
    room = MAX_CONTENT_BYTES - OVERHEAD_BYTES
    forms, damaged, left = _forms(store, room, delivered_too)
    if left:
        return forms, damaged, left
    parcels, orders = WorkOrders(store), list[CarriedOrder]()
    room -= len(forms.model_dump_json())
    names = parcels.names(delivered_too=delivered_too)
    for at, name in enumerate(names):
        row = parcels.load(name)
        if row is None:
            damaged += 1
            continue
        order = CarriedOrder(order=UUID(name), body=WorkOrderRequest.model_validate_json(row.body))
        room -= len(order.model_dump_json()) + 1
        if room < 0:
            left = len(names) - at
            break
        orders.append(order)
    return forms.model_copy(update={"orders": orders}), damaged, left


def _forms(store: Store, room: int, delivered_too: bool) -> tuple[CarriedForms, int, int]:
    definitions: dict[Sha256Hex, str] = {}
    forms: list[CarriedForm] = []
    damaged = 0
    numbers = _numbers(store, delivered_too)
    for at, sequence in enumerate(numbers):
        kept = store.load(sequence)
        if kept is None:
            damaged += 1
            continue
        form = CarriedForm(submission=kept.submission, body=kept.body)
        definition = kept.body.definition
        document = Definitions(store).get(definition) if definition and definition not in definitions else None
        brings = _carried([form], [document] if document else [])
        room -= len(brings.model_dump_json())  # more than it takes
        if room < 0:
            return _carried(forms, definitions.values()), damaged, len(numbers) - at
        forms.append(form)
        if definition and document:
            definitions[definition] = document
    return _carried(forms, definitions.values()), damaged, 0


def _carried(forms: list[CarriedForm], definitions: Iterable[str]) -> CarriedForms:
    return CarriedForms(forms=forms, definitions=list(definitions), orders=[])


def _numbers(store: Store, delivered_too: bool) -> list[int]:
    chosen = select(OutboxRow.sequence).order_by(OutboxRow.sequence)
    if not delivered_too:
        chosen = chosen.where(OutboxRow.state != OutboxState.DELIVERED.value)
    with store.transaction() as session:
        return list(session.scalars(chosen))
