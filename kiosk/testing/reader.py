"""A scanner or card reader without a device."""

from collections.abc import Callable
from typing import Generic, TypeVar

Read = TypeVar("Read")


class SimulatedReader(Generic[Read]):
    """A reader without a device: `present` something to it."""

    def __init__(self) -> None:
        self._on_read: Callable[[Read], None] | None = None

    def start(self, on_read: Callable[[Read], None]) -> None:
        self._on_read = on_read

    def stop(self) -> None:
        self._on_read = None

    def present(self, what: Read) -> None:
        if self._on_read:
            self._on_read(what)
