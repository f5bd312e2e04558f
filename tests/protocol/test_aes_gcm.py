"""Only the key opens what was encrypted with it, and only whole."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from protocol.aes_gcm import DecryptionError, decrypt, encrypt

KEY, PLAINTEXT = bytes(range(32)), "王秀英".encode()


def test_only_the_key_opens_it() -> None:
    encrypted = encrypt(KEY, PLAINTEXT)
    assert len(encrypted) == len(PLAINTEXT) + 28
    assert decrypt(KEY, encrypted) == PLAINTEXT
    assert decrypt(bytearray(KEY), encrypted) == PLAINTEXT
    with pytest.raises(DecryptionError):
        decrypt(bytes(32), encrypted)


def test_no_nonce_comes_twice() -> None:
    assert len({encrypt(KEY, PLAINTEXT)[:12] for _ in range(100)}) == 100


def test_drafts_kept_by_earlier_versions_still_open() -> None:
    """They wrote 12 bytes of nonce, then the ciphertext with its tag."""
    nonce = b"\x07" * 12
    assert decrypt(KEY, nonce + AESGCM(KEY).encrypt(nonce, PLAINTEXT, None)) == PLAINTEXT


def test_any_changed_byte_is_noticed() -> None:
    encrypted = encrypt(KEY, PLAINTEXT)
    for at in range(len(encrypted)):
        with pytest.raises(DecryptionError):
            decrypt(KEY, encrypted[:at] + bytes([encrypted[at] ^ 1]) + encrypted[at + 1 :])


@pytest.mark.parametrize("length", [0, 7, 11, 12, 27, 36])
def test_what_was_cut_off_is_noticed(length: int) -> None:
    with pytest.raises(DecryptionError):
        decrypt(KEY, encrypt(KEY, PLAINTEXT)[:length])


def test_a_key_of_another_length_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="key"):
        decrypt(b"short", encrypt(KEY, PLAINTEXT))
