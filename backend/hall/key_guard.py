"""The key file belongs to the database: without it, or with another one, no stored form could be opened again."""

from pathlib import Path

from sqlalchemy import update

from backend.foundation.database import Database
from backend.foundation.settings import SetupError
from backend.hall.keys import HallKeys, load_or_create_keys
from backend.hall.state import state_of
from backend.hall.tables import HallState

_BRING_BACK = "Put the right file back, or run `hall key import FILE` with your guarded copy."


def keys_of(database: Database, path: Path) -> HallKeys:
    """The keys of the hall with this database, made where both are new. SetupError when they are not the right ones."""
    with database.read() as session:
        state = state_of(session)
    if not path.exists() and (state.key_id or state.arrivals):
        raise SetupError(
            f"The hall's key {path} is missing, and nothing else opens the forms that it has. {_BRING_BACK}"
        )
    keys = load_or_create_keys(path)
    with database.write() as session:
        session.execute(update(HallState).where(HallState.key_id.is_(None)).values(key_id=keys.key_id))
        expected = state_of(session).key_id
    if expected != keys.key_id:
        raise SetupError(
            f"{path} is the key {keys.key_id} of another hall, and opens no form of this one, whose key is {expected}. "
            f"{_BRING_BACK}"
        )
    return keys
