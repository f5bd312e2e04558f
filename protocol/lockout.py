"""How long one must wait after wrong PINs, passwords or codes. Whoever asks has the clock, and keeps the `Tries`."""

from dataclasses import dataclass
from typing import Self

_MOST_DOUBLINGS = 32  # keeps 2 ** count small; any longest wait is reached before


@dataclass(frozen=True)
class Tries:
    """Tries in a row that were not right, and until when the next one must wait, in seconds of the asker's clock."""

    count: int = 0
    wait_until: float = 0.0

    def __str__(self) -> str:
        return f"{self.count} {self.wait_until}"

    @classmethod
    def parse(cls, text: str | None) -> Self:
        """The opposite of `str`, none for None; ValueError when it is something else."""
        if text is None:
            return cls()
        count, wait_until = text.split()
        return cls(int(count), float(wait_until))


@dataclass(frozen=True)
class Lockout:
    """After `free_tries` one waits `first_wait_s`, and twice as long after each further try, up to `longest_wait_s`.

    When the clock is found to have been set back, the present wait begins anew: nobody waits longer than the longest
    wait, and no count is lost. A clock set forward ends a wait, as time does. After `forgotten_after_s` of quiet (None:
    never) the count begins anew; that too goes by the clock.
    """

    free_tries: int
    first_wait_s: float
    longest_wait_s: float
    forgotten_after_s: float | None = None

    def take(self, tries: Tries, now: float) -> tuple[Tries, float]:
        """Ask for a try: what to keep from now on, and the seconds still to wait.

        0.0: the try is counted and may be judged once that is kept; keep `Tries()` when it was right.
        """
        tries, wait_s = self.look(tries, now)
        return (tries, wait_s) if wait_s > 0 else (self.after(tries.count + 1, now), 0.0)

    def look(self, tries: Tries, now: float) -> tuple[Tries, float]:
        """The same without asking for a try: what to keep from now on, and the seconds still to wait."""
        if self.forgotten_after_s is not None and now - tries.wait_until > self.forgotten_after_s:
            tries = Tries()
        if tries.wait_until - now > self._wait_s(tries.count):  # the clock was set back
            tries = self.after(tries.count, now)
        return tries, max(0.0, tries.wait_until - now)

    def after(self, count: int, now: float) -> Tries:
        """What to keep after `count` tries in a row, the last of them made now."""
        return Tries(count, now + self._wait_s(count))

    def _wait_s(self, count: int) -> float:
        if count < self.free_tries:
            return 0.0
        return min(self.first_wait_s * 2.0 ** min(count - self.free_tries, _MOST_DOUBLINGS), self.longest_wait_s)
