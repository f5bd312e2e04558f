"""What the processes of a terminal tell each other, over pipes that only they hold."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.state.draft import Draft


class ProcessMessage(StrEnum):
    SHOWN = "the first frame is on the screen"
    ALIVE = "not stuck"
    WAKE = "a form or a call was kept: tell the hall now"
    RESTART = "begin anew, with the settings as they are now"
    QUIT = "end the terminal"


@dataclass(frozen=True)
class VisitOver:
    """Nothing of the visitor is needed any more. `goes_on` says what the next process shows: a location and a look."""

    goes_on: Draft


@dataclass(frozen=True)
class Degraded:
    """What staff should know: of the devices, and of what is left out of the county's files."""

    troubles: tuple[str, ...]


@dataclass(frozen=True)
class SyncReady:
    """The store is open and the hall has an address. `damaged_store` is where a broken store was put aside."""

    hall_url: str
    damaged_store: Path | None


@dataclass(frozen=True)
class SyncFailed:
    """The sync process cannot work: one plain sentence."""

    why: str
