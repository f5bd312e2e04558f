"""Installing a voice model of words from its maker's zip file: checked, unpacked beside its place, then moved there."""

import hashlib
import shutil
import stat
import time
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import requests
import yaml

from voice.recognition.model import LOOKAHEAD, MANIFEST, ModelError, check_files

_SPARE_BYTES = 64_000_000  # left free on the disk, for forms
_TIMEOUT_S = (10, 30)  # to connect, and for the next piece
_LONGEST_DOWNLOAD_S = 3600
_PIECE = 1 << 20


class InstallError(Exception):
    """A voice model cannot be installed; nothing was changed. The message is one plain sentence with what to do."""


@dataclass(frozen=True)
class Allowed:
    """The one model that may be installed, as assets/official_model.yaml says."""

    name: str
    url: str
    bytes: int
    sha256: str
    unpacked_bytes: int
    licence: str


def read_allowed(path: Path) -> Allowed:
    """InstallError when the file is missing or wrong."""
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
        allowed = Allowed(**values)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError) as error:
        raise InstallError(f"{path} cannot be read as the description of a voice model: put it back.") from error
    texts = (allowed.name, allowed.url, allowed.sha256, allowed.licence)
    if not all(isinstance(text, str) for text in texts) or len(allowed.sha256) != 64:
        raise InstallError(f"In {path} a text is missing or the sha256 is not 64 characters long: mend it.")
    if not all(isinstance(size, int) and size > 0 for size in (allowed.bytes, allowed.unpacked_bytes)):
        raise InstallError(f"In {path} bytes and unpacked_bytes must be whole numbers above 0: mend it.")
    return allowed


def install(archive: Path, allowed: Allowed, place: Path) -> None:
    """Puts the model in the zip file `archive` to the folder `place`, in place of what is there. InstallError."""
    _check_archive(archive, allowed)
    fresh = _beside(place, "new")
    try:
        _make_room(place, allowed.unpacked_bytes)
        _unpack(archive, fresh, allowed)
        model = _model_folder(fresh, archive)
        write_manifest(model)
        check_files(model, LOOKAHEAD, "install it again.")
        _swap(model, place)
    except OSError as error:
        raise _unwritable(place, error) from error
    except ModelError as error:
        raise InstallError(f"What was written to {place} reads differently: check the disk and try again.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def download(allowed: Allowed, place: Path) -> Path:
    """The model's zip file, fetched to a file beside `place`, not checked yet. InstallError."""
    path = _beside(place, "zip")
    by_hand = (
        f"fetch {allowed.url} on another computer, bring it on a USB stick and run "
        f"kiosk voice install-model --from {PurePosixPath(allowed.url).name}."
    )
    try:
        _make_room(place, allowed.bytes + allowed.unpacked_bytes)
        with requests.get(allowed.url, stream=True, timeout=_TIMEOUT_S) as answer, path.open("wb") as file:
            answer.raise_for_status()
            until = time.monotonic() + _LONGEST_DOWNLOAD_S
            for piece in answer.iter_content(_PIECE):
                file.write(piece)
                if file.tell() > allowed.bytes or time.monotonic() > until:
                    raise InstallError(f"What {allowed.url} sends is too long or too slow: {by_hand}")
    except requests.RequestException as error:
        path.unlink(missing_ok=True)
        raise InstallError(f"The voice model cannot be downloaded here: {by_hand}") from error
    except InstallError:
        path.unlink(missing_ok=True)
        raise
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    return path


def _unwritable(path: Path, error: OSError) -> InstallError:
    return InstallError(f"{path} cannot be written ({error.strerror}): mend its rights or free some space.")


def _beside(place: Path, suffix: str) -> Path:
    return place.with_name(f"{place.name}.{suffix}")


def _check_archive(archive: Path, allowed: Allowed) -> None:
    try:
        if not archive.is_file():
            raise InstallError(f"There is no file {archive}: check the name.")
        _check_content(archive, allowed)
    except OSError as error:
        raise InstallError(f"{archive} cannot be read ({error.strerror}): copy it again.") from error


def _check_content(archive: Path, allowed: Allowed) -> None:
    again = f"Get {PurePosixPath(allowed.url).name} again from {allowed.url}."
    size = archive.stat().st_size
    if size != allowed.bytes:
        raise InstallError(f"{archive} has {size} bytes, but {allowed.name} has {allowed.bytes}. {again}")
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != allowed.sha256.lower():
        raise InstallError(f"{archive} is not {allowed.name}: its checksum is another. {again}")


def _make_room(place: Path, needed: int) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(place.parent).free
    if free < needed + _SPARE_BYTES:
        missing = (needed + _SPARE_BYTES - free) // 1_000_000 + 1
        raise InstallError(f"The disk of {place.parent} has too little room: free {missing} MB and try again.")


def _unpack(archive: Path, folder: Path, allowed: Allowed) -> None:
    """Only plain files and folders, only below `folder`, only as much as is allowed."""
    shutil.rmtree(folder, ignore_errors=True)  # what a power cut left
    folder.mkdir()
    try:
        with zipfile.ZipFile(archive) as zipped:
            entries = zipped.infolist()
            if sum(entry.file_size for entry in entries) > allowed.unpacked_bytes:
                raise InstallError(f"{archive} unpacks to more than {allowed.unpacked_bytes} bytes: do not use it.")
            for entry in entries:
                if not _harmless(entry):
                    raise InstallError(f"{archive} holds “{entry.filename}”, a link or a path outside: do not use it.")
            zipped.extractall(folder)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise InstallError(f"{archive} is no zip file that can be unpacked: get it again.") from error


def _harmless(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    path = PurePosixPath(entry.filename)
    inside = not path.is_absolute() and ".." not in path.parts and "\\" not in entry.filename
    return inside and kind in (0, stat.S_IFREG, stat.S_IFDIR)


def _model_folder(unpacked: Path, archive: Path) -> Path:
    """The folder of the model in what was unpacked: the zip file of a vosk model holds one folder of its name."""
    inner = list(unpacked.iterdir())
    model = inner[0] if len(inner) == 1 and inner[0].is_dir() else unpacked
    if not all((model / part).is_file() for part in LOOKAHEAD):
        raise InstallError(f"{archive} holds no vosk model with graph/HCLr.fst and graph/Gr.fst: use another.")
    return model


def write_manifest(model: Path) -> None:
    """Write the checksums by which a file that changes later is found."""
    files = sorted(path for path in model.rglob("*") if path.is_file() and path.name != MANIFEST)
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(model).as_posix()}\n" for path in files
    ]
    (model / MANIFEST).write_text("".join(lines), encoding="utf-8")


def _swap(model: Path, place: Path) -> None:
    old = _beside(place, "old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    model.rename(place)
    shutil.rmtree(old, ignore_errors=True)
