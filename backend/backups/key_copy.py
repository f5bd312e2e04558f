"""The hall's secret files in one file, guarded by a passphrase (scrypt, AES-256-GCM)."""

import hashlib
import json
import secrets
from base64 import b64decode, b64encode
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.foundation.settings import SetupError
from protocol.aes_gcm import KEY_BYTES, DecryptionError, decrypt, encrypt
from protocol.process.whole_files import write_whole
from protocol.wire import Bytes

# Of the hall's folder: those that a new disk needs. The last is that without which no hall with forms starts, so that
# none makes another authority after a power cut between them.
SECRETS = ("ca.key", "ca.pem", "hall.key")
SHORTEST = 12  # characters of a passphrase
_COST, _BLOCK = 2**16, 8  # 64 MiB of memory, about a quarter of a second
_MOST_MEMORY = 1024 * 1024 * 1024


class KeyCopy(BaseModel):
    """What the file holds. `key_id` tells whose it is without the passphrase."""

    model_config = ConfigDict(extra="forbid")

    yinling_hall_keys: int = 1
    key_id: str
    salt: Bytes
    cost: int = Field(ge=2**10, le=2**18)
    sealed: Bytes


def guarded(folder: Path, key_id: str, passphrase: str) -> bytes:
    """The content of the file for the secrets in `folder`. SetupError when the passphrase is too short."""
    if len(passphrase) < SHORTEST:
        raise SetupError(f"The passphrase is too short: take at least {SHORTEST} characters, such as four words.")
    found = {name: b64encode((folder / name).read_bytes()).decode() for name in SECRETS if (folder / name).exists()}
    salt = secrets.token_bytes(16)
    sealed = encrypt(_key(passphrase, salt, _COST), json.dumps(found).encode())
    return KeyCopy(key_id=key_id, salt=salt, cost=_COST, sealed=sealed).model_dump_json(indent=1).encode()


def key_copy(content: bytes, name: str) -> KeyCopy:
    """SetupError when `content`, of the file `name`, is none."""
    try:
        return KeyCopy.model_validate_json(content)
    except ValidationError as error:
        raise SetupError(f"{name} is no key file of `hall key export`, or is damaged: take another copy.") from error


def bring_back(copy: KeyCopy, folder: Path, passphrase: str) -> list[str]:
    """Write the secrets that `folder` lacks; their names. SetupError when another one is there or it does not open."""
    try:
        opened = decrypt(_key(passphrase, copy.salt, copy.cost), copy.sealed)
    except DecryptionError as error:
        raise SetupError("The passphrase does not open this key file: try it again, or take another copy.") from error
    found = {name: b64decode(text) for name, text in json.loads(opened).items() if name in SECRETS}
    for name, content in found.items():
        if (folder / name).exists() and (folder / name).read_bytes() != content:
            raise SetupError(f"{folder / name} is another one: move it away first, and keep it.")
    missing = [name for name in SECRETS if name in found and not (folder / name).exists()]
    for name in missing:
        write_whole(folder / name, found[name])
    return missing


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    secret = passphrase.encode()
    return hashlib.scrypt(secret, salt=salt, n=cost, r=_BLOCK, p=1, maxmem=_MOST_MEMORY, dklen=KEY_BYTES)
