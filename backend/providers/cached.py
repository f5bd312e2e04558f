"""A provider that is not asked the same twice within a minute. Answers are in memory alone."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import TypeVar, cast

from backend.providers.inquiries import Inquiry
from backend.providers.provider import Provider
from backend.providers.values import Missing, Told

A = TypeVar("A", bound=Told)
MOST = 500


class CachedProvider:
    def __init__(self, provider: Provider, clock: Callable[[], float] = monotonic) -> None:
        self._provider, self._clock, self._lock = provider, clock, Lock()
        self._kept: dict[Inquiry[Told], tuple[float, Told | Missing]] = {}  # with the time until which it is fresh

    def ask(self, inquiry: Inquiry[A]) -> A | Missing:
        """What was answered just before, else what the provider says now. ProviderAway, which is not kept."""
        key: Inquiry[Told] = inquiry
        with self._lock:
            self._forget_old()
            if key in self._kept:
                return cast(A | Missing, self._kept[key][1])
        answer = self._provider.ask(inquiry)
        with self._lock:
            if len(self._kept) >= MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = (self._clock() + inquiry.fresh_s, answer)
        return answer

    def _forget_old(self) -> None:
        now = self._clock()
        for inquiry in [one for one, (until, _) in self._kept.items() if until <= now]:
            del self._kept[inquiry]
