"""What the window needs of whatever listens, and what it shows of it; ui.speech.microphone_listener is the real one."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from kiosk.screens.common.model import Screen

# What the window does by itself (kiosk.state.actions.WindowAction).
TALK: Final = "talk"
PAGE: Final = "page"


@dataclass(frozen=True)
class Hearing:
    """What the microphone is doing. `line` is said in words; `blocked` means that nothing can be heard here."""

    state: Literal["blocked", "idle", "listening", "heard"]
    line: str = ""

    @property
    def live(self) -> bool:
        return self.state in ("listening", "heard")


class Listener(QObject):
    changed = Signal()  # what `hearing` returns is another
    level = Signal(float)  # 0 to 1, while listening
    page_wanted = Signal()  # the phrase that turns the page was said

    def hearing(self) -> Hearing:
        """What the listening bar shows."""
        raise NotImplementedError

    def follow(self, screen: Screen) -> bool:
        """Listen for what may be said on this screen; whether `hearing` is another now."""
        raise NotImplementedError

    def talk(self) -> None:
        """The button to speak was pressed, by a finger or a key."""
        raise NotImplementedError

    def hold(self) -> None:
        """The button is down."""
        raise NotImplementedError

    def let_go(self) -> None:
        """The button is up again: after a short press it goes on listening, after a long one it decides."""
        raise NotImplementedError
