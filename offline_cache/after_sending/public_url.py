"""Where receipts have a page, as the hall said last: a receipt is printed while the line is down, too."""

from offline_cache.store import Store

_NAME = "public_url"


def public_url(store: Store) -> str:
    """ "" for none. StoreError."""
    return store.get(_NAME) or ""


def keep_public_url(store: Store, told: str) -> None:
    """StoreError."""
    if told != public_url(store):
        store.set(_NAME, told)
