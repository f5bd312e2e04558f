"""A kiosk whose program was put back to an older one: it serves people from a store beside the newer program's.

The newer store is only read. Once its program is here again, all that came into the store beside is brought into it.
"""

import logging
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from offline_cache.disk.raw_tables import read_only, tables
from offline_cache.errors import StoreError, StoreNewer
from offline_cache.migrations import schema_version
from offline_cache.store import Store, open_or_quarantine
from offline_cache.tables import SettingRow
from offline_cache.versions.bring_in import bring_in

PROGRAM = "program"  # the name of the setting that says which program used the store last
SEEDED = "seeded_from"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenedStore:
    """`damaged`: where a broken file is now. `newer_program`: what wrote the store that this one stands beside for,
    "" where it does not say; None when the store is the kiosk's own."""

    store: Store
    damaged: Path | None = None
    newer_program: str | None = None

    @property
    def trouble(self) -> str | None:
        """What staff have to do, in one sentence."""
        if self.newer_program is None:
            return None
        program = f"program {self.newer_program}" if self.newer_program else "the newer program"
        return f"the store was written by {program}: install it again; until then forms are kept beside it"


def open_for_terminal(path: Path, program: str) -> OpenedStore:
    """Open the store of a terminal that starts, `program` being its version. StoreError.

    What an older program kept beside it meanwhile is brought in.
    """
    try:
        store, damaged = open_or_quarantine(path)
    except StoreNewer as error:
        log.error("%s", error)
        store, damaged = open_or_quarantine(_beside(path))
        return OpenedStore(_seeded(store, path), damaged, program_of(path))
    if store.get(PROGRAM) != program:
        store.set(PROGRAM, program)
    for other in _stores_beside(path):
        try:
            bring_in(other, store)
        except StoreError as error:  # nothing of it is lost: the next start tries again
            log.error("What an older program kept in %s could not be brought in: %s", other, error)
    return OpenedStore(store, damaged)


def open_store(path: Path) -> Store:
    """The store that the terminal here uses, for whoever else needs it. StoreError."""
    try:
        return Store.open(path)
    except StoreNewer:
        return _seeded(Store.open(_beside(path)), path)


def program_of(path: Path) -> str | None:
    """What wrote the store at `path` if it is newer than this program, "" where it does not say; else None."""
    with closing(read_only(path)) as source:
        (version,) = source.execute("PRAGMA user_version").fetchone()
    return _settings(path).get(PROGRAM, "") if version > schema_version() else None


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.beside-{schema_version()}")


def _seeded(store: Store, path: Path) -> Store:
    """The store beside knows the hall's key, and its numbers go on from those of the newer one at `path`."""
    if store.get(SEEDED) is None:
        with store.transaction() as session:
            for name, value in {**_settings(path), SEEDED: path.name}.items():
                session.merge(SettingRow(name=name, value=value))
    return store


def _stores_beside(path: Path) -> list[Path]:
    """Those that this program can read, of the oldest program first."""
    found = {}
    for one in path.parent.glob(f"{path.name}.beside-*"):
        if (version := re.fullmatch(r".*\.beside-(\d+)", one.name)) and int(version[1]) <= schema_version():
            found[int(version[1])] = one
    return [found[version] for version in sorted(found)]


def _settings(path: Path) -> dict[str, str]:
    """The single values in a store of any version; none where they cannot be read."""
    try:
        with closing(read_only(path)) as source:
            (setting,) = [one for one in tables(source) if (one.name, one.columns) == ("setting", ("name", "value"))]
            return {str(name): str(value) for _, whole, (name, value) in setting.rows(source) if whole}
    except (sqlite3.Error, ValueError) as error:
        log.error("The hall's key cannot be read from %s: %s", path, error)
        return {}
