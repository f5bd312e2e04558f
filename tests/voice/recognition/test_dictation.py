"""Dictation: what the grammars let somebody say, and that digits in real sound are heard as digits."""

import math

import numpy as np
import pytest
from project import CLIPS, ROOT

from voice.audio.recordings import read_wav
from voice.recognition.bundled import BundledRecogniser
from voice.recognition.dictation import KINDS, Dictated, Grammar, compiled, grammar
from voice.recognition.graph import Graph
from voice.recognition.pinyin import phones_of, readings

MODEL = ROOT / "assets" / "voice_model"
LISTED = ["下一步", "上一步", "找人帮忙", "再说一遍", "查进度"]


def sayable(made: Grammar, said: str) -> bool:
    """Whether the grammar has a row of words that is written `said`."""
    places = {(0, said)}
    while places:
        places = {
            (target, left[len(word) :])
            for state, left in places
            for source, word, target, _ in made.arcs
            if source == state and left.startswith(word)
        }
        if any(not left and state in made.final for state, left in places):
            return True
        places = {(state, left) for state, left in places if left}
    return False


SAYABLE = {
    "digits": "零 幺三八 一三八零零一三八零零零 双八 三个零 一三双八 四个六九 "
    "改第三位 第三位 第十二位改成五 第五位是零 第三组不对 最后一位是八 "
    "改最后一位 最后四位不对 退一个 清空 重新说 对 不对 ",
    "id": "三二零一零六 零零二X X 零四三叉 最后一位是X ",
    "count": "三 十二 三个 三口人 三个人 五人 六个月 八十岁 一百二 零 不对 ",
    "number": "十八 十八号 一百零五号 三百二 一二三 ",
    "date": "一九四五年三月初八 四五年三月八号 一九四五年 三月 三月初八 八号 "
    "农历一九四五年闰四月初五 一九四五年农历三月十五 腊月廿三 大年三十 "
    "一九四五年大年三十 去年三月二十九号 民国三十四年三月八号 "
    "一千九百四十五年十二月三十一号 两千零五年一月一号 二零零五年十月廿号 阳历 "
    "一九四五年十一月三十日 ",
    "amount": "三千五 两万零五十块六毛 一万二 一百零五块 三块五 三块五毛二 三块零五分 "
    "六毛 五十 十五块钱 三点五元 两块半 半块 十二万三千四百五十六 一千块整 ",
    "choice": "第一个 第二项 三号 最后一个 倒数第二个 ",
}
NOT_SAYABLE = {
    "digits": "下一步 年 三月 十八 第位 三个 双 零X",
    "date": "三八 初十一 年 一九四五 三十二号 十三月",
    "amount": "零 五千三千 块 三块五块 一万两万",
    "choice": "第 个 十一号 对",
    "count": "个 口人 七八 三多",
}


@pytest.mark.parametrize(("kind", "said"), [(kind, one) for kind, all_ in SAYABLE.items() for one in all_.split()])
def test_what_people_say_is_in_the_grammar(kind: str, said: str) -> None:
    assert sayable(grammar(kind), said)


@pytest.mark.parametrize(("kind", "said"), [(kind, one) for kind, all_ in NOT_SAYABLE.items() for one in all_.split()])
def test_what_makes_no_sense_is_not(kind: str, said: str) -> None:
    assert not sayable(grammar(kind), said)


def cheapest(graph: Graph, labels: list[int]) -> tuple[float, list[int]]:
    """The cheapest way through the graph that takes these input labels: its cost and output labels."""
    places: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}

    def rest(found: dict[int, tuple[float, list[int]]]) -> dict[int, tuple[float, list[int]]]:
        todo = list(found)
        while todo:
            state = todo.pop()
            cost, said = found[state]
            for label, output, price, target in graph.arcs[state]:
                if label == 0 and cost + price < found.get(target, (math.inf, []))[0]:
                    found[target] = (cost + price, said + [output] * bool(output))
                    todo.append(target)
        return found

    places = rest(places)
    for wanted in labels:
        after: dict[int, tuple[float, list[int]]] = {}
        for state, (cost, said) in places.items():
            for label, output, price, target in graph.arcs[state]:
                if label == wanted and cost + price < after.get(target, (math.inf, []))[0]:
                    after[target] = (cost + price, said + [output] * bool(output))
        places = rest(after)
    ends = [places[state] for state in places if state in graph.final]
    return min(ends, default=(math.inf, []))


