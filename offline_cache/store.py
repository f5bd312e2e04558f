"""Where the kiosk keeps forms until the hall has them: SQLite, WAL, synchronous=FULL, a hash on every row."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Self, TypeVar
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from offline_cache.database import MIN_FREE_BYTES, free_space_ok, open_engine
from offline_cache.errors import StoreCorrupt, StoreError, StoreFull, plain_errors
from offline_cache.rescue import replace_damaged
from offline_cache.retry import after, seconds_until_due
from offline_cache.rows import OutboxRow, OutboxState, Row, SettingRow, SubmissionRow
from protocol.wire import IntakeStatus, Submission

__all__ = ["Entry", "Kept", "OutboxState", "Store", "StoreCorrupt", "StoreError", "StoreFull", "open_or_quarantine"]

log = logging.getLogger(__name__)
AnyRow = TypeVar("AnyRow", bound=Row)
_UNSENT = (OutboxState.WAITING.value, OutboxState.BLOCKED.value)


@dataclass(frozen=True)
class Kept:
    """A form to send: `sequence` names it in the store, `submission` at the hall."""

    sequence: int
    submission: UUID
    body: Submission


@dataclass(frozen=True)
class Entry:
    """One line of `kiosk outbox status`; times are ISO 8601. A damaged row shows what can still be read of it."""

    submission: str | None
    receipt_number: str | None
    service_id: str | None
    state: str  # an OutboxState, or "damaged"
    attempts: int | None = None
    next_try_at: str | None = None
    last_error: str | None = None
    created_at: str | None = None
    delivered_at: str | None = None


class Store:
    """One database file. Every method is safe to call from any thread and raises StoreError in plain words."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine, self.path = engine, path
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        self._one_at_a_time = RLock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the store. Raises StoreCorrupt (damaged), StoreFull, or StoreError (anything else)."""
        return cls(open_engine(path), path)

    def close(self) -> None:
        """Fold the write-ahead log into the file; nothing is lost without it."""
        with self._one_at_a_time, plain_errors(self.path):
            self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """All or nothing, on disk once this returns. Never talk to the network inside."""
        with self._one_at_a_time, plain_errors(self.path), self._sessions.begin() as session:
            yield session

    def free_space_ok(self, min_bytes: int = MIN_FREE_BYTES) -> bool:
        """True when a new form can be started; `keep` still raises StoreFull should the disk fill up meanwhile."""
        with plain_errors(self.path):
            return free_space_ok(self.path, min_bytes)

    def keep(self, submission: UUID, body: Submission) -> None:
        """Keep a sealed form and its place in the outbox, in one transaction. The same again changes nothing."""
        columns = {
            **body.model_dump(exclude={"created_at"}),
            "uuid": str(submission),
            "created_at": body.created_at.isoformat(),
        }
        with self.transaction() as session:
            known = session.scalar(select(SubmissionRow).where(SubmissionRow.uuid == str(submission)))
            if known is None:
                sequence = self.next_sequence(session)
                session.add(SubmissionRow(sequence=sequence, **columns))
                session.flush()
                session.add(OutboxRow(sequence=sequence))
            elif any(getattr(known, name) != value for name, value in columns.items()):
                raise StoreError(f"Form {submission} is kept already with other content; give the new form a new id.")

    def due(self, now: datetime, *, ignore_delays: bool = False) -> list[int]:
        """The sequence numbers of forms to send now, oldest first; damaged rows are left out."""
        with self.transaction() as session:
            return [
                row.sequence
                for row in self._unsent(session)
                if ignore_delays or seconds_until_due(row.tried_at, row.next_try_at, now) == 0
            ]

    def unsent(self) -> int:
        """How many forms still have to reach the hall."""
        with self.transaction() as session:
            return len(self._unsent(session))

    def seconds_until_due(self, now: datetime) -> float | None:
        """How long until a form wants to be tried; 0.0 when one does now, None when nothing is unsent."""
        with self.transaction() as session:
            waits = [seconds_until_due(row.tried_at, row.next_try_at, now) for row in self._unsent(session)]
        return min(waits, default=None)

    def load(self, sequence: int) -> Kept | None:
        """The form to send, or None when its row is missing or damaged: such a form is never sent."""
        with self.transaction() as session:
            row = intact(session, SubmissionRow, sequence)
            if row is None:
                return None
            fields = {name: getattr(row, name) for name in Submission.model_fields}
            return Kept(sequence, UUID(row.uuid), Submission.model_validate(fields))

    def delivered(self, sequence: int, now: datetime, hall_status: IntakeStatus) -> None:
        """The hall has the form. The sealed copy stays: a hall restored from an old backup may need it again."""

        def change(row: OutboxRow) -> None:
            row.state, row.hall_status = OutboxState.DELIVERED.value, hall_status.value
            row.delivered_at, row.next_try_at, row.last_error = now.isoformat(), None, None

        self._tried([sequence], now, change)

    def refused(self, sequence: int, now: datetime, error: str) -> None:
        """The hall will not take this form; it stays for a person to look at and is not sent again."""

        def change(row: OutboxRow) -> None:
            row.state, row.next_try_at, row.last_error = OutboxState.REFUSED.value, None, error

        self._tried([sequence], now, change)

    def hold_back(
        self, sequences: list[int], now: datetime, error: str, state: OutboxState, delay_s: Callable[[int], float]
    ) -> None:
        """Forms that could not be sent; `delay_s(attempts)` says in how many seconds each is tried again."""

        def change(row: OutboxRow) -> None:
            row.state, row.next_try_at, row.last_error = state.value, after(now, delay_s(row.attempts)), error

        self._tried(sequences, now, change)

    def entries(self) -> list[Entry]:
        """Every kept form, oldest first, without any of its content."""
        with self.transaction() as session:
            forms = {row.sequence: row for row in session.scalars(select(SubmissionRow))}
            outbox = {row.sequence: row for row in session.scalars(select(OutboxRow))}
            return [_entry(forms.get(number), outbox.get(number)) for number in sorted(forms.keys() | outbox.keys())]

    def entry(self, submission: UUID) -> Entry | None:
        """What a receipt can say about one form."""
        with self.transaction() as session:
            form = session.scalar(select(SubmissionRow).where(SubmissionRow.uuid == str(submission)))
            return _entry(form, session.get(OutboxRow, form.sequence)) if form else None

    def get(self, name: str) -> str | None:
        """A small fact by its name; None when it was never set, or is damaged (which is logged)."""
        with self.transaction() as session:
            row = intact(session, SettingRow, name)
            return row.value if row else None

    def set(self, name: str, value: str) -> None:
        with self.transaction() as session:
            _put(session, name, value)

    def next_sequence(self, session: Session) -> int:
        """The next number of this device, never given twice; a damaged counter goes on after the last form."""
        counter = intact(session, SettingRow, "device_sequence")
        last = session.scalar(select(func.max(SubmissionRow.sequence))) or 0
        number = max(int(counter.value) if counter else 0, last) + 1
        _put(session, "device_sequence", str(number))
        return number

    def _unsent(self, session: Session) -> list[OutboxRow]:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.state.in_(_UNSENT)).order_by(OutboxRow.sequence))
        return [row for row in rows if row.is_intact()]

    def _tried(self, sequences: list[int], now: datetime, change: Callable[[OutboxRow], None]) -> None:
        with self.transaction() as session:
            for sequence in sequences:
                row = intact(session, OutboxRow, sequence)
                if row is not None:
                    row.attempts, row.tried_at = row.attempts + 1, now.isoformat()
                    change(row)


def open_or_quarantine(path: Path) -> tuple[Store, Path | None]:
    """Open the store; a damaged one is moved aside and a fresh one started, so that the kiosk stays usable.

    Whatever is still whole moves along. The second value says where the damaged file is, for the screen and the log.
    """
    try:
        return Store.open(path), None
    except StoreCorrupt as error:
        aside = replace_damaged(path)
        store = Store.open(path)
        log.error("%s It is now %s; %d forms were still whole and moved along.", error, aside, len(store.entries()))
        return store, aside


def intact(session: Session, kind: type[AnyRow], key: int | str) -> AnyRow | None:
    """The row, or None when there is none or when it is damaged, which is logged."""
    row = session.get(kind, key)
    if row is not None and not row.is_intact():
        log.error("Row %r of table %s is damaged and is not used.", key, kind.__tablename__)
        return None
    return row


def _put(session: Session, name: str, value: str) -> None:
    row = session.get(SettingRow, name)
    if row is None:
        session.add(SettingRow(name=name, value=value))
    else:
        row.value = value


def _entry(form: SubmissionRow | None, outbox: OutboxRow | None) -> Entry:
    submission = form.uuid if form else None
    receipt_number = form.receipt_number if form else None
    service_id = form.service_id if form else None
    if form is None or outbox is None or not (form.is_intact() and outbox.is_intact()):
        return Entry(submission, receipt_number, service_id, state="damaged")
    return Entry(
        submission,
        receipt_number,
        service_id,
        outbox.state,
        outbox.attempts,
        outbox.next_try_at,
        outbox.last_error,
        form.created_at,
        outbox.delivered_at,
    )
