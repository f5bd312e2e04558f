"""Forms and receipts that a person carries between a kiosk and its hall, where no line does. A file holds

a line of JSON, the `Label`, which names the content by its SHA-256
a line of JSON, the signatures (Ed25519, RFC 8032) over the label
the content: from the kiosk `CarriedForms`, sealed to the hall's key; from the hall `CarriedReceipts`, not sealed,
as nothing in them is of a person
"""

import json
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, ValidationError

from protocol.signing import SignatureError, verify
from protocol.wire import Bytes, Identifier, Moment, Sha256Hex, WireAnswer

VERSION = 1
MAX_FILE_BYTES = 64 * 1024 * 1024
_MAX_LINE = 4096  # bytes, of each of the lines before the content
MAX_CONTENT_BYTES = MAX_FILE_BYTES - 2 * (_MAX_LINE + 1)


class BundleError(Exception):
    """The file cannot be used; the text is one plain sentence that says what to do."""


class Kind(StrEnum):
    FORMS = "forms"
    RECEIPTS = "receipts"


class Label(WireAnswer):
    """`kiosk`: whose forms these are; `hall`: the id of its hall's key; `number` counts the kiosk's exports, receipts
    have that of the forms that they are for; `sha256` is of the content as it stands in the file."""

    yinling: Kind
    version: Annotated[int, Field(ge=1)] = VERSION
    kiosk: UUID
    hall: Identifier
    number: Annotated[int, Field(ge=1, le=2**53)]
    created_at: Moment
    sha256: Sha256Hex

    @classmethod
    def of(cls, kind: Kind, kiosk: UUID, hall: str, number: int, created_at: datetime, content: bytes) -> Self:
        names = {"yinling": kind, "kiosk": kiosk, "hall": hall, "number": number, "created_at": created_at}
        return cls.model_validate({**names, "sha256": sha256(content).hexdigest()})


class _Signatures(BaseModel):
    signatures: Annotated[list[Bytes], Field(max_length=2)]


@dataclass(frozen=True)
class Bundle:
    """A file that is whole. Who wrote it is known only after `is_signed_by`."""

    label: Label
    content: bytes
    _signed: bytes
    _signatures: Sequence[bytes]

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether one of its signatures is by the holder of this key (32 bytes)."""
        return any(_fits(public_key, one, self._signed) for one in self._signatures)


def packed(label: Label, content: bytes, sign: Sequence[Callable[[bytes], bytes]]) -> bytes:
    """The bytes of a file. Each of `sign` makes one signature."""
    line = label.model_dump_json().encode()
    signatures = _Signatures(signatures=[one(_to_sign(line)) for one in sign])
    return b"\n".join([line, signatures.model_dump_json().encode(), content])


def read_bundle(path: Path, kind: Kind) -> Bundle:
    """The file, if it is whole and of this kind. BundleError."""
    line, signatures, content = (*_content_of(path).split(b"\n", 2), b"", b"")[:3]
    _check_kind(line[: _MAX_LINE + 1], kind, path)
    try:
        label = Label.model_validate_json(line)
        made = _Signatures.model_validate_json(signatures[:_MAX_LINE]).signatures
    except ValidationError as error:
        raise _damaged(path) from error
    if sha256(content).hexdigest() != label.sha256:
        raise _damaged(path)
    return Bundle(label, content, _to_sign(line), made)


def _content_of(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # what is no file may never end
            raise BundleError(f"{path} is not a file: name the file that was carried here.")
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise BundleError(f"{path} cannot be read ({error.strerror}): look at its name and at the stick.") from error
    if len(content) > MAX_FILE_BYTES:
        raise BundleError(f"{path} is larger than any file that kiosk or hall write: name the right one.")
    return content


def _check_kind(line: bytes, kind: Kind, path: Path) -> None:
    """In what a newer program wrote only these two names are sure to be the same."""
    try:
        label = json.loads(line if len(line) <= _MAX_LINE else b"")
        found, version = Kind(label["yinling"]), int(label["version"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise BundleError(
            f"{path} holds neither forms of a kiosk nor receipts of a hall: name another file."
        ) from error
    if found is not kind:
        wanted = "`hall carry-in` takes them" if found is Kind.FORMS else "`kiosk outbox import` takes them"
        raise BundleError(f"{path} holds {found}, not {kind}: {wanted}.")
    if version > VERSION:
        raise BundleError(f"{path} was written by a newer program: update this machine, then try again.")


def _to_sign(line: bytes) -> bytes:
    return b"yinling carried 1\n" + line


def _fits(public_key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        verify(public_key, signature, message)
    except SignatureError:
        return False
    return True


def _damaged(path: Path) -> BundleError:
    return BundleError(f"{path} was cut off or damaged on the way: write it anew where it comes from.")
