"""What people mean by what they say."""

from datetime import date

import pytest

from kiosk.entry import spoken
from kiosk.entry.spoken import Correction


@pytest.mark.parametrize(
    "said", ["对", "对的", "是", "是的", "好的", "可以", "同意", "没错", "行", "嗯", "yes", "OK", " 对 "]
)
def test_yes(said: str) -> None:
    assert spoken.yes_no(said) is True


@pytest.mark.parametrize("said", ["不", "不对", "不是", "不是的", "不同意", "不行", "错了", "不要", "no", "No"])
def test_no(said: str) -> None:
    assert spoken.yes_no(said) is False


@pytest.mark.parametrize("said", ["", "对面", "不知道", "是不是", "一", "好多", "yesterday", "不好意思"])
def test_neither(said: str) -> None:
    assert spoken.yes_no(said) is None


DIGITS = {
    "一三八": "138", "幺三八零零": "13800", "138": "138", "１３８": "138", "一 三，八": "138", "双八": "88",
    "一三双八": "1388",
    "三个零": "000", "一三个零": "1000", "两个五": "55", "四个六九": "66669", "零零二叉": "002X", "零零二X": "002X",
    "002x": "002X", "艾克斯": "X", "洞幺两": "012", "俩": "2", "〇": "0", "one three eight": "138",
    "oh oh two x": "002X",
    "138-0013-8000": "13800138000",
}  # fmt: skip
NO_DIGITS = ["", "三月", "十八", "双", "三个", "X零", "叉叉", "下一步", "一百", "一点五", "one more", "hello", "双双"]


@pytest.mark.parametrize(("said", "meant"), DIGITS.items())
def test_digits(said: str, meant: str) -> None:
    assert spoken.digits(said) == meant


@pytest.mark.parametrize("said", NO_DIGITS)
def test_no_digits(said: str) -> None:
    assert spoken.digits(said) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("十八", "18"),
        ("十八号", "18"),
        ("一百零五号", "105"),
        ("一零五", "105"),
        ("廿三", "23"),
        ("八", "8"),
        ("好", None),
    ],
)
def test_a_number_of_a_house(said: str, meant: str | None) -> None:
    assert spoken.number(said) == meant


NAMES = [["城关镇", "县城"], ["河东乡"], ["河西乡"], ["For myself"]]
CHOICES = {
    "第一个": 0, "第二个": 1, "第2个": 1, "第二": 1, "二号": 1, "我选第三个": 2, "最后一个": 3, "倒数第二个": 2,
    "最下面那个": 3,
    "最上面的那个": 0, "头一个": 0, "城关镇": 0, "城关": 0, "县城": 0, "河东": 1, "我住河西乡": 2, "for myself": 3,
    "myself": 3,
}  # fmt: skip
NO_CHOICE = ["第五个", "第零个", "倒数第五个", "河", "乡", "不是河西乡", "我没住河西乡", "", "别的", "第", "五号"]


@pytest.mark.parametrize(("said", "meant"), CHOICES.items())
def test_one_of_several(said: str, meant: int) -> None:
    assert spoken.choice(said, NAMES) == meant


@pytest.mark.parametrize("said", NO_CHOICE)
def test_none_or_several_of_them(said: str) -> None:
    assert spoken.choice(said, NAMES) is None


CORRECTIONS = {
    "改第三位": Correction("digit", 3),
    "第三位": Correction("digit", 3),
    "第3位不对": Correction("digit", 3),
    "第三位改成五": Correction("digit", 3, becomes="5"),
    "第十二位应该是零": Correction("digit", 12, becomes="0"),
    "第三个是幺": Correction("digit", 3, becomes="1"),
    "第三组不对": Correction("group", 3),
    "改第一组": Correction("group", 1),
    "第二组改成零零一三": Correction("group", 2, becomes="0013"),
    "最后一位是X": Correction("digit", -1, becomes="X"),
    "最后一位": Correction("digit", -1),
    "改最后一组": Correction("group", -1),
    "最后四位不对": Correction("digit", -4, 4),
    "退一个": Correction("erase"),
    "删一位": Correction("erase"),
    "清空": Correction("clear"),
    "重新说": Correction("clear"),
}


@pytest.mark.parametrize(("said", "meant"), CORRECTIONS.items())
def test_corrections(said: str, meant: Correction) -> None:
    assert spoken.correction(said) == meant


@pytest.mark.parametrize("said", ["", "三八", "对", "不对", "第位", "第三位是好", "第零位", "改成五", "一三八不对啊"])
def test_no_corrections(said: str) -> None:
    assert spoken.correction(said) is None


@pytest.mark.parametrize(
    ("kind", "said", "meant"),
    [
        ("phone", "一三八双零", "13800"),
        ("id", "零零二叉", "002X"),
        ("number", "十八号", "18"),
        ("date", "一九四五年三月初八", "1945-04-19"),
        ("date", "三月初八", None),
        ("amount", "三千五", "3500.00"),
        ("amount", "七八百", None),
        ("choice", "第二个", "2"),
        ("choice", "最后一个", None),
        ("digits", "改第三位", None),
    ],
)
def test_the_value_of_a_dictation(kind: str, said: str, meant: str | None) -> None:
    assert spoken.value(kind, said, date(2026, 11, 23)) == meant


def test_a_part_that_two_names_have_is_none_of_them() -> None:
    assert spoken.choice("河东", [["河东乡"], ["河东新村"], ["河西乡"]]) is None
    assert spoken.choice("河东新", [["河东乡"], ["河东新村"], ["河西乡"]]) == 1


def test_every_digit_in_english_and_an_x_only_as_the_last() -> None:
    assert spoken.digits("zero one two three four five six seven eight nine oh o x") == "012345678900X"
    assert spoken.digits("one x two") is None
    assert spoken.digits("one ten") is None


@pytest.mark.parametrize(("said", "place"), [("第五十个", "50"), ("第五十一个", None), ("第四十九个", "49")])
def test_a_place_among_choices_is_one_to_fifty(said: str, place: str | None) -> None:
    assert spoken.value("choice", said, date(2026, 11, 23)) == place
