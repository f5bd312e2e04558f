"""Carrying what is still whole from a damaged store into a fresh one: its forms may not have been delivered yet."""

import sqlite3
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, inspect, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, make_transient

from offline_cache.database import keep_rotten_text
from offline_cache.rows import CallRow, DraftRow, OutboxRow, Row, SettingRow, SubmissionRow

AnyRow = TypeVar("AnyRow", bound=Row)


def rescue(damaged: Path, session: Session) -> int:
    """Add every row of `damaged` that its hash vouches for to the fresh store of `session`; how many forms that was.

    A form whose place in the outbox is lost is sent again: the hall keeps it once. The damaged file is only read.
    """
    source = create_engine("sqlite://", creator=lambda: _read_only(damaged))
    try:
        forms = _whole_rows(source, SubmissionRow)
        outbox = {row.sequence: row for row in _whole_rows(source, OutboxRow)}
        others = [row for kind in (CallRow, DraftRow, SettingRow) for row in _whole_rows(source, kind)]
    finally:
        source.dispose()
    session.add_all(forms)
    session.flush()
    session.add_all(outbox.get(form.sequence) or OutboxRow(sequence=form.sequence) for form in forms)
    session.add_all(others)
    return len(forms)


def _read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.text_factory = keep_rotten_text
    return connection


def _whole_rows(source: Engine, kind: type[AnyRow]) -> list[AnyRow]:
    """Read from both ends, since reading stops where the file is broken; ordered by key."""
    (key,) = inspect(kind).primary_key
    found: dict[Any, AnyRow] = {}
    for order in (key.asc(), key.desc()):
        try:
            with Session(source) as session:
                for row in session.scalars(select(kind).order_by(order).execution_options(yield_per=1)):
                    if row is not None and row.is_intact():  # None: its key is gone
                        make_transient(row)
                        found[getattr(row, key.name)] = row
        except (DBAPIError, sqlite3.Error):
            continue  # broken here: what was read so far stands
    return [found[number] for number in sorted(found)]
