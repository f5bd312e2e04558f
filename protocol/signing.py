"""What a hall says under its own name: Ed25519 (RFC 8032), with a key that follows from the hall's private key."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"yinling hall signing 1"


class SignatureError(Exception):
    """Something does not come from whom it should; the text is one plain sentence."""


def verify_key_of(private: bytes) -> bytes:
    """The 32 bytes by which the signatures of the hall with this 32-byte X25519 key are checked."""
    return _signer(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    """64 bytes; the same message always gets the same signature."""
    return _signer(private).sign(message)


def verify(verify_key: bytes, signature: bytes, message: bytes) -> None:
    """SignatureError unless the holder of the key that belongs to `verify_key` (32 bytes) signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(verify_key).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise SignatureError("This was not signed by this kiosk's hall, or was changed on the way.") from error


def _signer(private: bytes) -> Ed25519PrivateKey:
    """Its seed is drawn from the private key by HKDF, so that a hall has one secret to keep and not two."""
    return Ed25519PrivateKey.from_private_bytes(HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(private))
