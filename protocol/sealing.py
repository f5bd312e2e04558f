"""Seal a form to the hall's public key: HPKE (RFC 9180) with X25519, HKDF-SHA256 and AES-256-GCM.

Whoever holds only the public key (a kiosk) can seal but never open, not even what it sealed itself.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
OVERHEAD_BYTES = 48  # the encapsulated key (32) and the authentication tag (16)


class SealError(Exception):
    """A key is not a key, or a sealed form cannot be opened; the text is one plain sentence."""


@dataclass(frozen=True)
class KeyPair:
    """Raw X25519 keys, 32 bytes each; the private one never shows in a repr or a log."""

    private: bytes = field(repr=False)
    public: bytes


def generate_keys() -> KeyPair:
    """A new random key pair."""
    private = X25519PrivateKey.generate()
    return KeyPair(private.private_bytes_raw(), private.public_key().public_bytes_raw())


def public_key_of(private_key: bytes) -> bytes:
    """The 32-byte public key that belongs to a 32-byte private key; SealError if it is no key."""
    return _private(private_key).public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """A short name for a public key (16 hex digits), to tell one hall's key from another's."""
    return sha256(public).hexdigest()[:16]


def seal(public_key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Seal plaintext so that only the holder of the private key can open it, and only with this same context.

    The result is `OVERHEAD_BYTES` longer than the plaintext and differs at every call. SealError if the key is no key.
    """
    try:
        return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public_key), info=context)
    except ValueError as error:
        raise SealError("The hall's public key is not a usable X25519 key; fetch it from the hall again.") from error


def open_sealed(private_key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Open what `seal` made; SealError if the key or the context differs or a byte was changed."""
    try:
        return _SUITE.decrypt(sealed, _private(private_key), info=context)
    except (InvalidTag, ValueError) as error:
        raise SealError(
            "The sealed form cannot be opened: it was sealed to another key or as another submission, or was damaged."
        ) from error


@lru_cache(4)  # reading it costs as much as opening a form
def _private(raw: bytes) -> X25519PrivateKey:
    try:
        return X25519PrivateKey.from_private_bytes(raw)
    except ValueError as error:
        raise SealError("The private key is damaged: it must be 32 bytes; restore it from your copy.") from error
