"""Of what may be said, a screen lists no more than anybody reads."""

from kiosk.screens.common.composer import SHOWN_PHRASES, Composer
from kiosk.screens.common.model import Phrase
from kiosk.testing.rehearsal import Rehearsal


def test_ten_phrases_are_listed_and_all_may_be_said(rehearsal: Rehearsal) -> None:
    composer = Composer(rehearsal.session.state, rehearsal.catalogue, rehearsal.session.texts)
    many = [Phrase(f"第{at}个", "answer", str(at), shown=at % 2 == 0) for at in range(3 * SHOWN_PHRASES)]
    sayable = composer.sayable(many, can_repeat=False)
    assert [one.text for one in sayable] == [one.text for one in many]
    assert [one.text for one in sayable if one.shown] == [f"第{2 * at}个" for at in range(SHOWN_PHRASES)]
