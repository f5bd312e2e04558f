"""The hall's receipts for forms that were carried there: from then on these are delivered, as if a line had done it."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select

from offline_cache.copies import drop_safe, note_backup, offer_again
from offline_cache.parcels.work_orders import WorkOrders
from offline_cache.store import OutboxState, Store, intact
from offline_cache.tables import OutboxRow, ParcelState, SubmissionRow
from offline_cache.trust.identity import Identity
from offline_cache.versions.definitions import Definitions
from protocol.carrying.bundle import BundleError, Kind, read_bundle
from protocol.carrying.contents import CarriedOrderReceipt, CarriedReceipt, CarriedReceipts
from protocol.wire import HeartbeatAnswer
from protocol.work_orders.order import WorkOrderRequest

DELIVERED, REFUSED, ALREADY, UNKNOWN = "delivered", "refused", "already", "unknown"
_GENERATIONS = "hall_generations"  # in the store: the most that receipts have told of


def take_receipts(store: Store, identity: Identity, path: Path, now: datetime) -> Counter[str]:
    """How many forms and work orders are DELIVERED or REFUSED by these receipts, were delivered ALREADY, or are UNKNOWN
    here as the kiosk has not, or not with this content, what the receipt is for. The same file again changes nothing.

    BundleError when the file is none for this kiosk from its hall; StoreError.
    """
    carried = _checked(identity, path)
    if carried.generations < int(store.get(_GENERATIONS) or 0):
        raise BundleError(
            f"{path} is from before the hall's database was put back, when it may have lost forms: carry the forms "
            "there again."
        )
    store.set(_GENERATIONS, str(carried.generations))
    offer_again(store, carried.generation)
    WorkOrders(store).offer_again(carried.generation)
    counts = Counter(_take(store, one, now) for one in carried.receipts)
    counts.update(_take_order(store, one, carried.generation, now) for one in carried.orders)
    note_backup(store, HeartbeatAnswer(generation=carried.generation, safe_arrival=carried.safe_arrival), now)
    drop_safe(store, now)
    return counts


def _checked(identity: Identity, path: Path) -> CarriedReceipts:
    bundle, hall = read_bundle(path, Kind.RECEIPTS), identity.hall_key
    if bundle.label.hall != hall.key_id:
        raise BundleError(f"{path} is from another hall ({bundle.label.hall}) than this kiosk's ({hall.key_id}).")
    if not bundle.is_signed_by(hall.verify_key):
        raise BundleError(f"{path} was not signed by this kiosk's hall: carry the forms there, and bring its receipts.")
    if bundle.label.kiosk != identity.kiosk:
        raise BundleError(f"{path} is for another kiosk than this one, {identity.name}: import it there.")
    try:
        return CarriedReceipts.model_validate_json(bundle.content)
    except ValidationError as error:
        raise BundleError(f"{path} says what this program does not know: update this kiosk, then try again.") from error


def _take(store: Store, carried: CarriedReceipt, now: datetime) -> str:
    sequence = _sequence(store, carried)
    if sequence is None:
        return UNKNOWN
    with store.transaction() as session:
        outbox = intact(session, OutboxRow, sequence)
        if outbox is None:
            return UNKNOWN
        if outbox.state == OutboxState.DELIVERED:
            return ALREADY
    receipt = carried.receipt
    if receipt is None:
        store.refused(sequence, now, carried.refused)
        store.audit.note("hall", "refused", str(carried.submission), "carried")
        return REFUSED
    kept = store.load(sequence)
    if receipt.lacks_definition and kept and kept.body.definition:  # noted first, as in offline_cache.sync
        Definitions(store).is_lacking(kept.body.definition, True)
    store.delivered(sequence, now, receipt.status, receipt.generation, receipt.arrival)
    store.audit.note("hall", "received", receipt.receipt_number, "carried")
    return DELIVERED


def _take_order(store: Store, carried: CarriedOrderReceipt, generation: UUID, now: datetime) -> str:
    parcels, name = WorkOrders(store), str(carried.order)
    row = parcels.load(name)
    if row is None or WorkOrderRequest.model_validate_json(row.body).body_hash != carried.body_hash:
        return UNKNOWN
    if row.state == ParcelState.TOLD:
        return ALREADY
    if carried.refused:
        parcels.refused(name, now, carried.refused)
        store.audit.note("hall", "order_refused", row.number, "carried")
        return REFUSED
    parcels.answered(name, now, lambda row: None, generation)
    store.audit.note("hall", "order_received", row.number, "carried")
    return DELIVERED


def _sequence(store: Store, carried: CarriedReceipt) -> int | None:
    """The number of the very form that the receipt is for."""
    with store.transaction() as session:
        sequence = session.scalar(select(SubmissionRow.sequence).where(SubmissionRow.uuid == str(carried.submission)))
    kept = store.load(sequence) if sequence else None
    return sequence if kept and kept.body.body_hash == carried.body_hash else None
