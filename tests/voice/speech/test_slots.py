"""Sentences with numbers are put together of recorded parts."""

import pytest

from voice.speech.slots import PAUSE, fragments, number_texts, parts, without_places
from voice.speech.sound import LANGS, Lang


def recorded(lang: Lang, *sentences: str) -> set[str]:
    return {*number_texts(lang), *(one for sentence in sentences for one in fragments(sentence, lang))}


@pytest.mark.parametrize(
    ("lang", "sentence", "said"),
    [
        ("zh", "每月350元，发到卡里。", "每月{}|三百|五十元||{}，发到卡里。"),
        ("zh", "每月¥1,203.05，发到卡里。", "每月{}|一千|二百|零三元|零五分||{}，发到卡里。"),
        ("zh", "一共10000元。", "一共{}|一|万元"),
        ("zh", "第 2 步，共 2 步", "第{}|二|{}步，共{}|两|{}步"),
        ("zh", "交到2026年12月31日", "交到{}|二零二六年|十二月|三十一日"),
        ("zh", "上午8:30开门", "上午{}|八点|三十分|{}开门"),
        ("zh", "回执号码：400000000027", "回执号码：{}||四零|零零||零零|零零||零零|二七"),
        ("en", "You get 350 yuan a month.", "You get{}|300|and 50|{}yuan a month."),
        ("en", "It is 12034 yuan.", "It is{}|12|thousand|and 34|{}yuan."),
        ("en", "Come by 31 December 2026, at 9:05.", "Come by{}|31|December|2026||{}, at{}|9|oh 5"),
        ("en", "Come on 2026-12-31.", "Come on{}|31|December|2026"),
    ],
)
def test_a_changed_number_is_said_by_recorded_parts(lang: Lang, sentence: str, said: str) -> None:
    assert parts(sentence, lang, recorded(lang, sentence)) == said.split("|")


def test_another_amount_needs_no_other_recording() -> None:
    assert parts("每月12888.60元，发到卡里。", "zh", recorded("zh", "每月7元，发到卡里。"))
    assert parts("You get 77 yuan a month.", "en", recorded("en", "You get 1 yuan a month."))


def test_a_sentence_of_which_a_part_is_missing_is_not_said_in_two_voices() -> None:
    assert parts("每年350元。", "zh", recorded("zh", "每月350元。", "每月350元")) is None
    assert parts("每月350元。", "zh", recorded("zh", "每月350元。") - {"五十元"}) is None
    assert parts("没有数。", "zh", {"有数。"}) is None


@pytest.mark.parametrize(
    ("lang", "written", "label", "sentence", "said"),
    [
        ("zh", "“{}”还没有填。", "电话号码", "“电话号码”还没有填。", "电话号码|{}”还没有填。"),
        ("zh", "{}要7位。", "电话号码", "电话号码要11位。", "电话号码|{}要{}|十一|{}位。"),
        ("zh", "请看“{}”。", "电话号码", "请看“电话号码”。", "请看“{}|电话号码"),
        (
            "en",
            "The {} is still empty.",
            "phone number",
            "The phone number is still empty.",
            "The{}|phone number|{}is still empty.",
        ),
    ],
)
def test_the_name_of_a_question_is_filled_in(lang: Lang, written: str, label: str, sentence: str, said: str) -> None:
    clips = {*recorded(lang, written), label}
    assert parts(sentence, lang, clips) == said.split("|")
    assert parts(sentence, lang, clips - {label}) is None


@pytest.mark.parametrize(
    ("lang", "written", "sentence", "said"),
    [
        ("zh", "公历是 2026年1月1日", "公历是 3月8日", "公历是{}|三月|八日"),
        ("zh", "2026年1月1日填的", "2026年11月2日填的", "二零二六年|十一月|二日|{}填的"),
        ("en", "On January 1, 2026.", "On March 8, 2027.", "On{}|March|8||2027"),
        ("en", "On January 1, 2026.", "On March 8.", "On{}|March|8"),
    ],
)
def test_another_day_is_said_by_its_parts(lang: Lang, written: str, sentence: str, said: str) -> None:
    assert parts(sentence, lang, recorded(lang, written)) == said.split("|")


@pytest.mark.parametrize("value", [*range(130), 305, 1005, 1010, 1100, 2002, 20010, 120000, 1000001, 99999999])
def test_every_number_is_recorded(value: int) -> None:
    assert parts(f"共{value}元", "zh", recorded("zh", "共1元")) is not None
    assert parts(f"In all {value} yuan", "en", recorded("en", "In all 1 yuan")) is not None


@pytest.mark.parametrize("lang", LANGS)
def test_a_fragment_is_read_as_what_goes_on(lang: Lang) -> None:
    stop = {"zh": "，", "en": ","}[lang]
    assert without_places("每月{}", lang) == "每月" + stop
    assert without_places("{}，发到卡里。", lang) == "发到卡里。"
    assert PAUSE not in number_texts(lang)
