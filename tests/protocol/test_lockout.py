"""Guessing takes ever longer, whatever is done to the clock, and nobody is shut out for good."""

from hypothesis import given
from hypothesis import strategies as st

from protocol.lockout import Lockout, Tries

LOCKOUT = Lockout(free_tries=3, first_wait_s=30, longest_wait_s=3600)
FORGETTING = Lockout(free_tries=3, first_wait_s=30, longest_wait_s=3600, forgotten_after_s=86400)
YEAR_S = 365 * 24 * 3600


def guess(lockout: Lockout, tries: Tries, times: int, now: float) -> Tries:
    """So many tries in a row, each as soon as it may be made."""
    for _ in range(times):
        tries, wait_s = lockout.take(tries, now)
        if wait_s:
            now += wait_s
            tries, wait_s = lockout.take(tries, now)
        assert wait_s == 0
    return tries


def waits(lockout: Lockout, times: int) -> list[float]:
    """What one has to wait after each of so many tries in a row."""
    tries, now, seen = Tries(), 1000.0, []
    for _ in range(times):
        tries, _ = lockout.take(tries, now)
        _, wait_s = lockout.look(tries, now)
        seen.append(wait_s)
        now += wait_s
    return seen


def test_after_the_free_tries_each_wait_is_twice_the_last_up_to_the_longest() -> None:
    assert waits(LOCKOUT, 12) == [0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_a_try_made_too_early_is_refused_and_costs_nothing() -> None:
    tries = guess(LOCKOUT, Tries(), 3, 1000.0)
    assert LOCKOUT.take(tries, 1000.0) == (tries, 30.0)
    assert LOCKOUT.take(tries, 1029.5) == (tries, 0.5)
    assert LOCKOUT.take(tries, 1030.0) == (Tries(4, 1090.0), 0.0)


def test_looking_counts_nothing() -> None:
    tries = guess(LOCKOUT, Tries(), 2, 1000.0)
    assert LOCKOUT.look(tries, 1001.0) == (tries, 0.0)


def test_a_clock_set_back_begins_the_wait_anew_and_only_once() -> None:
    tries = guess(LOCKOUT, Tries(), 4, 1000.0 + 10 * YEAR_S)
    tries, wait_s = LOCKOUT.take(tries, 1000.0)
    assert (tries.count, wait_s) == (4, 60.0)
    assert LOCKOUT.take(tries, 1059.0)[1] == 1.0
    assert LOCKOUT.take(tries, 1060.0)[1] == 0.0


def test_a_clock_set_forward_ends_a_wait_but_loses_no_count() -> None:
    tries = guess(LOCKOUT, Tries(), 5, 1000.0)
    tries, wait_s = LOCKOUT.take(tries, 1000.0 + 10 * YEAR_S)
    assert (tries.count, wait_s) == (6, 0.0)
    assert LOCKOUT.look(tries, 2000.0)[1] == 240.0  # set right again


def test_only_a_quiet_day_forgets_and_only_where_it_may() -> None:
    tries = guess(FORGETTING, Tries(), 3, 1000.0)
    assert FORGETTING.take(tries, 1030.0 + 86400)[0].count == 4
    assert FORGETTING.take(tries, 1031.0 + 86400)[0].count == 1
    assert LOCKOUT.take(tries, 1000.0 + YEAR_S)[0].count == 4


def test_a_million_tries_still_wait_the_longest() -> None:
    assert LOCKOUT.after(10**6, 0.0) == Tries(10**6, 3600.0)


def test_tries_are_kept_as_text() -> None:
    tries = guess(LOCKOUT, Tries(), 4, 1795170600.123456)
    assert Tries.parse(str(tries)) == tries
    assert Tries.parse("3 1234") == Tries(3, 1234.0)


@given(st.lists(st.floats(-20 * YEAR_S, 20 * YEAR_S, allow_nan=False), min_size=1, max_size=40))
def test_whatever_the_clock_does_the_longest_wait_is_the_longest_and_no_count_is_lost(jumps: list[float]) -> None:
    tries, now = Tries(), 1e9
    for jump in jumps:
        now += jump
        before = tries
        tries, wait_s = LOCKOUT.take(tries, now)
        assert 0 <= wait_s <= LOCKOUT.longest_wait_s
        assert tries.count == before.count + (wait_s == 0)
        assert LOCKOUT.look(tries, now + LOCKOUT.longest_wait_s + 1)[1] == 0
