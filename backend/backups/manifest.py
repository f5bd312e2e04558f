"""What a backup says of itself: manifest.json in its folder."""

from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from backend.foundation.settings import SetupError

NAME = "manifest.json"
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$")]  # beside it and nowhere else


class Manifest(BaseModel):
    """`files`: the sha256 of each file beside it. Forms up to number `arrivals` of `generation` are in it."""

    model_config = ConfigDict(frozen=True)

    yinling_hall_backup: Literal[1] = 1
    made_at: AwareDatetime
    program: str
    kind: Literal["sqlite", "postgresql"]
    key_id: str
    generation: UUID
    arrivals: int
    forms: int
    database: FileName
    keys: FileName | None
    files: dict[FileName, str]
    county: str | None

    @model_validator(mode="after")
    def _names_each_file(self) -> Self:
        if not {self.database, self.keys or self.database} <= set(self.files):
            raise ValueError("a file of the backup has no hash")
        return self


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """SetupError when the folder holds no backup."""
    try:
        return Manifest.model_validate_json((folder / NAME).read_bytes())
    except FileNotFoundError as error:
        raise SetupError(f"There is no backup in {folder}: name the folder that `hall backup` was given.") from error
    except (OSError, ValidationError) as error:
        raise SetupError(f"{folder / NAME} cannot be read or is damaged: take another backup.") from error


def check_files(folder: Path, manifest: Manifest) -> None:
    """SetupError that names the first file which is not as it was written."""
    for name, expected in manifest.files.items():
        try:
            found = sha256_of(folder / name)
        except OSError as error:
            raise SetupError(
                f"{folder / name} cannot be read ({error.strerror}): take another backup; nothing was changed."
            ) from error
        if found != expected:
            raise SetupError(f"{folder / name} is damaged: take another backup; nothing was changed.")


def folder_hash(folder: Path | None) -> str | None:
    """One hash over the county's files, by which one sees whether they are the same as then."""
    if folder is None or not folder.is_dir():
        return None
    found = {path.relative_to(folder).as_posix(): sha256_of(path) for path in folder.rglob("*") if path.is_file()}
    return sha256(repr(sorted(found.items())).encode()).hexdigest()


def time_in_name(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"
