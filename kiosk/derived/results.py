"""Results on the disk, each with the hash of all that it was made of."""

import logging
import os
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from protocol.process.whole_files import unfinished

log = logging.getLogger(__name__)

_PROGRAM = ("forms", "kiosk", "voice")  # packages
_LIBRARIES = ("numpy", "pypinyin")
_HASH_BYTES = 32


class DerivedResults:
    """A folder with one file a result: the hash of its sources, the hash of what follows, the result.

    Nothing depends on it: what cannot be read or written is made anew each time. A file that is damaged, or was put
    there by somebody else, is told in the log.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str, sources: bytes) -> bytes | None:
        """The result `name` if it was made of these `sources` by this program."""
        path = self._folder / name
        try:
            kept = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("%s cannot be read (%s): it is made anew.", path, error.strerror)
            return None
        made_of, digest, result = kept[:_HASH_BYTES], kept[_HASH_BYTES : 2 * _HASH_BYTES], kept[2 * _HASH_BYTES :]
        if sha256(result).digest() != digest:
            log.warning("%s is damaged: it is made anew.", path)
            return None
        return result if made_of == _hash_of(sources) else None

    def put(self, name: str, sources: bytes, result: bytes) -> None:
        """Keep a result in place of an earlier one."""
        path = self._folder / name
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with unfinished(path) as new:
                new.write_bytes(_hash_of(sources) + sha256(result).digest() + result)
                os.replace(new, path)
        except OSError as error:
            log.info("%s cannot be written (%s): it is made anew each time.", path, error.strerror)


def _hash_of(sources: bytes) -> bytes:
    return sha256(_program() + sources).digest()


@cache
def _program() -> bytes:
    """The hash of this program as it is, edited or not, and of the libraries that results depend on."""
    root, digest = Path(__file__).parents[2], sha256()
    for path in sorted(path for package in _PROGRAM for path in (root / package).rglob("*.py")):
        digest.update(path.read_bytes())
    digest.update(repr([version(name) for name in _LIBRARIES]).encode())
    return digest.digest()
