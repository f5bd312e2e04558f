from dataclasses import dataclass, field
from typing import TypeVar, cast

import pytest

from backend.providers import cached
from backend.providers.cached import CachedProvider
from backend.providers.inquiries import Inquiry, OnRecord, PersonOnRecord
from backend.providers.provider import ProviderAway
from backend.providers.values import MISSING, Missing, Told

A = TypeVar("A", bound=Told)
ONE, OTHER = OnRecord(id_number="11010519491231002X"), OnRecord(id_number="110105193812310028")


@dataclass
class Counting:
    """Tells how often it was asked, as a name."""

    asked: int = 0
    away: bool = False
    unknown: set[object] = field(default_factory=set)

    def ask(self, inquiry: Inquiry[A]) -> A | Missing:
        self.asked += 1
        if self.away:
            raise ProviderAway("It is away.")
        return MISSING if inquiry in self.unknown else cast(A, PersonOnRecord(full_name=str(self.asked)))


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_same_inquiry_is_not_asked_again_for_a_minute() -> None:
    provider, clock = Counting(unknown={OTHER}), Seconds()
    kept = CachedProvider(provider, clock)
    assert kept.ask(ONE) == kept.ask(ONE) == PersonOnRecord(full_name="1")
    assert kept.ask(OTHER) is kept.ask(OTHER) is MISSING
    assert provider.asked == 2
    clock.now = 59
    assert kept.ask(ONE) == PersonOnRecord(full_name="1")
    clock.now = 60
    assert kept.ask(ONE) == PersonOnRecord(full_name="3")


def test_that_it_was_away_is_not_remembered() -> None:
    provider = Counting(away=True)
    kept = CachedProvider(provider, Seconds())
    for _ in range(2):
        with pytest.raises(ProviderAway):
            kept.ask(ONE)
    provider.away = False
    assert kept.ask(ONE) == PersonOnRecord(full_name="3")


def test_it_remembers_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached, "MOST", 1)
    provider = Counting()
    kept = CachedProvider(provider, Seconds())
    for inquiry in (ONE, OTHER, OTHER, ONE):
        kept.ask(inquiry)
    assert provider.asked == 3
