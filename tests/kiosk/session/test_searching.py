"""A choice among 300 names, looked for by letters, by a character, or said."""

import every_kind
import pytest
from long_list import choices

from forms import Catalogue
from kiosk.entry.fields.person_name import WANG
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Screen
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts


@pytest.fixture
def asked(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Rehearsal:
    listed = [choice.model_dump(mode="json", exclude_defaults=True) for choice in choices()]
    clinic = every_kind.step("born_in", choices=listed, choices_from=None, search=None, example="place_0")
    del clinic["choices_from"], clinic["search"]
    return every_kind.asked(catalogue, texts, pinyin, clinic)


def seen(asked: Rehearsal) -> list[str]:
    entry = asked.session.screen().entry
    assert entry
    return [one.label for one in entry.cards]


def press(asked: Rehearsal, letters: str) -> Screen:
    for one in letters:
        asked.do("letter", one)
    return asked.session.screen()


def test_first_letters_find_it_and_a_touch_answers(asked: Rehearsal) -> None:
    assert len(seen(asked)) == 5
    screen = press(asked, "xrmyy")
    assert seen(asked) == ["县人民医院"]
    assert asked.session.to_say() == ("是下面这些吗？", "县人民医院")
    assert screen.entry
    asked.do(screen.entry.cards[0].action, screen.entry.cards[0].value)
    assert asked.session.screen().rows[0].value == "县人民医院"
    assert asked.session.state.visit
    assert asked.session.state.visit.answers["born_in"] == "place_0"


def test_what_is_not_found_is_said_plainly_with_help(asked: Rehearsal) -> None:
    press(asked, "xrmyyq")
    assert seen(asked) == []
    assert "没有找到" in asked.session.to_say()[0]
    assert "找人帮忙" in asked.session.to_say()[0]
    asked.do("erase")
    assert seen(asked) == ["县人民医院"]


def test_the_whole_list_may_be_said_and_those_seen_by_place(asked: Rehearsal) -> None:
    said = {phrase.text for phrase in asked.session.screen().phrases if phrase.action == "answer"}
    assert {"县人民医院", "长安镇卫生院", choices()[-1].label.zh} <= said
    asked.session.hear(None, dictated="第二个")
    assert asked.session.screen().rows[0].value == "县中医院"
    asked.do("change", "born_in")
    asked.session.hear(choices()[-1].label.zh)
    assert asked.session.screen().rows[0].value == choices()[-1].label.zh


def test_a_character_that_is_written_narrows_the_list(asked: Rehearsal) -> None:
    asked.do("way", "hand")
    for stroke in WANG:
        asked.write(stroke)
    entry = asked.session.screen().entry
    assert entry
    assert entry.candidates == ("王", "生"), "only characters of the list are offered"
    asked.do("pick", "王")
    assert seen(asked)
    assert all("王" in name for name in seen(asked))
    asked.do("clear")
    assert seen(asked)[0] == "县人民医院"


def test_the_next_names_are_a_key_away(asked: Rehearsal) -> None:
    first = seen(asked)
    asked.do("more")
    assert len(seen(asked)) == 5
    assert not set(seen(asked)) & set(first)


def test_what_was_answered_is_kept_while_one_looks_again(asked: Rehearsal) -> None:
    asked.session.hear("县中医院")
    asked.do("change", "born_in")
    press(asked, "xrm")
    asked.do("back")
    assert asked.session.screen().rows[0].value == "县中医院"


def test_in_english_by_english_letters(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    asked = every_kind.asked(catalogue, texts, pinyin, every_kind.step("born_in"), lang="en")
    press(asked, "hey")
    assert seen(asked) == ["Heyan"]
