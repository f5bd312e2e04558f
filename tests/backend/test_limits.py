"""Wrong tries are counted in the database: by many at once, and under a clock that jumps."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hall_support import StandingClock

from backend.foundation.database import Database
from backend.foundation.limits import LOCKOUT, TooManyTriesError, take_try
from backend.hall.hall import Hall


def is_taken(hall: Hall) -> bool:
    try:
        take_try(hall.database, "one", hall.clock())
    except TooManyTriesError:
        return False
    return True


def test_many_at_once_get_no_more_than_the_free_tries(hall: Hall) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: is_taken(hall), range(40)))
    assert taken.count(True) == LOCKOUT.free_tries


def test_a_clock_ten_years_ahead_and_set_right_again_locks_nobody_out(hall: Hall, clock: StandingClock) -> None:
    clock.pass_(days=3650)
    assert [is_taken(hall) for _ in range(6)] == [True] * 5 + [False]
    clock.pass_(days=-3650)
    with pytest.raises(TooManyTriesError) as error:
        take_try(hall.database, "one", hall.clock())
    assert error.value.retry_after == 30
    clock.pass_(seconds=29)
    assert not is_taken(hall)
    clock.pass_(seconds=1)
    assert is_taken(hall)
    with pytest.raises(TooManyTriesError, match="60 seconds"):
        take_try(hall.database, "one", hall.clock())


def test_whoever_must_wait_and_tries_all_the_same_costs_no_write(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [is_taken(hall) for _ in range(5)] == [True] * 5
    monkeypatch.delattr(Database, "write")
    assert not is_taken(hall)
