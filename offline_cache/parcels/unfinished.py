"""Parcels that the hall does not have yet: for who looks after the kiosk, and to send them once more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from offline_cache.store import Store
from offline_cache.tables import FollowUpRow, ParcelState, WorkOrderRow

AnyRow = FollowUpRow | WorkOrderRow


@dataclass(frozen=True)
class UnfinishedParcel:
    """`state`: waiting, refused, or damaged on the disk, so that it cannot be sent. What it says is in none of this."""

    state: str
    attempts: int
    next_try_at: str | None
    last_error: str | None


@dataclass(frozen=True)
class UnfinishedFollowUp(UnfinishedParcel):
    follow_up: str
    submission: str
    kind: str


@dataclass(frozen=True)
class UnfinishedWorkOrder(UnfinishedParcel):
    work_order: str
    number: str


def unfinished_follow_ups(session: Session) -> list[UnfinishedFollowUp]:
    """As they were asked for."""
    return [
        UnfinishedFollowUp(*_standing(row), follow_up=row.uuid, submission=row.submission, kind=row.kind)
        for row in session.scalars(select(FollowUpRow).order_by(FollowUpRow.sequence))
        if not _is_told(row)
    ]


def unfinished_work_orders(session: Session) -> list[UnfinishedWorkOrder]:
    """As they were left, one at a time in memory: their bodies are large."""
    rows = session.scalars(select(WorkOrderRow).order_by(WorkOrderRow.sequence).execution_options(yield_per=1))
    return [
        UnfinishedWorkOrder(*_standing(row), work_order=row.uuid, number=row.number)
        for row in rows
        if not _is_told(row)
    ]


def all_due(store: Store) -> None:
    """Each that waits is due now, also one that was put off. StoreError."""
    with store.transaction() as session:
        _send(row for row in _in_state(session, ParcelState.WAITING))


def retry_refused(store: Store, name: str | None = None) -> int:
    """Send what was refused once more: what was asked of the form with this id, the work order with this id or number,
    or all; how many there are. StoreError."""
    with store.transaction() as session:
        return _send(row for row in _in_state(session, ParcelState.REFUSED) if name is None or name in _names(row))


def _in_state(session: Session, state: ParcelState) -> Iterator[AnyRow]:
    yield from session.scalars(select(FollowUpRow).where(FollowUpRow.state == state.value))
    yield from session.scalars(select(WorkOrderRow).where(WorkOrderRow.state == state.value))


def _names(row: AnyRow) -> tuple[str, ...]:
    return (row.submission,) if isinstance(row, FollowUpRow) else (row.uuid, row.number)


def _standing(row: AnyRow) -> tuple[str, int, str | None, str | None]:
    return row.state if row.is_intact() else "damaged", row.attempts, row.next_try_at, row.last_error


def _is_told(row: AnyRow) -> bool:
    return row.is_intact() and row.state == ParcelState.TOLD


def _send(rows: Iterable[AnyRow]) -> int:
    sent = [row for row in rows if row.is_intact()]
    for row in sent:
        row.state, row.next_try_at = ParcelState.WAITING.value, None
    return len(sent)
