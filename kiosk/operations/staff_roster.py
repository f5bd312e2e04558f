"""The hall's list of staff, fetched while there is a line, so that a badge is good without one."""

import logging
from datetime import datetime, timedelta

from kiosk.hall.staff_list import keep_roster
from offline_cache.hall_client import HallClient
from offline_cache.store import Store
from offline_cache.sync import pinned_hall_key
from protocol.signing import SignatureError

FETCH_EVERY = timedelta(hours=1)
log = logging.getLogger(__name__)


class StaffRoster:
    """Fetched once after the start, then once an hour."""

    def __init__(self, store: Store, client: HallClient) -> None:
        self._store, self._client = store, client
        self._fetched_at: datetime | None = None

    def look(self, now: datetime) -> None:
        """Fetch it where it is due. The client's errors, StoreError."""
        if self._fetched_at is not None and timedelta() <= now - self._fetched_at < FETCH_EVERY:
            return
        key = pinned_hall_key(self._store)
        if key is None or not key.verify_key:
            return
        try:
            keep_roster(self._store.path.parent, self._client.staff_roster(), key.verify_key)
        except (SignatureError, OSError) as error:
            log.error("The hall's list of staff cannot be used here (%s).", error)
        self._fetched_at = now
