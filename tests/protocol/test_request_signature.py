"""Requests are signed in one form; whatever is changed, added or left out is no signature."""

from uuid import UUID

import pytest

from protocol.request_signature import (
    HEADERS,
    VISITOR,
    RequestSignature,
    Signer,
    fingerprint,
    new_private_key,
    public_key_of,
    read_signature,
)
from protocol.signing import SignatureError

KIOSK, KEY = UUID(int=7), new_private_key()
REQUEST = ("PUT", "/submissions/1", b'{"a": 1}')


def headers(**changes: str) -> dict[str, str]:
    return Signer().headers(KEY, KIOSK, 1_800_000_000, *REQUEST) | changes


def test_what_was_signed_is_read_and_fits() -> None:
    signature = read_signature(headers())
    signature.check(public_key_of(KEY), *REQUEST)
    assert (signature.kiosk, signature.created, signature.visitor) == (KIOSK, 1_800_000_000, "level=0")


def test_the_example_of_the_rfc_fits() -> None:
    """RFC 9421, B.1.4: the key; its own signature base, with our covered parts, is signed and checked by it."""
    key = bytes.fromhex("9f8362f87a484a954e6e740c5b4c0e84229139a20aa8ab56ff66586f6a7d29c5")
    assert public_key_of(key).hex() == "26b40b8f93fff3d897112f7ebc582b232dbd72517d082fe83cfb30ddce43d1bb"
    signed = Signer().headers(key, KIOSK, 1618884473, *REQUEST)
    base = read_signature(signed)._base(*REQUEST[:2]).decode()
    assert base.splitlines()[:2] == ['"@method": PUT', '"@path": /submissions/1']
    assert base.splitlines()[-1] == f'"@signature-params": {signed["Signature-Input"].removeprefix("kiosk=")}'


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("POST", *REQUEST[1:]), ("PUT", "/submissions/2", REQUEST[2]), (*REQUEST[:2], b'{"a": 2}'), (*REQUEST[:2], b"")],
)
def test_another_request_does_not_fit(method: str, path: str, body: bytes) -> None:
    with pytest.raises(SignatureError):
        read_signature(headers()).check(public_key_of(KEY), method, path, body)


def test_another_key_or_level_does_not_fit() -> None:
    with pytest.raises(SignatureError, match="does not fit"):
        read_signature(headers()).check(public_key_of(new_private_key()), *REQUEST)
    with pytest.raises(SignatureError, match="does not fit"):
        read_signature(headers(**{VISITOR: "level=3;by=staff"})).check(public_key_of(KEY), *REQUEST)


@pytest.mark.parametrize("left_out", HEADERS)
def test_nothing_may_be_left_out(left_out: str) -> None:
    signed = headers()
    del signed[left_out]
    with pytest.raises(SignatureError, match="no signature"):
        read_signature(signed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' "content-digest"', ""),  # less is covered
        ('"@path"', '"@target-uri"'),
        ("kiosk=(", "sig1=("),
        ('alg="ed25519"', 'alg="hmac-sha256"'),
        ('alg="ed25519"', 'alg="ed25519";tag="x"'),
        ("created=1800000000;", ""),
        ("created=1800000000", "created=01800000000"),
        ("created=1800000000", "created=99999999999999"),
        ("created=1800000000", "created=-1"),
        ("00000000-0000-0000-0000-000000000007", "kiosk-7"),
        ("00000000-0000-0000-0000-000000000007", "00000000-0000-0000-0000-00000000000G"),
        ('.0"', '."'),
        ('.0"', '.00"'),
        ('.0"', '.0", kiosk2=()'),
    ],
)
def test_one_form_alone_is_read(old: str, new: str) -> None:
    said = headers()["Signature-Input"]
    assert old in said
    with pytest.raises(SignatureError, match="no signature"):
        read_signature(headers(**{"Signature-Input": said.replace(old, new)}))


def test_who_stands_there_is_told_in_ascii() -> None:
    with pytest.raises(SignatureError, match="no signature"):
        read_signature(headers(**{VISITOR: "level=２"}))


@pytest.mark.parametrize("digest", ["", "sha-256=::", "sha-512=:AAAA:", "md5=:AAAA:"])
def test_one_digest_alone_is_read(digest: str) -> None:
    with pytest.raises(SignatureError, match="no signature"):
        read_signature(headers(**{"Content-Digest": digest}))


def test_each_request_has_its_own_nonce_and_each_start_its_own() -> None:
    one, other = Signer(), Signer()

    def nonce(signer: Signer) -> tuple[str, int]:
        signature = read_signature(signer.headers(KEY, KIOSK, 1, *REQUEST))
        return signature.start, signature.number

    first, second, elsewhere = nonce(one), nonce(one), nonce(other)
    assert first[0] == second[0] != elsewhere[0]
    assert (first[1], second[1], elsewhere[1]) == (0, 1, 0)


@pytest.mark.parametrize(("seconds", "timely"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)])
def test_its_time_counts_for_five_minutes_either_way(seconds: int, timely: bool) -> None:
    signature = RequestSignature(KIOSK, 1_800_000_000, "", 0, "", b"", "")
    assert signature.is_timely(1_800_000_000 + seconds) is timely


def test_a_fingerprint_is_short_enough_to_compare() -> None:
    assert fingerprint(bytes(32)) == "6668 7AAD F862 BD77"
