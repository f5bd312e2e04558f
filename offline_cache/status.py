"""What `kiosk outbox status` shows: how many forms are where, and why. Never anything a person answered."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from offline_cache.store import OutboxState, Store


def outbox_status(store: Store) -> dict[str, Any]:
    """{"waiting", "delivered", "refused", "blocked", "damaged": counts, "entries": [...]}, oldest first."""
    entries = store.entries()
    counts = Counter(entry.state for entry in entries)
    return {
        **{state: counts[state] for state in [*OutboxState, "damaged"]},
        "entries": [asdict(entry) for entry in entries],
    }
