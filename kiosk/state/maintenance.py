"""What is known on the screens for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

LEAST_PIN_DIGITS, MOST_PIN_DIGITS = 6, 12


@dataclass(frozen=True)
class Finding:
    """What was found of one part of the terminal, by `kiosk doctor` too.

    `mend` says what to do about it, "" where all is well. Degraded: people can still be served."""

    part: str
    status: Literal["ok", "degraded", "failed"]
    detail: str
    mend: str = ""


@dataclass
class MaintenanceState:
    """First the PIN is asked for, then every part is shown."""

    has_pin: bool  # whether a PIN was set for this kiosk at all
    typed: str = ""
    wrong: bool = False
    wait_s: int = 0  # before the next try
    is_open: bool = False
    found: Sequence[Finding] | None = None  # None while it is looked
