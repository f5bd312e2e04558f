"""The draft of the visit under way, on disk for the next process."""

import logging
import os
from pathlib import Path

from kiosk.state.draft import Draft, DraftError, new_key, opened, sealed
from protocol.aes_gcm import KEY_BYTES

log = logging.getLogger(__name__)


class DraftFile:
    """The key is in memory only, and only here.

    A power cut loses the key, and with it the draft.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._key = path, new_key()
        self._written: Draft | None = None

    def write(self, draft: Draft) -> None:
        """Keep the latest; whole or not at all. OSError when the disk is full or gone."""
        if draft == self._written:
            return
        beside = self._path.with_suffix(".new")
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(sealed(draft, self._key))
        beside.replace(self._path)
        self._written = draft

    def exists(self) -> bool:
        """Whether a visit is under way."""
        return self._path.exists()

    def read(self) -> Draft | None:
        """What was written last; None when nothing was, or it cannot be used."""
        try:
            return opened(self._path.read_bytes(), self._key)
        except FileNotFoundError:
            return None
        except (DraftError, OSError) as error:
            log.error("%s", error)
            return None

    def shred(self) -> None:
        """The visit is over: without its key the draft is noise, and the next visit has another key."""
        self._key[:] = bytes(KEY_BYTES)
        self._key = new_key()
        self._written = None
        for path in (self._path, self._path.with_suffix(".new")):
            path.unlink(missing_ok=True)
