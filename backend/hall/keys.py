"""The hall's secrets: the key that opens forms, and the key of its search index and PINs. One file, mode 0600."""

import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from backend.foundation.settings import SetupError
from protocol.process.whole_files import sync_to_disk
from protocol.sealing import SealError, generate_keys, key_id, public_key_of
from protocol.signing import verify_key_of


@dataclass(frozen=True)
class HallKeys:
    """`private` opens forms (X25519, 32 bytes); `index` keys every HMAC that the hall stores (32 bytes)."""

    private: bytes = field(repr=False)
    index: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        return public_key_of(self.private)

    @property
    def verify_key(self) -> bytes:
        """By which kiosks check what this hall signs."""
        return verify_key_of(self.private)

    @property
    def key_id(self) -> str:
        return key_id(self.public)

    def digest(self, purpose: str, *parts: str) -> str:
        """A keyed fingerprint (hex). A bare hash of an ID number or a PIN could be guessed; this one cannot."""
        return hmac.new(self.index, "\n".join([purpose, *parts]).encode(), sha256).hexdigest()


def load_or_create_keys(path: Path) -> HallKeys:
    """The keys in the file, made at the first start; SetupError when the file is unreadable or damaged."""
    try:
        if not path.exists():
            _create(path)
        stored = json.loads(path.read_text("utf-8"))
        keys = HallKeys(b64decode(stored["private"]), b64decode(stored["index"]))
        if len(keys.index) != 32 or not keys.public:
            raise ValueError("wrong length")
    except OSError as error:
        raise SetupError(
            f"The hall cannot use its key file {path} ({error.strerror}): mend its permissions."
        ) from error
    except (ValueError, KeyError, TypeError, SealError) as error:
        raise SetupError(
            f"The key file {path} is damaged: put back your copy. Without it no stored form can be opened."
        ) from error
    return keys


def _create(path: Path) -> None:
    """Write new keys beside their place and link them into it, so that of two halls that start at once one wins."""
    text = json.dumps(
        {"private": b64encode(generate_keys().private).decode(), "index": b64encode(secrets.token_bytes(32)).decode()}
    )
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other one's keys are the hall's keys
    finally:
        draft.unlink()
    sync_to_disk(path.parent)  # before the database says whose keys these are, and refuses to be without them
