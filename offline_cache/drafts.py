"""Sealed drafts of visits that somebody saved for another day. The key is not on the kiosk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from offline_cache.store import Store, intact
from offline_cache.tables import DraftRow


@dataclass(frozen=True)
class KeptDraft:
    """The columns of offline_cache.tables.DraftRow."""

    name: str
    code_name: str
    form: str
    sealed: bytes = field(repr=False)
    wrapped_key: bytes = field(repr=False)
    expires_at: datetime


class Drafts:
    """The drafts in a store. Every method may raise StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, draft: KeptDraft, together_with: Callable[[Session], object] = lambda session: None) -> None:
        """Keep the draft, and in the same transaction what `together_with` writes. It replaces an earlier one of the
        same form.
        """
        columns = {**vars(draft), "expires_at": draft.expires_at.isoformat()}

        def write(session: Session) -> None:
            session.execute(delete(DraftRow).where(DraftRow.form == draft.form))
            session.add(DraftRow(**columns))
            together_with(session)

        self._store.acknowledge(write)

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
        """Delete the draft of a form that was sent."""
        with self._store.transaction() as session:
            session.execute(delete(DraftRow).where(DraftRow.form == form))

    def drop_expired(self, now: datetime) -> None:
        with self._store.transaction() as session:
            _drop_expired(session, now)


def _drop_expired(session: Session, now: datetime) -> None:
    for row in session.scalars(select(DraftRow)):
        if not row.is_intact() or datetime.fromisoformat(row.expires_at) <= now:
            session.delete(row)
