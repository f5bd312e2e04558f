"""Calls in the database: read to be changed, and written with their history in the same transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from backend.audit.log import note
from backend.calls.record import CallRecord, Change, Changed, moved
from backend.calls.tables import Call, CallChange
from backend.events.feed import announce
from backend.foundation.database import insert_new, without_orm
from backend.hall.hall import Hall
from protocol.calls.states import CallState, Move

_FIELDS = tuple(CallRecord.model_fields)
_COLUMNS = tuple(without_orm(Call).c[name] for name in _FIELDS)


def columns() -> Select[*tuple[Any, ...]]:
    """What a CallRecord is made of."""
    return select(*_COLUMNS)


def found(session: Session, call_id: UUID, *, to_change: bool = False) -> CallRecord | None:
    """As the database has it; nobody else changes it meanwhile where it is read `to_change`."""
    wanted = columns().where(without_orm(Call).c.id == call_id)
    row = session.execute(wanted.with_for_update() if to_change else wanted).one_or_none()
    return None if row is None else CallRecord.model_validate(row)


def add(session: Session, hall: Hall, new: Changed) -> bool:
    """Write down a call that is new; False where it is there already."""
    if not insert_new(session, Call, _values(new.call)):
        return False
    _tell(session, hall, new.call.id, new.changes)
    return True


def put(session: Session, hall: Hall, new: Changed) -> None:
    """Write down what has changed of a call that was read to be changed."""
    _write(session, new)
    _tell(session, hall, new.call.id, new.changes)


def show(session: Session, hall: Hall, calls: Sequence[UUID]) -> None:
    """A staff page has shown these calls; one event tells the other pages that they need not say so."""
    read = (found(session, call, to_change=True) for call in calls)
    shown = [new for call in read if call and (new := moved(call, Move.SHOW, hall.clock())).changes]
    for new in shown:
        _write(session, new)
        _remember(session, new.call.id, new.changes)
    if shown:
        announce(session, "call", shown[0].call.id, hall.clock())


def _write(session: Session, new: Changed) -> None:
    table = without_orm(Call)
    session.execute(update(table).where(table.c.id == new.call.id).values(_values(new.call)))


def _tell(session: Session, hall: Hall, call_id: UUID, changes: Sequence[Change]) -> None:
    """The history, the audit of what staff did, and the pages."""
    _remember(session, call_id, changes)
    for one in changes:
        if one.who:
            note(session, hall, one.who, "call", call_id, one.move)
    announce(session, "call", call_id, hall.clock())
    if any(one.state is CallState.ABANDONED for one in changes):
        announce(session, "missed_call", call_id, hall.clock())


def _remember(session: Session, call_id: UUID, changes: Sequence[Change]) -> None:
    if changes:
        session.execute(insert(without_orm(CallChange)), [{"call": call_id, **one.model_dump()} for one in changes])


def _values(call: CallRecord) -> dict[str, object]:
    """`needs` as plain text, since JSON knows no enum of ours."""
    return call.model_dump() | {"needs": [str(need) for need in call.needs]}
