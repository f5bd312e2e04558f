"""How much reading is usual. The figures are those of the circuit breaker in docs/privacy.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median

HOUR = timedelta(hours=1)
_LEAST_HOURS = 10  # of one's own reading, before its median says anything


class Tier(StrEnum):
    """How private an answer is (forms.field): personal, or sensitive such as an ID number."""

    L3 = "L3"
    L4 = "L4"


@dataclass(frozen=True)
class ReadingLimit:
    """Of one tier within an hour: from `slow` reads on each waits `gap`, from `stop` on a second person has to look.

    With `times_median`, that many times what one usually reads in an hour stops too, but never fewer than `slow` reads.
    """

    slow: int
    stop: int
    gap: timedelta
    times_median: int | None = None

    def stops_at(self, usual_hours: Sequence[int]) -> int:
        """From how many reads on this person is stopped; `usual_hours`: the counts of hours in which they read."""
        if self.times_median is None or len(usual_hours) < _LEAST_HOURS:
            return self.stop
        return min(self.stop, max(self.slow, round(self.times_median * median(usual_hours))))


LIMITS = {
    Tier.L3: ReadingLimit(slow=60, stop=200, gap=timedelta(seconds=15)),
    Tier.L4: ReadingLimit(slow=10, stop=20, gap=timedelta(seconds=60), times_median=3),
}
