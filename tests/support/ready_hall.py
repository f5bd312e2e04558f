"""What opening a hall costs most, done once for all tests: its shipped files are read and kept, its tables are made."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hall_support import NOW, settings_in
from project import ASSETS, ROOT
from sqlalchemy import Engine, create_engine

from backend.definitions.book import DefinitionBook
from backend.definitions.rules import keep_released
from backend.foundation import database as databases
from backend.foundation.database import Database
from backend.foundation.settings import Settings
from backend.hall import files as hall_files
from forms import Catalogue, Service
from forms.definition import Definition
from forms.reading.register import Register


@contextmanager
def ready_halls(folder: Path) -> Iterator[None]:
    """`folder` gets the new tables, as the migrations make them, with the shipped rules and definitions; each new
    database is a copy, of a generation of its own."""
    migrate, read, define = Database.migrate, hall_files.read_files, Definition.of
    made, shipped = folder / "hall.db", cache(lambda: read(settings_in(folder), Register()))
    offered = cache(lambda: shipped().catalogue.services)
    defined = cache(lambda: {name: define(shipped().catalogue, one) for name, one in offered().items()})
    compiled: dict[Any, Any] = {}
    first = Database(f"sqlite:///{made}")
    first.migrate()
    keep_released(first, ASSETS, NOW)
    DefinitionBook(first, shipped().catalogue).keep_own(NOW)
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

    def define_once(catalogue: Catalogue, service: Service) -> Definition:
        is_shipped = catalogue is shipped().catalogue and service is offered().get(service.id)
        return defined()[service.id] if is_shipped else define(catalogue, service)

    def connected(url: str, **options: Any) -> Engine:
        """With the statements that were compiled for another hall."""
        engine = create_engine(url, **options)
        if engine.dialect.name == "sqlite":
            engine.dialect = first.engine.dialect
            engine.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "create_engine", connected)
        patch.setattr(Database, "migrate", copied)
        patch.setattr(hall_files, "read_files", read_once)
        patch.setattr(Definition, "of", define_once)
        yield