def frames(said: str, pause: bool) -> list[int]:
    """Transition ids as the acoustic model would hear `said`, each sound for two frames."""
    from voice.recognition.pinyin import PHONES

    row = [1]
    for character in said:
        for phone in phones_of(readings(character)[0]):
            row += [2 * (PHONES.index(phone) + 1) + 1] * 2
        row += [1] * pause
    return [*row, 1]


@pytest.mark.parametrize("said", ["一一", "五五零", "八一一八", "幺幺二"])
def test_the_same_digit_twice_is_two_digits_only_with_a_gap(said: str) -> None:
    graph, words = compiled(grammar("digits"))
    assert "".join(words[label - 1] for label in cheapest(graph, frames(said, pause=True))[1]) == said
    together = "".join(words[label - 1] for label in cheapest(graph, frames(said, pause=False))[1])
    assert together == "".join(one for at, one in enumerate(said) if said[at : at + 2] != one * 2)


def test_an_accent_is_paid_for() -> None:
    graph, words = compiled(grammar("digits"), {"s": {"sh": 1.5}, "ii": {"iii": 0.5}})
    cost, labels = cheapest(graph, frames("是三", pause=True))
    assert ("".join(words[label - 1] for label in labels), cost) == ("四三", 2.0)


@pytest.mark.parametrize("kind", KINDS)
def test_every_grammar_is_small_and_can_end(kind: str) -> None:
    made = grammar(kind)
    assert made.final
    assert sum(len(arcs) for arcs in compiled(made)[0].arcs) < 12_000


@pytest.mark.parametrize(
    ("heard", "by_phrase", "phrase_counts", "fits"),
    [
        (Dictated("三八", 4, -100.0, 5.0), -110.0, False, True),
        (Dictated("三八", 4, -100.0, 5.0), -110.0, True, True),
        (Dictated("三八", 4, -100.0, 5.0), -102.0, True, False),
        (Dictated("三八", 4, -100.0, 5.0), -99.0, False, False),
        (Dictated("三八", 4, -100.0, 0.2), -110.0, False, False),
        (Dictated("三八", 2, -110.0, 5.0), -120.0, False, False),
        (Dictated("", 0, -math.inf, 0.0), -math.inf, False, False),
    ],
    ids=["clear", "than a phrase", "the phrase first", "phrase likelier", "two readings", "free likelier", "nothing"],
)
def test_when_it_counts(heard: Dictated, by_phrase: float, phrase_counts: bool, fits: bool) -> None:
    assert heard.fits(-98.0, by_phrase, phrase_counts) is fits


def clip(name: str) -> np.ndarray:
    return read_wav(next(CLIPS.glob(name)))


@pytest.fixture(scope="module")
def on_digits() -> BundledRecogniser:
    return BundledRecogniser(MODEL, LISTED, dictation="digits")


def test_a_phrase_on_a_digits_screen_is_the_phrase() -> None:
    for path in sorted(CLIPS.glob("listed_*.opus")):
        part = (
            (ROOT / "voice/training/clips/development.txt").read_text(encoding="utf-8").split("[listed]\n")[1].split()
        )
        said = part[int(path.name.split("_")[1])]
        heard = BundledRecogniser(MODEL, [said, *LISTED], dictation="digits").hear(read_wav(path))
        assert (heard.phrase, heard.dictated) == (said, "")


def test_other_words_are_no_digits(on_digits: BundledRecogniser) -> None:
    for path in sorted(CLIPS.glob("outside_*.opus")):
        assert on_digits.hear(read_wav(path)).dictated == ""


def test_without_dictation_nothing_is_dictated() -> None:
    assert BundledRecogniser(MODEL, LISTED).hear(clip("listed_*.opus")).dictated == ""
