"""How often each service is done on this kiosk, in its store."""

import logging
from collections.abc import Callable, Mapping
from datetime import date

from pydantic import BaseModel, ValidationError

from offline_cache.store import Store, StoreError

log = logging.getLogger(__name__)

HALF_LIFE_DAYS = 30
_LEAST = 0.01  # less is forgotten
_NAME = "service_usage"  # of a single value in the store


class _Counted(BaseModel):
    day: date
    counts: dict[str, float]

    def on(self, day: date) -> dict[str, float]:
        faded = 0.5 ** (max(0, (day - self.day).days) / HALF_LIFE_DAYS)
        return {name: count * faded for name, count in self.counts.items() if count * faded >= _LEAST}


class StoredUsage:
    """Implements kiosk.hall.usage.Usage."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store, self._today = store, today

    def count(self, service_id: str) -> None:
        today, counts = self._today(), dict(self.counts())
        counts[service_id] = counts.get(service_id, 0.0) + 1
        try:
            self._store.set(_NAME, _Counted(day=today, counts=counts).model_dump_json())
        except StoreError as error:
            log.error("%s", error)

    def counts(self) -> Mapping[str, float]:
        try:
            kept = self._store.get(_NAME)
            return _Counted.model_validate_json(kept).on(self._today()) if kept else {}
        except (StoreError, ValidationError) as error:
            log.error("How often each service was done cannot be read (%s): it is counted anew.", error)
            return {}
