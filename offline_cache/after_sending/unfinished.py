"""Requests about forms that the hall has not done yet: for who looks after the kiosk, and to send them once more."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from offline_cache.store import Store
from offline_cache.tables import FollowUpRow, FollowUpState


@dataclass(frozen=True)
class UnfinishedFollowUp:
    """`state`: waiting, refused, or damaged on the disk, so that it cannot be sent. What it says is in none of this."""

    follow_up: str
    submission: str
    kind: str
    state: str
    attempts: int
    next_try_at: str | None
    last_error: str | None


def unfinished(session: Session) -> list[UnfinishedFollowUp]:
    """As they were asked for."""
    return [
        UnfinishedFollowUp(
            follow_up=row.uuid,
            submission=row.submission,
            kind=row.kind,
            state=row.state if row.is_intact() else "damaged",
            attempts=row.attempts,
            next_try_at=row.next_try_at,
            last_error=row.last_error,
        )
        for row in session.scalars(select(FollowUpRow).order_by(FollowUpRow.sequence))
        if not (row.is_intact() and row.state == FollowUpState.TOLD)
    ]


def all_due(store: Store) -> None:
    """Each that waits is due now, also one that was put off. StoreError."""
    with store.transaction() as session:
        _send(row for row in session.scalars(select(FollowUpRow)) if row.state == FollowUpState.WAITING)


def retry_refused(store: Store, form: str | None = None) -> int:
    """Send what was refused once more: of the form with this id, or all; how many there are. StoreError."""
    with store.transaction() as session:
        rows = session.scalars(select(FollowUpRow).where(FollowUpRow.state == FollowUpState.REFUSED.value)).all()
        return _send(row for row in rows if form in (None, row.submission))


def _send(rows: Iterable[FollowUpRow]) -> int:
    sent = [row for row in rows if row.is_intact()]
    for row in sent:
        row.state, row.next_try_at = FollowUpState.WAITING.value, None
    return len(sent)
