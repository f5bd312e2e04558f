"""Scanners that type: a burst of keys faster than any finger is a scan and never gets into an answer.

A key is held back for a moment until it is clear who pressed it. Times are seconds of any steady clock.
"""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

GAP_S = 0.05  # between two keys of a scanner at most; between two of one finger it is more than 0.08
LEAST = 4  # keys in a row that no person presses so fast
LONGEST = 512  # characters of a scan; what comes after that is dropped
Key = TypeVar("Key")


@dataclass
class Wedge(Generic[Key]):
    """Tells the keys of a scanner from those of a person. `Key` is whatever the caller needs to replay a key."""

    _held: list[Key] = field(default_factory=list)
    _text: str = ""
    _last: float = 0.0

    def takes(self, key: Key, text: str, at: float) -> bool:
        """A key that types `text` was pressed ("\\r" for Enter); True when it was taken into a burst.

        One that was not taken is the person's: let `due` hand over what was held before it, then go on as usual.
        """
        if self._held and at - self._last > GAP_S:
            return False
        if text in ("\r", "\n"):
            taken = len(self._held) >= LEAST
        else:
            taken = len(text) == 1 and text.isprintable() and (bool(self._held) or not text.isspace())
        if taken:
            self._last = at
            if text not in ("\r", "\n"):
                self._held.append(key)
                self._text = (self._text + text)[:LONGEST]
        return taken

    @property
    def waiting(self) -> bool:
        return bool(self._held)

    def due(self) -> tuple[list[Key], str]:
        """The burst is over: the person's keys to replay, or else the text of a scan. Forgets both."""
        held, text = self._held, self._text
        self._held, self._text = [], ""
        return ([], text) if len(held) >= LEAST else (held, "")
