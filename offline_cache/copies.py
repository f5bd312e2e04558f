"""Sealed copies of delivered forms: offered again to a hall that lost them, dropped once a backup there holds them."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from offline_cache.store import OutboxState, Store
from offline_cache.tables import OutboxRow, SubmissionRow
from protocol.wire import HeartbeatAnswer

KEPT_AFTER_BACKUP = timedelta(hours=24)
_DELIVERED = OutboxRow.state == OutboxState.DELIVERED.value


def offer_again(store: Store, generation: UUID | None) -> None:
    """Forms that another generation of the hall confirmed are due again: this one may not have them.

    An older hall says no generation, and keeps what it confirmed.
    """
    if generation is None:
        return
    elsewhere = OutboxRow.generation.is_distinct_from(str(generation))
    with store.transaction() as session:
        for row in session.scalars(select(OutboxRow).where(_DELIVERED, elsewhere)):
            if row.is_intact():
                row.state, row.safe_at, row.next_try_at = OutboxState.WAITING.value, None, None


def note_backup(store: Store, told: HeartbeatAnswer, now: datetime) -> None:
    """The hall has a backup with these forms, which may be dropped a day later."""
    its = OutboxRow.generation == str(told.generation)
    with store.transaction() as session:
        newly_safe = select(OutboxRow).where(
            _DELIVERED, its, OutboxRow.arrival <= told.safe_arrival, OutboxRow.safe_at.is_(None)
        )
        for row in session.scalars(newly_safe):
            if row.is_intact():
                row.safe_at = now.isoformat()


def drop_safe(store: Store, now: datetime) -> None:
    """Drop what a backup has held for a day. After a clock that was set back the day begins anew."""
    with store.transaction() as session:
        for row in session.scalars(select(OutboxRow).where(_DELIVERED, OutboxRow.safe_at.is_not(None))):
            if not row.is_intact() or row.safe_at is None:
                continue
            age = now - datetime.fromisoformat(row.safe_at)
            if age < timedelta():
                row.safe_at = now.isoformat()
            elif age >= KEPT_AFTER_BACKUP:
                session.delete(row)
                session.flush()
                session.execute(delete(SubmissionRow).where(SubmissionRow.sequence == row.sequence))
