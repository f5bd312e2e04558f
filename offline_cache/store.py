"""Where the kiosk keeps forms until the hall has them: SQLite, WAL, synchronous=FULL, a hash on every row."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Self, TypeVar
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from offline_cache.audit.file import AuditFile
from offline_cache.database import (
    MAX_LOG_BYTES,
    MIN_FREE_BYTES,
    fold_log,
    free_space_ok,
    log_bytes,
    memory_engine,
    open_engine,
)
from offline_cache.disk.reserve import Reserve
from offline_cache.errors import StoreCorrupt, StoreError, StoreFull, plain_errors
from offline_cache.rescue import replace_damaged
from offline_cache.retry import after, seconds_until_due
from offline_cache.tables import OutboxRow, OutboxState, SettingRow, StoredRow, SubmissionRow
from protocol.wire import IntakeStatus, Submission

__all__ = [
    "OutboxItem",
    "OutboxState",
    "OutgoingForm",
    "Store",
    "StoreCorrupt",
    "StoreError",
    "StoreFull",
    "open_or_quarantine",
]

log = logging.getLogger(__name__)
AnyRow = TypeVar("AnyRow", bound=StoredRow)
_UNSENT = (OutboxState.WAITING.value, OutboxState.BLOCKED.value)


@dataclass(frozen=True)
class OutgoingForm:
    """A sealed form to send: `sequence` is its number in the store, `submission` its id at the hall."""

    sequence: int
    submission: UUID
    body: Submission


@dataclass(frozen=True)
class OutboxItem:
    """How far one form has come; times are ISO 8601. Of a damaged row it says what can still be read."""

    submission: str | None
    receipt_number: str | None
    service_id: str | None
    state: str  # an OutboxState, or "damaged"
    attempts: int | None = None
    next_try_at: str | None = None
    last_error: str | None = None
    created_at: str | None = None
    delivered_at: str | None = None
    definition: str | None = None  # the hash of what it was filled in by


class Store:
    """One database file. Every method is safe to call from any thread and raises StoreError in plain words.

    `audit`, a file beside it, is where those who use the store write down what they did.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine, self.path = engine, path
        self.reserve = Reserve(path)
        self.audit = AuditFile(path.with_name("audit.jsonl"))
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        self._one_at_a_time = RLock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the store. Raises StoreCorrupt (damaged), StoreFull, or StoreError (anything else)."""
        reserve = Reserve(path)
        try:
            return cls(open_engine(path), path)
        except StoreFull:
            if not reserve.is_held():
                raise
            reserve.give_back()
            return cls(open_engine(path), path)

    @classmethod
    def in_memory(cls, instead_of: Path) -> Self:
        """A store that needs no disk, and is gone with this process; `instead_of` is the one that cannot be used."""
        return cls(memory_engine(), instead_of)

    def close(self) -> None:
        """Fold the write-ahead log into the file; nothing is lost without it."""
        with self._one_at_a_time, plain_errors(self.path):
            self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """All or nothing, and on the disk at the end. Never talk to the network inside.

        A disk that is full gets the reserve's room back, so that the next try may succeed.
        """
        with self._one_at_a_time:
            try:
                with plain_errors(self.path), self._sessions.begin() as session:
                    yield session
            except StoreFull:
                self.reserve.give_back()
                raise
            if log_bytes(self.path) > MAX_LOG_BYTES:
                self._fold_log()

    def acknowledge(self, write: Callable[[Session], object]) -> None:
        """Run `write` in a transaction after which a person is told that it is kept: in the room of the reserve if need
        be, and not in the write-ahead log alone, of which damage takes all that follows."""
        had_reserve = self.reserve.is_held()
        try:
            with self.transaction() as session:
                write(session)
        except StoreFull:
            if not had_reserve:
                raise
            with self.transaction() as session:
                write(session)
        self._fold_log()

    def _fold_log(self) -> None:
        """What it cannot fold now is kept all the same, and folded with the next form."""
        try:
            with self._one_at_a_time, plain_errors(self.path):
                fold_log(self._engine)
        except StoreError as error:
            log.error("The store's log was not folded: %s", error)

    def free_space_ok(self, min_bytes: int = MIN_FREE_BYTES) -> bool:
        """True when a new form can be started: there is room, or the reserve that it may need."""
        with plain_errors(self.path):
            return self.reserve.is_held() or free_space_ok(self.path, min_bytes)

    def keep(
        self, forms: Mapping[UUID, Submission], together_with: Callable[[Session], object] = lambda session: None
    ) -> None:
        """Keep sealed forms, by their ids, and their outbox rows in one transaction. Keeping the same again changes
        nothing.

        What `together_with` writes is kept in that transaction too: all of it is on the disk, or nothing.
        """

        def write(session: Session) -> None:
            new = [self._keep_one(session, submission, body) for submission, body in forms.items()]
            if any(new):
                together_with(session)

        self.acknowledge(write)

    def _keep_one(self, session: Session, submission: UUID, body: Submission) -> bool:
        """Whether it was new."""
        columns = {
            **body.model_dump(exclude={"created_at", "amends", "bundle"}),
            "uuid": str(submission),
            "created_at": body.created_at.isoformat(),
            "amends": str(body.amends) if body.amends else None,
            "bundle": str(body.bundle) if body.bundle else None,
        }
        known = session.scalar(select(SubmissionRow).where(SubmissionRow.uuid == str(submission)))
        if known is not None:
            if any(getattr(known, name) != value for name, value in columns.items()):
                raise StoreError(f"Form {submission} is kept already with other content; give the new form a new id.")
            return False
        sequence = self.next_sequence(session)
        session.add(SubmissionRow(sequence=sequence, **columns))
        session.flush()
        session.add(OutboxRow(sequence=sequence))
        return True

    def due(self, now: datetime) -> list[int]:
        """The sequence numbers of forms to send now, oldest first, and behind them those that a hall had before;
        damaged rows are left out."""
        with self.transaction() as session:
            return [
                row.sequence
                for row in self._unsent(session)
                if seconds_until_due(row.tried_at, row.next_try_at, now) == 0
            ]

    def unsent(self) -> int:
        """How many forms still have to reach the hall."""
        with self.transaction() as session:
            return len(self._unsent(session))

    def seconds_until_due(self, now: datetime) -> float | None:
        """Seconds until a form is due; 0.0 when one is now, None when nothing is unsent."""
        with self.transaction() as session:
            waits = [seconds_until_due(row.tried_at, row.next_try_at, now) for row in self._unsent(session)]
        return min(waits, default=None)

    def load(self, sequence: int) -> OutgoingForm | None:
        """The form to send, or None when its row is missing or damaged: such a form is never sent."""
        with self.transaction() as session:
            row = intact(session, SubmissionRow, sequence)
            if row is None:
                return None
            fields = {name: getattr(row, name) for name in Submission.model_fields}
            return OutgoingForm(sequence, UUID(row.uuid), Submission.model_validate(fields))

    def delivered(
        self,
        sequence: int,
        now: datetime,
        hall_status: IntakeStatus,
        generation: UUID | None = None,
        arrival: int | None = None,
    ) -> None:
        """The hall has the form. The sealed copy stays until a backup there has it (offline_cache.copies)."""

        def change(row: OutboxRow) -> None:
            row.state, row.hall_status = OutboxState.DELIVERED.value, hall_status.value
            row.generation, row.arrival = str(generation) if generation else None, arrival
            row.delivered_at, row.next_try_at, row.last_error = now.isoformat(), None, None

        self._tried(sequence, now, change)

    def refused(self, sequence: int, now: datetime, error: str) -> None:
        """The hall will not take this form; it stays for a person to look at, who may have it sent again."""

        def change(row: OutboxRow) -> None:
            row.state, row.next_try_at, row.last_error = OutboxState.REFUSED.value, None, error

        self._tried(sequence, now, change)

    def put_off(self, sequence: int, now: datetime, error: str, delay_s: Callable[[int], float]) -> None:
        """A form that failed while the hall works; `delay_s(tries)` says in how many seconds it is tried again."""

        def change(row: OutboxRow) -> None:
            row.state, row.last_error = OutboxState.WAITING.value, error
            row.next_try_at = after(now, delay_s(row.attempts))

        self._tried(sequence, now, change)

    def wait_for_line(self, state: OutboxState, error: str) -> None:
        """No form can be sent just now: all that are unsent are due again as soon as one can."""
        with self.transaction() as session:
            for row in self._unsent(session):
                row.state, row.next_try_at, row.last_error = state.value, None, error

    def all_due(self) -> None:
        """Every unsent form is due now, also one that was put off."""
        with self.transaction() as session:
            for row in self._unsent(session):
                row.next_try_at = None

    def retry_refused(self, name: str | None = None) -> int:
        """Send refused forms once more: the one with this id or receipt number, or all; how many there are."""
        refused = (
            select(OutboxRow, SubmissionRow)
            .join(SubmissionRow, SubmissionRow.sequence == OutboxRow.sequence)
            .where(OutboxRow.state == OutboxState.REFUSED.value)
        )
        with self.transaction() as session:
            rows = [row for row, form in session.execute(refused) if name in (None, form.uuid, form.receipt_number)]
            for row in rows:
                if row.is_intact():
                    row.state, row.next_try_at = OutboxState.WAITING.value, None
            return len(rows)

    def outbox(self) -> list[OutboxItem]:
        """Every kept form, oldest first, without any of its content."""
        with self.transaction() as session:
            forms = {row.sequence: row for row in session.scalars(select(SubmissionRow))}
            outbox = {row.sequence: row for row in session.scalars(select(OutboxRow))}
            return [
                _outbox_item(forms.get(number), outbox.get(number)) for number in sorted(forms.keys() | outbox.keys())
            ]

    def outbox_item(self, submission: UUID) -> OutboxItem | None:
        """What a receipt can say about one form."""
        with self.transaction() as session:
            form = session.scalar(select(SubmissionRow).where(SubmissionRow.uuid == str(submission)))
            return _outbox_item(form, session.get(OutboxRow, form.sequence)) if form else None

    def get(self, name: str) -> str | None:
        """The value kept under this name; None when there is none, or when it is damaged, which is logged."""
        with self.transaction() as session:
            row = intact(session, SettingRow, name)
            return row.value if row else None

    def set(self, name: str, value: str) -> None:
        with self.transaction() as session:
            _put(session, name, value)

    def next_sequence(self, session: Session) -> int:
        """The next number of this kiosk, never given twice; after a damaged counter it goes on from the last form."""
        counter = intact(session, SettingRow, "device_sequence")
        last = session.scalar(select(func.max(SubmissionRow.sequence))) or 0
        number = max(int(counter.value) if counter else 0, last) + 1
        _put(session, "device_sequence", str(number))
        return number

    def _unsent(self, session: Session) -> list[OutboxRow]:
        order = (OutboxRow.delivered_at.is_not(None), OutboxRow.sequence)
        rows = session.scalars(select(OutboxRow).where(OutboxRow.state.in_(_UNSENT)).order_by(*order))
        return [row for row in rows if row.is_intact()]

    def _tried(self, sequence: int, now: datetime, change: Callable[[OutboxRow], None]) -> None:
        with self.transaction() as session:
            row = intact(session, OutboxRow, sequence)
            if row is not None:
                row.attempts, row.tried_at = row.attempts + 1, now.isoformat()
                change(row)


def open_or_quarantine(path: Path) -> tuple[Store, Path | None]:
    """Open the store; a damaged one is replaced by a fresh one with every row that is still whole.

    The second value is where the damaged file is now, for the screen and the log; None when nothing was damaged.
    """
    try:
        return Store.open(path), None
    except StoreCorrupt as error:
        aside = replace_damaged(path)
        store = Store.open(path)
        log.error("%s It is now %s; %d forms were still whole and are kept.", error, aside, len(store.outbox()))
        return store, aside


def intact(session: Session, kind: type[AnyRow], key: int | str) -> AnyRow | None:
    """The row with this key; None when there is none or when it is damaged, which is logged."""
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


def _outbox_item(form: SubmissionRow | None, outbox: OutboxRow | None) -> OutboxItem:
    submission = form.uuid if form else None
    receipt_number = form.receipt_number if form else None
    service_id = form.service_id if form else None
    if form is None or outbox is None or not (form.is_intact() and outbox.is_intact()):
        return OutboxItem(submission, receipt_number, service_id, state="damaged")
    return OutboxItem(
        submission,
        receipt_number,
        service_id,
        outbox.state,
        outbox.attempts,
        outbox.next_try_at,
        outbox.last_error,
        form.created_at,
        outbox.delivered_at,
        form.definition,
    )
