"""`hall backup DIR`: a copy of the database that was read back, after which kiosks are told which forms are safe."""

import re
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select, update

from backend.audit.log import note
from backend.backups import dumps
from backend.backups.key_copy import guarded
from backend.backups.manifest import NAME, Manifest, check_files, folder_hash, read_manifest, sha256_of, time_in_name
from backend.foundation.database import Database
from backend.foundation.settings import SetupError
from backend.hall.hall import Hall
from backend.hall.state import state_of
from backend.hall.tables import HallState
from backend.submissions.tables import Submission
from protocol.process.whole_files import put_in_place, unfinished, write_whole

_OWN = re.compile(r"(hall|keys)-\d{8}T\d{12}Z\.|manifest\.json($|\.new-)")


class _Contents(NamedTuple):
    generation: UUID
    arrivals: int
    forms: int


def back_up(hall: Hall, folder: Path, passphrase: str | None = None) -> Manifest:
    """Make a backup in `folder`, in the place of an earlier one there. With a passphrase the keys are in it too.

    SetupError when it cannot be made or checked; the earlier one is then as it was, and kiosks are told nothing.
    """
    _check_is_free(hall, folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        manifest = _write(hall, folder, passphrase)
        check_files(folder, manifest)
        write_whole(folder / NAME, manifest.model_dump_json(indent=1).encode())
        for name in _own_files(folder) - {NAME, *manifest.files}:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise SetupError(f"The backup cannot be written to {folder} ({error.strerror}): check that disk.") from error
    _tell_kiosks(hall, manifest)
    return manifest


def _check_is_free(hall: Hall, folder: Path) -> None:
    """Or holds an earlier backup of this hall, also a first one that was cut off. SetupError."""
    if (folder / NAME).exists():
        earlier = read_manifest(folder)
        if earlier.key_id != hall.keys.key_id:
            raise SetupError(f"{folder} holds the backup of another hall ({earlier.key_id}): name another folder.")
    elif folder.exists() and (not folder.is_dir() or {one.name for one in folder.iterdir()} - _own_files(folder)):
        raise SetupError(f"{folder} is in use for something else: name an empty folder, or one with an earlier backup.")


def _own_files(folder: Path) -> set[str]:
    """What backups wrote there, whole or cut off."""
    return {one.name for one in folder.iterdir() if _OWN.match(one.name)}


def _write(hall: Hall, folder: Path, passphrase: str | None) -> Manifest:
    settings, now = hall.files.settings, hall.clock()
    kind, stamp = dumps.kind_of(settings.database_url), time_in_name(now)
    contents = _contents(hall.database)  # all of this was committed before the copy begins
    database = folder / f"hall-{stamp}.{'db' if kind == 'sqlite' else 'dump'}"
    with unfinished(database) as new:
        dumps.dump(settings.database_url, new)
        put_in_place(new, database)
    dumps.check(kind, database)
    files = {database.name: sha256_of(database)}
    keys = f"keys-{stamp}.json" if passphrase is not None else None
    if keys and passphrase is not None:
        write_whole(folder / keys, guarded(settings.folder, hall.keys.key_id, passphrase))
        files[keys] = sha256_of(folder / keys)
    return Manifest(
        made_at=now,
        program=version("yinling-kiosk"),
        kind=kind,
        key_id=hall.keys.key_id,
        **contents._asdict(),
        database=database.name,
        keys=keys,
        files=files,
        county=folder_hash(settings.county),
    )


def _contents(database: Database) -> _Contents:
    with database.read() as session:
        state = state_of(session)
        forms = session.scalar(select(func.count()).select_from(Submission)) or 0
        return _Contents(state.generation, state.arrivals, forms)


def _tell_kiosks(hall: Hall, manifest: Manifest) -> None:
    """With their next heartbeat, unless the hall's database has gone back in time meanwhile."""
    safe = update(HallState).where(HallState.generation == manifest.generation)
    with hall.database.write() as session:
        session.execute(safe.values(safe_arrival=manifest.arrivals, backup_at=manifest.made_at))
        held = f"{manifest.forms} forms" + (" and the keys" if manifest.keys else "")
        note(session, hall, "console", "backup", detail=held)
