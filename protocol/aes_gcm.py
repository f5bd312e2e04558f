"""Encrypt bytes with a secret key: AES-GCM with a random nonce, which stands before the ciphertext."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class DecryptionError(Exception):
    """The bytes were not encrypted with this key, or were changed since."""


def encrypt(key: bytes | bytearray, plaintext: bytes) -> bytes:
    """28 bytes longer than the plaintext (nonce and authentication tag), and different at every call."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, None)


def decrypt(key: bytes | bytearray, encrypted: bytes) -> bytes:
    """What `encrypt` was given; DecryptionError when the key differs or a byte was changed, added or cut off."""
    cipher = AESGCM(key)
    try:
        return cipher.decrypt(encrypted[:_NONCE_BYTES], encrypted[_NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
        raise DecryptionError("This cannot be opened: it was encrypted with another key, or was damaged.") from error
