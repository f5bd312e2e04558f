"""A hall's database as an older version left it, with a row in every table, brought up to date."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from project import ROOT
from sqlalchemy import CHAR, Column, MetaData, func, insert, select

from backend.calls.tables import Call
from backend.foundation.database import Database
from backend.foundation.tables import Table
from backend.rooms import of_every_room
from backend.submissions.tables import Submission

ONE, AT = UUID(int=1), datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
_OF_TYPE: dict[type, Any] = {
    bool: False, bytes: b"1", datetime: AT, int: 1, object: [], str: "1", type(AT.date()): AT.date(), UUID: ONE,
}  # fmt: skip
_NAMED = {
    ("calls", "state"): "requested",
    ("decision_steps", "status"): "received",
    ("follow_ups", "kind"): "brought",
    ("follow_ups", "outcome"): "taken",
    ("kiosks", "state"): "approved",
    ("readings", "tier"): "L4",
    ("staff_members", "role"): "staff",
    ("submissions", "intake"): "received",
    ("submissions", "status"): "received",
}


def fill(database: Database, revision: str) -> set[str]:
    """New tables of this version, with a row in each; the names of the tables."""
    config, tables = Config(), MetaData()
    config.set_main_option("script_location", str(ROOT / "backend" / "migrations"))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if connection.scalar(select(func.count()).select_from(table)) == 0:
                needed = {one.name: _value(one) for one in table.columns if not one.nullable}
                connection.execute(insert(table).values(needed))
    return {*tables.tables} - {"alembic_version"}


def check_up_to_date(database: Database, tables: set[str]) -> None:
    """The tables are those that the code expects, each row is there and can be read, and what is new says what is true
    of old ones."""
    list(of_every_room("tables"))  # so that the metadata knows them all
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    with database.read() as session:
        rows = {mapper.class_.__tablename__: session.scalars(select(mapper)).all() for mapper in Table.registry.mappers}
        (call,), (form,) = session.scalars(select(Call)).all(), session.scalars(select(Submission)).all()
    assert {name for name, there in rows.items() if len(there) == 1} >= tables
    assert (call.step, call.turn, call.needs, call.other_way, call.has_gone) == (0, 1, [], False, False)
    assert (form.version, form.owner, form.taken_up_at) == (0, None, None)


def _value(column: Column[Any]) -> object:
    if isinstance(column.type, CHAR):
        return ONE.hex  # as SQLite keeps it
    return _NAMED.get((column.table.name, column.name)) or _OF_TYPE[column.type.python_type]
