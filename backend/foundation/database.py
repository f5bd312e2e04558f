"""The hall's database: SQLite for one hall, PostgreSQL for many kiosks. Migrations run at every start."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import (
    Connection,
    CursorResult,
    Delete,
    Engine,
    Executable,
    Select,
    Update,
    create_engine,
    event,
    func,
    literal,
    select,
)
from sqlalchemy import Table as CoreTable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from backend.foundation.database_url import parsed
from backend.foundation.private_files import for_owner_alone
from backend.foundation.server_lines import ServerLines
from backend.foundation.settings import SetupError
from backend.foundation.tables import Table
from backend.foundation.writers_line import WritersLine, not_now

Shown = TypeVar("Shown")
log = logging.getLogger("yinling.hall")
WAIT_S = 2.0  # for the database; a kiosk waits five seconds for an answer
AWAY_S = 1.0  # for so long nobody tries again where somebody waited in vain, so that no queue builds up
MIGRATION_WAIT_S = 60.0
AWAY = (OperationalError, InterfaceError, PoolTimeoutError)  # raised where the database takes or says nothing
_LAST = "last"
_UNREADABLE = (ValueError, LookupError, DataError)  # by Python, by pydantic, by the database's driver
_OPTIONS: dict[str, dict[str, Any]] = {
    # All that may be open stay open: opening one costs as much as what is then asked.
    "sqlite": {"connect_args": {"timeout": WAIT_S}, "pool_timeout": WAIT_S, "pool_size": 15, "max_overflow": 0},
    "postgresql+psycopg": {
        "pool_pre_ping": True,
        "pool_timeout": WAIT_S,
        "connect_args": {"connect_timeout": 2, "tcp_user_timeout": 3000},
    },
}


class Database:
    """Short transactions. `read` and `write` wait two seconds for a database that is away, then say so by a DBAPIError
    or sqlalchemy's TimeoutError."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(yinling_writes=True)
        file = self.engine.url.database
        self._line = WritersLine(Path(file)) if self.engine.dialect.name == "sqlite" and file else None
        self._lines = None if self._line else ServerLines(self.engine)
        if self._lines:
            event.listen(self.engine, "do_connect", lambda *_: self._check_is_there())  # its answer is waited for
        self._away_until = 0.0

    @contextmanager
    def read(self) -> Iterator[Session]:
        can_be_read = self._line is not None  # SQLite, also while it cannot be written
        with nullcontext() if can_be_read else self._while_there(), Session(self.engine) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """As `read`; all that is read is of one moment, as with SQLite it always is."""
        with self.read() as session:
            if self._line is None:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Commits at the end of the block, rolls back when it raises."""
        with (
            self._while_there(),
            self._turn(WAIT_S),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
            session.flush()
            for work in session.info.get(_LAST, ()):
                work(session)

    def migrate(self) -> None:
        """Bring the tables to this version; SetupError when the database cannot be used."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
        try:
            if self._line:
                for_owner_alone(self._line.database)
            with self._turn(MIGRATION_WAIT_S), self._writing.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError as error:
            raise SetupError(
                "The database was made by a newer version: install that version of the hall again."
            ) from error
        except OSError as error:
            raise SetupError(
                f"The hall cannot use its database ({error.strerror}): check that its folder may be written to, and "
                "that the disk is not full."
            ) from error
        except DBAPIError as error:
            raise SetupError(f"The hall cannot use its database ({_one_line(error)}): {_advice(error)}") from error

    def fold_log(self) -> None:
        """Fold SQLite's write-ahead log into the file and empty it; others who read just now may keep it from that."""
        if self.engine.dialect.name == "sqlite":
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def close(self) -> None:
        self.engine.dispose()
        if self._line:
            self._line.close()

    def hang_up(self) -> None:
        """Nobody waits any longer for a server that says nothing; call it again as long as it does not."""
        if self._lines:
            self._away_until = monotonic() + AWAY_S
            self._lines.hang_up()

    @contextmanager
    def _while_there(self) -> Iterator[None]:
        """Raises at once where it was away a moment ago, and remembers when it is so now."""
        self._check_is_there()
        try:
            yield
        except (OperationalError, PoolTimeoutError) as error:
            if _was_waited_for(error):
                self._away_until = monotonic() + AWAY_S
            raise

    def _check_is_there(self) -> None:
        if monotonic() < self._away_until:
            raise not_now("the database was away a moment ago")

    def _turn(self, within_s: float) -> AbstractContextManager[None]:
        return self._line.turn(within_s) if self._line else nullcontext()


