"""When to try again: random delays that grow, whatever happens to the clock."""

from datetime import datetime, timedelta
from random import uniform

FIRST_DELAY_S = 2.0
LONGEST_DELAY_S = 300.0


def backoff_s(attempts: int) -> float:
    """Seconds to wait after `attempts` failures in a row: random, so that a town's kiosks do not return as one."""
    doublings = min(attempts - 1, 16)  # the longest delay is reached long before
    return uniform(FIRST_DELAY_S / 2, min(FIRST_DELAY_S * 2**doublings, LONGEST_DELAY_S))


def seconds_until_due(tried_at: str | None, next_try_at: str | None, now: datetime) -> float:
    """Seconds until the next try, 0.0 when due; also 0.0 when the clock was set back to before the last try."""
    if tried_at is None or next_try_at is None or now < datetime.fromisoformat(tried_at):
        return 0.0
    return max(0.0, (datetime.fromisoformat(next_try_at) - now).total_seconds())


def after(now: datetime, seconds: float) -> str:
    """The time `seconds` after `now`, as rows keep it: ISO 8601."""
    return (now + timedelta(seconds=seconds)).isoformat()
