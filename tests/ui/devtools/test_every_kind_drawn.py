"""A question of every kind of field, walked, drawn and measured; the services that are shipped do not use them all."""

from pathlib import Path

import every_kind
from ui_support import INCH_15

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.state.look import Look
from kiosk.texts.strings import Texts
from ui.devtools.screenshots import Panel, Studio

LYING = Panel((1920, 1080), INCH_15)  # in fewer pixels a key is rounded to less than 16 mm


def test_nothing_is_cut_small_or_unheard(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, tmp_path: Path
) -> None:
    """In the look that has the least room: 15 inches, large text, English."""
    studio = Studio(every_kind.every_kind(catalogue), texts, pinyin, Look("en", "L"), LYING)
    studio.rehearsal.session.do("start")
    labels = []
    for number, (label, screen) in enumerate(every_kind.walk(studio.rehearsal)):
        if label.startswith(every_kind.ID):
            studio.take(label, screen, tmp_path, number)
            labels.append(label)
    studio.window.close()
    assert {f"{every_kind.ID}:question-{one['id']}" for one in every_kind.steps()} <= set(labels)
    assert not [str(problem) for problem in studio.problems]