def at_the_end(session: Session, work: Callable[[Session], None]) -> None:
    """Do this just before the transaction commits, after everything else in it."""
    session.info.setdefault(_LAST, []).append(work)


def once_committed(session: Session, work: Callable[[], None]) -> None:
    """Do this as soon as the transaction is committed, before anybody is told."""
    event.listen(session, "after_commit", lambda _: work())


def insert(session: Session, table: type[Table]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the database's own dialect."""
    return insert_into(session.get_bind().dialect.name, table)


def insert_into(dialect: str, table: type[Table] | CoreTable) -> sqlite.Insert | postgresql.Insert:
    """The same by the name of the dialect, for statements that are made once."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_new(session: Session, table: type[Table], row: Mapping[str, object]) -> bool:
    """Insert a row unless its key is taken already; True when it was new."""
    return session.execute(_insert_new(session.get_bind().dialect.name, table), row).first() is not None


def insert_all_new(session: Session, table: type[Table], rows: Sequence[Mapping[str, object]], name: str) -> set[Any]:
    """The same for some rows in one statement; what those that were new have in the column `name`."""
    return set(session.scalars(_insert_new(session.get_bind().dialect.name, table, name), rows))


@cache
def _insert_new(dialect: str, table: type[Table], column: str = "") -> Executable:
    """Made once and without the ORM, as that costs more than the insert. RETURNING: a row count is not portable."""
    found = without_orm(table)
    told = found.c[column] if column else literal(True)
    return insert_into(dialect, found).on_conflict_do_nothing().returning(told)


def without_orm(table: type[Table]) -> CoreTable:
    """The table itself, for statements on the busiest path."""
    assert isinstance(table.__table__, CoreTable)
    return table.__table__


def changed(session: Session, statement: Update | Delete) -> bool:
    """Run it and say whether it changed a row."""
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount > 0


def readable(session: Session, wanted: Select[*tuple[Any, ...]], show: Callable[[Any], Shown]) -> list[Shown]:
    """What `show` makes of each row. One that cannot be read is left out and logged: it must not hide all others."""
    try:
        return [show(row) for row in session.execute(wanted)]
    except _UNREADABLE:
        rows = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        return [one for at in range(rows) for one in _readable_one(session, wanted.offset(at).limit(1), show)]


def _readable_one(session: Session, wanted: Select[*tuple[Any, ...]], show: Callable[[Any], Shown]) -> list[Shown]:
    try:
        return [show(row) for row in session.execute(wanted)]
    except _UNREADABLE as error:
        log.error("a stored row cannot be read", extra={"fields": {"error": type(error).__name__}})
        return []


def _engine(url: str) -> Engine:
    dialect = parsed(url).drivername
    try:
        engine = create_engine(url, hide_parameters=True, **_OPTIONS[dialect])
    except ModuleNotFoundError as error:
        raise SetupError(
            "PostgreSQL needs psycopg: run make POSTGRESQL=1 setup, or leave the database's URL out to use SQLite."
        ) from error
    if dialect == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _set_up_postgresql(connection: DBAPIConnection, _record: object) -> None:
    """In another zone than UTC it writes some times with years that Python does not have."""
    connection.cursor().execute("SET TIME ZONE 'UTC'")
    connection.cursor().execute(f"SET lock_timeout = {round(WAIT_S * 1000)}")
    connection.commit()


def _was_waited_for(error: OperationalError | PoolTimeoutError) -> bool:
    """Whether the database was busy or away, not only unable to do this one thing."""
    if isinstance(error, PoolTimeoutError) or isinstance(error.orig, TimeoutError):
        return True
    return not isinstance(error.orig, sqlite3.Error) or error.orig.sqlite_errorname.startswith("SQLITE_BUSY")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("yinling_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _one_line(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())


def _advice(error: DBAPIError) -> str:
    if isinstance(error.orig, sqlite3.OperationalError | OSError):
        return "check that its folder exists and may be written to, and that the disk is not full."
    if isinstance(error.orig, sqlite3.DatabaseError):
        return "the file is damaged; put back your backup, or move it away to start an empty hall."
    return "check the URL and that the server is running."
