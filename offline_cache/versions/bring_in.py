"""Bringing the rows of one store into another: each form, call and draft once, however often it is begun."""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from offline_cache.errors import plain_errors
from offline_cache.store import Store, open_or_quarantine
from offline_cache.tables import (
    CallRow,
    DefinitionRow,
    DraftRow,
    FollowUpRow,
    OutboxRow,
    SettingRow,
    StoredRow,
    SubmissionRow,
    WorkOrderRow,
)
from protocol.process.whole_files import SUFFIXES, sync_to_disk

log = logging.getLogger(__name__)


def bring_in(path: Path, main: Store) -> None:
    """Bring all that is in the store at `path` into `main`, then remove its files; StoreError, and nothing is lost.

    What is damaged in it stays beside, under a name with the time.
    """
    other, _ = open_or_quarantine(path)
    with other.transaction() as source, main.transaction() as target:
        damaged = [row for table in _TABLES for row in source.scalars(select(table)) if not row.is_intact()]
        rows = _Rows(source, target)
        for definition in rows.unknown(DefinitionRow, DefinitionRow.hash):
            target.add(DefinitionRow(**_columns(definition)))
        for form in rows.unknown(SubmissionRow, SubmissionRow.uuid):
            _bring_form(main, rows, form)
        for call in rows.unknown(CallRow, CallRow.uuid):
            target.add(CallRow(**_columns(call) | {"sequence": main.next_sequence(target)}))
            target.flush()
        for table in (FollowUpRow, WorkOrderRow):
            for parcel in rows.unknown(table, table.uuid):
                target.add(table(**_columns(parcel) | {"sequence": main.next_sequence(target)}))
                target.flush()
        taken = set(target.scalars(select(DraftRow.form)))
        for draft in rows.unknown(DraftRow, DraftRow.name):
            if draft.form not in taken:
                target.add(DraftRow(**_columns(draft)))
        for setting in rows.unknown(SettingRow, SettingRow.name):  # those of the newer store are the newer ones
            target.add(SettingRow(**_columns(setting)))
    other.close()
    log.warning("What an older program kept in %s is in the store now.", path)
    _put_away(path, keep=bool(damaged))


_TABLES: tuple[type[StoredRow], ...] = (
    DefinitionRow,
    SubmissionRow,
    OutboxRow,
    FollowUpRow,
    WorkOrderRow,
    CallRow,
    DraftRow,
    SettingRow,
)


class _Rows:
    def __init__(self, source: Session, target: Session) -> None:
        self.source, self.target = source, target

    def unknown(self, table: Any, key: Any) -> list[Any]:
        """The whole rows that the target does not have, in the order of the source."""
        known = set(self.target.scalars(select(key)))
        rows = self.source.scalars(select(table).order_by(*table.__table__.primary_key))
        return [row for row in rows if row.is_intact() and getattr(row, key.key) not in known]


def _bring_form(main: Store, rows: _Rows, form: SubmissionRow) -> None:
    """Under the next number here. A form whose place in the queue is damaged is sent again: the hall keeps it once."""
    number = main.next_sequence(rows.target)
    rows.target.add(SubmissionRow(**_columns(form) | {"sequence": number}))
    rows.target.flush()
    queued = rows.source.get(OutboxRow, form.sequence)
    kept = _columns(queued) if queued and queued.is_intact() else {}
    rows.target.add(OutboxRow(**kept | {"sequence": number}))


def _columns(row: StoredRow) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "row_hash"}


def _put_away(path: Path, *, keep: bool) -> None:
    with plain_errors(path):
        if keep:
            path.replace(path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"))
        for suffix in SUFFIXES:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        for copy in path.parent.glob(f"{path.name}.version-*"):  # made when it was brought to this version
            copy.unlink()
        sync_to_disk(path.parent)
