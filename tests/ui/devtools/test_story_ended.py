"""A story of `kiosk demo` that is ended early."""

import os
from signal import SIGTERM, getsignal

import pytest

from ui.devtools.stories.play import ended_in_order


def told_to_end(put_away: list[str]) -> None:
    with ended_in_order():
        try:
            os.kill(os.getpid(), SIGTERM)
        finally:
            put_away.append("hall")


def test_sigterm_lets_a_story_put_everything_away() -> None:
    before = getsignal(SIGTERM)
    put_away: list[str] = []
    with pytest.raises(SystemExit) as ended:
        told_to_end(put_away)
    assert (put_away, ended.value.code, getsignal(SIGTERM)) == (["hall"], 143, before)
