"""The hall's audit: `note` appends to its chain in the same transaction as what it tells of."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from backend.audit.tables import Audit, AuditChain
from backend.foundation.database import at_the_end, without_orm
from backend.hall.hall import Hall
from protocol.chain import Entry, Head, Record, after

_NOTED = "audit"
_PAGE = 1000  # records in memory at once


def note(session: Session, hall: Hall, who: str, action: str, subject: object = "", detail: str = "") -> None:
    """Write down who did what to what; it is committed with this transaction of `hall.database.write`, or not at all.

    `subject` and `detail` are ids and names of fields, never what people wrote. The end of the chain is taken last of
    all, just before the commit: so it is held for a moment only, and nobody who holds it waits for anything else.
    """
    noted: list[Record] | None = session.info.get(_NOTED)
    if noted is None:
        noted = session.info[_NOTED] = []
        at_the_end(session, _append)
    noted.append(record_of(hall.clock(), who, action, str(subject), detail))


def record_of(at: datetime, who: str, action: str, subject: str, detail: str) -> Record:
    """What the hash covers; the time in UTC to the microsecond, as both databases keep it."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return {"at": moment, "who": who, "action": action, "subject": subject, "detail": detail}


def _append(session: Session) -> None:
    chain = session.scalars(select(AuditChain).with_for_update().execution_options(populate_existing=True)).one()
    head = Head(chain.sequence, chain.hash)
    rows = []
    for record in session.info[_NOTED]:
        entry = after(head, record)
        moment = datetime.fromisoformat(record["at"])
        rows.append({**record, "at": moment, "sequence": entry.sequence, "hash": entry.hash})
        head = entry.head
    session.execute(insert(without_orm(Audit)), rows)
    chain.sequence, chain.hash = head.sequence, head.hash


def head_of(session: Session) -> Head:
    """Where the chain ends now."""
    return Head(*session.execute(select(AuditChain.sequence, AuditChain.hash)).one())


def start_of(session: Session) -> Head:
    """The last record that was pruned: the chain that is left begins after it."""
    return Head(*session.execute(select(AuditChain.pruned_sequence, AuditChain.pruned_hash)).one())


def entries(session: Session, after_sequence: int = 0) -> Iterator[Entry]:
    """The records after that one, oldest first, a page at a time.

    One that cannot be read, as somebody has changed it, is an entry without a hash, which no chain takes.
    """
    while True:
        here = Audit.sequence > after_sequence
        try:
            page = [_entry(row) for row in session.execute(_in_order(*_COLUMNS).where(here))]
        except _UNREADABLE:
            page = [_alone(session, one) for one in session.scalars(_in_order(Audit.sequence).where(here)).all()]
        yield from page
        if len(page) < _PAGE:
            return
        after_sequence = page[-1].sequence


_COLUMNS = (Audit.sequence, Audit.at, Audit.who, Audit.action, Audit.subject, Audit.detail, Audit.hash)
_UNREADABLE = (ValueError, TypeError, AttributeError, DBAPIError)


def _in_order(*columns: Any) -> Select[Any]:
    return select(*columns).order_by(Audit.sequence).limit(_PAGE)


def _alone(session: Session, sequence: int) -> Entry:
    try:
        return _entry(session.execute(select(*_COLUMNS).where(Audit.sequence == sequence)).one())
    except _UNREADABLE:
        return Entry(sequence, {}, "")


def _entry(row: Any) -> Entry:
    """As text whatever it is: SQLite takes anything, and what was never written so has another hash."""
    written = (str(one) for one in (row.who, row.action, row.subject, row.detail))
    return Entry(row.sequence, record_of(row.at, *written), str(row.hash))
