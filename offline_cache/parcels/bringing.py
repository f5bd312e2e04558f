"""Bringing parcels to the hall, after all forms that are due."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Generic
from uuid import UUID

from offline_cache.hall_client import HallBlocked, HallClient, HallRefused, HallUnreachable
from offline_cache.parcels.parcels import Parcels, Row
from offline_cache.store import Store

log = logging.getLogger(__name__)


class BringingParcels(Generic[Row]):
    """Brings what is due. One that fails while the hall works holds nothing up: `delay_s(tries)` says in how many
    seconds it is tried again. `answers` asks the hall for something else, and raises the client's errors."""

    def __init__(
        self,
        parcels: Parcels[Row],
        store: Store,
        client: HallClient,
        answers: Callable[[], object],
        delay_s: Callable[[int], float],
    ) -> None:
        self._parcels: Parcels[Row] = parcels
        self._audit = store.audit
        self._client, self._answers, self._delay_s = client, answers, delay_s

    def are_due(self, now: datetime) -> bool:
        return bool(self._parcels.due(now))

    def bring(self, now: datetime, generation: UUID | None, stop: Callable[[], bool]) -> None:
        """Until `stop` says so. HallUnreachable and HallBlocked when the line is down; StoreError."""
        for name in self._parcels.due(now):
            if stop():
                return
            if row := self._parcels.load(name):
                self._bring_one(row, now, generation)

    def _bring_one(self, row: Row, now: datetime, generation: UUID | None) -> None:
        try:
            told = self._parcels.tell(self._client, row)
        except HallUnreachable as error:
            if error.retry_after is not None:
                raise
            with suppress(HallRefused):  # which is an answer too
                self._answers()
            self._parcels.put_off(row.uuid, now, str(error), self._delay_s)
        except HallBlocked as error:
            self._parcels.put_off(row.uuid, now, str(error), self._delay_s)
            raise
        except HallRefused as refusal:
            log.error("The hall does not take a %s: %s", row.__tablename__, refusal)
            self._parcels.refused(row.uuid, now, str(refusal))
        else:
            if told is None:
                self._parcels.put_off(row.uuid, now, "The hall does not have the form yet.", self._delay_s)
            else:
                self._parcels.answered(row.uuid, now, told, generation)
                self._audit.note("kiosk", *self._parcels.noted(row))
