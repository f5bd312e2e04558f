"""The definitions in a store: what forms and drafts of this kiosk were filled in by."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from offline_cache.store import Store, intact
from offline_cache.tables import DefinitionRow


class Definitions:
    """Documents by their hash (forms.definition). Every method may raise StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, digest: str) -> str | None:
        """The document; None when there is none, or when it is damaged."""
        with self._store.transaction() as session:
            row = intact(session, DefinitionRow, digest)
            return row.document if row else None

    def lacking(self) -> list[str]:
        """The hashes of those that the hall has asked for."""
        with self._store.transaction() as session:
            rows = session.scalars(select(DefinitionRow).where(DefinitionRow.lacking == 1).order_by(DefinitionRow.hash))
            return [row.hash for row in rows if row.is_intact()]

    def is_lacking(self, digest: str, lacking: bool) -> None:
        """The hall has said that it lacks this one, or has it now."""
        with self._store.transaction() as session:
            if row := intact(session, DefinitionRow, digest):
                row.lacking = int(lacking)


def keep_definition(session: Session, digest: str, document: str) -> None:
    """Keep a definition together with what was filled in by it. The same again only mends a damaged row."""
    row = session.get(DefinitionRow, digest)
    if row is None:
        session.add(DefinitionRow(hash=digest, document=document))
    elif not row.is_intact():
        row.document, row.lacking = document, 0
