"""The file of the kiosk's data folder that says who it is, with its key: for its user alone."""

from pathlib import Path

from pydantic import ValidationError

from offline_cache.trust.identity import Identity
from protocol.process.whole_files import write_whole


class IdentityError(Exception):
    """The file cannot be used; the text is one plain sentence that says what to do."""


class IdentityFile:
    """Read again whenever it has changed, as another process may enrol this kiosk or change its key."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        self._identity: Identity | None = None

    def read(self) -> Identity | None:
        """None where this kiosk was never enrolled. IdentityError."""
        try:
            found = self.path.stat()
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if seen != self._seen:
                self._identity, self._seen = Identity.model_validate_json(self.path.read_bytes()), seen
        except FileNotFoundError:
            self._identity = self._seen = None
        except (OSError, ValidationError) as error:
            raise IdentityError(
                f"{self.path} cannot be read: this kiosk does not know who it is; enrol it anew (kiosk enrol)."
            ) from error
        return self._identity

    def write(self, identity: Identity) -> None:
        """Whole or not at all. IdentityError."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.path, f"{identity.model_dump_json(indent=1)}\n".encode())
        except OSError as error:
            raise IdentityError(
                f"{self.path} cannot be written ({error.strerror}): mend the rights of its folder."
            ) from error
