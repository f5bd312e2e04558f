"""What the hall has told of itself with its last answer to a heartbeat: it counts while the line is down, too."""

from offline_cache.store import Store
from protocol.wire import HeartbeatAnswer

_PUBLIC_URL, _ASKS_OFFICES = "public_url", "asks_offices"


def public_url(store: Store) -> str:
    """Where receipts have a page, "" for nowhere. StoreError."""
    return store.get(_PUBLIC_URL) or ""


def asks_offices(store: Store) -> bool:
    """Whether it asks other offices what they know. StoreError."""
    return store.get(_ASKS_OFFICES) == "yes"


def keep_told(store: Store, answer: HeartbeatAnswer) -> None:
    """StoreError."""
    told = {_PUBLIC_URL: answer.public_url, _ASKS_OFFICES: "yes" if answer.asks_offices else ""}
    for name, value in told.items():
        if value != (store.get(name) or ""):
            store.set(name, value)
