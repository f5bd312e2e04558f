import pytest

from kiosk.entry.pinyin import PinyinTable


@pytest.mark.parametrize(
    ("letters", "first"), [("wang", "王"), ("li", "李"), ("zhang", "张"), ("lv", "吕"), ("chen", "陈"), ("ou", "欧")]
)
def test_names_come_first(pinyin: PinyinTable, letters: str, first: str) -> None:
    assert first in pinyin.candidates(letters)[:3]


@pytest.mark.parametrize(
    ("letters", "character"), [("ying", "英"), ("zeng", "曾"), ("shan", "单"), ("qiu", "仇"), ("xie", "解")]
)
def test_all_readings_are_there(pinyin: PinyinTable, letters: str, character: str) -> None:
    assert character in pinyin.candidates(letters)


@pytest.mark.parametrize(("letters", "rare"), [("hong", "𬭎"), ("jie", "㛃"), ("nv", "女"), ("lve", "略")])
def test_rare_characters_are_there_but_not_first(pinyin: PinyinTable, letters: str, rare: str) -> None:
    assert rare in pinyin.candidates(letters)


def test_half_a_syllable_offers_the_usual_characters(pinyin: PinyinTable) -> None:
    assert "王" in pinyin.candidates("wan") + pinyin.candidates("wa") + pinyin.candidates("w")
    assert pinyin.candidates("zh")


@pytest.mark.parametrize("letters", ["", "vv", "iu", "wangx", "ü"])
def test_what_is_no_syllable_offers_nothing(pinyin: PinyinTable, letters: str) -> None:
    assert pinyin.candidates(letters) == []


def test_no_character_twice(pinyin: PinyinTable) -> None:
    for letters in ("yi", "shi", "s", "zh"):
        offered = pinyin.candidates(letters)
        assert len(offered) == len(set(offered))
