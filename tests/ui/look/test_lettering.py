"""Lines of text: none of a word or two is left alone at the end, and it costs no line more."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from kiosk.texts.words import Words
from ui.look.lettering import LEAST_LAST_EM, WORD_JOINER, Lettering, lay_out
from ui.look.theme import Theme

FONT = Theme((1080, 1920), 686).font("body")
EM = FONT.pixelSize()
pytestmark = pytest.mark.usefixtures("qapp")
LEFT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter


def lines(lettering: Lettering) -> list[str]:
    (layout,) = lettering._layouts
    return [
        layout.text()[line.textStart() : line.textStart() + line.textLength()].strip().replace(WORD_JOINER, "")
        for line in (layout.lineAt(at) for at in range(layout.lineCount()))
    ]


@pytest.mark.parametrize("align", [LEFT, CENTRE])
def test_a_last_line_of_one_character_is_shared_out(align: Qt.AlignmentFlag) -> None:
    told = lines(lay_out("问住在哪里，是为了把事情转给您那边的工作人员。", FONT, 21 * EM, 1.3, align))
    assert len(told) == 2
    assert min(len(line) for line in told) >= 9


def test_a_long_last_line_stays() -> None:
    told = lines(lay_out("请" * 15, FONT, 10 * EM, 1.3, LEFT))
    assert [len(line) for line in told] == [10, 5]


def test_what_a_button_is_called_stands_on_one_line() -> None:
    for width in range(6, 20):
        told = lines(lay_out("没有门牌，按“下一步”就行。", FONT, width * EM, 1.3, LEFT))
        assert any("“下一步”" in line for line in told), told


def test_no_sentence_begins_with_one_character_at_the_end_of_a_line() -> None:
    words = Words.common(["工作人员", "费心", "怪"])
    for width in range(9, 24):
        told = lines(lay_out("让您费心了，不怪您。叫工作人员来陪您办，好吗？", FONT, width * EM, 1.3, LEFT, words))
        assert not any(line.endswith(("。叫", "，不", "，好")) for line in told), told


@pytest.mark.parametrize("endless", ["W" * 200, "0" * 200, "https://hall.example/" + "a1" * 80])
def test_what_has_no_space_for_very_long_is_broken_where_a_line_is_full(endless: str) -> None:
    shown = lay_out("Note " + endless, FONT, 12 * EM, 1.3, LEFT)
    assert shown.natural_width <= 12 * EM
    assert "".join(shown.lines) == "Note " + endless


def test_a_long_word_is_never_broken() -> None:
    word = "Lebensversicherungsgesellschaf"
    assert lay_out(f"an {word}", FONT, 5 * EM, 1.3, LEFT).lines == ("an ", word)


def inked(lettering: Lettering, height: int, top: int) -> list[int]:
    """How much ink each row of an image has, in which the text is painted `top` pixels from above."""
    image = QImage(lettering.width, height, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    lettering.paint(painter, 0, top, "#000000")
    painter.end()
    return [sum(255 - value for value in bytes(image.scanLine(row))) for row in range(height)]


def test_no_letter_is_cut_where_lines_stand_close() -> None:
    lettering = lay_out("gjpqy ÄÉ您鬱", FONT, 20 * EM, 1.3, LEFT)
    whole = inked(lettering, lettering.height + 2 * EM, EM)
    assert sum(inked(lettering, lettering.height, 0)) == sum(whole)


def test_a_word_as_long_as_the_line_stays_inside() -> None:
    width = round(11 * EM)
    (layout,) = lay_out("110105194912310020 ok", FONT, width, 1.3, CENTRE)._layouts
    assert layout.lineCount() == 2
    for at in range(2):
        seen = layout.lineAt(at).naturalTextRect()
        assert 0 <= seen.left() <= seen.right() <= width


def test_centred_lines_stand_in_the_middle() -> None:
    told = lay_out("问住在哪里，是为了把事情转给您那边的工作人员。", FONT, 21 * EM, 1.3, CENTRE)
    (layout,) = told._layouts
    for at in range(layout.lineCount()):
        seen = layout.lineAt(at).naturalTextRect()
        assert abs(seen.center().x() - 21 * EM / 2) <= 2
    assert told.natural_width >= LEAST_LAST_EM * EM


KNOWN = Words.common(["的", "身份证", "号码", "刚才", "收回", "您", "是", "多少", "高龄", "津贴", "说"])


@pytest.mark.parametrize(
    "text", ["您的身份证号码是多少？", "收回刚才填的", "您说的是高龄津贴？", "您的电话 138 0013 8000 号码"]
)
def test_no_line_ends_within_a_word(text: str) -> None:
    broken = [lay_out(text, FONT, width, 1.3, LEFT) for width in range(3 * EM, 12 * EM, EM // 3)]
    for told in broken:
        whole = lay_out(text, FONT, told.width, 1.3, LEFT, KNOWN)
        assert "".join(whole.lines) == "".join(told.lines) == text
        for word in ("身份证", "号码", "刚才", "收回", "多少", "高龄", "津贴", "138 0013 8000"):
            assert word not in text or any(word in line for line in whole.lines), whole.lines


def test_a_word_wider_than_the_line_does_not_fit_rather_than_being_broken() -> None:
    told = lay_out("身份证", FONT, 2 * EM, 1.3, LEFT, KNOWN)
    assert told.lines == ("身份证",)
    assert not told.on_one_line
    assert not told.painted(0, 0, QRect(0, 0, 2 * EM, 2 * EM)).fits


def test_the_caret_stands_after_what_was_typed() -> None:
    told = lay_out("身份证号码", FONT, 20 * EM, 1.3, LEFT, KNOWN)
    assert [round(told.caret(typed).x() / EM) for typed in range(6)] == [0, 1, 2, 3, 4, 5]
