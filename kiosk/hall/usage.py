"""How often each service is done on this kiosk: one number a service that fades with time, and nothing of anybody."""

from collections.abc import Mapping
from typing import Protocol


class Usage(Protocol):
    """Each call takes milliseconds and never fails: without the store nothing is counted."""

    def count(self, service_id: str) -> None:
        """A form of this service was sent, or its question was asked."""

    def counts(self) -> Mapping[str, float]:
        """Of each service that was done here; one of a month ago counts half."""
