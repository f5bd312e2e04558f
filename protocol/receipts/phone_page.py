"""The address of a receipt's page at the hall: the hall's public address, the number, and a code that is nowhere else.

The code is on the receipt alone. The hall gets its hash with the form, so that nobody finds a page by counting through
numbers, and nobody who reads the hall's database can open one.
"""

import re
import secrets
from hashlib import sha256

_PART = re.compile(r"([1-9][0-9]{11})-([A-Za-z0-9_-]{22})")
LONGEST = 200  # characters of an address


def new_code() -> str:
    """128 bits, as 22 characters."""
    return secrets.token_urlsafe(16)


def page_key(number: str, code: str) -> str:
    """What the hall keeps of it: SHA-256, hex."""
    return sha256(f"yinling page 1\n{number}\n{code}".encode()).hexdigest()


def page_address(public_url: str, number: str, code: str) -> str:
    return f"{public_url}/r/{number}-{code}"


def page_named(part: str) -> tuple[str, str] | None:
    """Number and code of the page that the last part of an address names; None when it can be none."""
    found = _PART.fullmatch(part)
    return (found[1], found[2]) if found else None


def number_in(address: str) -> str | None:
    """The receipt number in such an address; None when it is none."""
    if len(address) > LONGEST + 40 or not address.startswith(("https://", "http://")):
        return None
    before, _, part = address.rpartition("/r/")
    named = page_named(part) if before else None
    return named[0] if named else None
