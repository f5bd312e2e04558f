"""Copies of a database as it is at one moment, while the hall works; PostgreSQL's by its own programs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, MetaData, create_engine

from backend.foundation.database_url import parsed
from backend.foundation.settings import SetupError


def kind_of(database_url: str) -> Literal["sqlite", "postgresql"]:
    return "sqlite" if parsed(database_url).get_backend_name() == "sqlite" else "postgresql"


def sqlite_file(database_url: str) -> Path:
    return Path(parsed(database_url).database or "")


def dump(database_url: str, to: Path) -> None:
    """Copy the database into the file `to`. SetupError."""
    if kind_of(database_url) == "postgresql":
        _postgresql("pg_dump", parsed(database_url), ["--format=custom", "--no-owner", f"--file={to}"])
        return
    try:
        copy_sqlite(sqlite_file(database_url), to)
    except sqlite3.Error as error:
        raise SetupError(f"The database cannot be copied ({error}): check the disk of {to.parent}.") from error


def copy_sqlite(source: Path, to: Path) -> None:
    """One file, without a log beside it. sqlite3.Error."""
    with closing(_read_only(source)) as old, closing(sqlite3.connect(to)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")


def check(kind: Literal["sqlite", "postgresql"], path: Path) -> None:
    """Read a copy back. SetupError when it cannot be used."""
    if kind == "postgresql":
        _run(["pg_restore", "--list", str(path)], dict(os.environ))
        return
    try:
        with closing(_read_only(path)) as copy:
            (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise SetupError(f"The copy {path} cannot be read ({error}): check that disk.") from error
    if found != "ok":
        raise SetupError(f"The copy {path} is damaged ({found}): check that disk and the one of the hall.")


def load(path: Path, database_url: str) -> None:
    """Put a copy of a PostgreSQL database in the place of what is there, of whatever version that is. SetupError."""
    engine, tables = create_engine(database_url, hide_parameters=True), MetaData()
    tables.reflect(engine)
    tables.drop_all(engine)  # the copy knows nothing of those that came after it
    engine.dispose()
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", str(path)]
    _postgresql("pg_restore", parsed(database_url), options)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _postgresql(program: str, url: URL, options: list[str]) -> None:
    """The password goes by the environment, where other users do not see it."""
    secret = url.password or url.query.get("password")
    query = {name: value for name, value in url.query.items() if name != "password"}
    address = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    password = {"PGPASSWORD": str(secret)} if secret else {}
    _run([program, f"--dbname={address}", *options], {**os.environ, **password})


def _run(command: list[str], environment: dict[str, str]) -> None:
    if shutil.which(command[0]) is None:
        raise SetupError(f"PostgreSQL's {command[0]} is not here: install postgresql-client, or use your own backups.")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise SetupError(f"{command[0]} did not succeed ({why}): check the database's address and the disk.")
