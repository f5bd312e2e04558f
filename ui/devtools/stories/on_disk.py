"""Whether the disk of kiosk or hall holds what nobody may read there: as it is, or in base64, as messages have it."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from kiosk.derived.apart import apart

PIECE, EVERY = 48, 1000  # bytes: what is long lies in pages, of which each is to hold a piece


def files_holding(folder: Path, *secrets: str | bytes) -> list[str]:
    """Names of the files below `folder` in which one of `secrets` stands, each of six bytes at least; of a long one a
    piece.

    Looked for in a process of its own: to close a file of a database takes away its locks in the whole process, and
    another program that writes to it would damage it.
    """
    raw = [one.encode() if isinstance(one, str) else one for one in secrets]
    wanted = [form for one in raw for piece in _pieces(one) for form in _forms(piece)]
    files = [path for path in folder.rglob("*") if path.is_file()]

    def found() -> bytes:
        return "\n".join(one.name for one in files if _holds(one.read_bytes(), wanted)).encode()

    return apart(found).decode().splitlines()


def _holds(content: bytes, wanted: list[bytes]) -> bool:
    return any(one in content for one in wanted)


def _pieces(secret: bytes) -> list[bytes]:
    if len(secret) <= EVERY:
        return [secret]
    pieces = [secret[at : at + PIECE] for at in range(EVERY // 2, len(secret), EVERY)]
    return [one for one in pieces if len(set(one)) > PIECE // 2]  # what is empty stands everywhere


def _forms(secret: bytes) -> Iterator[bytes]:
    """As it is; in base64, whatever stands before and after it, where it fills whole groups of four characters."""
    yield secret
    for before in range(3):
        groups = b64encode(bytes(before) + secret)
        yield groups[4 if before else 0 : -4 if (before + len(secret)) % 3 else None]
