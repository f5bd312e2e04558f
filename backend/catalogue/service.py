"""Giving the county's folder out: `hall catalogue publish DIR`, once all that is wrong in it was mended."""

from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.catalogue.tables import CatalogueFile, PublishedCatalogue
from backend.foundation.database import insert_new
from backend.foundation.errors import UnknownError
from backend.foundation.settings import SetupError
from backend.hall.hall import Hall
from forms import load_catalogue
from protocol.catalogue import MAX_FILE_BYTES, CatalogueNotice, FileList, signed_notice


def publish(hall: Hall, folder: Path) -> tuple[int, int]:
    """Make this folder the newest; its number and how many files it has. The same folder again keeps its number.

    SetupError when it cannot be read, has mistakes, or holds what no kiosk would take.
    """
    bodies = _read(folder)
    _check(hall, folder)
    file_list = _file_list(bodies).model_dump_json().encode()
    digest = sha256(file_list).hexdigest()
    with hall.database.write() as session:
        newest = _newest(session)
        if newest is not None and newest.file_list == digest:
            return newest.number, len(bodies)
        for body in (*bodies.values(), file_list):
            insert_new(session, CatalogueFile, {"sha256": sha256(body).hexdigest(), "body": body})
        # A moment, so that a hall whose database was restored still gives a number that its kiosks do not have.
        number = max(newest.number + 1 if newest else 1, int(hall.clock().timestamp()))
        session.add(PublishedCatalogue(number=number, file_list=digest, published_at=hall.clock()))
    return number, len(bodies)


def newest_notice(hall: Hall) -> CatalogueNotice:
    """UnknownError when nothing was ever published."""
    with hall.database.read() as session:
        newest = _newest(session)
    if newest is None:
        raise UnknownError
    return signed_notice(hall.keys.private, newest.number, newest.file_list)


def file_of(hall: Hall, digest: str) -> bytes:
    """UnknownError when no published folder has such a file."""
    with hall.database.read() as session:
        body = session.scalar(select(CatalogueFile.body).where(CatalogueFile.sha256 == digest))
    if body is None:
        raise UnknownError
    return body


def _newest(session: Session) -> PublishedCatalogue | None:
    newest = select(func.max(PublishedCatalogue.number)).scalar_subquery()
    return session.scalar(select(PublishedCatalogue).where(PublishedCatalogue.number == newest))


def _read(folder: Path) -> dict[str, bytes]:
    """Every file of the folder by its path within it."""
    if not folder.is_dir():
        raise SetupError(f"There is no folder {folder}: name the county's folder.")
    try:
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path, folder))
        large = [path for path in paths if path.stat().st_size > MAX_FILE_BYTES]
        if large:
            raise SetupError(f"{large[0]} has more than {MAX_FILE_BYTES // 1024} KB: make it smaller or take it out.")
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    except OSError as error:
        raise SetupError(f"{error.filename} cannot be read ({error.strerror}): mend its rights.") from error


def _check(hall: Hall, folder: Path) -> None:
    found = load_catalogue(hall.files.settings.assets, folder).mistakes
    wrong = [str(one) for one in found if not one.is_shipped]
    if wrong:
        more = f" There are {len(wrong) - 1} more" if wrong[1:] else " Mend it"
        raise SetupError(f"{wrong[0]}{more}: `kiosk catalogue --check {folder}` names all that is wrong.")


def _is_hidden(path: Path, folder: Path) -> bool:
    """What editors and version control keep beside the data."""
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _file_list(bodies: dict[str, bytes]) -> FileList:
    try:
        return FileList(files={path: sha256(body).hexdigest() for path, body in bodies.items()})
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        named = repr(place[1]) if len(place) > 1 else "the folder"
        raise SetupError(
            f"{named} cannot be given out: use letters, digits, - and _ in names, five levels and 3,000 files at most."
        ) from error
