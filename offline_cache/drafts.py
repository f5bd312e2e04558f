"""Drafts on the shelf: sealed visits that somebody wants to go on with another day. Nothing here can open them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from offline_cache.rows import DraftRow
from offline_cache.store import Store, intact


@dataclass(frozen=True)
class KeptDraft:
    """The columns of offline_cache.rows.DraftRow."""

    name: str
    code_name: str
    form: str
    sealed: bytes = field(repr=False)
    wrapped_key: bytes = field(repr=False)
    expires_at: datetime


class Drafts:
    """The drafts in a store. Every method raises StoreError in plain words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, draft: KeptDraft) -> None:
        """Keep it instead of an earlier draft of the same form."""
        with self._store.transaction() as session:
            session.execute(delete(DraftRow).where(DraftRow.form == draft.form))
            columns = {**vars(draft), "expires_at": draft.expires_at.isoformat()}
            session.add(DraftRow(**columns))

    def find(self, by: Literal["name", "code_name"], value: str, now: datetime) -> KeptDraft | None:
        """The draft of that name that has not expired; None also when its row is damaged."""
        with self._store.transaction() as session:
            _drop_expired(session, now)
            name = session.scalar(select(DraftRow.name).where(getattr(DraftRow, by) == value))
            row = intact(session, DraftRow, name) if name else None
            if row is None:
                return None
            expires_at = datetime.fromisoformat(row.expires_at)
            return KeptDraft(row.name, row.code_name, row.form, row.sealed, row.wrapped_key, expires_at)

    def drop(self, form: str) -> None:
        """The form was sent: its draft is of no more use."""
        with self._store.transaction() as session:
            session.execute(delete(DraftRow).where(DraftRow.form == form))

    def drop_expired(self, now: datetime) -> None:
        with self._store.transaction() as session:
            _drop_expired(session, now)


def _drop_expired(session: Session, now: datetime) -> None:
    for row in session.scalars(select(DraftRow)):
        if not row.is_intact() or datetime.fromisoformat(row.expires_at) <= now:
            session.delete(row)
