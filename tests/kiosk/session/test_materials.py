"""What is still to be brought stands on the check screen, on the receipt and on its paper."""

import every_kind
import pytest

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.testing.printer import PlayedPrinter
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts


@pytest.fixture
def asked(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Rehearsal:
    papers = [every_kind.step(one) for one in ("household_booklet", "photo")]
    return every_kind.asked(catalogue, texts, pinyin, *papers)


def values(asked: Rehearsal) -> dict[str, str]:
    return {row.label: row.value for row in asked.session.screen().rows}


def test_three_answers_are_offered_each_with_a_picture_and_words(asked: Rehearsal) -> None:
    shown = asked.session.screen().choices
    assert [one.label for one in shown] == ["带来了", "到窗口再交", "家里人送来"]
    assert all(one.icon for one in shown)
    asked.session.hear("到窗口再交")
    assert asked.session.screen().name == "question-photo"


def test_what_is_missing_is_listed_to_the_end(asked: Rehearsal) -> None:
    printer = PlayedPrinter()
    asked.session.equip(printer=printer)
    asked.do("answer", "at_counter")
    asked.do("answer", "family")
    assert values(asked)["户口本"] == "到窗口再交"
    assert "照样可以先把表交上去" in asked.session.screen().rows[0].value
    asked.do("send")
    assert "还要交来：户口本、一寸照片" in asked.session.screen().lines
    assert "还要交来：户口本、一寸照片" in asked.session.screen().say
    asked.finish_background()
    assert printer.page
    assert "还要交来：户口本（到窗口再交）、一寸照片（家里人送来）" in printer.page.lines


def test_nothing_is_listed_when_all_is_here(asked: Rehearsal) -> None:
    asked.do("answer", "have")
    asked.do("answer", "have")
    assert "还要交来" not in values(asked)
