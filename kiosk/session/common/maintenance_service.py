"""What stands behind the maintenance screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk.state.maintenance import Finding


class PinLock(Protocol):
    """What kiosk.operations.staff_pin.StaffLock does."""

    @property
    def is_set(self) -> bool: ...

    def wait_s(self) -> int: ...

    def opens(self, pin: str) -> bool: ...


@dataclass(frozen=True)
class MaintenanceService:
    """`examine` looks at every part elsewhere and hands over what it found; `end` ends or restarts the terminal.

    `note` writes down what staff did.
    """

    lock: PinLock
    examine: Callable[[Callable[[Sequence[Finding]], None]], None]
    end: Callable[[Literal["restart", "quit"]], None]
    note: Callable[[Literal["pin", "pin_refused", "restart", "quit"]], None] = lambda act: None
