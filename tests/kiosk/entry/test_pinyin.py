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


def test_characters_of_names_come_first_in_their_order_and_with_the_reading_they_have_in_names() -> None:
    plain, named = PinyinTable(""), PinyinTable("亡忘单shan")
    assert named.candidates("wang")[:2] == ["亡", "忘"]
    assert plain.candidates("wang")[:2] != ["亡", "忘"]
    assert named.candidates("shan")[0] == "单"
    assert named.candidates("dan") == plain.candidates("dan"), "as a surname it is read shan"


def test_common_characters_come_before_those_of_the_second_level_and_those_before_the_rest() -> None:
    offered = PinyinTable("").candidates("bei")
    places = [offered.index(one) for one in ("北", "悖", "㛝")]
    assert places == sorted(places)
    first_of_the_second_level = PinyinTable("").candidates("chu").index("亍")
    assert first_of_the_second_level > PinyinTable("").candidates("chu").index("楚")


def test_half_a_syllable_offers_four_of_each_in_the_order_of_the_alphabet() -> None:
    table = PinyinTable("")
    whole = ("zha", "zhai", "zhan", "zhang", "zhao")
    assert len(table.candidates("zha")) > 4, "a whole syllable offers all of its own"
    fours = [one for syllable in whole for one in table.candidates(syllable)[:4]]
    assert table.candidates("zh")[: len(set(fours))] == list(dict.fromkeys(fours))


@pytest.mark.parametrize(
    ("letters", "character"),
    [("yi", "一"), ("qiu", "㐀"), ("he", "𠀀"), ("lv", "驴"), ("lv", "旅"), ("lv", "律"), ("nv", "女")],
)
def test_the_first_of_each_block_and_every_tone_of_u_umlaut(letters: str, character: str) -> None:
    assert character in PinyinTable("").candidates(letters)


def test_what_is_no_han_character_is_not_offered() -> None:
    assert "〇" not in PinyinTable("").candidates("ling")
