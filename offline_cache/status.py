"""What `kiosk outbox status` shows: how many forms are in which state, and why; what is asked of forms that were sent.
Never what a person answered."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, or_, select

from offline_cache.hall_client import KioskNotAdmitted
from offline_cache.parcels.unfinished import unfinished_follow_ups, unfinished_work_orders
from offline_cache.store import OutboxState, Store
from offline_cache.tables import OutboxRow, ParcelState, SubmissionRow
from offline_cache.trust.identity_file import IdentityError, IdentityFile
from protocol.enrolment import NotAdmitted

_NOT_ADMITTED = "not_admitted"  # in the store: why the hall last admitted nothing, "" since it did


def outbox_status(store: Store) -> dict[str, Any]:
    """{"waiting", "delivered", "refused", "blocked", "damaged": counts of forms, "entries": [...], "follow_ups":
    [...], "work_orders": [...]}, oldest first; of the last two those that the hall does not have."""
    items = store.outbox()
    with store.transaction() as session:
        asked, orders = unfinished_follow_ups(session), unfinished_work_orders(session)
    counts = Counter(item.state for item in items)
    return {
        **{state: counts[state] for state in [*OutboxState, "damaged"]},
        "entries": [asdict(item) for item in items],
        "follow_ups": [asdict(one) for one in asked],
        "work_orders": [asdict(one) for one in orders],
    }


@dataclass(frozen=True)
class StuckForms:
    """`refused` by the hall, `because` of these reasons; `held`: damaged on the disk, so that they cannot be sent.

    Among them is what was asked of forms that were sent, and what people could not get done."""

    refused: int
    held: int
    because: tuple[str, ...]


def stuck_forms(store: Store) -> StuckForms:
    """What staff have to look at; cheap, as forms that the hall has are not read."""
    undelivered = or_(OutboxRow.state != OutboxState.DELIVERED.value, OutboxRow.delivered_at.is_(None))
    forms = select(OutboxRow, SubmissionRow).outerjoin(SubmissionRow, SubmissionRow.sequence == OutboxRow.sequence)
    with store.transaction() as session:
        rows = session.execute(forms.where(undelivered).order_by(OutboxRow.sequence)).all()
        held = sum(not (row.is_intact() and form and form.is_intact()) for row, form in rows)
        because = [row.last_error or "" for row, form in rows if _is_refused(row, form)]
        unqueued = session.scalar(
            select(func.count())
            .select_from(SubmissionRow)
            .where(SubmissionRow.sequence.not_in(select(OutboxRow.sequence)))
        )
        beside = [*unfinished_follow_ups(session), *unfinished_work_orders(session)]
    because += [one.last_error or "" for one in beside if one.state == ParcelState.REFUSED]
    held += sum(one.state == "damaged" for one in beside)
    return StuckForms(len(because), held + (unqueued or 0), tuple(dict.fromkeys(because)))


def _is_refused(row: OutboxRow, form: SubmissionRow | None) -> bool:
    return row.state == OutboxState.REFUSED.value and row.is_intact() and form is not None and form.is_intact()


def note_admission(store: Store, refusal: KioskNotAdmitted | None) -> None:
    """What the hall has just said of this kiosk, for `kiosk_status`; None: it is let in."""
    why = refusal.code.value if refusal else ""
    if why != (store.get(_NOT_ADMITTED) or ""):
        store.set(_NOT_ADMITTED, why)


def kiosk_status(store: Store, file: IdentityFile) -> dict[str, str | None]:
    """Name, fingerprint and state of this kiosk, without asking the hall: "enrolled", why the hall last admitted
    nothing, or what is wrong with the file."""
    try:
        identity = file.read()
    except IdentityError as error:
        return {"name": None, "fingerprint": None, "state": str(error)}
    if identity is None:
        return {"name": None, "fingerprint": None, "state": NotAdmitted.NOT_ENROLLED.value}
    state = store.get(_NOT_ADMITTED) or "enrolled"
    return {"name": identity.name, "fingerprint": identity.fingerprint, "state": state}
