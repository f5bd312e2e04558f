"""A tall panel is filled with what people came to read, and what stands still goes on standing still."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_support import Kiosk

from kiosk.state.look import Look
from ui.speech.listener import Hearing
from ui.widgets.label import Label
from ui.widgets.part import Backdrop
from ui.widgets.pictures import Drawing


def test_no_key_moves_when_the_kiosk_listens(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk()
    kiosk.walk_to("question-resident_id")
    before = kiosk.button("1").geometry()
    kiosk.listener.shown = Hearing("listening", kiosk.rehearsal.session.texts("ui.listening", "zh"))
    kiosk.window.refresh()
    assert kiosk.button("1").geometry() == before


def test_a_larger_text_size_is_larger_where_there_is_room(make_kiosk: Callable[..., Kiosk]) -> None:
    shown = []
    for text in ("S", "M", "L"):
        kiosk = make_kiosk(look=Look(text=text))
        kiosk.walk_to("question-town")
        kiosk.window.refresh()
        view = kiosk.window.view
        shown.append(view.theme.em_mm(view.meaning.font_role))
    assert shown[0] * 1.1 < shown[1] < shown[2] / 1.1


def test_papers_are_a_list_under_the_name_of_the_errand(make_kiosk: Callable[..., Kiosk]) -> None:
    """Each has its drawing, and nothing on it looks as if it could be pressed."""
    kiosk = make_kiosk()
    kiosk.do("start", ("choose", "old-age-allowance"))
    kiosk.window.refresh()
    assert kiosk.screen.title == "高龄津贴"
    parts = kiosk.window.view.pool.used
    drawings = [part.accessibleName() for part in parts if isinstance(part, Drawing) and not part.isHidden()]
    assert [name[:5] for name in drawings] == ["一张身份证", "一个户口本", "一张银行卡"]
    behind = [part for part in parts if isinstance(part, Backdrop)]
    names = [part for part in parts if isinstance(part, Label) and part.string in ("身份证", "户口本", "银行卡或存折")]
    assert len(names) == 3
    assert not any(field.geometry().intersects(name.geometry()) for field in behind for name in names)


def test_a_drawing_is_told_when_it_is_touched(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk()
    kiosk.walk_to("question-resident_id")
    drawing = next(part for part in kiosk.window.view.pool.used if isinstance(part, Drawing))
    assert not drawing.isHidden()
    QTest.mouseClick(drawing, Qt.MouseButton.LeftButton)
    assert kiosk.speaker.heard[-1] == (drawing.accessibleName(),)
