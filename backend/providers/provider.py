"""Who answers inquiries about what other offices know."""

from typing import Protocol, TypeVar

from backend.providers.inquiries import Inquiry
from backend.providers.values import Missing, Told

A = TypeVar("A", bound=Told)


class ProviderAway(Exception):
    """No answer that can be believed. Its text is one sentence for staff, without personal data."""

    def __init__(self, sentence: str, *, may_pass: bool = False) -> None:
        """`may_pass`: the same inquiry, asked again at once, may be answered."""
        super().__init__(sentence)
        self.may_pass = may_pass


class Provider(Protocol):
    def ask(self, inquiry: Inquiry[A]) -> A | Missing:
        """The answer; MISSING where nothing is on record. ProviderAway."""


class NoProvider:
    """Of a hall that has none: staff look."""

    def ask(self, inquiry: Inquiry[A]) -> A | Missing:
        raise ProviderAway("This hall asks no other office: set YINLING_PROVIDER_URL where there is one.")
