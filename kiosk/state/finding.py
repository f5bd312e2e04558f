"""What was found of one part of the terminal: a line of `kiosk doctor` and of the maintenance screen."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """`mend` says what to do about it, "" where all is well. Degraded: people can still be served."""

    part: str
    status: Literal["ok", "degraded", "failed"]
    detail: str
    mend: str = ""
