"""The hall's audit: `note` appends to its chain in the same transaction as what it tells of."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
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
    """The records after that one, oldest first, a page at a time."""
    columns = (Audit.sequence, Audit.at, Audit.who, Audit.action, Audit.subject, Audit.detail, Audit.hash)
    while True:
        wanted = select(*columns).where(Audit.sequence > after_sequence).order_by(Audit.sequence).limit(_PAGE)
        page = session.execute(wanted).all()
        yield from map(_entry, page)
        if len(page) < _PAGE:
            return
        after_sequence = page[-1].sequence


def _entry(row: Any) -> Entry:
    return Entry(row.sequence, record_of(row.at, row.who, row.action, row.subject, row.detail), row.hash)
