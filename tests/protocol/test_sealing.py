from uuid import UUID

import pytest

from protocol.sealing import OVERHEAD_BYTES, SealError, generate_keys, key_id, open_sealed, public_key_of, seal
from protocol.wire import sealing_context

FORM = '{"answers": {"name": "王秀英"}, "lang": "zh"}'.encode()
CONTEXT = sealing_context(UUID(int=1), "old-age-allowance", "1", "YL-0001")


def test_only_the_private_key_opens_a_sealed_form() -> None:
    keys = generate_keys()
    sealed = seal(keys.public, FORM, CONTEXT)
    assert len(sealed) == len(FORM) + OVERHEAD_BYTES
    assert "王秀英".encode() not in sealed
    assert open_sealed(keys.private, sealed, CONTEXT) == FORM
    with pytest.raises(SealError, match="cannot be opened"):
        open_sealed(generate_keys().private, sealed, CONTEXT)


def test_a_form_sealed_twice_looks_different() -> None:
    keys = generate_keys()
    assert seal(keys.public, FORM, CONTEXT) != seal(keys.public, FORM, CONTEXT)


@pytest.mark.parametrize(
    "other",
    [
        sealing_context(UUID(int=2), "old-age-allowance", "1", "YL-0001"),
        sealing_context(UUID(int=1), "progress-query", "1", "YL-0001"),
        sealing_context(UUID(int=1), "old-age-allowance", "2", "YL-0001"),
        sealing_context(UUID(int=1), "old-age-allowance", "1", "YL-0002"),
    ],
)
def test_a_sealed_form_opens_only_as_its_own_submission(other: bytes) -> None:
    keys = generate_keys()
    with pytest.raises(SealError):
        open_sealed(keys.private, seal(keys.public, FORM, CONTEXT), other)


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:20], lambda b: b"", lambda b: bytes([b[0] ^ 1]) + b[1:]]
)
def test_a_damaged_form_is_refused_in_one_sentence(damage) -> None:
    keys = generate_keys()
    with pytest.raises(SealError, match="damaged"):
        open_sealed(keys.private, damage(seal(keys.public, FORM, CONTEXT)), CONTEXT)


@pytest.mark.parametrize("bad_key", [b"", b"short", bytes(32)])
def test_a_bad_public_key_is_refused(bad_key: bytes) -> None:
    with pytest.raises(SealError, match="public key"):
        seal(bad_key, FORM, CONTEXT)


def test_keys_have_names_and_keep_their_secret_out_of_reprs() -> None:
    keys = generate_keys()
    assert len(key_id(keys.public)) == 16
    assert key_id(keys.public) != key_id(generate_keys().public)
    assert public_key_of(keys.private) == keys.public
    assert repr(keys.private) not in repr(keys)
