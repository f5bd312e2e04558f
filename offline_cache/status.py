"""What `kiosk outbox status` shows: how many forms are in which state, and why. Never what a person answered."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from offline_cache.store import OutboxState, Store


def outbox_status(store: Store) -> dict[str, Any]:
    """{"waiting", "delivered", "refused", "blocked", "damaged": counts, "entries": [...]}, oldest first."""
    items = store.outbox()
    counts = Counter(item.state for item in items)
    return {
        **{state: counts[state] for state in [*OutboxState, "damaged"]},
        "entries": [asdict(item) for item in items],
    }
