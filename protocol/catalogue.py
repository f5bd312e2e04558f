"""The county's folder as the hall gives it to its kiosks: a list of files, each known by its hash, and a signed notice
of the newest list.

A kiosk fetches only the files that it lacks, so a changed text costs a few kilobytes and a broken line loses nothing.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from protocol.rules import RegisteredRules
from protocol.signing import sign, verify
from protocol.wire import Bytes, Sha256Hex, WireAnswer

MAX_FILE_BYTES = 1024 * 1024
MAX_FILES = 3000
# Up to four folders deep, no part begins with a dot: it cannot lead out of the folder.
FilePath = Annotated[str, StringConstraints(pattern=r"^[\w-][\w. -]*(/[\w-][\w. -]*){0,4}$", max_length=200)]


class FileList(WireAnswer):
    """Each file of the folder by its path within it, with the sha256 of what is in it."""

    files: Annotated[dict[FilePath, Sha256Hex], Field(max_length=MAX_FILES)]


class CatalogueNotice(WireAnswer):
    """Which list of files is the newest. Numbers grow, so that an old notice is known as one: seconds since 1970."""

    number: Annotated[int, Field(ge=1)]
    file_list: Sha256Hex
    signature: Bytes


def signed_notice(private: bytes, number: int, file_list: str) -> CatalogueNotice:
    """The notice of the hall with this private key (32 bytes)."""
    return CatalogueNotice(
        number=number, file_list=file_list, signature=sign(private, _signed_bytes(number, file_list))
    )


def check_notice(notice: CatalogueNotice, verify_key: bytes) -> None:
    """SignatureError when it is not of the hall with this key (protocol.signing.verify_key_of, 32 bytes)."""
    verify(verify_key, notice.signature, _signed_bytes(notice.number, notice.file_list))


def _signed_bytes(number: int, file_list: str) -> bytes:
    return f"yinling catalogue 1\n{number}\n{file_list}".encode()


def signed_rules(private: bytes, number: int, rules: dict[str, list[str]]) -> RegisteredRules:
    """Of the hall with this private key (32 bytes)."""
    return RegisteredRules(number=number, rules=rules, signature=sign(private, _signed_rules(number, rules)))


def check_rules(told: RegisteredRules, verify_key: bytes) -> None:
    """SignatureError when they are not of the hall with this key (protocol.signing.verify_key_of, 32 bytes)."""
    verify(verify_key, told.signature, _signed_rules(told.number, told.rules))


def _signed_rules(number: int, rules: dict[str, list[str]]) -> bytes:
    lines = [f"{service} {digest}" for service, digests in sorted(rules.items()) for digest in sorted(digests)]
    return "\n".join(["yinling rules 1", str(number), *lines]).encode()
