"""`hall restore DIR`: a backup takes the database's place, and kiosks offer again what it does not have."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, inspect, or_, select
from sqlalchemy.exc import DBAPIError

from backend.accounts.sessions import forget_logins
from backend.audit.log import note
from backend.backups import dumps
from backend.backups.key_copy import bring_back, key_copy
from backend.backups.manifest import Manifest, check_files, read_manifest, time_in_name
from backend.foundation.database import Database
from backend.foundation.settings import Settings, SetupError, prepare_folder
from backend.foundation.writers_line import lock_file
from backend.hall.hall import open_hall, utc_now
from backend.hall.keys import load_or_create_keys
from backend.hall.running import nobody_runs
from backend.hall.state import begin_generation, witness_of
from backend.submissions.tables import Submission
from protocol.process.whole_files import SUFFIXES, put_in_place, unfinished


def restore(settings: Settings, folder: Path, *, replace: bool = False, passphrase: str | None = None) -> Manifest:
    """Put the backup in `folder` in the place of the database, whose copy stays in the hall's folder.

    SetupError, and nothing was changed: a damaged backup, another hall's, a hall that runs, or forms that came after
    the backup and would go, unless `replace`.
    """
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    dumps.check(manifest.kind, folder / manifest.database)
    if manifest.kind != dumps.kind_of(settings.database_url):
        raise SetupError(f"This backup is of {manifest.kind}: give --database-url of such a database.")
    prepare_folder(settings)
    with nobody_runs(settings.folder):
        if not replace:
            _refuse_newer_forms(settings, manifest)
        _keys(settings, folder, manifest, passphrase)
        now = utc_now()
        if manifest.kind == "sqlite":
            _put_sqlite(settings, folder / manifest.database, now)
        else:
            _put_postgresql(settings, folder / manifest.database, now)
    hall = open_hall(settings)
    with hall.database.write() as session:
        note(session, hall, "console", "restore", detail=f"of {manifest.made_at.isoformat()}")
    hall.database.close()
    return manifest


def _refuse_newer_forms(settings: Settings, manifest: Manifest) -> None:
    database = Database(settings.database_url)
    newer = or_(Submission.arrival > manifest.arrivals, Submission.received_at > manifest.made_at)
    try:
        if manifest.kind == "sqlite" and not dumps.sqlite_file(settings.database_url).exists():
            return
        if not inspect(database.engine).has_table("submissions"):
            return
        with database.read() as session:
            count = session.scalar(select(func.count()).select_from(Submission).where(newer))
    except DBAPIError as error:
        raise SetupError(
            "The database that is there cannot be read, so nobody can see whether it has newer forms: with --replace "
            "the backup takes its place, and it is kept aside."
        ) from error
    finally:
        database.close()
    if count:
        raise SetupError(
            f"{count} forms came after this backup: with --replace it takes the database's place all the same; that "
            "one is kept aside, and kiosks offer again what they still have."
        )


def _keys(settings: Settings, folder: Path, manifest: Manifest, passphrase: str | None) -> None:
    """Those of this backup are here, or are brought back from it."""
    if not settings.key_file.exists():
        if manifest.keys is None or passphrase is None:
            advice = (
                "give --passphrase-file" if manifest.keys else "run `hall key import FILE` with your guarded copy first"
            )
            raise SetupError(f"The hall's key {settings.key_file} is not here, and opens these forms: {advice}.")
        bring_back(key_copy((folder / manifest.keys).read_bytes(), manifest.keys), settings.folder, passphrase)
    here = load_or_create_keys(settings.key_file).key_id
    if here != manifest.key_id:
        raise SetupError(f"This backup is of another hall: its key is {manifest.key_id}, the one here {here}.")


def _put_sqlite(settings: Settings, backup: Path, now: datetime) -> None:
    path = dumps.sqlite_file(settings.database_url)
    with unfinished(path) as new:
        dumps.copy_sqlite(backup, new)
        try:
            _begin_generation(f"sqlite:///{new}", settings.folder)
        finally:
            lock_file(new).unlink(missing_ok=True)
        if path.exists():
            _keep_aside(path, path.with_name(f"{path.name}.replaced-{time_in_name(now)}"))
        put_in_place(new, path)


def _keep_aside(path: Path, aside: Path) -> None:
    """Under a second name, so that there is a database at every moment. Of its log nothing is left beside the first,
    where SQLite would take it for the restored one's: it is folded in, or kept aside too where the database is damaged.
    """
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in reversed(SUFFIXES):
        if (part := path.with_name(path.name + suffix)).exists():
            os.link(part, aside.with_name(aside.name + suffix))
            if suffix:
                part.unlink()


def _put_postgresql(settings: Settings, backup: Path, now: datetime) -> None:
    aside = settings.folder / f"hall.replaced-{time_in_name(now)}.dump"
    dumps.dump(settings.database_url, aside)
    aside.chmod(0o600)
    try:
        dumps.load(backup, settings.database_url)
        _begin_generation(settings.database_url, settings.folder)
    except SetupError:  # it is of a newer version
        dumps.load(aside, settings.database_url)
        aside.unlink()
        raise


def _begin_generation(database_url: str, folder: Path) -> None:
    database = Database(database_url)
    database.migrate()
    with database.write() as session:
        begin_generation(session, witness_of(folder))
        forget_logins(session)
    database.close()
