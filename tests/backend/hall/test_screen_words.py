"""Staff read where somebody stood in words, of every screen from which they can be called or an order left."""

from backend.hall.hall import Hall
from backend.hall.screens import screen_words
from kiosk.testing.rehearsal import Rehearsal


def test_each_screen_has_words(hall: Hall, rehearsal: Rehearsal) -> None:
    screens = {
        screen.name for _, screen in rehearsal.walk(["progress-query", "turning-eighty"])
        if rehearsal.session.state.overlay in (None, "trouble")  # what else lies over a screen is not told to staff
    }  # fmt: skip
    assert len(screens) > 30
    assert [one for one in screens if screen_words(hall, one, None).zh == one] == []
