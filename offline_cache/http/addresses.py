"""Addresses that a hall may have."""

from urllib.parse import urlsplit


def has_host(url: str) -> bool:
    parts = urlsplit(url)
    try:
        return bool(parts.hostname) and (parts.port is None or parts.port > 0) and not any(c.isspace() for c in url)
    except ValueError:  # the port is not a number between 0 and 65535
        return False
