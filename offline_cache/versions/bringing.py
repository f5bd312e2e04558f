"""Bringing the hall the definitions that it lacks, so that it can read the forms that it has."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from pydantic import ValidationError

from offline_cache.hall_client import HallBlocked, HallClient, HallRefused, HallUnreachable
from offline_cache.retry import after, seconds_until_due
from offline_cache.store import Store
from offline_cache.versions.definitions import Definitions

log = logging.getLogger(__name__)


class Bringing:
    """What the hall lacks is noted in the store, so that it survives days without a line. One definition that fails
    while the hall works holds nothing up: it is tried again later, as `delay_s(tries)` says in seconds.

    `answers` asks the hall for something else, and raises the client's errors.
    """

    def __init__(
        self, store: Store, client: HallClient, answers: Callable[[], object], delay_s: Callable[[int], float]
    ) -> None:
        self._definitions = Definitions(store)
        self._client, self._answers, self._delay_s = client, answers, delay_s
        self._lacking: set[str] | None = None  # as the store has it; None before it was read
        self._failed: dict[str, tuple[int, str, str]] = {}  # how often, tried at, next try at

    def hall_lacks(self, digest: str) -> None:
        """The hall has said so. StoreError."""
        self._definitions.is_lacking(digest, True)
        self._lacking = None

    def are_due(self, now: datetime) -> bool:
        return bool(self._due(now))

    def bring(self, now: datetime) -> None:
        """Bring all that is due. HallUnreachable and HallBlocked when the line is down; StoreError."""
        for digest in self._due(now):
            try:
                self._client.put_definition(digest, self._definitions.get(digest) or "")
            except HallUnreachable as error:
                if error.retry_after is not None:
                    raise
                with suppress(HallRefused):  # which is an answer too
                    self._answers()
                self._put_off(digest, now)
            except HallBlocked:  # an older hall that knows of no definitions never asks; this one was put back since
                self._put_off(digest, now)
            except (HallRefused, ValidationError) as refusal:
                log.error("The hall does not take the definition %s: %s", digest, refusal)
                self._done(digest)
            else:
                self._done(digest)

    def _due(self, now: datetime) -> list[str]:
        if self._lacking is None:
            self._lacking = set(self._definitions.lacking())
        return [one for one in sorted(self._lacking) if self._wait_s(one, now) == 0]

    def _wait_s(self, digest: str, now: datetime) -> float:
        _, tried_at, next_try_at = self._failed.get(digest, (0, None, None))
        return seconds_until_due(tried_at, next_try_at, now)

    def _put_off(self, digest: str, now: datetime) -> None:
        tries = self._failed[digest][0] + 1 if digest in self._failed else 1
        self._failed[digest] = tries, now.isoformat(), after(now, self._delay_s(tries))

    def _done(self, digest: str) -> None:
        self._definitions.is_lacking(digest, False)
        self._lacking, _ = None, self._failed.pop(digest, None)
