"""What may be dictated: grammars of words for numbers, dates and amounts, beside the phrases of a list.

A grammar is a finite-state machine whose arcs are words; `compiled` makes a decoding graph of it. It hears more rows
of words than have a meaning (三月三十一号 of any year): kiosk.entry.spoken reads them and refuses those.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import vosk

from voice.audio.recordings import RATE
from voice.recognition.graph import BLANK, EPSILON, NO_ACCENT, Costs, Graph, transition_id
from voice.recognition.model import accent_costs, load
from voice.recognition.pinyin import PHONES, phones_of, readings

KINDS = ("digits", "phone", "id", "number", "count", "date", "amount", "choice")
_LETTER_X = "ai ke si"
_TRANSITION = {phone: transition_id(number) for number, phone in enumerate(PHONES, 1)}

ONE_TO_NINE = list("一二三四五六七八九")
DIGITS = ["零", "幺", *ONE_TO_NINE]
TEENS = ["十", *("十" + one for one in ONE_TO_NINE)]
TENS = [f"{ten}十{one}" for ten in "二三四五六七八九" for one in ("", *ONE_TO_NINE)]
RARE = 3.0  # cost of a word that is seldom said
# Chosen on the two development voices (bench/dictation.py), all of log-likelihood: what a sound may lose against free
# syllables, the margin to the next reading, and the lead over a phrase of the list that is not, and is, heard.
MOST_LOST, LEAST_MARGIN, LEAST_LEAD = 0.9, 2.0, (0.0, 4.0)
_SURE = 5.0  # as much margin as is told; the search does not look further than that
State = int


class Grammar:
    """Words from state to state; state 0 is the start. `final` are the states in which one may stop."""

    def __init__(self) -> None:
        self.arcs: list[tuple[State, str, State, float]] = []
        self.final: set[State] = set()
        self._states = 1

    def say(
        self, sources: State | Iterable[State], words: str | Sequence[str], target: State | None = None, cost: float = 0
    ) -> State:
        """From each of `sources` one of `words` leads to `target`, a new state when none is given.

        `cost` (-log of a chance) keeps what is rarely said from taking the place of what often is.
        """
        if target is None:
            target = self._states
            self._states += 1
        for source in [sources] if isinstance(sources, int) else sources:
            for word in words.split() if isinstance(words, str) else words:
                self.arcs.append((source, word, target, cost))
        return target

    def may_stop(self, *states: State) -> None:
        self.final.update(states)


def grammar(kind: str) -> Grammar:
    """The grammar of one of KINDS."""
    made = Grammar()
    if kind == "date":
        _dates(made)
    elif kind == "amount":
        _amounts(made)
    elif kind == "choice":
        _choices(made)
    elif kind == "count":
        _counts(made)
        _corrections(made)
    else:
        _digits(made, with_x=kind == "id")
        _corrections(made)
        if kind == "number":
            numbers = _numbers(made, 0)
            made.may_stop(*numbers, made.say(numbers, "号"))
    return made


def _digits(made: Grammar, with_x: bool) -> None:
    """Digits in a row, 双八, 三个零; an ID number may end in X."""
    row = made.say(0, DIGITS)
    made.say(row, DIGITS, row)
    made.say((0, row), "两", row, RARE)
    same = made.say(made.say((0, row), "两 三 四 五"), "个", cost=RARE)
    made.say((0, row), "双", same, RARE)
    made.say(same, DIGITS, row)
    made.may_stop(row)
    if with_x:
        made.may_stop(made.say((0, row), "X 叉"))


def _corrections(made: Grammar) -> None:
    """改第三位, 第三位改成五, 第三组不对, 最后一位是八; 退一个, 清空; 对, 不对."""
    place = made.say(made.say(0, "第 改第"), [*ONE_TO_NINE, *TEENS])
    place_or_group = made.say(place, "位 组 个")
    last = made.say(made.say(0, "最后 改最后"), "一 两 三 四")
    made.say(last, "位 组 个", place_or_group)
    becomes = made.say(place_or_group, "改成 是 应该是 换成")
    end = made.say(becomes, [*DIGITS, "X", "叉"])
    made.say(place_or_group, "不对 错了", end)
    made.say(0, "退一个 删一个 删掉 全删掉 清空 重新说 重新填 重来 对 对的 没错 不对 错了", end)
    made.may_stop(place_or_group, end)


def _numbers(made: Grammar, start: State) -> list[State]:
    """A number below 10,000, from `start`; the states in which it may be over: 三千五百二十, 三千零五, 三千五."""
    first = made.say(start, ["两", *ONE_TO_NINE])
    after = {unit: made.say(first, unit) for unit in "千百十"}
    made.say(start, "十", after["十"])
    over = [first, *after.values()]
    for place, unit in enumerate("千百十"):
        lone = made.say(after[unit], ["两", *ONE_TO_NINE] if unit == "千" else ONE_TO_NINE)
        over.append(lone)
        if unit != "十":
            made.say(made.say(after[unit], "零"), ONE_TO_NINE, lone)
        for lower in "千百十"[place + 1 :]:
            made.say(lone, lower, after[lower])
    return over


def _counts(made: Grammar) -> None:
    """三, 十二, 三个, 三口人, 六个月."""
    numbers = [*_numbers(made, 0), made.say(0, "零")]
    over = made.say(numbers, "人 岁 天 年 次 亩 间")
    measured = made.say(numbers, "个 口 位")
    made.say(measured, "人 月", over)
    made.may_stop(*numbers, measured, over)


def _amounts(made: Grammar) -> None:
    """三千五, 两万零五十块六毛, 一万二, 三块五, 三点五块, 六毛."""
    small = _numbers(made, 0)
    ten_thousands = made.say(small, "万")
    whole = [*small, ten_thousands, *_numbers(made, ten_thousands)]
    whole += _numbers(made, made.say(ten_thousands, "零"))
    yuan = made.say(whole, "块 元 块钱")
    made.say(0, "半块", yuan)
    tenth = made.say(yuan, ONE_TO_NINE)
    tenths = made.say([tenth, *small[:1]], "毛 角 毛钱")
    hundredth = made.say([tenths, tenth], ONE_TO_NINE)
    over = made.say(hundredth, "分")
    made.say(made.say(yuan, "零"), ONE_TO_NINE, hundredth)
    made.say(yuan, "半 整", over)
    point = made.say(made.say(whole, "点"), ["零", *ONE_TO_NINE])
    points = made.say(point, ["零", *ONE_TO_NINE])
    made.say((point, points), "块 元 块钱", over)
    made.may_stop(*whole, yuan, tenth, tenths, hundredth, over, point, points)


def _dates(made: Grammar) -> None:
    """Year, month and day, of either calendar, each of which may be said alone: people stop to think."""
    calendars = "农历 阴历 阳历 公历"
    calendar = made.say(0, calendars)
    start = (0, calendar)
    digits = ["零", *ONE_TO_NINE]
    two = made.say(made.say(start, "二 三 四 五 六 七 八 九"), digits)
    made.say(made.say(start, "零 一"), digits, two, RARE)
    four = made.say(made.say(made.say(start, "一九 二零"), digits), digits)
    thousand = made.say(start, "两千 二千")
    long = _numbers(made, made.say(start, "一千九百"))
    republic = made.say(made.say(start, "民国"), ["元", *ONE_TO_NINE, *TEENS, *TENS])
    year = made.say((two, four, thousand, made.say(made.say(thousand, "零"), ONE_TO_NINE), republic, *long), "年")
    made.say(start, "今年 去年 前年", year)
    before_month = (*start, year, made.say(year, calendars))
    month = made.say(before_month, "正月 冬月 腊月")
    named = made.say((*before_month, made.say(before_month, "闰")), [*ONE_TO_NINE, "十", "十一", "十二"])
    made.say(named, "月", month)
    made.say(named, "月份", month, RARE)
    before_day = (*start, month)
    plain = made.say(before_day, [*ONE_TO_NINE, *TEENS, *TENS[:10], "三十", "三十一"])
    moon = made.say(before_day, "廿")
    day = made.say(made.say(before_day, "初"), [*ONE_TO_NINE, "十"])
    made.say(moon, ONE_TO_NINE, day)
    made.say((plain, moon), "号 日", day)
    made.say(before_month, "大年三十 年三十 除夕 大年初一 大年初二 大年初三", day)
    made.may_stop(calendar, year, month, plain, moon, day)


def _choices(made: Grammar) -> None:
    """第二个, 二号, 最后一个, 倒数第二个."""
    ordinal = made.say(made.say(0, "第 选第 倒数第"), [*ONE_TO_NINE, "十"])
    over = made.say(ordinal, "个 项 种")
    made.say(made.say(0, [*ONE_TO_NINE, "十"]), "号", over)
    made.say(0, "最后一个 最后一项", over)
    made.may_stop(over)


def compiled(made: Grammar, costs: Costs = NO_ACCENT) -> tuple[Graph, list[str]]:
    """The decoding graph, and the words that its output labels stand for; CTC as in voice.recognition.graph."""
    words = sorted({word for _, word, _, _ in made.arcs})
    label = {word: number for number, word in enumerate(words, 1)}
    graph = Graph()
    rest: dict[State, int] = {}
    for state in sorted({0} | {end for source, _, target, _ in made.arcs for end in (source, target)}):
        rest[state] = graph.state()
        graph.loop(rest[state], BLANK)
    # Where a word has just ended on a sound: the same sound again would need a blank between.
    heard: dict[State, dict[str, int]] = defaultdict(dict)
    for _, word, target, _ in made.arcs:
        last = _phones(word)[-1]
        for sound in (last, *costs.get(last, ())):
            if sound not in heard[target]:
                heard[target][sound] = graph.state()
    for source, word, target, cost in made.arcs:
        places = {rest[source]: "", **{state: sound for sound, state in heard[source].items()}}
        for phone in _phones(word):
            places = _follow(graph, places, phone, costs)
        for place, sound in places.items():
            if sound:
                graph.arc(place, EPSILON, label[word], heard[target][sound], cost)
            else:
                graph.arc(place, EPSILON, label[word], rest[target], cost)
    for state in made.final:
        graph.final.update((rest[state], *heard[state].values()))
    return graph, words


def _follow(graph: Graph, places: dict[int, str], phone: str, costs: Costs) -> dict[int, str]:
    """The places after `phone`, with the sound just heard there ("" after a blank)."""
    after = graph.state()
    graph.loop(after, BLANK)
    found = {after: ""}
    for sound, cost in {phone: 0.0, **costs.get(phone, {})}.items():
        state = graph.state()
        graph.loop(state, _TRANSITION[sound])
        graph.arc(state, BLANK, EPSILON, after)
        for place, before in places.items():
            if before != sound:
                graph.arc(place, _TRANSITION[sound], EPSILON, state, cost)
        found[state] = sound
    return found


@lru_cache(maxsize=512)
def _phones(word: str) -> tuple[str, ...]:
    return phones_of(_LETTER_X.split() if word == "X" else readings(word)[0])


@dataclass(frozen=True)
class Dictated:
    """What the grammar heard, in characters, and how well that explains the sound."""

    text: str
    sounds: int
    likelihood: float  # log
    margin: float  # log-likelihood over the next row of words

    def fits(self, free: float, by_phrase: float, phrase_counts: bool) -> bool:
        """Whether this was dictated: nearly as likely as `free` syllables, and better than the best phrase of the list.

        A phrase that counts as heard gives way only to what is much likelier.
        """
        lost = (free - self.likelihood) / max(self.sounds, 1)
        lead = self.likelihood - by_phrase
        return (
            bool(self.text) and lost <= MOST_LOST and self.margin >= LEAST_MARGIN and lead >= LEAST_LEAD[phrase_counts]
        )


NOTHING = Dictated("", 0, float("-inf"), 0.0)


class Dictation:
    """Hears one kind of dictation (of KINDS) in whatever sound it is given."""

    def __init__(self, model_dir: Path, kind: str, accent: str) -> None:
        graph, self._words = compiled(grammar(kind), accent_costs(model_dir, accent))
        names = [f"w{number}" for number in range(len(self._words))]
        self._model = load(model_dir, graph.to_bytes(), names, lattice_beam=4.0)

    def hear(self, sound: bytes) -> Dictated:
        """The likeliest words in `sound` (int16, mono, RATE, some silence around it)."""
        decoder = vosk.KaldiRecognizer(self._model, RATE)
        decoder.SetMaxAlternatives(4)
        decoder.AcceptWaveform(sound)
        found: dict[str, Dictated] = {}
        for one in json.loads(decoder.FinalResult())["alternatives"]:
            words = [self._words[int(name[1:])] for name in one["text"].split()]
            text, sounds = "".join(words), sum(len(_phones(word)) for word in words)
            found.setdefault(text, Dictated(text, sounds, one["confidence"], _SURE))
        first, *others = [*found.values(), NOTHING]
        margin = min(first.likelihood - others[0].likelihood, _SURE) if others else 0.0
        return replace(first, margin=margin)
