"""What opening a hall costs most, done once for all tests: its shipped files are read, its tables are made."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from hall_support import settings_in
from project import ROOT

from backend.foundation.database import Database
from backend.foundation.settings import Settings
from backend.hall import files as hall_files
from forms.reading.register import Register


@contextmanager
def ready_halls(folder: Path) -> Iterator[None]:
    """`folder` gets the new tables, as the migrations make them; each new database is a copy, of a generation of its
    own."""
    migrate, read = Database.migrate, hall_files.read_files
    made, shipped = folder / "hall.db", cache(lambda: read(settings_in(folder), Register()))
    first = Database(f"sqlite:///{made}")
    first.migrate()
    first.close()

    def copied(database: Database) -> None:
        name = database.engine.url.database
        path = Path(name) if database.engine.dialect.name == "sqlite" and name else made
        if path.exists() or not path.parent.is_dir():
            migrate(database)
            return
        shutil.copy(made, path)  # only its owner may read it, as before
        with database.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE hall_state SET generation = ?", (uuid4().hex,))

    def read_once(settings: Settings, register: Register) -> hall_files.HallFiles:
        is_shipped = settings.assets == ROOT / "assets" and settings.county is None
        return shipped() if is_shipped else read(settings, register)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "migrate", copied)
        patch.setattr(hall_files, "read_files", read_once)
        yield
