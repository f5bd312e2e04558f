"""Parcels of one kind: kept, due, told, refused, dropped."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from offline_cache.hall_client import HallClient
from offline_cache.retry import after, seconds_until_due
from offline_cache.store import Store, StoreError, intact
from offline_cache.tables import FollowUpRow, ParcelState, WorkOrderRow

Row = TypeVar("Row", FollowUpRow, WorkOrderRow)
log = logging.getLogger(__name__)


class Parcels(ABC, Generic[Row]):
    """Those of one store and table. Every method raises StoreError.

    `kept_for`: how long after the hall has it; a backup there has it too by then.
    """

    kind: type[Row]
    kept_for = timedelta(days=30)

    def __init__(self, store: Store) -> None:
        self._store = store

    @abstractmethod
    def tell(self, client: HallClient, row: Row) -> Callable[[Row], object] | None:
        """Bring it to the hall; what that writes into its row. None where the hall cannot take it yet. HallError."""

    @abstractmethod
    def noted(self, row: Row) -> tuple[str, str, str]:
        """Action, subject and detail of the audit, once the hall has it."""

    def keep_once(self, name: UUID, columns: Mapping[str, Any]) -> None:
        """Kept once, however often it is said; then it may be told to the person. StoreError for another one of that
        name, by any of these columns but its body."""

        def write(session: Session) -> None:
            known = session.get(self.kind, str(name))
            if known is None:
                sequence = self._store.next_sequence(session)
                session.add(self.kind(uuid=str(name), sequence=sequence, **columns))
            elif any(getattr(known, column) != value for column, value in columns.items() if column != "body"):
                raise StoreError(f"Request {name} is kept already with other content; give the new one a new id.")

        self._store.acknowledge(write)

    def due(self, now: datetime) -> list[str]:
        """The ids of those that can be sent now, oldest first; their bodies are not read."""
        kind = self.kind
        wanted = select(kind.uuid, kind.tried_at, kind.next_try_at).where(
            kind.state == ParcelState.WAITING.value, *self._may_go()
        )
        with self._store.transaction() as session:
            return [
                name
                for name, tried_at, next_try_at in session.execute(wanted.order_by(kind.sequence))
                if seconds_until_due(tried_at, next_try_at, now) == 0
            ]

    def names(self, *, delivered_too: bool) -> list[str]:
        """The ids of all that the hall does not have, and with `delivered_too` of those that it has, oldest first."""
        wanted = select(self.kind.uuid).order_by(self.kind.sequence)
        if not delivered_too:
            wanted = wanted.where(self.kind.state != ParcelState.TOLD.value)
        with self._store.transaction() as session:
            return list(session.scalars(wanted))

    def load(self, name: str) -> Row | None:
        """None where it is damaged: then it is never sent."""
        with self._store.transaction() as session:
            return intact(session, self.kind, name)

    def answered(self, name: str, now: datetime, change: Callable[[Row], object], generation: UUID | None) -> None:
        def write(row: Row) -> None:
            change(row)
            row.state, row.told_at = ParcelState.TOLD.value, now.isoformat()
            row.generation, row.last_error = str(generation) if generation else None, None

        self._tried(name, now, write)

    def refused(self, name: str, now: datetime, error: str) -> None:
        """The hall does not take it; it stays, for staff to look at."""

        def write(row: Row) -> None:
            row.state, row.last_error = ParcelState.REFUSED.value, error

        self._tried(name, now, write)

    def put_off(self, name: str, now: datetime, error: str, delay_s: Callable[[int], float]) -> None:
        def write(row: Row) -> None:
            row.last_error, row.next_try_at = error, after(now, delay_s(row.attempts))

        self._tried(name, now, write)

    def offer_again(self, generation: UUID | None) -> None:
        """What another generation of the hall was told is told again: this one may not know it."""
        if generation is None:
            return
        kind = self.kind
        elsewhere = select(kind).where(
            kind.state == ParcelState.TOLD.value, kind.generation.is_distinct_from(str(generation))
        )
        with self._store.transaction() as session:
            for row in session.scalars(elsewhere):
                if row.is_intact():
                    row.state, row.next_try_at = ParcelState.WAITING.value, None

    def drop_old(self, now: datetime) -> None:
        """What the hall has known for long."""
        told = select(self.kind.uuid, self.kind.told_at).where(self.kind.told_at.is_not(None))
        with self._store.transaction() as session:
            for name, told_at in session.execute(told).all():
                is_old = told_at is not None and now - datetime.fromisoformat(told_at) > self.kept_for
                if is_old and (row := intact(session, self.kind, name)):
                    session.delete(row)

    def _may_go(self) -> tuple[ColumnElement[bool], ...]:
        """What else has to be so before one can be sent."""
        return ()

    def _tried(self, name: str, now: datetime, change: Callable[[Row], object]) -> None:
        with self._store.transaction() as session:
            row = intact(session, self.kind, name)
            if row is not None:
                row.attempts, row.tried_at = row.attempts + 1, now.isoformat()
                change(row)
